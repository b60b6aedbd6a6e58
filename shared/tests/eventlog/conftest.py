"""Fixtures of the log's tests: a log, writers on it, and the view of the counters."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from pathlib import Path

import pytest
from counters import OWN, CounterOpened, CounterRaised, Total, fold_totals

from lectern.eventlog.codec import Codec
from lectern.eventlog.effects import EFFECT_FACTS
from lectern.eventlog.signal import Tail
from lectern.eventlog.tables import table_of
from lectern.eventlog.views import View
from lectern.eventlog.writer import Writer
from lectern.runtime.ids import new_id
from lectern.runtime.migrations import Migration, from_package, migrate_service
from lectern_local.testkit import Databases


@pytest.fixture
def totals(tmp_path: Path) -> View[Total]:
    sql = tmp_path / "totals.sql"
    sql.write_text("create table totals (counter uuid primary key, total integer not null, raised integer[] not null);")
    return View("totals", 1, Total, lambda fact: fact.counter, fold_totals, (CounterOpened, CounterRaised), sql)


@pytest.fixture
def codec() -> Codec:
    return Codec("svc", (*OWN, *EFFECT_FACTS))


@pytest.fixture
async def logged(database: Databases, totals: View[Total]) -> Databases:
    """A database with an empty log and the view `totals`."""
    migrations = [*from_package("lectern.eventlog"), Migration("view/totals:1", table_of(totals))]
    await migrate_service(database.database_url, "svc", migrations)
    return database


@pytest.fixture
async def start_writer(logged: Databases, codec: Codec) -> AsyncIterator[Callable[[], Writer]]:
    """Starts writers, each with a task and a connection of its own."""
    tasks: list[asyncio.Task[None]] = []

    def start() -> Writer:
        writer = Writer(logged.dsn("svc", "writer"), "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
        tasks.append(asyncio.create_task(writer.run()))
        return writer

    yield start
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
