"""What FastStream and aiokafka need to be told so that they touch, decode and pass over nothing by themselves."""

import asyncio
from collections.abc import Iterable
from itertools import chain
from typing import TYPE_CHECKING, Any

import structlog
from aiokafka import ConsumerRebalanceListener, TopicPartition
from faststream.kafka.message import KafkaAckableMessage, KafkaMessage
from faststream.kafka.subscriber.usecase import BatchSubscriber

from lectern.eventlog.records import Record

if TYPE_CHECKING:
    from aiokafka import AIOKafkaConsumer, ConsumerRecord

log = structlog.get_logger(__name__)

MOST_RECORDS = 200
"""In one batch."""
REBALANCE_WAIT_S = 10.0


class WaitingListener(ConsumerRebalanceListener):  # type: ignore[misc]  # aiokafka has no types
    """Partitions leave only when the running batch is through, or has had its time; the log makes the rest right."""

    def __init__(self, idle: asyncio.Event) -> None:
        self._idle = idle

    async def on_partitions_revoked(self, revoked: Iterable["TopicPartition"]) -> None:
        try:
            async with asyncio.timeout(REBALANCE_WAIT_S):
                await self._idle.wait()
        except TimeoutError:
            log.warning("a rebalance did not wait any longer", partitions=len(list(revoked)))

    async def on_partitions_assigned(self, assigned: Iterable["TopicPartition"]) -> None:
        log.info("partitions assigned", partitions=len(list(assigned)))


def rewind(consumer: Any, records: Iterable[Record]) -> None:
    """Back to where these records began, in each partition that is still ours.

    Not by asking what was committed: that may hang while the broker is away, and aiokafka's seek_to_committed passes
    over partitions of which nothing is (#1003).
    """
    first: dict[TopicPartition, int] = {}
    for record in records:
        place = TopicPartition(record.topic, record.partition)
        first[place] = min(record.offset, first.get(place, record.offset))
    for place in first.keys() & consumer.assignment():
        consumer.seek(place, first[place])


async def to_committed(consumer: "AIOKafkaConsumer") -> None:
    """Back to what was acknowledged, else to the beginning, in every partition."""
    for place in consumer.assignment():
        committed = await consumer.committed(place)
        if committed is None:
            await consumer.seek_to_beginning(place)
        else:
            consumer.seek(place, committed)


async def read_singly(consumer: "AIOKafkaConsumer") -> tuple[Record, ...]:
    """A batch in which aiokafka cannot read every record, as a header's name is not text: one record after the other.

    The unreadable one stands in it without its content; Kafka has that, at its place.
    """
    found: list[Record] = []
    for place in consumer.assignment():
        while len(found) < MOST_RECORDS:
            try:
                batches = await consumer.getmany(place, timeout_ms=500, max_records=1)
            except UnicodeDecodeError:
                offset = await consumer.position(place)
                name = f"{place.topic} {place.partition}:{offset}".encode()
                found.append(Record(None, (("unreadable", name),), None, place.topic, place.partition, offset))
                consumer.seek(place, offset + 1)
                break
            if not batches:
                break
            found += [record_of(each) for each in chain.from_iterable(batches.values())]
    return tuple(found)


class Untouched:
    """FastStream's parser decodes headers before anybody can object and loses the batch; this one touches nothing."""

    subscriber: BatchSubscriber

    async def parse(self, records: tuple[Record, ...]) -> KafkaMessage:
        return KafkaAckableMessage(
            body=records,
            headers={},
            batch_headers=[],
            reply_to="",
            content_type=None,
            message_id="",
            correlation_id="",
            raw_message=records,
            consumer=self.subscriber.consumer,
        )


async def undecoded(message: KafkaMessage) -> Any:
    return message.body


def record_of(raw: "ConsumerRecord[Any, Any]") -> Record:
    return Record(raw.key, tuple(raw.headers), raw.value, raw.topic, raw.partition, raw.offset)
