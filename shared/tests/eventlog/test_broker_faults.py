"""From one log through Kafka into another, while a Kafka of our own is paused and killed. Nothing is lost, nothing is
recorded twice, no order is broken, and nobody who asks the log waits for Kafka."""

import asyncio
import signal
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, suppress
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pytest
from counters import OWN, OpenCounter, RaiseCounter, call, counter, open_counter, raise_counter

from lectern.eventlog.codec import Codec
from lectern.eventlog.database import connect, create_pool
from lectern.eventlog.ear import Ear
from lectern.eventlog.intake import Intake
from lectern.eventlog.reacting import ReactionRefused
from lectern.eventlog.relay import Relay
from lectern.eventlog.signal import Tail
from lectern.eventlog.streams import Asked
from lectern.eventlog.watchdog import KafkaStanding, Watchdog, answers
from lectern.eventlog.writer import Writer
from lectern.runtime.ids import new_id
from lectern.runtime.migrations import from_package, migrate_service
from lectern_local import kafka as embedded
from lectern_local.installation import Installation
from lectern_local.testkit import Databases, databases_of
from lectern_local.trying import free_base, open_place

pytestmark = [pytest.mark.postgres, pytest.mark.kafka]
TOPIC = "lectern.facts"


class Broker:
    """A real Kafka that only this test has."""

    def __init__(self, folder: Path) -> None:
        self._installation = Installation.make(folder, free_base(26_000))
        self._log = (folder / "kafka.log").open("wb")
        self._process: asyncio.subprocess.Process | None = None

    @property
    def address(self) -> str:
        return self._installation.kafka

    async def start(self) -> None:
        program = embedded.program(self._installation)
        self._process = await asyncio.create_subprocess_exec(
            *program.command, env=dict(program.environment), stdout=self._log, stderr=self._log, cwd="/"
        )
        await embedded.answers(self._installation, 60, lambda: None)

    def send(self, number: signal.Signals) -> None:
        assert self._process is not None
        self._process.send_signal(number)

    async def kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            await self._process.wait()

    async def close(self) -> None:
        await self.kill()
        self._log.close()


@pytest.fixture
async def broker() -> AsyncIterator[Broker]:
    with tempfile.TemporaryDirectory(prefix="lectern-broker-", dir=open_place()) as folder:
        broker = Broker(Path(folder))
        await broker.start()
        yield broker
        await broker.close()


@pytest.fixture
async def databases(postgres: str) -> AsyncIterator[Databases]:
    databases = databases_of(postgres)
    await databases.make("a", "b")
    for service in ("a", "b"):
        await migrate_service(databases.database_url, service, from_package("lectern.eventlog"))
    yield databases
    await databases.drop("a", "b")


class Pipeline:
    """Log a, its relay, Kafka, intake, log b; counters are raised in a and counted in b."""

    def __init__(self, asking: Writer, db: Any) -> None:
        self._asking = asking
        self._db = db
        self._counters: list[UUID] = []
        self._next = 0
        self.asked = 0
        self.slowest = 0.0

    async def open_counters(self, count: int = 20) -> None:
        self._counters = [uuid4() for _ in range(count)]
        for id_ in self._counters:
            stream = counter(id_, subject=id_)
            await self._ask(Asked((stream,), open_counter, OpenCounter(counter=id_), call()))

    async def raise_for(self, seconds: float, every: float = 0.04) -> None:
        """One after the other, at about this pace."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            id_ = self._counters[self._next % len(self._counters)]
            self._next += 1
            await self._ask(Asked((counter(id_),), raise_counter, RaiseCounter(counter=id_), call()))
            await asyncio.sleep(every)

    async def _ask(self, asked: Asked) -> None:
        began = time.monotonic()
        await self._asking.ask(asked, within=10.0)
        self.slowest = max(self.slowest, time.monotonic() - began)
        self.asked += 1

    async def level_within(self, seconds: float) -> None:
        until = time.monotonic() + seconds
        while await self._db.fetchval("select count(*) from fact") < self.asked:
            assert time.monotonic() < until, "not level in time"
            await asyncio.sleep(0.1)

    async def check(self) -> None:
        """Each fact once, each stream in order, nothing held."""
        rows = await self._db.fetch(
            "select stream, array_agg(version order by position) as v from fact group by stream"
        )
        assert all(row["v"] == list(range(1, len(row["v"]) + 1)) for row in rows)
        assert sum(len(row["v"]) for row in rows) == self.asked
        assert await self._db.fetchval("select count(*) from held") == 0


@asynccontextmanager
async def running(databases: Databases, broker: Broker) -> AsyncIterator[Pipeline]:
    def writer(service: str) -> Writer:
        codec = Codec(service, (*OWN, ReactionRefused))
        dsn = databases.dsn(service, "writer")
        return Writer(dsn, service, codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())

    asking, hearing = writer("a"), writer("b")
    dsn = databases.dsn("a", "writer")
    relay = Relay(dsn, "a", asking.appended, kafka=broker.address, topic=TOPIC, kinds={"counter"})
    ear = Ear(frozenset({("a", "counter")}), {})
    intake = Intake(ear, hearing, group="b", kafka=broker.address, topic=TOPIC)
    standing = KafkaStanding(broker.address, TOPIC, lambda: "b")
    async with AsyncExitStack() as stack:
        pool = await stack.enter_async_context(await create_pool(databases.dsn("b", "writer"), "test", size=2))
        db = await connect(databases.dsn("b", "auditor"), "test")
        stack.push_async_callback(db.close)
        watchdog = Watchdog(intake, standing, answers(pool))
        stack.push_async_callback(standing.close)
        tasks = [asyncio.create_task(each.run()) for each in (asking, hearing, relay, intake, watchdog)]
        try:
            pipeline = Pipeline(asking, db)
            await pipeline.open_counters()
            yield pipeline
            assert not [task for task in tasks if task.done()]
        finally:
            for task in tasks:
                task.cancel()
            for task in tasks:
                with suppress(asyncio.CancelledError):
                    await task


async def test_a_broker_that_stands_still_for_forty_seconds(databases: Databases, broker: Broker) -> None:
    async with running(databases, broker) as pipeline:
        await pipeline.raise_for(3)
        broker.send(signal.SIGSTOP)
        await pipeline.raise_for(40)
        broker.send(signal.SIGCONT)
        await pipeline.raise_for(3)

        await pipeline.level_within(60)
        await pipeline.check()
        assert pipeline.slowest < 5.0


async def test_a_broker_that_is_killed_again_and_again(databases: Databases, broker: Broker) -> None:
    async with running(databases, broker) as pipeline:
        for _ in range(3):
            await pipeline.raise_for(3)
            await broker.kill()
            await pipeline.raise_for(3)
            await broker.start()
        await pipeline.raise_for(2)

        await pipeline.level_within(60)
        await pipeline.check()
        assert pipeline.slowest < 5.0
