"""The service in this process on a real Postgres, with DESE's people, and educators whose applications it hears of."""

import asyncio
import base64
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4, uuid5

import httpx
from fastapi import FastAPI
from files_filed import filed

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    DocumentProvided,
    EducatorRegistered,
    InformationSupplied,
    PersonalInformationChanged,
    ReconsiderationRequested,
    StateDocumentProvided,
)
from lectern.contracts.district_worklog import (
    DistrictAnswered,
    DistrictListed,
    DistrictReturned,
    DistrictVerified,
    EvidenceProvided,
    VerificationClaimed,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.envelope import Envelope, encode
from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS
from lectern.contracts.values import (
    ConductAnswer,
    ConductAnswers,
    ContactDetails,
    DistrictEvidence,
    EducatorReport,
    EstablishedBy,
    Establishment,
    Kind,
    PersonName,
    ReturnReason,
    Ruling,
    Signature,
    Task,
    Verdict,
    YearTaught,
)
from lectern.eventlog.ear import Ear
from lectern.eventlog.followers import Follower
from lectern.eventlog.hearing_job import HearingJob
from lectern.eventlog.records import Record
from lectern.rules import IN_FORCE, RULES
from lectern.rules.references import make_reference
from lectern.rules.wording import ATTESTATION, CONDUCT_QUESTIONS, CONDUCT_WORDING, PURPOSE
from lectern.runtime.migrations import from_package, migrate, migrate_service
from lectern.runtime.process import Process
from lectern.runtime.running import Running, migrations_of
from lectern.runtime.settings import Settings
from lectern.web import bare_app
from lectern.web.client import Browsing
from lectern_local.testkit import Databases, databases_of
from review.app import service
from review.review_queue import Stage

DISTRICT = "048-077"
BY_DISTRICT = IN_FORCE.of(Kind.UPGRADE).established(EstablishedBy.DISTRICT)
PASSWORD = "a gentle oak beside the river"
BASE = "http://127.0.0.1:8403"
TOKEN = "the operator's token of these tests"
EXPLAINED = "I was dismissed in 2019 and the decision was reversed."

YEARS = tuple(
    YearTaught(
        school_year=start,
        employer="Independence 30",
        position="Teacher, grade 3",
        fte_hundredths=100,
        share_hundredths=100,
    )
    for start in (2022, 2023, 2024, 2025)
)
REPORT = EducatorReport(
    years=YEARS,
    development_quarter_hours=120,
    development_note="Plan of September 2023",
    mentoring_school_years=2,
    bta_provider="Ozark Plains University",
)
EVIDENCE = DistrictEvidence(
    years=YEARS,
    development_quarter_hours=120,
    plan_approved=True,
    established=tuple(Establishment(criterion=each, met=True, checked="Our files") for each in BY_DISTRICT),
)
STAFF = (
    ("priya@dese.test", "Priya", "Raman", "reviewer"),
    ("ines@dese.test", "Ines", "Calloway", "reviewer"),
    ("theo@dese.test", "Theo", "Marsh", "supervisor"),
    ("ada@dese.test", "Ada", "Okafor", "supervisor"),
)


@dataclass
class Educator:
    """Somebody in the register who applies; counts the versions of heard streams as their publishers do."""

    office: "ReviewOffice"
    id: UUID
    certificate_id: UUID
    number: str
    name: str
    application_id: UUID = field(default_factory=uuid4)
    reference: str = ""
    submission: int = 1
    versions: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def address(self) -> str:
        return f"/cases/{self.application_id}"

    @property
    def first(self) -> str:
        return self.name.partition(" ")[0]

    async def submits(self, *yes: int, days_ago: int = 30) -> "Educator":
        """With a yes to these conduct questions (1 to 8)."""
        at = self.office.running.now() - timedelta(days=days_ago)
        await self.tells(
            ApplicationSubmitted(
                application_id=self.application_id,
                educator_id=self.id,
                submission=1,
                reference=self.reference,
                kind=Kind.UPGRADE,
                purpose=PURPOSE,
                certificate_ids=(self.certificate_id,),
                district=DISTRICT,
                release="release-1",
                for_district=await self.sealed(REPORT, "district", "ApplicationSubmitted.for_district"),
                for_state=await self.sealed(conduct(*yes), "state", "ApplicationSubmitted.for_state"),
                fee=2500,
                rules=RULES,
                submitted_on=at.date(),
                submitted_at=at,
            )
        )
        await self.tells(
            VerificationRequested(**self._at_district(), kind=Kind.UPGRADE, requested_at=self.office.running.now())
        )
        return self

    async def brings(self, name: str, data: bytes, shows: str, *, scanned: bool = True) -> str:
        """A file that was handed in and may be looked at; for DESE only where it shows a question on conduct. Its
        address here."""
        cabinet = self.office.running.cabinet
        assert cabinet is not None
        found = await filed(cabinet.files, "applications", self.application_id, name, data, shows=shows)
        for_state = shows in {each.id for each in CONDUCT_QUESTIONS}
        type_ = StateDocumentProvided if for_state else DocumentProvided
        audience = "state" if for_state else "district"
        await self.tells(
            type_(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                document_id=found.document.document_id,
                document=await self.sealed(found.document, audience, f"{type_.type_name()}.document"),
                stored=found.stored,
                scanned=scanned,
                provided_at=self.office.running.now(),
            )
        )
        return f"{self.address}/documents/{found.document.document_id}"

    async def shows_evidence(self, name: str, data: bytes, criterion: str) -> str:
        """A file of the district. Its address here."""
        cabinet = self.office.running.cabinet
        assert cabinet is not None
        found = await filed(cabinet.files, "district-worklog", self.application_id, name, data, shows=criterion)
        await self.tells(
            EvidenceProvided(
                **self._at_district(),
                document_id=found.document.document_id,
                document=await self.sealed(found.document, "district", "EvidenceProvided.document"),
                stored=found.stored,
                scanned=True,
                provided_at=self.office.running.now(),
            )
        )
        return f"{self.address}/documents/{found.document.document_id}"

    async def claimed(self) -> None:
        signature = await self._signature("VerificationClaimed.signature")
        await self.tells(
            VerificationClaimed(
                **self._at_district(), claimed_by=uuid4(), signature=signature, claimed_at=self.office.running.now()
            )
        )

    async def verified(self, *but: str, days_ago: int = 10) -> "Educator":
        """All criteria met, except these."""
        await self.tells(
            DistrictVerified(
                **self._at_district(),
                rulings=tuple(_ruling(each, met=each not in but) for each in BY_DISTRICT),
                evidence=await self.sealed(EVIDENCE, "district", "DistrictVerified.evidence"),
                attestation=ATTESTATION.version,
                verified_by=uuid4(),
                signature=await self._signature("DistrictVerified.signature"),
                verified_at=self.office.running.now() - timedelta(days=days_ago),
            )
        )
        return self

    async def returned(self) -> None:
        await self.tells(
            DistrictReturned(
                **self._at_district(),
                reasons=(ReturnReason.HOURS_MISSING,),
                note=await self.sealed("Please add hours", "district", "DistrictReturned.note"),
                returned_by=uuid4(),
                signature=await self._signature("DistrictReturned.signature"),
                returned_at=self.office.running.now(),
            )
        )

    async def corrects(self, *yes: int) -> None:
        self.submission += 1
        await self.tells(
            ApplicationCorrected(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                tasks=(Task.EDUCATION,),
                district=DISTRICT,
                for_district=await self.sealed(REPORT, "district", "ApplicationCorrected.for_district"),
                for_state=await self.sealed(conduct(*yes), "state", "ApplicationCorrected.for_state"),
                corrected_at=self.office.running.now(),
            )
        )
        await self.tells(
            VerificationRequested(**self._at_district(), kind=Kind.UPGRADE, requested_at=self.office.running.now())
        )

    async def supplies(self, answer: str) -> None:
        """Answers what DESE asked last."""
        await self.tells(
            InformationSupplied(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                request_id=await self._asked(),
                tasks=(Task.EDUCATION,),
                for_district=await self.sealed(REPORT, "district", "InformationSupplied.for_district"),
                answer=await self.sealed(answer, "state", "InformationSupplied.answer"),
                supplied_at=self.office.running.now(),
            )
        )

    async def answered_by_district(self, answer: str) -> None:
        """What DESE asked last; with it the district attests again."""
        request_id, now = await self._asked(), self.office.running.now()
        await self.tells(VerificationReopened(**self._at_district(), request_id=request_id, reopened_at=now))
        await self.tells(
            DistrictAnswered(
                **self._at_district(),
                request_id=request_id,
                answer=await self.sealed(answer, "district", "DistrictAnswered.answer"),
                answered_by=uuid4(),
                signature=await self._signature("DistrictAnswered.signature"),
                answered_at=now,
            )
        )
        await self.verified(days_ago=0)

    async def asks_to_look_again(self, why: str, cycle: int = 1) -> None:
        """At the denial of this cycle."""
        await self.tells(
            ReconsiderationRequested(
                application_id=self.application_id,
                educator_id=self.id,
                submission=self.submission,
                cycle=cycle,
                why=await self.sealed(why, "state", "ReconsiderationRequested.why"),
                requested_at=self.office.running.now(),
            )
        )

    async def _asked(self) -> UUID:
        async with self.office.running.read(role="reviewer") as db:
            found = await db.fetchval(
                "select asked->-1->>'request_id' from case_page where application_id = $1", self.application_id
            )
        return UUID(found)

    async def registers(self, first: str, last: str) -> None:
        contact = ContactDetails(name=PersonName(first=first, last=last), email=f"{first.lower()}@example.test")
        sealed = await self.sealed(contact, "contact", "EducatorRegistered.contact")
        await self.tells(
            EducatorRegistered(educator_id=self.id, contact=sealed, registered_at=self.office.running.now())
        )

    async def renames(self, first: str, last: str) -> None:
        contact = ContactDetails(name=PersonName(first=first, last=last), email=f"{first.lower()}@example.test")
        sealed = await self.sealed(contact, "contact", "PersonalInformationChanged.contact")
        await self.tells(
            PersonalInformationChanged(educator_id=self.id, contact=sealed, changed_at=self.office.running.now())
        )

    async def sealed(self, value: Any, audience: Any, origin: str) -> Any:
        return await self.office.running.keys.seal(value, subject=self.id, audience=audience, origin=origin)

    async def tells(self, fact: PublicFact) -> None:
        """Has it heard, as if it came over Kafka, and waits until the views show it."""
        id_ = self.id if fact.stream == "educator" else self.application_id
        await self.office.hears(fact, f"{fact.stream}/{id_}", str(self.id), self.versions)

    def _at_district(self) -> dict[str, Any]:
        return {
            "application_id": self.application_id,
            "educator_id": self.id,
            "submission": self.submission,
            "district": DISTRICT,
        }

    async def _signature(self, origin: str) -> Any:
        signature = Signature(name="Dana Whitfield", title="certification officer")
        return await self.sealed(signature, "contact", origin)


def conduct(*yes: int) -> ConductAnswers:
    return ConductAnswers(
        wording=CONDUCT_WORDING,
        answers=tuple(
            ConductAnswer(question=each.id, yes=n in yes, explanation=EXPLAINED if n in yes else "")
            for n, each in enumerate(CONDUCT_QUESTIONS, 1)
        ),
    )


def _ruling(criterion: str, *, met: bool) -> Ruling:
    if met:
        return Ruling(criterion=criterion, verdict=Verdict.MET, rests_on=("Confirmed by the district",))
    return Ruling(criterion=criterion, verdict=Verdict.NOT_MET, shortfall="26 of 30 contact hours")


@dataclass
class ReviewOffice:
    running: Running
    process: Process
    app: FastAPI
    http: httpx.AsyncClient
    ear: Ear
    keyed: list[Follower]
    databases: Databases
    versions: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    signed_in: dict[str, Browsing] = field(default_factory=dict)
    _number: int = 0

    def person_row(self, **changed: Any) -> dict[str, Any]:
        """A line of people.csv, with an Educator ID of its own."""
        self._number += 1
        today = self.running.now().date()
        said = {
            "row": self._number + 1,
            "educator_number": f"{1_040_000 + self._number}",
            "first_name": "Jordan",
            "last_name": "Avery",
            "birth_date": "1994-05-06",
            "ssn_last4": "0421",
            "certificate_kind": "IPC",
            "areas": "Elementary Education 1-6",
            "issued_on": "2023-01-16",
            "expires_on": (today + timedelta(days=44)).isoformat(),
            "status": "active",
            "background_cleared_on": "2022-12-01",
        }
        return said | changed

    async def educator(self, name: str = "Jordan Avery", **changed: Any) -> Educator:
        """Somebody whom the import recorded."""
        first, _, last = name.partition(" ")
        row = self.person_row(first_name=first, last_name=last, **changed)
        answer = await self.imports(row)
        assert answer.json()["results"][0]["ok"], answer.text
        await self.level()
        async with self.running.read(role="reviewer") as db:
            found = await db.fetchrow(
                "select person_id, certificate_id from register_certificates order by person_id desc limit 1"
            )
        assert found is not None
        reference = make_reference(2026, self._number)
        return Educator(
            self, found["person_id"], found["certificate_id"], row["educator_number"], name, reference=reference
        )

    async def imports(self, *rows: dict[str, Any], dry_run: bool = False, key: str | None = None) -> httpx.Response:
        return await self.api("/api/import/people", {"rows": rows, "dry_run": dry_run}, key)

    async def hears(self, fact: PublicFact, stream: str, subject: str, versions: dict[str, int]) -> None:
        versions[stream] += 1
        outcome = await self.process.writer.submit(
            HearingJob(self.ear, [_record(fact, stream, subject, versions[stream])])
        )
        assert outcome.held == 0, outcome
        await self.level()

    async def level(self) -> None:
        """Until views and people show everything."""
        head = await self.running.log.head()
        assert await self.running.freshness.reached(head, 20.0)
        for _ in range(500):
            if all(each.position >= head for each in self.keyed):
                return
            await asyncio.sleep(0.01)
        raise AssertionError("people are behind")

    def browser(self) -> Browsing:
        return Browsing(self.http, BASE, service.name)

    async def officer(self, login: str) -> Browsing:
        """Signed in once for all tests."""
        if login not in self.signed_in:
            self.signed_in[login] = await self.browser().sign_in(login, PASSWORD)
        return self.signed_in[login]

    async def priya(self) -> Browsing:
        return await self.officer("priya@dese.test")

    async def ines(self) -> Browsing:
        return await self.officer("ines@dese.test")

    async def theo(self) -> Browsing:
        """A supervisor."""
        return await self.officer("theo@dese.test")

    async def ada(self) -> Browsing:
        """Another supervisor."""
        return await self.officer("ada@dese.test")

    async def api(self, path: str, body: object, key: str | None = None) -> httpx.Response:
        """As the operator."""
        headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": key or secrets.token_hex(8)}
        return await self.http.post(BASE + path, json=body, headers=headers)

    async def stage(self, educator: Educator) -> Stage | None:
        await self.level()
        async with self.running.read(role="reviewer") as db:
            found = await db.fetchval(
                "select stage from review_queue where application_id = $1", educator.application_id
            )
        return Stage(found) if found else None

    async def types(self, educator: Educator) -> list[str]:
        """The facts this service recorded about somebody since the import, in order."""
        async with self.process.pool.acquire() as db:
            rows = await db.fetch(
                "select type from fact where subject = $1 and source = $2 and stream not like 'person/%' "
                "and stream not like 'register-entry/%' and type <> 'CertificateRecorded' order by position",
                str(educator.id),
                service.name,
            )
        return [row["type"] for row in rows]


def _record(fact: PublicFact, stream: str, subject: str, version: int) -> Record:
    envelope = Envelope(
        id=uuid5(UUID(int=0), f"{fact.publisher} {stream} {version}"),
        type=fact.type,
        source=fact.publisher,
        subject=subject,
        stream=stream,
        version=version,
        schema=fact.schema_number,
        occurred_at=getattr(fact, "submitted_at", None) or datetime.now(UTC),
        correlation_id=uuid4(),
        causation_id=None,
        traceparent=None,
        rules=None,
        position=version,
        body=fact.model_dump_json().encode(),
    )
    key, headers, value = encode(envelope)
    return Record(key, tuple(headers), value)


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
        "look_ups_a_minute": 100_000,
        "api_tokens": {service.name: TOKEN},
    }
    return Settings(**(said | more))


