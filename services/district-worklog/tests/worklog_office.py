"""The service in this process on a real Postgres, with two districts, their people, and educators who apply."""

import asyncio
import base64
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
from fastapi import FastAPI
from files_filed import filed

from district_worklog.app import service
from district_worklog.district import district
from district_worklog.listing import ListDistrict, list_district
from district_worklog.work_log import Stage
from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    DocumentProvided,
    EducatorRegistered,
    PersonalInformationChanged,
)
from lectern.contracts.envelope import Envelope, encode
from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS
from lectern.contracts.review import (
    ApplicationApproved,
    CertificateRecorded,
    InformationRequested,
    PersonRecorded,
)
from lectern.contracts.sealed import Sealed
from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    ContactDetails,
    EducatorReport,
    InformationReason,
    Inquiry,
    Kind,
    OfficerId,
    Party,
    PersonName,
    Task,
    YearTaught,
)
from lectern.eventlog.ear import Ear
from lectern.eventlog.hearing_job import HearingJob, Outcome
from lectern.eventlog.people import People
from lectern.eventlog.records import Record
from lectern.eventlog.streams import Call
from lectern.rules import RULES
from lectern.rules.references import make_reference
from lectern.runtime.migrations import from_package, migrate, migrate_service
from lectern.runtime.process import Process
from lectern.runtime.running import Running, migrations_of
from lectern.runtime.settings import Settings
from lectern.web import Role, bare_app
from lectern.web.client import Browsing
from lectern_local.testkit import Databases, databases_of

OURS, THEIRS = "048-077", "115-115"
PASSWORD = "a gentle oak beside the river"
BASE = "http://127.0.0.1:8402"
TOKEN = "the operator's token of these tests"

REPORT = EducatorReport(
    years=tuple(
        YearTaught(
            school_year=start, employer="Independence 30", position="Teacher, grade 3", fte_hundredths=100,
            share_hundredths=100,
        )
        for start in (2022, 2023, 2024, 2025)
    ),
    development_quarter_hours=120,
    development_note="Plan of September 2023",
    mentoring_school_years=2,
    mentoring_note="Mentor: Pat Lindgren",
    bta_completed_on=date(2024, 6, 14),
    bta_provider="Ozark Plains University",
    evaluation_note="Three school years: 2023–24 to 2025–26",
)  # fmt: skip


@dataclass
class Educator:
    """Somebody who applies; counts the versions of the streams about them, as their publishers do."""

    office: "Office"
    id: UUID
    application_id: UUID
    reference: str
    name: str
    versions: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    submission: int = 0

    @property
    def address(self) -> str:
        return f"/work-log/{self.application_id}"

    async def submits(
        self,
        district: str | None = OURS,
        days_ago: int = 7,
        report: EducatorReport = REPORT,
        kind: Kind = Kind.UPGRADE,
    ) -> "Educator":
        at = self.office.running.now() - timedelta(days=days_ago)
        self.submission = 1
        await self.tells(
            ApplicationSubmitted(
                application_id=self.application_id,
                educator_id=self.id,
                submission=1,
                reference=self.reference,
                kind=kind,
                purpose="I request",
                certificate_ids=(uuid5(self.id, "IPC"),),
                district=district,
                release="release-1",
                for_district=await self.sealed(report, "ApplicationSubmitted.for_district"),
                for_state=self.state("ApplicationSubmitted.for_state"),
                fee=2500,
                rules=RULES,
                submitted_on=at.date(),
                submitted_at=at,
            )
        )
        return self

    async def brings(self, name: str, data: bytes, shows: str = "transcript", *, scanned: bool = True) -> str:
        """A copy that was handed in and may be looked at. Its address here."""
        cabinet = self.office.running.cabinet
        assert cabinet is not None
        found = await filed(cabinet.files, "applications", self.application_id, name, data, shows=shows)
        await self.tells(
            DocumentProvided(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                document_id=found.document.document_id,
                document=await self.sealed(found.document, "DocumentProvided.document"),
                stored=found.stored,
                scanned=scanned,
                provided_at=self.office.running.now(),
            )
        )
        return f"{self.address}/documents/{found.document.document_id}"

    async def corrects(self, district: str = OURS, words: str = "") -> None:
        self.submission += 1
        await self.tells(
            ApplicationCorrected(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                tasks=(Task.EDUCATION,),
                district=district,
                for_district=await self.sealed(REPORT, "ApplicationCorrected.for_district"),
                for_state=self.state("ApplicationCorrected.for_state"),
                answer=await self.sealed(words, "ApplicationCorrected.answer") if words else None,
                corrected_at=self.office.running.now(),
            )
        )

    async def is_approved(self) -> None:
        await self.tells(
            ApplicationApproved(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                cycle=1,
                rulings=(),
                rules=RULES,
                signed=self.state("ApplicationApproved.signed"),
                approved_at=self.office.running.now(),
            )
        )

    async def is_asked(self, note: str, *, of_district: bool = True) -> None:
        """By DESE: the district, or the educator."""
        inquiry = Inquiry(reasons=(InformationReason.YEARS_UNCLEAR,), note=note)
        await self.tells(
            InformationRequested(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                cycle=1,
                request_id=uuid4(),
                party=Party.DISTRICT if of_district else Party.EDUCATOR,
                tasks=(),
                for_district=await self.sealed(inquiry, "InformationRequested.for_district") if of_district else None,
                for_educator=None if of_district else self.state("InformationRequested.for_educator"),
                requested_by=OfficerId(uuid4()),
                requested_at=self.office.running.now(),
            )
        )

    async def sealed(self, value: Any, origin: str, audience: Any = "district") -> Any:
        return await self.office.running.keys.seal(value, subject=self.id, audience=audience, origin=origin)

    def state(self, origin: str) -> Any:
        """For DESE only: this service has no key to it."""
        return Sealed[Any, str](subject=str(self.id), audience="state", key=uuid4(), origin=origin, sealed="AAAA")

    async def tells(self, fact: PublicFact) -> None:
        """Has it heard, as if it came over Kafka, and waits until the views show it."""
        stream = f"{fact.stream}/{self._of(fact)}"
        self.versions[stream] += 1
        await self.office.hears(self._record(fact, stream, self.versions[stream]))

    def _of(self, fact: PublicFact) -> UUID:
        ids = {
            "document": self.application_id,
            "application": self.application_id,
            "case": self.application_id,
            "certificate": uuid5(self.id, "IPC"),
        }
        return ids.get(fact.stream, self.id)

    def _record(self, fact: PublicFact, stream: str, version: int) -> Record:
        envelope = Envelope(
            id=uuid5(self.id, f"{fact.publisher} {stream} {version}"),
            type=fact.type,
            source=fact.publisher,
            subject=str(self.id),
            stream=stream,
            version=version,
            schema=fact.schema_number,
            occurred_at=self.office.running.now(),
            correlation_id=uuid4(),
            causation_id=None,
            traceparent=None,
            rules=None,
            position=version,
            body=fact.model_dump_json().encode(),
        )
        key, headers, value = encode(envelope)
        return Record(key, tuple(headers), value)


