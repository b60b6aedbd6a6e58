"""What somebody types is text wherever it is read: no markup, no template, no header comes of it."""

import re
import secrets
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from html.parser import HTMLParser
from typing import Any

import httpx
import pytest

from lectern.contracts.days import chicago_day
from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.web.client import Browsing
from lectern_local.client import History, Sender
from lectern_local.demo import answers
from lectern_local.demo.cast import Cast
from lectern_local.demo.educator import Educator
from lectern_local.demo.offices import Dese, District, evidence
from lectern_local.demo.passwords import password
from lectern_local.demo.people import person
from lectern_local.demo.staff import DISTRICT, OFFICER, REVIEWER
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform

MARK = "zq7"
PAYLOADS = (
    "<script>zq7()</script>",
    "</textarea><script>zq7()</script>",
    "</title><script src=//zq7.example></script>",
    "<img src=x onerror=zq7()>",
    "<svg/onload=zq7()>",
    "<svg><animate onbegin=zq7() attributeName=x>",
    '"><b id=zq7>',
    "' onmouseover='zq7()",
    '" autofocus onfocus="zq7()',
    "<a href=javascript:zq7()>zq7</a>",
    "javascript:zq7()",
    "<iframe srcdoc='<script>zq7()</script>'>",
    "<style>@import '//zq7.example';</style>",
    "<form action=//zq7.example><button>zq7",
    "<meta http-equiv=refresh content='0;url=//zq7.example'>",
    "<base href=//zq7.example>",
    "<!--zq7--><!--",
    "<![CDATA[zq7]]>",
    "&lt;zq7&gt; &#x3c;zq7&#x3e;",
    "%3Cscript%3Ezq7()%3C/script%3E",
    "\\x3cscript\\x3ezq7",
    "{{ 7 * 7 }} zq7",
    "{% include 'lectern/page.html' %} zq7",
    "{# zq7 #}",
    "${7*7} #{7*7} <%= 7*7 %> zq7",
    '=HYPERLINK("http://zq7.example")',
    "+zq7|' /C calc'!A0",
    "@SUM(1+1)*zq7",
    "zq7 Set-Cookie: zq7=1",
    "Bcc: zq7@zq7.example",
    "'; drop table fact; -- zq7",
    "\u202ezq7 \u200b\ufeffzq7",
)


