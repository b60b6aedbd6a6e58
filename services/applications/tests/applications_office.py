"""The service in this process on a real Postgres, its effects, and the real payment sandbox beside it."""

import asyncio
import base64
import re
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
from fastapi import FastAPI

from applications.app import service
from applications.document_effects import document_effects
from applications.payment_effects import PaymentEffects, pending_too_long
from applications.provider_http import HttpProvider
from lectern.contracts.district_worklog import (
    DistrictClosed,
    DistrictContactsChanged,
    DistrictDeclined,
    DistrictListed,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationRequested,
)
from lectern.contracts.envelope import Envelope, encode
from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS
from lectern.contracts.matching import match_token
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationDenied,
    CertificateRecorded,
    CertificateUpgraded,
    InformationRequested,
    PersonRecorded,
    ReconsiderationOpened,
    ReviewAssigned,
)
from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DeclineReason,
    DenialReason,
    DistrictEvidence,
    InformationReason,
    Inquiry,
    Kind,
    OfficerId,
    Party,
    PersonName,
    ReturnReason,
    Signature,
    Signers,
    StaffContact,
    Task,
)
from lectern.eventlog.deadlines import Ticker
from lectern.eventlog.ear import Ear
from lectern.eventlog.effects_process import Effects
from lectern.eventlog.hearing_job import HearingJob, Outcome
from lectern.eventlog.records import Record
from lectern.rules import RULES
from lectern.rules.wording import CONDUCT_QUESTIONS, PURPOSE, RELEASE
from lectern.runtime.ids import new_id
from lectern.runtime.migrations import from_package, migrate, migrate_service
from lectern.runtime.process import Process
from lectern.runtime.running import Running, migrations_of
from lectern.runtime.settings import Settings
from lectern.web import bare_app
from lectern.web.client import Browsing
from lectern_local.outside import PAYMENTS
from lectern_local.payments_http import Sandbox
from lectern_local.payments_http import routes as sandbox_routes
from lectern_local.payments_store import Payments
from lectern_local.payments_webhooks import Webhooks
from lectern_local.testkit import Databases, databases_of

BASE = "http://127.0.0.1:8401"
PAY = "http://127.0.0.1:8405"
REGISTER = "http://127.0.0.1:8403"
PASSWORD = "a gentle oak beside the river"
TOKEN = "the operator's token of these tests"
SECRET = b"the payment provider's secret of these tests"
OURS, CLOSED, SILENT = "048-077", "096-111", "048-069"
"""Two districts of Jackson County, one of them closed, and one that named nobody who is told."""
REPORT: dict[str, Any] = {
    "degrees": [{"institution": "Ozark Plains University", "degree": "BS in Elementary Education", "year": 2022}],
    "years": [
        {
            "school_year": year,
            "employer": "Independence 30",
            "position": "Grade 3 teacher",
            "fte_hundredths": 100,
            "share_hundredths": 100,
            "teaching": True,
        }
        for year in (2022, 2023, 2024, 2025)
    ],
    "development_quarter_hours": 120,
    "mentoring_school_years": 2,
    "bta_completed_on": "2024-06-14",
    "bta_provider": "Ozark Plains University",
    "evaluation_note": "Three school years",
}


_HIDDEN = re.compile(
    r'type="hidden" name="(seen|back|wording|release|q|certificate_id|request_id|cycle)" value="([^"]*)"'
)


