"""The intake on a real Kafka and a real Postgres."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import suppress
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from aiokafka.errors import RecordTooLargeError
from aiokafka.record.util import calc_crc32c
from counters import OWN
from heard import RAISES, ear, publisher

from lectern.contracts.applications import EducatorLinked, PaymentReceived
from lectern.contracts.review import ReviewAssigned
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import connect
from lectern.eventlog.held import listed
from lectern.eventlog.intake import Fatal, Intake
from lectern.eventlog.reacting import ReactionRefused
from lectern.eventlog.records import Record
from lectern.eventlog.signal import Tail
from lectern.eventlog.watchdog import KafkaStanding, Watchdog
from lectern.eventlog.writer import LOG_LOCK, Writer
from lectern.runtime.ids import new_id
from lectern_local.testkit import Databases

pytestmark = [pytest.mark.postgres, pytest.mark.kafka]
PARTITIONS = 3


@pytest.fixture
async def topic(kafka: str) -> AsyncIterator[str]:
    topic = f"intake-{secrets.token_hex(4)}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic, PARTITIONS, 1)])
    yield topic
    await admin.delete_topics([topic])
    await admin.close()


@pytest.fixture
async def send(kafka: str, topic: str) -> AsyncIterator[Callable[[Iterable[Record]], Awaitable[None]]]:
    producer = AIOKafkaProducer(bootstrap_servers=kafka, acks="all", enable_idempotence=True, linger_ms=5)
    await producer.start()

    async def send(records: Iterable[Record]) -> None:
        sent = [await producer.send(topic, r.value, key=r.key, headers=list(r.headers)) for r in records]
        await asyncio.gather(*sent)

    yield send
    await producer.stop()


@pytest.fixture
async def db(logged: Databases) -> AsyncIterator[Any]:
    db = await connect(logged.dsn("svc", "writer"), "test")
    yield db
    await db.close()


@pytest.fixture
async def start(logged: Databases, kafka: str, topic: str) -> AsyncIterator[Callable[[], Intake]]:
    tasks: list[asyncio.Task[None]] = []
    codec = Codec("svc", (*OWN, ReactionRefused), (EducatorLinked, PaymentReceived, ReviewAssigned))

    def start() -> Intake:
        dsn = logged.dsn("svc", "writer")
        writer = Writer(dsn, "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
        intake = Intake(ear(), writer, group=topic, kafka=kafka, topic=topic)
        tasks.extend([asyncio.create_task(intake.run()), asyncio.create_task(writer.run())])
        return intake

    yield start
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], Awaitable[bool]], seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, "not in time"
        await asyncio.sleep(0.05)


def heard(db: Any, count: int) -> Callable[[], Awaitable[bool]]:
    async def condition() -> bool:
        return bool(await db.fetchval("select count(*) from fact where source <> 'svc'") >= count)

    return condition


def test_the_built_consumer_has_the_settings_that_lose_nothing() -> None:
    intake = Intake(ear(), None, group="g", kafka="127.0.0.1:1", topic="t")  # type: ignore[arg-type]
    broker, subscriber = intake.build()

    consumer_settings = {**subscriber._outer_config.builder.keywords, **subscriber._connection_args}  # type: ignore[attr-defined]

    assert consumer_settings["auto_offset_reset"] == "earliest"
    assert consumer_settings["enable_auto_commit"] is False
    assert consumer_settings["max_partition_fetch_bytes"] == 2 * 1024 * 1024
    assert subscriber.ack_policy.name == "MANUAL"
    assert len(broker.subscribers) == 1


async def test_a_binary_header_among_five_hundred_parks_one_and_hears_the_rest(
    start: Callable[[], Intake], send: Any, db: Any
) -> None:
    people = [publisher() for _ in range(501)]
    records = [person.linked() for person in people]
    records[250] = replace(records[250], headers=(*records[250].headers, ("x", b"\xa0\xff")))
    await send(records)

    start()

    await until(heard(db, 500))
    assert await db.fetchval("select count(*) from fact") == 500
    assert [(row.state, row.subject) for row in await listed(db)] == [("parked", str(people[250].person))]


async def test_poison_of_each_kind_stops_nobody_else(start: Callable[[], Intake], send: Any, db: Any) -> None:
    good, bad = [publisher() for _ in range(50)], [publisher() for _ in range(8)]
    poison = [
        Record(None, (), b""),
        Record(b"\xff\xfe", (("", b""),), b"\x00" * 10),
        replace(bad[0].linked(), value=b"{" * 100_000),
        replace(bad[1].linked(), value=b'{"a":' * 40_000 + b"1" + b"}" * 40_000),
        replace(bad[2].linked(), value=b'"' + b"x" * 300_000 + b'"'),
        replace(bad[3].linked(), headers=bad[3].linked().headers * 2),
        replace(bad[4].linked(), value=b'{"type": "EducatorLinked", "x": "\\u0000"}'),
        bad[5].paid(amount=RAISES),
        bad[6].linked(source="review"),
        bad[7].linked(body=b"{}"),
    ]
    mixed = [each for n, person in enumerate(good) for each in (person.linked(), *poison[n : n + 1])]
    await send(mixed)

    start()

    await until(heard(db, 50))
    await send([person.linked(2) for person in good])
    await until(heard(db, 100))
    states = [row.state for row in await listed(db)]
    assert (states.count("parked"), states.count("lie"), len(states)) == (9, 1, 10)


async def test_a_header_whose_name_is_no_text_stops_nobody(
    start: Callable[[], Intake], send: Any, db: Any, kafka: str, topic: str
) -> None:
    people = [publisher() for _ in range(60)]
    await send([p.linked() for p in people[:30]])
    producer = AIOKafkaProducer(bootstrap_servers=kafka)
    await producer.start()
    for partition in range(PARTITIONS):
        await (await producer.send_batch(unreadable(producer), topic, partition=partition))
    await producer.stop()
    await send([p.linked() for p in people[30:]])

    start()

    await until(heard(db, 60))
    assert [(row.state, row.subject) for row in await listed(db)] == [("parked", None)] * PARTITIONS


def unreadable(producer: AIOKafkaProducer) -> Any:
    """A batch with one record that no client should send: aiokafka raises where it reads it, and goes no further."""
    batch = producer.create_batch()
    batch.append(key=b"k", value=b"v", timestamp=None, headers=[("any name", b"v")])
    raw = bytearray(batch._build())
    place = raw.index(b"any name")
    raw[place : place + 8] = b"\xff\xfe\xff\xfe\xff\xfe\xff\xfe"
    raw[17:21] = calc_crc32c(bytes(raw[21:])).to_bytes(4, "big")
    batch._buffer = bytes(raw)
    return batch


async def test_a_record_of_three_megabytes_stops_nobody(
    start: Callable[[], Intake], db: Any, kafka: str, topic: str
) -> None:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, topic, {"max.message.bytes": "8388608"})])
    await admin.close()
    producer = AIOKafkaProducer(bootstrap_servers=kafka, max_request_size=8 * 1024 * 1024)
    await producer.start()
    people = [publisher() for _ in range(30)]
    for each in people:
        record = each.linked()
        value = b" " * 3_000_000 if each in people[10:13] else record.value
        await producer.send_and_wait(topic, value, key=record.key, headers=list(record.headers))
    await producer.stop()

    start()

    await until(heard(db, 27))
    assert {row.reason for row in await listed(db)} == {"the body is over 256 KiB"}


async def test_a_consumer_that_would_pass_over_a_batch_ends_the_process() -> None:
    class Consumer:
        async def getmany(self, **_: Any) -> Any:
            raise RecordTooLargeError

    class Reading(Intake):
        async def _start(self, _: Any) -> None:
            self.polling = asyncio.create_task(self._poll(Consumer()))

    intake = Reading(ear(), None, group="g", kafka="127.0.0.1:1", topic="t")  # type: ignore[arg-type]

    with pytest.raises(Fatal):
        await intake.run()

    assert not intake.polling.done()
    intake.polling.cancel()


async def test_what_is_not_heard_passes_by(start: Callable[[], Intake], send: Any, db: Any) -> None:
    jordan = publisher()
    other = jordan.linked(source="notifications", type="NoticeSent", stream="notice/1")
    own = jordan.linked(source="svc", type="CounterOpened", stream="counter/1")

    start()
    await send([other, own, jordan.linked()])

    await until(heard(db, 1))
    assert await db.fetchval("select count(*) from fact") == 1
    assert await listed(db) == []


async def test_a_group_that_lost_its_place_hears_everything_again_and_records_nothing_twice(
    start: Callable[[], Intake], send: Any, db: Any
) -> None:
    people = [publisher() for _ in range(100)]
    await send([person.linked() for person in people])
    intake = start()
    await until(heard(db, 100))

    intake.group += "-again"
    intake.rebuild()

    async def all_again() -> bool:
        return intake.handled >= 200

    await until(all_again)
    await send([people[0].linked(2)])
    await until(heard(db, 101))
    assert await db.fetchval("select count(*) from fact") == 101


async def test_two_processes_share_the_work_through_rebalances(start: Callable[[], Intake], send: Any, db: Any) -> None:
    people = [publisher() for _ in range(60)]
    first = start()
    await send([p.linked() for p in people])
    await until(heard(db, 60))

    second, version = start(), 0
    while not (second.handled and version > 5):
        version += 1
        assert version < 200
        await send([p.paid(version) for p in people])
        await asyncio.sleep(0.05)
    second.rebuild()
    await send([p.paid(version + 1) for p in people])
    await until(heard(db, 60 * (version + 2)), 40)

    in_order = (
        "select array_agg(version order by position) as v from fact where type = 'PaymentReceived' group by stream"
    )
    assert [row["v"] for row in await db.fetch(in_order)] == [list(range(1, version + 2))] * 60
    assert first.handled + second.handled >= 60 * (version + 2)
    assert await listed(db) == []


async def test_a_log_that_is_locked_for_a_while_loses_nothing_and_parks_nothing(
    start: Callable[[], Intake], send: Any, db: Any, logged: Databases
) -> None:
    people = [publisher() for _ in range(300)]
    holder = await asyncpg.connect(logged.dsn("svc", "owner"))
    await holder.execute(f"select pg_advisory_lock({LOG_LOCK})")
    intake = start()
    await send([p.linked() for p in people])
    await asyncio.sleep(7)  # longer than the lock timeout: the batch fails and is read again
    before = intake.handled
    await holder.close()

    await until(heard(db, 300), 40)

    assert before == 0
    assert await listed(db) == []


async def test_acknowledges_only_what_the_log_has(
    start: Callable[[], Intake], send: Any, db: Any, kafka: str, logged: Databases
) -> None:
    people = [publisher() for _ in range(100)]
    holder = await asyncpg.connect(logged.dsn("svc", "owner"))
    await holder.execute(f"select pg_advisory_lock({LOG_LOCK})")
    group = start().group
    await send([p.linked() for p in people])
    await asyncio.sleep(2)
    locked = await committed(kafka, group)
    await holder.close()
    await until(heard(db, 100))

    async def all_committed() -> bool:
        return await committed(kafka, group) == 100

    await until(all_committed)
    assert locked == 0


async def test_a_consumer_that_sits_there_and_reads_nothing_is_found_and_replaced(
    start: Callable[[], Intake], send: Any, db: Any, kafka: str
) -> None:
    intake, people = start(), [publisher() for _ in range(20)]
    await send([p.linked() for p in people])
    await until(heard(db, 20))
    assert intake.consumer is not None
    intake.consumer.pause(*intake.consumer.assignment())
    standing = KafkaStanding(kafka, intake.topic, lambda: intake.group)

    async def answers() -> bool:
        return True

    watching = asyncio.create_task(Watchdog(intake, standing, answers, patience=1.0, every=0.3).run())
    await send([p.linked(2) for p in people])
    await until(heard(db, 40))

    watching.cancel()
    await standing.close()


async def committed(kafka: str, group: str) -> int:
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        offsets = await admin.list_consumer_group_offsets(group)
        return sum(max(0, place.offset) for place in offsets.values())
    finally:
        await admin.close()
