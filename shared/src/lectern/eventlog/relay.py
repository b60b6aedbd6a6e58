"""The relay: a follower that sends the log's public facts to Kafka, in order, each acknowledged before the mark moves.

Whatever is not acknowledged by the deadline is sent again by a new producer, from the mark: hearers drop repetitions.
"""

import asyncio
from collections.abc import Awaitable, Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Any

import structlog
from aiokafka import AIOKafkaProducer
from aiokafka.errors import KafkaError

from lectern.contracts.envelope import MOST_BYTES, Envelope, encode
from lectern.contracts.hearing import PUBLIC_FACTS
from lectern.eventlog.followers import Follower, Kept, Rows
from lectern.eventlog.signal import Signal

log = structlog.get_logger(__name__)

DEADLINE_S = 10.0
"""An idempotent producer's batches never expire by themselves; this is how long we believe in one."""
_PAUSES_S = (0.2, 0.5, 1.0, 2.0)


class TooLarge(Exception):  # noqa: N818 - names what the fact is
    """A public fact is larger than anybody accepts. It was recorded by mistake; the relay must not pass over it."""


def public_kinds(source: str) -> frozenset[str]:
    """The kinds of streams that leave this service."""
    return frozenset(fact.stream for fact in PUBLIC_FACTS if fact.publisher == source)


class Relay(Follower):
    """Start `run()` in each process of the service; one of them sends at a time."""

    batch = 500

    def __init__(
        self,
        dsn: str,
        source: str,
        signal: Signal,
        *,
        kafka: str,
        topic: str,
        kinds: Iterable[str] | None = None,
        deadline: float = DEADLINE_S,
    ) -> None:
        super().__init__(dsn, "relay", signal)
        self._source = source
        self._kinds = public_kinds(source) if kinds is None else frozenset(kinds)
        self._kafka = kafka
        self._topic = topic
        self._deadline = deadline
        self._producer: AIOKafkaProducer | None = None

    async def run(self) -> None:
        try:
            await super().run()
        finally:
            await self._replace()

    async def follow(self, db: Any, rows: Rows, marks: Sequence[str]) -> Kept | None:
        """Returns when the broker has all of them, however long that takes."""
        del db, marks
        envelopes = [_envelope(row) for row in rows if self._is_public(row)]
        tries = 0
        while envelopes:
            try:
                async with asyncio.timeout(self._deadline):
                    await self._send(envelopes)
            except (KafkaError, OSError, TimeoutError) as error:
                log.warning("Kafka did not acknowledge", facts=len(envelopes), error=repr(error))
                await self._replace()
                await asyncio.sleep(_PAUSES_S[min(tries, len(_PAUSES_S) - 1)])
                tries += 1
            else:
                return Kept()
        return None

    def _is_public(self, row: Any) -> bool:
        return row["source"] == self._source and row["stream"].partition("/")[0] in self._kinds

    async def _send(self, envelopes: Sequence[Envelope]) -> None:
        producer = await self._started()
        acknowledged: list[Awaitable[Any]] = []
        for envelope in envelopes:
            key, headers, value = encode(envelope)
            if len(value) > MOST_BYTES:
                raise TooLarge(f"{envelope.type} at {envelope.position}")
            future = await producer.send(self._topic, value, key=key, headers=headers)
            future.add_done_callback(_look_at)
            acknowledged.append(future)
        for future in acknowledged:
            await future

    async def _started(self) -> AIOKafkaProducer:
        if self._producer is None:
            producer = AIOKafkaProducer(
                bootstrap_servers=self._kafka,
                client_id=f"{self._source}-relay",
                acks="all",
                enable_idempotence=True,
                request_timeout_ms=int(self._deadline * 1000),
                max_request_size=2 * MOST_BYTES,
            )
            self._producer = producer
            await producer.start()
        return self._producer

    async def _replace(self) -> None:
        """Leaves a producer behind that may be broken. What it still holds is sent again by the next one."""
        producer, self._producer = self._producer, None
        if producer is None:
            return
        with suppress(KafkaError, OSError, TimeoutError):
            await asyncio.wait_for(producer.stop(), 1.0)
        sender = producer._sender  # stop() waits for what cannot be sent and leaves this task running
        if sender is not None and sender.sender_task is not None:
            sender.sender_task.cancel()
        with suppress(KafkaError, OSError):
            await producer.client.close()


def _look_at(future: "asyncio.Future[Any]") -> None:
    """So that nobody complains about an error of a future we no longer wait for."""
    if not future.cancelled():
        future.exception()


def _envelope(row: Any) -> Envelope:
    occurred_at: datetime = row["occurred_at"]
    return Envelope(
        id=row["id"],
        type=row["type"],
        source=row["source"],
        subject=row["subject"],
        stream=row["stream"],
        version=row["version"],
        schema=row["schema"],
        occurred_at=occurred_at,
        correlation_id=row["correlation_id"],
        causation_id=row["causation_id"],
        traceparent=row["traceparent"],
        rules=row["rules"],
        position=row["position"],
        body=row["data"].encode(),
    )