class _Read(HTMLParser):
    """The text of a page, and every element and attribute in it."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.wrong: list[str] = []
        self.feed(page)

    @property
    def text(self) -> str:
        return _spaces(" ".join(self.words))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        if MARK in data:
            self.wrong.append(f"comment {data}")

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            text = value or ""
            typed = tag in {"input", "option", "textarea"} and name == "value"
            if typed:
                self.words.append(text)
            elif name.startswith("on") or MARK in name or (MARK in text and name not in {"aria-label", "alt"}):
                self.wrong.append(f"<{tag} {name}={text!r}>")
        if tag in {"script", "iframe", "base", "object", "embed", "style"} and not _ours(tag, dict(attrs)):
            self.wrong.append(f"<{tag} {attrs}>")


def _ours(tag: str, attrs: dict[str, str | None]) -> bool:
    return tag == "script" and (attrs.get("src") or "").startswith("/assets/")


def _spaces(text: str) -> str:
    return re.sub(r"\s+", " ", text)


@pytest.fixture(scope="module")
async def pages(platform: Installation) -> AsyncIterator[dict[str, str]]:
    """By who reads which page: the page, on the way of one application that is all payloads."""
    run, today = secrets.token_hex(4), chicago_day(datetime.now(UTC))
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        sender = Sender(http, History(), patience=90)
        cast = Cast(platform, http, sender, today)
        who = person(f"payload-{run}", 0)
        await cast.record([who])
        (user,) = await cast.educators(f"payload-{run}", [who], lambda: None)
        staff = await cast.staff()
        educator = Educator(f"payload-{run}", who, user, sender, DISTRICT, today, lambda _: None)
        district = District(f"payload-{run}", staff.officer, today, lambda _: None)
        reviewer = Dese(f"payload-{run}", staff.reviewer, today, lambda _: None)
        browsers = {
            "educator": await _browser(platform, http, "applications", who.email),
            "district": await _browser(platform, http, "district-worklog", OFFICER),
            "dese": await _browser(platform, http, "review", REVIEWER),
        }
        found: dict[str, str] = {}

        async def reads(party: str, *paths: str) -> None:
            for path in paths:
                answer = await browsers[party].get(path)
                assert answer.status_code == 200, (party, path, answer.status_code)
                assert not [each for each in answer.headers.values() if MARK in each]
                found[f"{party} {path.replace(application, 'ID')}"] = answer.text

        application = await educator.begin()
        await educator.answer(application)
        await _types_everywhere(user, f"/api/applications/{application}", today)
        draft = f"/drafts/{application}"
        question = CONDUCT_QUESTIONS[0].id
        await reads("educator", f"{draft}/check", f"{draft}/education", f"{draft}/education/programs")
        await reads("educator", f"{draft}/education/years/0", f"{draft}/conduct/{question}")
        await educator.submit(application)
        await educator.pay(application)
        await district.arrived(application, 1)
        await reads("district", f"/work-log/{application}", f"/work-log/{application}/years")
        checked = evidence(today)
        checked["established"] = [{**each, "checked": _all()} for each in checked["established"]]
        checked["bta_provider"] = PAYLOADS[0]
        body = {"submission": 1, "evidence": checked}
        await staff.officer.send("e", "PUT", f"/api/work-log/{application}/evidence", body, key=f"{run}e")
        await reads("district", f"/work-log/{application}", f"/work-log/{application}/years")
        back = {"submission": 1, "reasons": ["hours-missing"], "note": _all()}
        await staff.officer.send("r", "POST", f"/api/work-log/{application}/return", back, key=f"{run}r")
        await educator.returned(application)
        await educator.correct(application)
        await district.arrived(application, 2)
        await district.verify(application, 2)
        await reviewer.ready(application, 2)
        await staff.reviewer.send("c", "POST", f"/api/cases/{application}/conduct", {}, key=f"{run}c")
        await reads("dese", f"/cases/{application}", f"/cases/{application}/conduct", f"/cases/{application}/history")
        await reads("educator", f"/applications/{application}", "/profile")
        mails = (await http.get(f"{platform.urls['mailbox']}/")).text
        yield {**found, "mailbox": mails}


async def _browser(platform: Installation, http: httpx.AsyncClient, service: str, login: str) -> Browsing:
    return await Browsing(http, platform.urls[service], service).sign_in(login, password(platform, login))


def _all() -> str:
    return " ".join(PAYLOADS)


async def _types_everywhere(user: Any, at: str, today: Any) -> None:
    report = answers.report(today)
    short = [each[:100] for each in PAYLOADS]
    report["degrees"] = [{"institution": each, "degree": each, "year": 2022} for each in short[:16]]
    report["years"] = [
        {**report["years"][0], "employer": each, "position": each, "school_year": 2000 + at % 24}
        for at, each in enumerate(short)
    ]
    report["bta_provider"] = PAYLOADS[1]
    for name in ("development_note", "mentoring_note", "evaluation_note"):
        report[name] = _all()
    conduct = {"yes": True, "explanation": _all()}
    await user.send("education", "PUT", f"{at}/education", report, key=secrets.token_hex(8))
    await user.send("conduct", "PUT", f"{at}/conduct/{CONDUCT_QUESTIONS[0].id}", conduct, key=secrets.token_hex(8))


def test_nothing_typed_becomes_markup(pages: dict[str, str]) -> None:
    assert len(pages) > 12
    assert {where: _Read(page).wrong for where, page in pages.items()} == {where: [] for where in pages}


def test_everybody_reads_it_as_it_was_typed(pages: dict[str, str]) -> None:
    whole = {
        "educator /drafts/ID/check",
        "educator /drafts/ID/education/programs",
        f"educator /drafts/ID/conduct/{CONDUCT_QUESTIONS[0].id}",
        "district /work-log/ID",
        "dese /cases/ID/conduct",
    }
    unread = {
        where: [each for each in PAYLOADS if _spaces(each) not in _Read(pages[where]).text] for where in sorted(whole)
    }

    assert unread == {where: [] for where in sorted(whole)}