@dataclass
class Office:
    running: Running
    process: Process
    app: FastAPI
    http: httpx.AsyncClient
    ear: Ear
    people: People
    databases: Databases
    _number: int = 0

    async def educator(
        self, name: str = "Jordan Avery", number: str = "", expires_in: int = 44, *, told: bool = True
    ) -> Educator:
        """A person of the register with an active certificate; with an account, unless not `told`."""
        self._number += 1
        first, _, last = name.partition(" ")
        educator = Educator(self, uuid4(), uuid4(), make_reference(2026, self._number), name)
        number = number or f"{1_040_000 + self._number}"
        now = self.running.now()
        await educator.tells(
            PersonRecorded(
                person_id=educator.id,
                match_token=secrets.token_hex(32),
                name=await educator.sealed(PersonName(first=first, last=last), "PersonRecorded.name", "contact"),
                educator_number=await educator.sealed(number, "PersonRecorded.educator_number", "contact"),
                birth_date=educator.state("PersonRecorded.birth_date"),
                recorded_at=now,
            )
        )
        await educator.tells(
            CertificateRecorded(
                certificate_id=uuid5(educator.id, "IPC"),
                person_id=educator.id,
                kind=CertificateKind.IPC,
                areas=("Elementary",),
                issued_on=date(2023, 1, 16),
                expires_on=(now + timedelta(days=expires_in)).date(),
                status=CertificateStatus.ACTIVE,
                recorded_at=now,
            )
        )
        if told:
            await educator.tells(
                EducatorRegistered(
                    educator_id=educator.id,
                    contact=await educator.sealed(_contact(name), "EducatorRegistered.contact", "contact"),
                    registered_at=now,
                )
            )
        return educator

    async def renames(self, educator: Educator, name: str) -> None:
        contact = await educator.sealed(_contact(name), "PersonalInformationChanged.contact", "contact")
        await educator.tells(
            PersonalInformationChanged(educator_id=educator.id, contact=contact, changed_at=self.running.now())
        )

    async def hears(self, *records: Record) -> None:
        outcome: Outcome = await self.process.writer.submit(HearingJob(self.ear, records))
        assert outcome.held == 0, outcome
        await self.level()

    async def level(self) -> None:
        """Until views and people show everything."""
        head = await self.running.log.head()
        assert await self.running.freshness.reached(head, 20.0)
        for _ in range(500):
            if self.people.position >= head:
                return
            await asyncio.sleep(0.01)
        raise AssertionError("people are behind")

    def browser(self) -> Browsing:
        return Browsing(self.http, BASE, service.name)

    async def officer(self, login: str) -> Browsing:
        return await self.browser().sign_in(login, PASSWORD)

    async def dana(self) -> Browsing:
        return await self.officer("dana@i30.test")

    async def luis(self) -> Browsing:
        return await self.officer("luis@i30.test")

    async def kim(self) -> Browsing:
        """Of another district."""
        return await self.officer("kim@stl.test")

    async def api(self, path: str, body: object, key: str | None = None) -> httpx.Response:
        """As the operator."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": key or secrets.token_hex(8)}
        return await self.http.post(BASE + path, json=body, headers=headers)

    async def stage(self, educator: Educator) -> Stage | None:
        """Where the application stands, in the district's view of it."""
        await self.level()
        async with self.running.read(district=OURS) as db:
            found = await db.fetchval("select stage from work_log where application_id = $1", educator.application_id)
        return Stage(found) if found else None

    async def types(self, educator: Educator) -> list[str]:
        """The facts this service recorded about somebody, in order."""
        async with self.process.pool.acquire() as db:
            rows = await db.fetch(
                "select type from fact where subject = $1 and source = $2 order by position",
                str(educator.id), service.name,
            )  # fmt: skip
        return [row["type"] for row in rows]


