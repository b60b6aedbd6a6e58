"""The service in this process on a real Postgres, with its effects, a real mailbox, and facts as if heard."""

import asyncio
import base64
import secrets
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4, uuid5

import httpx
import uvicorn
from fastapi import FastAPI
from notifications_given import (
    APPLICATION,
    CERTIFICATE,
    DANA,
    INDEPENDENCE,
    JORDAN,
    district_contacts,
    listed,
    registered,
)
from notifications_given import staff_contacts as dese_contacts

from lectern.contracts.envelope import Envelope, encode
from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import HEARS
from lectern.contracts.values import ContactDetails, PersonName, StaffContact
from lectern.eventlog.ear import Ear
from lectern.eventlog.effects_process import Effects
from lectern.eventlog.hearing_job import HearingJob, Outcome
from lectern.eventlog.records import Record
from lectern.runtime.ids import new_id
from lectern.runtime.migrations import from_package, migrate, migrate_service
from lectern.runtime.process import Process
from lectern.runtime.running import Running, migrations_of
from lectern.runtime.settings import Settings
from lectern.web import bare_app
from lectern.web.client import Browsing
from lectern_local.mailbox import Mailbox
from lectern_local.mailbox_http import api
from lectern_local.mailbox_smtp import SmtpServer
from lectern_local.testkit import Databases, databases_of
from notifications.app import service

BASE = "http://127.0.0.1:8404"
TOKEN = "the operator's token of these tests"
PASSWORD = "a gentle oak beside the river"
PEOPLE = StaffContact(officer_id=DANA, name="Dana Whitfield", email="dana@i30.test", role="verifier")
JORDAN_AVERY = ContactDetails(name=PersonName(first="Jordan", last="Avery"), email="jordan@example.test")


@dataclass
class Office:
    running: Running
    process: Process
    effects: Effects
    http: httpx.AsyncClient
    box: Mailbox
    smtp: SmtpServer
    ear: Ear
    databases: Databases
    versions: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict(int))

    async def sealed(self, value: object, subject: object, origin: str) -> Any:
        return await self.running.keys.seal(value, subject=subject, audience="contact", origin=origin)

    async def knows_everybody(self) -> None:
        await self.knows_educator()
        contacts = await self.sealed((PEOPLE,), INDEPENDENCE, "DistrictContactsChanged.contacts")
        await self.hears(listed(), district_contacts(contacts), subject=INDEPENDENCE)
        desk = await self.sealed((PEOPLE,), "dese", "StaffContactsChanged.contacts")
        await self.hears(dese_contacts(desk), subject="dese")

    async def knows_educator(self, contact: ContactDetails = JORDAN_AVERY) -> None:
        await self.hears(registered(await self.sealed(contact, JORDAN, "EducatorRegistered.contact")))

    async def hears(self, *facts: PublicFact, subject: object = JORDAN) -> Outcome:
        """As if they came over Kafka."""
        records = [self._record(fact, str(subject)) for fact in facts]
        outcome: Outcome = await self.process.writer.submit(HearingJob(self.ear, records))
        return outcome

    def _record(self, fact: PublicFact, subject: str) -> Record:
        of_application = getattr(fact, "application_id", APPLICATION)
        place = {
            "application": of_application,
            "work-item": of_application,
            "case": of_application,
            "certificate": getattr(fact, "certificate_id", CERTIFICATE),
        }.get(fact.stream, subject)
        stream = f"{fact.stream}/{place}"
        self.versions[fact.publisher, stream] += 1
        version = self.versions[fact.publisher, stream]
        key, headers, value = encode(
            Envelope(
                id=uuid5(APPLICATION, f"{fact.publisher} {stream} {version}"),
                type=fact.type,
                source=fact.publisher,
                subject=subject,
                stream=stream,
                version=version,
                schema=fact.schema_number,
                occurred_at=self.running.now(),
                correlation_id=uuid4(),
                causation_id=None,
                traceparent=None,
                rules=None,
                position=version,
                body=fact.model_dump_json().encode(),
            )
        )
        return Record(key, tuple(headers), value)

    async def settled(self, count: int) -> list[tuple[str, str]]:
        """Waits until so many notices are settled; gives (notice/recipient, state) of all."""
        for _ in range(500):
            rows = await self.states()
            if sum(state != "requested" for _, state in rows) >= count:
                return rows
            await asyncio.sleep(0.01)
        raise AssertionError(f"not settled: {rows}")

    async def states(self) -> list[tuple[str, str]]:
        assert await self.running.freshness.reached(await self.running.log.head(), 20.0)
        async with self.running.read(role="operator") as db:
            rows = await db.fetch("select notice || '/' || recipient as name, state from notices_sent order by 1")
        return [(row["name"], row["state"]) for row in rows]

    async def mails(self) -> list[tuple[str, str]]:
        """(notice, recipients) of every delivery, in order of the notices' names."""
        return sorted((each.notice, ",".join(each.recipients)) for each in await self.box.after(0, 1000))

    async def types(self) -> list[str]:
        async with self.process.pool.acquire() as db:
            rows = await db.fetch("select type from fact where source = $1 order by position", service.name)
        return [row["type"] for row in rows]

    async def sweep(self) -> None:
        """As it happens every half minute."""
        async with self.process.pool.acquire() as db:
            await self.effects.sweep(db, older_than=timedelta(0))

    def browser(self) -> Browsing:
        return Browsing(self.http, BASE, service.name)

    async def api(self, method: str, path: str, body: object = None) -> httpx.Response:
        headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": secrets.token_hex(8)}
        return await self.http.request(method, BASE + path, json=body, headers=headers)