@dataclass
class Someone:
    """A person of the register, and the streams other services publish about them."""

    office: "Office"
    number: str
    id: UUID = field(default_factory=uuid4)
    certificate_id: UUID = field(default_factory=uuid4)
    first: str = "Jordan"
    last: str = "Avery"
    born: date = date(1994, 5, 6)
    ssn: str = "1234"
    versions: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    @property
    def email(self) -> str:
        return f"educator{self.number}@example.test"

    def proof(self) -> dict[str, str]:
        return {
            "educator_number": self.number,
            "last_name": self.last,
            "birth_date": self.born.isoformat(),
            "ssn_last4": self.ssn,
        }

    async def recorded(self, expires_in: int = 44, **more: Any) -> "Someone":
        """With a certificate that ends in so many days."""
        office, now = self.office, self.office.running.now()
        await self.tells(
            PersonRecorded(
                person_id=self.id,
                match_token=match_token(
                    office.running.settings.match_key,
                    educator_number=self.number,
                    last_name=self.last,
                    birth_date=self.born,
                    ssn_last4=self.ssn,
                ),
                name=await self.sealed(PersonName(first=self.first, last=self.last), "PersonRecorded.name", "contact"),
                educator_number=await self.sealed(self.number, "PersonRecorded.educator_number", "contact"),
                birth_date=await self.sealed(self.born, "PersonRecorded.birth_date", "state"),
                recorded_at=now,
            )
        )
        await self.tells(
            CertificateRecorded(
                **{
                    "certificate_id": self.certificate_id,
                    "person_id": self.id,
                    "kind": CertificateKind.IPC,
                    "areas": ("Elementary Education, grades 1 to 6", "Special Education, grades K to 12"),
                    "issued_on": office.today() - timedelta(days=1461 - expires_in),
                    "expires_on": office.today() + timedelta(days=expires_in),
                    "status": CertificateStatus.ACTIVE,
                    "recorded_at": now,
                    **more,
                }
            )
        )
        return self

    async def claimed(self) -> "Someone":
        """With an account, by the operator's API."""
        body = {
            "email": self.email,
            "password": PASSWORD,
            "first_name": self.first,
            **self.proof(),
        }
        answer = await self.office.operator("/api/educators", body)
        assert answer.status_code == 201, answer.text
        await self.office.level()
        return self

    async def browser(self) -> "Person":
        """Signed in."""
        person = self.office.anybody()
        await person.sign_in(self.email, PASSWORD)
        return person

    async def sealed(self, value: Any, origin: str, audience: Any) -> Any:
        return await self.office.running.keys.seal(value, subject=self.id, audience=audience, origin=origin)

    async def tells(self, fact: PublicFact) -> None:
        """Has it heard, as if it came over Kafka, and waits until the views show it."""
        about = getattr(fact, "application_id", None) if fact.stream in {"work-item", "case"} else None
        id_ = about or {"person": self.id, "certificate": self.certificate_id}.get(fact.stream)
        stream = f"{fact.stream}/{id_}"
        self.versions[stream] += 1
        await self.office.hears(fact, stream, self.versions[stream], str(self.id))

    # ── what the others say about an application

    async def signature(self, origin: str) -> Any:
        return await self.sealed(Signature(name="Dana Whitfield", title="Certification officer"), origin, "contact")

    def item(self, application: object, submission: int = 1) -> dict[str, Any]:
        return {
            "application_id": application,
            "educator_id": self.id,
            "submission": submission,
            "district": OURS,
        }

    async def is_opened(self, application: object) -> None:
        signature = await self.signature("VerificationClaimed.signature")
        await self.tells(
            VerificationClaimed(
                **self.item(application), claimed_by=uuid4(), signature=signature, claimed_at=self.office.now()
            )
        )

    async def is_requested(self, application: object, submission: int = 1) -> None:
        await self.tells(
            VerificationRequested(
                **self.item(application, submission), kind=Kind.UPGRADE, requested_at=self.office.now()
            )
        )

    async def is_returned(self, application: object, note: str, *reasons: ReturnReason) -> None:
        await self.tells(
            DistrictReturned(
                **self.item(application),
                reasons=reasons or (ReturnReason.HOURS_MISSING,),
                note=await self.sealed(note, "DistrictReturned.note", "district"),
                returned_by=uuid4(),
                signature=await self.signature("DistrictReturned.signature"),
                returned_at=self.office.now(),
            )
        )

    async def is_declined(self, application: object, note: str = "", submission: int = 1) -> None:
        await self.tells(
            DistrictDeclined(
                **self.item(application, submission),
                reason=DeclineReason.NO_LONGER_EMPLOYED,
                note=await self.sealed(note, "DistrictDeclined.note", "district") if note else None,
                declined_by=OfficerId(uuid4()),
                signature=await self.signature("DistrictDeclined.signature"),
                declined_at=self.office.now(),
            )
        )

    async def is_without_district(self, application: object, submission: int = 1) -> None:
        """Its district has closed."""
        await self.tells(
            DistrictDeclined(
                **self.item(application, submission),
                reason=DeclineReason.DISTRICT_CLOSED,
                note=None,
                declined_by=None,
                signature=None,
                declined_at=self.office.now(),
            )
        )

    async def is_verified(self, application: object, submission: int = 1) -> None:
        await self.tells(
            DistrictVerified(
                **self.item(application, submission),
                rulings=(),
                evidence=await self.sealed(DistrictEvidence(), "DistrictVerified.evidence", "district"),
                attestation="attestation-upgrade-1",
                verified_by=uuid4(),
                signature=await self.signature("DistrictVerified.signature"),
                verified_at=self.office.now(),
            )
        )

    def case(self, application: object, submission: int = 1) -> dict[str, Any]:
        return {"application_id": application, "educator_id": self.id, "submission": submission, "cycle": 1}

    async def is_assigned(self, application: object, submission: int = 1) -> None:
        await self.tells(
            ReviewAssigned(**self.case(application, submission), reviewer=uuid4(), assigned_at=self.office.now())
        )

    async def is_asked(
        self, application: object, note: str, *reasons: InformationReason, tasks: tuple[Task, ...] = ()
    ) -> None:
        """By DESE."""
        inquiry = Inquiry(reasons=reasons or (InformationReason.OTHER,), note=note)
        await self.tells(
            InformationRequested(
                **self.case(application),
                request_id=uuid4(),
                party=Party.EDUCATOR,
                tasks=tasks,
                for_educator=await self.sealed(inquiry, "InformationRequested.for_educator", "state"),
                requested_by=uuid4(),
                requested_at=self.office.now(),
            )
        )

    async def is_approved(self, application: object, submission: int = 1, *, changed: bool = True) -> None:
        """`changed`: the certificate is upgraded with it."""
        today = self.office.today()
        await self.tells(
            ApplicationApproved(
                **self.case(application, submission),
                rulings=(),
                rules=RULES,
                signed=await self.sealed(Signers(by=OfficerId(uuid4())), "ApplicationApproved.signed", "state"),
                approved_at=self.office.now(),
            )
        )
        if not changed:
            return
        await self.tells(
            CertificateUpgraded(
                certificate_id=self.certificate_id,
                person_id=self.id,
                application_id=application,
                cycle=1,
                effective_on=today,
                expires_on=today.replace(year=today.year + 99),
                rules=RULES,
                upgraded_at=self.office.now(),
            )
        )

    async def is_denied(self, application: object, note: str) -> None:
        await self.tells(
            ApplicationDenied(
                **self.case(application),
                reasons=await self.sealed((DenialReason.CRITERIA_NOT_MET,), "ApplicationDenied.reasons", "state"),
                rulings=(),
                note=await self.sealed(note, "ApplicationDenied.note", "district"),
                rules=RULES,
                signed=await self.sealed(
                    Signers(by=OfficerId(uuid4()), second=OfficerId(uuid4())), "ApplicationDenied.signed", "state"
                ),
                denied_at=self.office.now(),
            )
        )

    async def is_opened_again(self, application: object) -> None:
        """By DESE, in the second cycle."""
        about = self.case(application) | {"cycle": 2}
        opened_at = self.office.now()
        await self.tells(ReconsiderationOpened(**about, kind=Kind.UPGRADE, district=OURS, opened_at=opened_at))