def _contact(name: str) -> ContactDetails:
    first, _, last = name.partition(" ")
    return ContactDetails(name=PersonName(first=first, last=last), email=f"{first.lower()}@example.test")


def settings_of(databases: Databases, **more: Any) -> Settings:
    said: dict[str, Any] = {
        "database_url": databases.database_url,
        "keys_url": databases.keys_url,
        "kek": base64.b64encode(secrets.token_bytes(32)).decode(),
        "command_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "match_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "kafka": "127.0.0.1:1",
        "demo": True,
        "urls": {service.name: BASE},
        "api_tokens": {service.name: TOKEN},
    }
    return Settings(**(said | more))


@asynccontextmanager
async def opened(postgres: str, **settings: Any) -> AsyncIterator[Office]:
    databases = databases_of(postgres)
    await databases.make(service.name)
    try:
        await migrate(databases.keys("owner"), from_package("lectern.eventlog.keys"))
        await migrate_service(databases.database_url, service.name, migrations_of(service))
        async with _running(databases, settings_of(databases, **settings)) as office:
            await _settle(office)
            yield office
    finally:
        await databases.drop(service.name)


@asynccontextmanager
async def _running(databases: Databases, settings: Settings) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        process = Process(service, settings)
        running = await process.open(stack)
        app = bare_app()
        assert service.routes is not None
        service.routes(app, running)
        effects = process.effects()
        people = People(process.dsn("folder"), process.codec, running.keys, process.signal)
        tasks = [
            asyncio.create_task(run())
            for run in (process.writer.run, process.folder.run, process.freshness.watch, people.run, effects.run)
        ]
        http = await stack.enter_async_context(httpx.AsyncClient(transport=httpx.ASGITransport(app)))
        ear = Ear(HEARS[service.name], service.reactions)
        try:
            yield Office(running, process, app, http, ear, people, databases)
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


async def _settle(office: Office) -> None:
    """Two districts and their staff, by the import."""
    rows = [
        {"row": 2, "code": OURS, "name": "INDEPENDENCE 30", "county": "Jackson"},
        {"row": 3, "code": THEIRS, "name": "ST. LOUIS CITY", "county": "St. Louis City"},
    ]
    answer = await office.api("/api/import/districts", {"rows": rows})
    assert answer.status_code == 200, answer.text
    staff = [
        ("dana@i30.test", "Dana", "Whitfield", Role.VERIFIER, OURS),
        ("luis@i30.test", "Luis", "Ferrante", Role.DISTRICT_ADMINISTRATOR, OURS),
        ("kim@stl.test", "Kim", "Oduya", Role.VERIFIER, THEIRS),
    ]
    names = ("email", "first_name", "last_name", "role", "district_code")
    people = [
        {"row": at, **dict(zip(names, each, strict=True)), "password": PASSWORD} for at, each in enumerate(staff, 2)
    ]
    answer = await office.api("/api/import/staff", {"rows": people})
    assert answer.status_code == 200, answer.text
    assert all(each["ok"] for each in answer.json()["results"]), answer.text
    await office.level()


async def lists(office: Office, code: str, name: str, now: datetime) -> None:
    """A district, without the API."""
    call = Call(actor="test", key=secrets.token_hex(8), body=b"", at=now, correlation_id=uuid4())
    command = ListDistrict(district=code, name=name, county="Test", now=now)
    await office.running.log.handle(district(code, subject=code), list_district, command, call)
