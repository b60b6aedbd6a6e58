"""Deadlines on a real Postgres: asked about when due, once, however long the ticker slept and however many tick."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Literal
from uuid import UUID, uuid4

import asyncpg
import pytest
from counters import call
from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import connect, create_pool
from lectern.eventlog.deadlines import Deadline, Ticker
from lectern.eventlog.folder import Folder
from lectern.eventlog.log import Log
from lectern.eventlog.signal import Signal, Tail
from lectern.eventlog.streams import Command, Decided, Noun, Reacting
from lectern.eventlog.tables import table_of
from lectern.eventlog.views import View
from lectern.eventlog.writer import Writer
from lectern.runtime.ids import new_id
from lectern.runtime.migrations import Migration, migrate_service
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres
START = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


class PromiseMade(PrivateFact):
    type: Literal["PromiseMade"] = "PromiseMade"
    promise: UUID
    due_at: AwareDatetime


class PromiseAsked(PrivateFact):
    type: Literal["PromiseAsked"] = "PromiseAsked"
    promise: UUID


promise: Noun[int] = Noun("promise", 0, lambda n, _: n + 1, (PromiseMade, PromiseAsked))


class Make(Command):
    promise: UUID
    due_at: AwareDatetime


def make(_: int, command: Make) -> Decided:
    return [PromiseMade(promise=command.promise, due_at=command.due_at)]


class Ask(Command):
    promise: UUID


def ask(facts: int, command: Ask) -> Decided:
    return [PromiseAsked(promise=command.promise)] if facts == 1 else []


@dataclass(frozen=True)
class Due:
    promise: UUID
    due_at: datetime


def _fold(_: Due | None, fact: PromiseMade | PromiseAsked) -> Due | None:
    return Due(fact.promise, fact.due_at) if isinstance(fact, PromiseMade) else None


@pytest.fixture
def promises(tmp_path: Path) -> View[Due]:
    sql = tmp_path / "promises.sql"
    sql.write_text(
        "create table promises (promise uuid primary key, due_at timestamptz not null);"
        "grant select on promises to lectern_writer;"
        "create policy ticks on promises for select to lectern_writer using (true);"
    )
    return View("promises", 1, Due, lambda fact: fact.promise, _fold, (PromiseMade, PromiseAsked), sql)


@dataclass
class Desk:
    logged: Databases
    log: Log
    pool: Any
    codec: Codec
    view: View[Due]
    now: datetime = START

    def ticker(self) -> Ticker:
        return Ticker(self.pool, [self.deadline], self.log, now=lambda: self.now, new_id=new_id)

    @property
    def deadline(self) -> Deadline[Due]:
        return Deadline(self.view, lambda row, _: Reacting((promise(row.promise),), ask, Ask(promise=row.promise)))

    async def promise(self, due: timedelta) -> None:
        id_ = uuid4()
        await self.log.handle(promise(id_, subject="s"), make, Make(promise=id_, due_at=START + due), call())

    async def level(self) -> None:
        folder = Folder(self.logged.dsn("svc", "folder"), self.codec, [self.view], Signal())
        db = await connect(self.logged.dsn("svc", "folder"), "level")
        await folder.catch_up(db)
        await db.close()

    async def asked(self) -> int:
        db = await asyncpg.connect(self.logged.dsn("svc", "auditor"))
        n = await db.fetchval("select count(*) from fact where type = 'PromiseAsked'")
        await db.close()
        return int(n)


@pytest.fixture
async def desk(logged: Databases, promises: View[Due]) -> AsyncIterator[Desk]:
    codec = Codec("svc", (PromiseMade, PromiseAsked))
    await migrate_service(logged.database_url, "svc", [Migration("view/promises:1", table_of(promises))])
    writer = Writer(logged.dsn("svc", "writer"), "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
    task = asyncio.create_task(writer.run())
    async with await create_pool(logged.dsn("svc", "writer"), "svc streams", size=3) as pool:
        yield Desk(logged, Log(writer, pool, codec), pool, codec, promises)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_asks_when_the_instant_has_come_and_not_before(desk: Desk) -> None:
    await desk.promise(timedelta(seconds=30))
    await desk.level()
    ticker = desk.ticker()

    desk.now = START + timedelta(seconds=29)
    early = await ticker.tick(desk.deadline)
    desk.now = START + timedelta(seconds=30)
    due = await ticker.tick(desk.deadline)

    assert (early, due, await desk.asked()) == (0, 1, 1)


async def test_what_is_asked_about_at_some_times_only_waits_for_them(desk: Desk) -> None:
    await desk.promise(timedelta(0))
    await desk.level()
    ticker, by_day = desk.ticker(), replace(desk.deadline, when=lambda _, now: now.hour >= 14)

    early = await ticker.tick(by_day)
    desk.now = START + timedelta(hours=2)
    in_time = await ticker.tick(by_day)

    assert (early, in_time, await desk.asked()) == (0, 1, 1)


async def test_a_ticker_that_slept_for_a_week_misses_nothing_and_doubles_nothing(desk: Desk) -> None:
    for minutes in range(20):
        await desk.promise(timedelta(minutes=minutes))
    await desk.level()
    desk.now = START + timedelta(days=7)

    await asyncio.gather(*(desk.ticker().tick(desk.deadline) for _ in range(3)))
    await desk.level()
    later = await desk.ticker().tick(desk.deadline)

    assert (await desk.asked(), later) == (20, 0)