@asynccontextmanager
async def opened(postgres: str, **settings: Any) -> AsyncIterator[ReviewOffice]:
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
async def _running(databases: Databases, settings: Settings) -> AsyncIterator[ReviewOffice]:
    async with AsyncExitStack() as stack:
        process = Process(service, settings)
        running = await process.open(stack)
        app = bare_app()
        assert service.routes is not None
        service.routes(app, running)
        keyed = process.keyed(running.keys)
        tasks = [
            asyncio.create_task(run())
            for run in (process.writer.run, process.folder.run, process.freshness.watch, *(each.run for each in keyed))
        ]
        http = await stack.enter_async_context(httpx.AsyncClient(transport=httpx.ASGITransport(app)))
        ear = Ear(HEARS[service.name], service.reactions)
        try:
            yield ReviewOffice(running, process, app, http, ear, keyed, databases)
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


async def _settle(office: ReviewOffice) -> None:
    """DESE's people by the import, and a district."""
    rows = [
        {"row": at, "email": email, "first_name": first, "last_name": last, "role": role, "password": PASSWORD}
        for at, (email, first, last, role) in enumerate(STAFF, 2)
    ]
    answer = await office.api("/api/import/staff", {"rows": rows})
    assert answer.status_code == 200, answer.text
    assert all(each["ok"] for each in answer.json()["results"]), answer.text
    listed = DistrictListed(district=DISTRICT, name="INDEPENDENCE 30", county="Jackson", listed_at=office.running.now())
    await office.hears(listed, f"district/{DISTRICT}", DISTRICT, office.versions)