@asynccontextmanager
async def opened(
    postgres: str, folder: Path, *, asks_mailbox: bool = True, sends: bool = True
) -> AsyncIterator[Office]:
    """`asks_mailbox`: whether the mail server can be asked what became of a mail. `sends`: whether any is sent."""
    databases = databases_of(postgres)
    await databases.make(service.name)
    try:
        await migrate(databases.keys("owner"), from_package("lectern.eventlog.keys"))
        await migrate_service(databases.database_url, service.name, migrations_of(service))
        async with AsyncExitStack() as stack:
            box = Mailbox(folder)
            stack.callback(box.close)
            smtp = SmtpServer(box)
            port = await smtp.start("127.0.0.1", 0)
            stack.push_async_callback(smtp.stop)
            mailbox = await stack.enter_async_context(_served(box, smtp)) if asks_mailbox else None
            settings = _settings(databases, f"127.0.0.1:{port}", mailbox)
            yield await stack.enter_async_context(_running(databases, settings, box, smtp, sends=sends))
    finally:
        await databases.drop(service.name)


@asynccontextmanager
async def _running(
    databases: Databases, settings: Settings, box: Mailbox, smtp: SmtpServer, *, sends: bool
) -> AsyncIterator[Office]:
    async with AsyncExitStack() as stack:
        process = Process(service, settings)
        running = await process.open(stack)
        app = bare_app()
        assert service.routes is not None
        assert service.effects is not None
        service.routes(app, running)
        effects = Effects(
            process.dsn("writer"), process.codec, service.effects(running), process.log, process.signal,
            now=running.now, worker=new_id(),
        )  # fmt: skip
        runs: list[Callable[[], Any]] = [
            process.writer.run, process.folder.run, process.freshness.watch,
        ]  # fmt: skip
        runs += [effects.run] if sends else []
        tasks = [asyncio.ensure_future(run()) for run in runs]
        http = await stack.enter_async_context(httpx.AsyncClient(transport=httpx.ASGITransport(app)))
        ear = Ear(HEARS[service.name], service.reactions)
        try:
            yield Office(running, process, effects, http, box, smtp, ear, databases)
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


@asynccontextmanager
async def _served(box: Mailbox, smtp: SmtpServer) -> AsyncIterator[str]:
    """The mailbox's API on a port of its own."""
    app = FastAPI()
    app.include_router(api(box, smtp))
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_config=None, lifespan="off"))
    task = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await task


def _settings(databases: Databases, smtp: str, mailbox: str | None) -> Settings:
    urls = {
        service.name: BASE,
        "applications": "http://127.0.0.1:8401",
        "district-worklog": "http://127.0.0.1:8402",
        "review": "http://127.0.0.1:8403",
    }
    said: dict[str, Any] = {
        "database_url": databases.database_url,
        "keys_url": databases.keys_url,
        "kek": base64.b64encode(secrets.token_bytes(32)).decode(),
        "command_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "match_key": base64.b64encode(secrets.token_bytes(32)).decode(),
        "kafka": "127.0.0.1:1",
        "demo": True,
        "smtp": smtp,
        "urls": urls | ({"mailbox": mailbox} if mailbox else {}),
        "api_tokens": {service.name: TOKEN},
    }
    return Settings(**said)
