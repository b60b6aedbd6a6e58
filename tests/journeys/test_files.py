"""A copy, an explanation and a piece of evidence on their way through four real services; then the auditor looks."""

import asyncio
import re
import secrets
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import asyncpg
import httpx
import pytest
from files_given import exif, jpeg, pdf

from lectern.contracts.days import chicago_day
from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.web.client import Browsing
from lectern_local.audit.auditing import audit
from lectern_local.audit.place import place_of
from lectern_local.audit.violation import Kind, Violation
from lectern_local.client import History, Sender
from lectern_local.demo.cast import Cast
from lectern_local.demo.educator import Educator
from lectern_local.demo.offices import Dese, District
from lectern_local.demo.passwords import password
from lectern_local.demo.people import person
from lectern_local.demo.staff import DISTRICT, OFFICER, REVIEWER
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform
QUESTION = CONDUCT_QUESTIONS[0].id
WORDS = b"BT (What nobody may read on the disk) Tj ET"


@dataclass
class Gone:
    """Where the three files are, for those they are for."""

    installation: Installation
    application: str
    educator: Browsing
    officer: Browsing
    reviewer: Browsing
    stranger: Browsing

    async def links(self, who: Browsing, page: str, count: int) -> list[str]:
        """Of a page, once the files were looked at and heard of."""
        for _ in range(600):
            found = re.findall(r'href="(/[^"]+/documents/[0-9a-f-]{36})"', (await who.get(page)).text)
            if len(found) == count:
                return found
            await asyncio.sleep(0.1)
        raise AssertionError(f"{page} never had {count} files")


@pytest.fixture(scope="module")
async def gone(platform: Installation) -> AsyncIterator[Gone]:
    run, today = f"files-{secrets.token_hex(3)}", chicago_day(datetime.now(UTC))
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        cast = Cast(platform, http, Sender(http, History(), patience=120), today)
        who = person(run, 0)
        await cast.record([who])
        (user,) = await cast.educators(run, [who], lambda: None)
        staff = await cast.staff()
        educator = Educator(run, who, user, cast.sender, DISTRICT, today, lambda _: None)
        district = District(run, staff.officer, today, lambda _: None)
        dese = Dese(run, staff.reviewer, today, lambda _: None)
        signed = [
            await Browsing(http, platform.urls[service], service).sign_in(login, password(platform, login))
            for service, login in (("applications", who.email), ("district-worklog", OFFICER), ("review", REVIEWER))
        ]
        application = await educator.begin()
        await educator.answer(application)
        stranger = Browsing(http, platform.urls["applications"], "applications")
        found = Gone(platform, application, signed[0], signed[1], signed[2], stranger)
        await _goes(found, educator, district, dese)
        yield found


async def _goes(gone: Gone, educator: Educator, district: District, dese: Dese) -> None:
    of = gone.application
    draft, item = f"/drafts/{of}", f"/work-log/{of}"
    conduct = f"{draft}/conduct/{QUESTION}"
    added = [
        await gone.educator.post_file(f"{draft}/documents", {"shows": "transcript"}, "a.pdf", pdf(content=WORDS)),
        await gone.educator.post_file(f"{conduct}/documents", {"shows": "conduct"}, "b.jpg", jpeg(extra=exif(6))),
    ]
    await educator.submit(of)
    await educator.pay(of)
    await district.arrived(of, 1)
    fields = {"submission": "1", "criterion": "UPG-MENTORING"}
    added.append(await gone.officer.post_file(f"{item}/documents", fields, "c.pdf", pdf(pages=2)))
    await gone.links(gone.officer, f"{item}/documents", 1)
    await district.verify(of, 1)
    await dese.ready(of, 1)
    assert [each.status_code for each in added] == [303, 303, 303]


async def test_each_gets_what_is_for_them(gone: Gone) -> None:
    case = f"/cases/{gone.application}"
    at_district = await gone.links(gone.officer, f"/work-log/{gone.application}", 2)
    at_dese = await gone.links(gone.reviewer, case, 2)

    assert {len((await gone.officer.get(each)).content) for each in at_district} == {
        len(pdf(content=WORDS)), len(pdf(pages=2))
    }  # fmt: skip
    assert {len((await gone.reviewer.get(each)).content) for each in at_dese} == {
        len(pdf(content=WORDS)), len(pdf(pages=2))
    }  # fmt: skip
    answers = f"/applications/{gone.application}/answers"
    for each in await gone.links(gone.educator, answers, 2):
        assert (await gone.educator.get(each)).status_code == 200
        assert (await gone.stranger.get(each)).headers["location"].startswith("/sign-in")


async def test_the_district_never_hears_of_a_file_about_conduct(gone: Gone) -> None:
    kinds = {}
    for service in ("district-worklog", "review"):
        db = await asyncpg.connect(gone.installation.database(service, "auditor"))
        rows = await db.fetch("select distinct type from fact where type like '%Provided'")
        kinds[service] = {row["type"] for row in rows}
        await db.close()

    assert kinds["district-worklog"] == {"DocumentProvided", "EvidenceProvided"}
    assert kinds["review"] == {"DocumentProvided", "EvidenceProvided", "StateDocumentProvided"}


async def _found(gone: Gone) -> list[Violation]:
    verdict = await audit(place_of(gone.installation), within=60, say=lambda _: None)
    assert verdict.counts["files"] >= 3
    return [each for each in verdict.violations if each.kind in {Kind.FILE, Kind.UNSCANNED}]


async def test_the_auditor_finds_each_file_as_its_fact_says_and_notices_a_flipped_bit(gone: Gone) -> None:
    stored = sorted((gone.installation.data / "files").glob(f"*/{gone.application}/*"))
    before = await _found(gone)

    for each in stored:
        assert WORDS not in each.read_bytes()
        _flip(each)
    after = await _found(gone)
    for each in stored:
        _flip(each)

    assert len(stored) == 3
    assert before == []
    assert sorted(each.sentence.partition("file ")[2][:36] for each in after) == sorted(each.name for each in stored)


def _flip(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[7] ^= 1
    file.write_bytes(data)
