"""The watchdog looks at progress, not at signs of life: a consumer can sit there alive and read nothing for ever.

Its own clients ask the broker how far the topic and the group are, and Postgres whether it answers. While both do, and
the group is behind, and nothing was acknowledged for 15 s, the consumer is built anew, once; then the process ends.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import asyncpg
import structlog
from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from lectern.eventlog.database import ACQUIRE_TIMEOUT_S, UNREACHABLE
from lectern.eventlog.intake import Fatal

log = structlog.get_logger(__name__)

PATIENCE_S = 15.0
EVERY_S = 2.0
PROBE_S = 5.0


@dataclass(frozen=True)
class Standing:
    """How far a group is on its topic: how many records it has not acknowledged, and how many it has."""

    lag: int
    acknowledged: int


class Consumed(Protocol):
    """What is watched: an intake."""

    handled: int

    def rebuild(self) -> None: ...


class Watchdog:
    """Start `run()` once. `lag` is the group's, in records; None while nobody knows."""

    def __init__(
        self,
        watched: Consumed,
        standing: Callable[[], Awaitable[Standing]],
        postgres: Callable[[], Awaitable[bool]],
        *,
        patience: float = PATIENCE_S,
        every: float = EVERY_S,
    ) -> None:
        self.lag: int | None = None
        self._watched = watched
        self._standing = standing
        self._postgres = postgres
        self._patience = patience
        self._every = every
        self._last: tuple[int, int] | None = None
        self._since = time.monotonic()
        self._rebuilt = False

    async def run(self) -> None:
        """Until cancelled. Raises Fatal when a new consumer makes no progress either."""
        while True:
            await self.look()
            await asyncio.sleep(self._every)

    async def look(self) -> None:
        """Once."""
        try:
            async with asyncio.timeout(PROBE_S):
                standing = await self._standing()
                answers = await self._postgres()
        except (KafkaError, OSError, TimeoutError, *UNREACHABLE) as error:
            log.info("the watchdog's probe has no answer", error=repr(error))
            self._since = time.monotonic()
            return
        self.lag = standing.lag
        progress = (standing.acknowledged, self._watched.handled)
        if progress != self._last or standing.lag == 0:
            self._rebuilt = False
        if progress != self._last or standing.lag == 0 or not answers:
            self._last, self._since = progress, time.monotonic()
        elif time.monotonic() - self._since > self._patience:
            self._bite(standing)

    def _bite(self, standing: Standing) -> None:
        if self._rebuilt:
            raise Fatal(f"{standing.lag} records wait and a new consumer does not read them either")
        log.error("the intake makes no progress: a new consumer", lag=standing.lag)
        self._rebuilt, self._since = True, time.monotonic()
        self._watched.rebuild()


class KafkaStanding:
    """Asks the broker through a client of its own, which is in no group's way. Call it; `close` at the end."""

    def __init__(self, kafka: str, topic: str, group: Callable[[], str]) -> None:
        self._kafka = kafka
        self._topic = topic
        self._group = group
        self._client: AIOKafkaConsumer | None = None

    async def __call__(self) -> Standing:
        try:
            return await self._ask()
        except BaseException:
            await self.close()
            raise

    async def _ask(self) -> Standing:
        client = await self._connected()
        while not (partitions := client.partitions_for_topic(self._topic)):  # noqa: ASYNC110 - aiokafka tells nobody
            await asyncio.sleep(0.05)
        places = [TopicPartition(self._topic, each) for each in partitions]
        ends, begins = await client.end_offsets(places), await client.beginning_offsets(places)
        committed = {place: await client.committed(place) for place in places}
        reached = {place: max(begins[place], committed[place] or 0) for place in places}
        return Standing(
            lag=sum(max(0, ends[place] - reached[place]) for place in places), acknowledged=sum(reached.values())
        )

    async def _connected(self) -> AIOKafkaConsumer:
        if self._client is None:
            client = AIOKafkaConsumer(
                bootstrap_servers=self._kafka,
                group_id=self._group(),
                client_id=f"{self._group()}-watchdog",
                enable_auto_commit=False,
                request_timeout_ms=5_000,
            )
            self._client = client
            await client.start()
            client.assign([TopicPartition(self._topic, 0)])  # makes it learn of the topic; nothing is read
            client.pause(TopicPartition(self._topic, 0))
        return self._client

    async def close(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            with suppress(KafkaError, OSError, TimeoutError):
                await client.stop()


def answers(pool: "asyncpg.Pool[asyncpg.Record]") -> Callable[[], Awaitable[bool]]:
    """Whether Postgres answers, now."""

    async def ask() -> bool:
        try:
            async with pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
                return bool(await db.fetchval("select true"))
        except (*UNREACHABLE, asyncpg.PostgresError):
            return False

    return ask
