"""Personal data is sealed from the first fact: what one educator says is searched for wherever anything is kept."""

import base64
import secrets
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from random import Random
from typing import Any

import asyncpg
import httpx
import pytest

from lectern.contracts.days import chicago_day
from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.runtime.settings import SERVICES
from lectern_local.client import History, Sender
from lectern_local.demo import answers
from lectern_local.demo.cast import Cast
from lectern_local.demo.educator import Educator
from lectern_local.demo.offices import Dese, District, evidence
from lectern_local.demo.people import Person, person
from lectern_local.demo.staff import DISTRICT
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform


def _word() -> str:
    """No number and no sign in it: also a name."""
    return "Qx" + "".join(secrets.choice("bcdfghjkmnpqrtvwxz") for _ in range(14))


@dataclass(frozen=True)
class Told:
    """What was said, by what it is; and the application, which is no secret and is found where the search works."""

    canaries: dict[str, str]
    application: str

    def found_in(self, content: bytes) -> list[str]:
        return [name for name, text in self.canaries.items() if any(form in content for form in _forms(text))]


def _forms(text: str) -> Iterator[bytes]:
    """In the clear, as hexadecimal digits, and as base64 wherever in a value it may begin."""
    plain = text.encode()
    yield plain
    yield plain.hex().encode()
    for before in range(3):
        whole = base64.b64encode(b"\0" * before + plain).rstrip(b"=")
        yield whole[before + (before > 0) : len(whole) - 2]


@pytest.fixture(scope="module")
async def told(platform: Installation) -> Told:
    """One application to its approval, with a disclosure."""
    said = {
        each: _word()
        for each in (
            "first",
            "last",
            "institution",
            "employer",
            "development note",
            "conduct",
            "evidence",
            "review note",
            "mailbox",
        )
    }
    born = date(1931, 1, 1).replace(month=Random().randint(1, 12), day=Random().randint(1, 28))
    run = secrets.token_hex(4)
    who = replace(
        person(f"canary-{run}", 0),
        first_name=said["first"],
        last_name=said["last"],
        birth_date=born,
        email=f"{said['mailbox']}@demo.example",
    )
    said |= {"educator number": who.educator_number, "phone": f"816555{secrets.randbelow(9000) + 1000}"}
    application = await _application(platform, f"canary-{run}", who, said)
    return Told({**said, "birth date": born.isoformat()}, application)


async def _application(platform: Installation, name: str, who: Person, said: dict[str, str]) -> str:
    today = chicago_day(datetime.now(UTC))
    async with httpx.AsyncClient(trust_env=False, timeout=60) as http:
        sender = Sender(http, History(), patience=90)
        cast = Cast(platform, http, sender, today)
        await cast.record([who])
        (user,) = await cast.educators(name, [who], lambda: None)
        staff = await cast.staff()

        def step(_: str) -> None:
            pass

        educator = Educator(name, who, user, sender, DISTRICT, today, step)
        district = District(name, staff.officer, today, step)
        reviewer, supervisor = Dese(name, staff.reviewer, today, step), Dese(f"{name}-2", staff.supervisor, today, step)
        application = await educator.begin()
        await educator.answer(application)
        await _says(user, f"/api/applications/{application}", said, who, today)
        await educator.submit(application)
        await educator.pay(application)
        await district.arrived(application, 1)
        checked = evidence(today)
        checked["established"] = [{**each, "checked": said["evidence"]} for each in checked["established"]]
        body = {"submission": 1, "evidence": checked}
        await staff.officer.send("evidence", "PUT", f"/api/work-log/{application}/evidence", body, key=name)
        attested = {"submission": 1, "attested": True}
        await staff.officer.send(
            "verify", "POST", f"/api/work-log/{application}/verification", attested, key=f"{name}v"
        )
        await reviewer.ready(application, 1)
        for each in (reviewer, supervisor):
            await each.user.send("conduct", "POST", f"/api/cases/{application}/conduct", {}, key=f"{name}c")
        await reviewer.propose_denial(application, 1)
        back = {"submission": 1, "agree": False, "why": said["review note"]}
        await supervisor.user.send("back", "POST", f"/api/cases/{application}/second", back, key=f"{name}b")
        await reviewer.approve(application, 1)
        await supervisor.second(application, 1)
        assert await educator.decided(application) == "approved"
    return application