class Person(Browsing):
    """A browser of this service, with what educators do in it."""

    async def _ask(self, method: str, path: str, **more: Any) -> httpx.Response:
        """Tries again where a busy machine gave no answer in time: the key is the same, it cannot happen twice."""
        for _ in range(20):
            answer = await super()._ask(method, path, **more)
            if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                break
            await asyncio.sleep(0.3)
        return answer

    async def put(self, path: str, body: object, *, key: str | None = None) -> httpx.Response:
        return await self._ask("PUT", path, json=body, headers={"Idempotency-Key": key or secrets.token_hex(8)})

    async def starts(self, someone: Someone) -> str:
        """The application's id."""
        answer = await self.post_json(
            "/api/applications", {"certificate_id": str(someone.certificate_id)}, key=secrets.token_hex(8)
        )
        assert answer.status_code == 201, answer.text
        return str(answer.json()["application_id"])

    async def answers_all(self, application: str) -> None:
        base = f"/api/applications/{application}"
        steps: list[tuple[str, dict[str, Any]]] = [
            ("personal", {}),
            ("education", REPORT),
            *((f"conduct/{each.id}", {"yes": False}) for each in CONDUCT_QUESTIONS),
            ("purpose", {"purpose": PURPOSE}),
            ("payment-method", {"method": "card"}),
            ("release", {"release": RELEASE.version}),
            ("district", {"district": OURS}),
        ]
        for name, body in steps:
            answer = await self.put(f"{base}/{name}", body)
            assert answer.status_code == 200, (name, answer.text)

    async def submits(self, application: str) -> dict[str, Any]:
        answer = await self.post_json(f"/api/applications/{application}/submission", {}, key=secrets.token_hex(8))
        assert answer.status_code == 202, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def standing(self, application: str, wait: float = 0) -> dict[str, Any]:
        answer = await self.get(f"/api/applications/{application}?wait={wait}")
        assert answer.status_code == 200, answer.text
        found: dict[str, Any] = answer.json()
        return found

    async def adds(self, path: str, name: str, data: bytes, **fields: str) -> httpx.Response:
        """A file, on one of the pages that take one."""
        return await self.post_file(path, {"shows": "transcript"} | fields, name, data)

    async def sends_file(
        self, path: str, fields: dict[str, str], name: str, data: bytes, *, key: str | None = None
    ) -> httpx.Response:
        """To the API."""
        headers = {"Idempotency-Key": key or secrets.token_hex(8)}
        return await self._ask("POST", path, data=fields, file=(name, data), headers=headers)

    async def deletes(self, path: str) -> httpx.Response:
        return await self._ask("DELETE", path, headers={"Idempotency-Key": secrets.token_hex(8)})

    async def saves(self, path: str, fields: dict[str, Any], **more: Any) -> httpx.Response:
        """A page's form as it stands in its hidden fields, with something entered."""
        page = await self.get(path)
        assert page.status_code == 200, (path, page.status_code, page.headers.get("location"))
        main = page.text[page.text.index("<main") :]
        hidden = dict(_HIDDEN.findall(main))
        return await self.post(path, {**hidden, **fields}, **more)


