"""The intake: what the other services publish, from Kafka into the log, batch by batch.

A batch is acknowledged after the log has it (or holds it), several together where they come quickly. Correctness rests
on the unique ids in the log and never on an offset: whatever Kafka repeats is dropped there, and after any trouble the
consumer goes back to where it was.
"""

import asyncio
import time
from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

import asyncpg
import structlog
from aiokafka.errors import CorruptRecordException, KafkaError, RecordTooLargeError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage as TheMessage
from faststream.kafka.subscriber.usecase import BatchSubscriber

from lectern.eventlog.consuming import (
    MOST_RECORDS,
    Untouched,
    WaitingListener,
    read_singly,
    record_of,
    rewind,
    to_committed,
    undecoded,
)
from lectern.eventlog.ear import Ear
from lectern.eventlog.hearing_job import HearingJob, Outcome, ParkJob
from lectern.eventlog.records import Record
from lectern.eventlog.writer import Writer

if TYPE_CHECKING:
    from aiokafka import AIOKafkaConsumer

log = structlog.get_logger(__name__)

POLL_MS = 1_000
ACKNOWLEDGE_S = 0.2
"""At most so often; what a process that dies has not acknowledged comes again."""
ACKNOWLEDGED_WITHIN_S = 5.0
FETCH_BYTES = 2 * 1024 * 1024
"""Twice the broker's largest batch: aiokafka passes over a batch that does not fit, in silence (#1173)."""
_PAUSES_S = (0.1, 0.5, 1.0, 2.0, 5.0)
_POISON = (asyncpg.DataError, asyncpg.IntegrityConstraintViolationError)
"""What the database will say again to the same record. Everything else passes."""


class Fatal(Exception):  # noqa: N818 - an end, not an error to handle
    """The consumer cannot be trusted any more: the process ends and is started again."""