async def _says(user: Any, at: str, said: dict[str, str], who: Person, today: date) -> None:
    report = answers.report(today)
    report["degrees"][0]["institution"] = said["institution"]
    report["years"] = [{**each, "employer": said["employer"]} for each in report["years"]]
    report["development_note"] = said["development note"]
    contact = {"first_name": who.first_name, "last_name": who.last_name, "email": who.email, "phone": said["phone"]}
    conduct = {"yes": True, "explanation": f"It was {said['conduct']}, and it is over."}
    for name, body in (
        ("personal", contact),
        ("education", report),
        (f"conduct/{CONDUCT_QUESTIONS[0].id}", conduct),
    ):
        await user.send(name, "PUT", f"{at}/{name}", body, key=secrets.token_hex(8))


async def test_no_table_holds_it_in_the_clear_but_people(platform: Installation, told: Told) -> None:
    hits, people, holders = [], set(), set()
    for database in (*(each.replace("-", "_") for each in SERVICES), "keys"):
        text = ""
        async for table, content in _tables(platform, database):
            found = told.found_in(content)
            if table == "public.people":
                people |= set(found)
            elif table == "public.holders":
                holders |= set(found)
            else:
                hits += [f"{database}.{table}: {each}" for each in found]
            text += told.application if told.application.encode() in content else ""
        assert text or database == "keys", f"{database}: the search finds nothing at all"

    assert hits == []
    assert people <= {"first", "last", "mailbox", "phone", "educator number"}
    assert holders <= {"first", "last", "educator number"}, "what the state publishes, and no more"


def test_kafka_holds_it_sealed(platform: Installation, told: Told) -> None:
    segments = list((platform.data / "kafka").rglob("*.log"))
    content = [each.read_bytes() for each in segments]

    assert any(told.application.encode() in each for each in content), "the search finds nothing at all"
    assert [(file.parent.name, told.found_in(each)) for file, each in zip(segments, content, strict=True)] == [
        (file.parent.name, []) for file in segments
    ]


def test_no_log_names_anybody(platform: Installation, told: Told) -> None:
    files = [each for each in (platform.data / "logs").iterdir() if each.is_file()]

    assert any(told.application.encode() in each.read_bytes() for each in files), "the search finds nothing at all"
    assert {each.name: told.found_in(each.read_bytes()) for each in files} == {each.name: [] for each in files}


def test_the_payment_provider_learns_nothing(platform: Installation, told: Told) -> None:
    files = [each for each in (platform.data / "payments").rglob("*") if each.is_file()]

    assert {each.name: told.found_in(each.read_bytes()) for each in files} == {each.name: [] for each in files}


async def test_a_district_has_no_key_to_what_is_for_dese_only(platform: Installation, told: Told) -> None:
    hits = []
    async for table, content in _tables(platform, "district_worklog"):
        hits += [table for each in told.found_in(content) if each in {"conduct", "birth date", "review note"}]
    seen = {}
    for service in SERVICES:
        db = await asyncpg.connect(platform.keys(service))
        try:
            rows = await db.fetch("select distinct audience from data_key")
        finally:
            await db.close()
        seen[service] = {row["audience"] for row in rows}

    assert hits == []
    assert seen == {
        "applications": {"contact", "district", "state"},
        "district-worklog": {"contact", "district"},
        "review": {"contact", "district", "state"},
        "notifications": {"contact"},
    }


def test_mails_say_no_more_than_they_must(platform: Installation, told: Told) -> None:
    """A mail names the educator; what was reported, recorded or explained stands in none."""
    files = [each for each in (platform.data / "mail").rglob("*") if each.is_file()]
    found = {name for each in files for name in told.found_in(each.read_bytes())}

    assert found <= {"first", "last", "mailbox"}


async def _tables(platform: Installation, database: str) -> Any:
    """Every table with all it holds, as text; bytes are hexadecimal digits."""
    db = await asyncpg.connect(platform.superuser.rpartition("/")[0] + f"/{database}")
    try:
        names = await db.fetch(
            "select schemaname, tablename from pg_tables where schemaname not in ('pg_catalog', 'information_schema')"
        )
        for row in names:
            name = f'{row["schemaname"]}."{row["tablename"]}"'
            # sql: names from the catalog itself
            rows = await db.fetch(f"select t::text as line from {name} t")
            yield f"{row['schemaname']}.{row['tablename']}", "\n".join(each["line"] for each in rows).encode()
    finally:
        await db.close()