@dataclass
class Office:
    running: Running
    process: Process
    app: FastAPI
    http: httpx.AsyncClient
    ear: Ear
    databases: Databases
    payments: Payments
    webhooks: Webhooks
    ticker: Ticker
    effects: Effects
    _number: int = 1_048_000

    def now(self) -> Any:
        return self.running.now()

    def today(self) -> date:
        from lectern.contracts.days import chicago_day

        return chicago_day(self.running.now())

    def somebody(self, **more: Any) -> Someone:
        self._number += 1
        return Someone(self, str(self._number), **more)

    async def educator(self, expires_in: int = 44, **more: Any) -> Someone:
        """Recorded and claimed."""
        return await (await self.somebody(**more).recorded(expires_in)).claimed()

    async def submitted(self, expires_in: int = 44) -> tuple[Someone, Person, str]:
        """Somebody whose application is paid and handed in."""
        someone = await self.educator(expires_in)
        person = await someone.browser()
        application = await person.starts(someone)
        await person.answers_all(application)
        await person.submits(application)
        await self.pays(person, application)
        await self.level()
        return someone, person, application

    async def pays(self, person: Person, application: str, **decision: str) -> None:
        """As the payer on the provider's page."""
        standing = await person.standing(application, wait=2)
        answer = await self.at_provider(standing["payment"]["pay_url"], **decision)
        assert answer.status_code == 303, answer.text

    async def at_provider(self, pay_url: str, **decision: str) -> httpx.Response:
        fields = {"outcome": "approve", "delay": "0", "webhook": "once", **decision}
        answer = await self.http.post(pay_url, data=fields)
        await self.webhooks.send_due()
        await self.webhooks.send_due()
        return answer

    def anybody(self) -> Person:
        return Person(self.http, BASE, service.name)

    async def operator(self, path: str, body: object, key: str | None = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": key or secrets.token_hex(8)}
        return await self.http.post(BASE + path, json=body, headers=headers)

    async def hears(self, fact: PublicFact, stream: str, version: int, subject: str) -> None:
        envelope = Envelope(
            id=uuid4(),
            type=fact.type,
            source=fact.publisher,
            subject=subject,
            stream=stream,
            version=version,
            schema=fact.schema_number,
            occurred_at=self.now(),
            correlation_id=uuid4(),
            causation_id=None,
            traceparent=None,
            rules=None,
            position=version,
            body=fact.model_dump_json().encode(),
        )
        key, headers, value = encode(envelope)
        outcome: Outcome = await self.process.writer.submit(HearingJob(self.ear, [Record(key, tuple(headers), value)]))
        assert outcome.held == 0, outcome
        await self.level()

    @asynccontextmanager
    async def databases_as_auditor(self) -> AsyncIterator[Any]:
        """Who may read all of it."""
        db = await asyncpg.connect(self.databases.dsn(service.name, "auditor"))
        try:
            yield db
        finally:
            await db.close()

    async def level(self) -> None:
        """Until the views show everything."""
        assert await self.running.freshness.reached(await self.running.log.head(), 20.0)

    async def types(self, subject: object, *, kind: str = "") -> list[str]:
        """The facts this service recorded about somebody, in order."""
        rows = await self.process.pool.fetch(
            "select type from fact where subject = $1 and source = $2 and stream like $3 order by position",
            str(subject),
            service.name,
            f"{kind}%",
        )
        return [row["type"] for row in rows]


async def until(there: Callable[[], Any], seconds: float = 5.0) -> Any:
    """Waits until something is the case, and gives it."""
    for _ in range(int(seconds / 0.02)):
        if found := await there():
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it did not happen")


def settings_of(databases: Databases, **more: Any) -> Settings:
    said: dict[str, Any] = {
        "database_url": databases.database_url,
        "keys_url": databases.keys_url,
        "kek": base64.b64encode(secrets.token_bytes(32)).decode(),
        "command_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "match_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "kafka": "127.0.0.1:1",
        "demo": True,
        "answer_within_s": "10",
        "urls": {service.name: BASE, "payments": PAY, "review": REGISTER},
        "api_tokens": {service.name: TOKEN},
        "payment_secret": base64.b64encode(SECRET).decode(),
        "payment_url": PAY,
    }
    return Settings(**(said | more))


@asynccontextmanager
async def opened(postgres: str, folder: Path, **settings: Any) -> AsyncIterator[Office]:
    databases = databases_of(postgres)
    await databases.make(service.name)
    try:
        await migrate(databases.keys("owner"), from_package("lectern.eventlog.keys"))
        await migrate_service(databases.database_url, service.name, migrations_of(service))
        files = {"files": (folder / "files").as_uri(), "scanner": "none"}
        async with _running(databases, settings_of(databases, **(files | settings)), folder) as office:
            await _list_districts(office)
            yield office
    finally:
        await databases.drop(service.name)


@asynccontextmanager
async def _running(databases: Databases, settings: Settings, folder: Path) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        process = Process(service, settings)
        running = await process.open(stack)
        app = bare_app()
        assert service.routes is not None
        service.routes(app, running)
        payments = Payments(folder)
        stack.callback(payments.close)
        http = await stack.enter_async_context(
            httpx.AsyncClient(
                mounts={PAY: httpx.ASGITransport(sandbox_app(payments))}, transport=httpx.ASGITransport(app)
            )
        )
        provider = await stack.enter_async_context(
            httpx.AsyncClient(base_url=PAY, transport=httpx.ASGITransport(sandbox_app(payments)))
        )
        doing = PaymentEffects(HttpProvider(provider, SECRET, running.now), BASE)
        acting = (*doing.all(), *document_effects(running))
        effects = Effects(
            process.dsn("writer"),
            process.codec,
            acting,
            process.log,
            process.signal,
            now=running.now,
            worker=new_id(),
        )
        tasks = [
            asyncio.create_task(run())
            for run in (process.writer.run, process.folder.run, process.freshness.watch, effects.run)
        ]
        ticker = Ticker(process.pool, (pending_too_long,), process.log, now=running.now, new_id=new_id)
        webhooks = Webhooks(payments, SECRET, http)
        ear = Ear(HEARS[service.name], service.reactions)
        try:
            yield Office(running, process, app, http, ear, databases, payments, webhooks, ticker, effects)
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


def sandbox_app(payments: Payments) -> FastAPI:
    from lectern.web import WebSettings, create_app

    urls = {"payments": PAY, service.name: BASE}
    settings = WebSettings(secret=secrets.token_bytes(32), urls=urls, service="payments")
    sandbox = Sandbox(payments, SECRET, PAY, lambda: None)
    return create_app(PAYMENTS, settings, routers=[sandbox_routes(sandbox)])


async def _list_districts(office: Office) -> None:
    now = office.now()
    for code, name, county in (
        (OURS, "INDEPENDENCE 30", "Jackson"),
        (CLOSED, "OLD TOWN R-II", "Jackson"),
        (SILENT, "QUIET VALLEY R-IV", "Barry"),
    ):
        listed = DistrictListed(district=code, name=name, county=county, listed_at=now)
        await office.hears(listed, f"district/{code}", 1, code)
    people = (StaffContact(officer_id=OfficerId(uuid4()), name="Dana Whitfield", email="dana@k12.test", role="v"),)
    contacts = await office.running.keys.seal(
        people, subject=OURS, audience="contact", origin="DistrictContactsChanged.contacts"
    )
    named = DistrictContactsChanged(district=OURS, contacts=contacts, changed_at=now)
    await office.hears(named, f"district/{OURS}", 2, OURS)
    shut = DistrictClosed(district=CLOSED, closed_on=office.today() - timedelta(days=1), closed_at=now)
    await office.hears(shut, f"district/{CLOSED}", 2, CLOSED)
