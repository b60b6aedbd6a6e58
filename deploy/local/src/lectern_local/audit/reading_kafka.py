"""Reading the topic from its first record to where it ends now, without a group: nobody's offsets move."""

from sqlite3 import Connection
from typing import Any

from aiokafka import AIOKafkaConsumer, TopicPartition

from lectern.contracts.envelope import Undecodable, decode
from lectern_local.audit.scratch import put

PATIENCE_MS = 1_000
BATCH = 2_000


async def read_topic(db: Connection, kafka: str, topic: str) -> int:
    """Gives how many records there are. Raises KafkaError where the broker does not answer."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=kafka, enable_auto_commit=False, auto_offset_reset="earliest")
    await consumer.start()
    try:
        partitions = sorted(consumer.assignment())
        first = await consumer.beginning_offsets(partitions)
        ends = await consumer.end_offsets(partitions)
        put(db, "topic", [(each.partition, first[each], ends[each]) for each in partitions])
        for each in partitions:
            consumer.seek(each, first[each])
        return await _read(db, consumer, {each: end for each, end in ends.items() if end > first[each]})
    finally:
        await consumer.stop()


async def _read(db: Connection, consumer: Any, ends: dict[TopicPartition, int]) -> int:
    count = 0
    left = set(ends)
    while left:
        got = await consumer.getmany(*left, timeout_ms=PATIENCE_MS, max_records=BATCH)
        for partition, records in got.items():
            wanted = [record for record in records if record.offset < ends[partition]]
            put(db, "record", [_row(record) for record in wanted])
            count += len(wanted)
        left = {each for each in left if await consumer.position(each) < ends[each]}
    return count


def _row(record: Any) -> tuple[Any, ...]:
    where = (record.partition, record.offset)
    try:
        fact = decode(record.key, record.headers, record.value)
    except Undecodable as error:
        return (*where, None, None, None, None, None, None, None, None, str(error))
    said = (str(fact.id), fact.source, fact.stream, fact.version, fact.subject, fact.type, fact.position)
    return (*where, *said, fact.body.decode(), None)