class Intake:
    """Start `run()` once. `rebuild()` replaces the consumer; the group goes on from what was committed."""

    def __init__(self, ear: Ear, writer: Writer, *, group: str, kafka: str, topic: str) -> None:
        self.group = group
        self.topic = topic
        self.handled = 0
        """Records that the log has or holds, since the process started."""
        self.waiting = asyncio.Event()
        """Set when something is held that may be tried again."""
        self._ear = ear
        self._writer = writer
        self._kafka = kafka
        self._idle = asyncio.Event()
        self._idle.set()
        self._over = asyncio.Event()
        self._fatal: Exception | None = None
        self._troubles = 0
        self._taken = False
        """Something the log took is not acknowledged yet."""
        self._acknowledged_at = time.monotonic()
        self._subscriber: BatchSubscriber | None = None

    @property
    def consumer(self) -> "AIOKafkaConsumer | None":
        """The one that reads now."""
        return self._subscriber and self._subscriber.consumer

    async def run(self) -> None:
        """Until cancelled. Raises Fatal."""
        while True:
            self._over.clear()
            self._taken = False
            broker, self._subscriber = self.build()
            try:
                await self._start(broker)
                await self._over.wait()
            finally:
                self._idle.set()
                await broker.stop()
            if self._fatal is not None:
                raise Fatal(repr(self._fatal)) from self._fatal
            log.warning("the consumer is built anew", group=self.group)

    def rebuild(self) -> None:
        """Has `run` start over with a new consumer."""
        self._over.set()

    def build(self) -> tuple[KafkaBroker, BatchSubscriber]:
        """The broker and its one subscriber, not started."""
        untouched = Untouched()
        broker = KafkaBroker(
            self._kafka,
            client_id=f"{self.group}-intake",
            ack_policy=AckPolicy.MANUAL,
            allow_auto_create_topics=False,
            graceful_timeout=1.0,
            logger=None,
        )
        subscriber = broker.subscriber(
            self.topic,
            group_id=self.group,
            batch=True,
            max_records=MOST_RECORDS,
            batch_timeout_ms=POLL_MS,
            auto_offset_reset="earliest",
            ack_policy=AckPolicy.MANUAL,
            max_partition_fetch_bytes=FETCH_BYTES,
            session_timeout_ms=10_000,
            heartbeat_interval_ms=3_000,
            max_poll_interval_ms=300_000,
            listener=WaitingListener(self._idle),
            parser=untouched.parse,
            decoder=undecoded,
        )
        untouched.subscriber = subscriber
        # FastStream's own poll sleeps after each empty one, as long as that took, while a record may have come.
        subscriber.get_msg = self._poll  # type: ignore[method-assign]
        subscriber(self._handle)
        return broker, subscriber

    async def _start(self, broker: KafkaBroker) -> None:
        """Waits for the broker as long as it takes."""
        tries = 0
        while True:
            try:
                await broker.start()
            except (KafkaError, OSError, TimeoutError) as error:
                log.warning("Kafka is out of reach", error=repr(error))
                await broker.stop()
                await asyncio.sleep(_PAUSES_S[min(tries, len(_PAUSES_S) - 1)])
                tries += 1
            else:
                return

    async def _poll(self, consumer: "AIOKafkaConsumer") -> tuple[Record, ...]:
        """The next batch, or nothing: there is none, or Kafka is in trouble, which never reaches FastStream.

        Acknowledges before: whoever polls again has handled everything so far.
        """
        try:
            if self._taken and time.monotonic() - self._acknowledged_at > ACKNOWLEDGE_S:
                await self._acknowledge(consumer)
            wait_ms = int(ACKNOWLEDGE_S * 1000) if self._taken else POLL_MS
            batches = await consumer.getmany(timeout_ms=wait_ms, max_records=MOST_RECORDS)
        except RecordTooLargeError as error:
            await self._end(error)
        except UnicodeDecodeError as error:
            log.error("a record cannot even be read", error=repr(error))  # noqa: TRY400 - the traceback is aiokafka's
            await to_committed(consumer)
            return await read_singly(consumer)
        except KafkaError as error:
            log.warning("Kafka is in trouble", error=repr(error))
            if isinstance(error, CorruptRecordException):
                await to_committed(consumer)  # or what was read of other partitions would be passed over
            await asyncio.sleep(_PAUSES_S[1])
        else:
            return tuple(record_of(each) for each in chain.from_iterable(batches.values()))
        return ()

    async def _end(self, error: Exception) -> None:
        """Nothing more is read and nothing more acknowledged, until the process is gone."""
        self._fatal = error
        self._over.set()
        await asyncio.Event().wait()

    async def _handle(self, message: TheMessage) -> None:
        """One at a time. A batch that the log did not take is read again."""
        self._idle.clear()
        records: tuple[Record, ...] = cast("Any", message.body)
        try:
            await self._hear(records)
            self._taken = True
            self.handled += len(records)
            self._troubles = 0
        except Exception as error:
            pause = _PAUSES_S[min(self._troubles, len(_PAUSES_S) - 1)]
            self._troubles += 1
            log.warning("a batch is tried again", records=len(records), pause_s=pause, error=repr(error))
            await asyncio.sleep(pause)
            rewind(message.consumer, records)
        finally:
            self._idle.set()

    async def _acknowledge(self, consumer: "AIOKafkaConsumer") -> None:
        """Everything polled so far, which the log has: it polls again only then. Errors mean repetitions, no more."""
        self._acknowledged_at = time.monotonic()
        try:
            async with asyncio.timeout(ACKNOWLEDGED_WITHIN_S):
                await consumer.commit()
            self._taken = False
        except (KafkaError, TimeoutError) as error:
            log.warning("Kafka did not take an acknowledgement", error=repr(error))

    async def _hear(self, records: Sequence[Record]) -> None:
        job = HearingJob(self._ear, records)
        if job.nothing_new:
            return
        try:
            outcome: Outcome = await self._writer.submit(job)
        except _POISON as error:
            await self._hear_halves(records, error)
            return
        if outcome.waiting:
            self.waiting.set()

    async def _hear_halves(self, records: Sequence[Record], error: asyncpg.PostgresError) -> None:
        """The database refuses something in here: the smaller the part, the fewer suffer; a single one is parked."""
        if len(records) == 1:
            log.error("the database refuses a record", error=repr(error), offset=records[0].offset)
            await self._writer.submit(ParkJob(self._ear, records[0], type(error).__name__))
            return
        middle = len(records) // 2
        await self._hear(records[:middle])
        await self._hear(records[middle:])
