"""The relay on a real Kafka and a real Postgres."""

import asyncio
import secrets
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from typing import Any
from uuid import UUID, uuid4

import pytest
from aiokafka import AIOKafkaConsumer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic
from counters import NoteTaken, OpenCounter, RaiseCounter, call, counter, notes, open_counter, raise_counter

from lectern.contracts.envelope import Envelope, decode
from lectern.eventlog.database import connect
from lectern.eventlog.relay import Relay, TooLarge
from lectern.eventlog.signal import Signal
from lectern.eventlog.streams import Asked
from lectern.eventlog.writer import Writer
from lectern_local.proxy import proxy
from lectern_local.testkit import Databases

pytestmark = [pytest.mark.postgres, pytest.mark.kafka]
StartRelay = Callable[..., Relay]


@pytest.fixture
async def topic(kafka: str) -> AsyncIterator[str]:
    topic = f"relay-{secrets.token_hex(4)}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 3, 1)])
    yield topic
    await admin.delete_topics([topic])
    await admin.close()


@pytest.fixture
async def db(logged: Databases) -> AsyncIterator[Any]:
    db = await connect(logged.dsn("svc", "writer"), "test")
    yield db
    await db.close()


@pytest.fixture
async def start_relay(logged: Databases, kafka: str, topic: str) -> AsyncIterator[StartRelay]:
    tasks: list[asyncio.Task[None]] = []

    def start(address: str = kafka, deadline: float = 10.0) -> Relay:
        relay = Relay(
            logged.dsn("svc", "writer"),
            "svc",
            Signal(),
            kafka=address,
            topic=topic,
            kinds={"counter"},
            deadline=deadline,
        )
        relay.task = asyncio.create_task(relay.run())  # type: ignore[attr-defined]
        tasks.append(relay.task)  # type: ignore[attr-defined]
        return relay

    yield start
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError, TooLarge):
            await task


async def opened(writer: Writer, raises: int = 2) -> UUID:
    id_ = uuid4()
    await writer.ask(Asked((counter(id_, subject=id_),), open_counter, OpenCounter(counter=id_), call()))
    for _ in range(raises):
        await writer.ask(Asked((counter(id_),), raise_counter, RaiseCounter(counter=id_), call()))
    return id_


async def sent(kafka: str, topic: str, count: int, seconds: float = 20.0) -> list[Envelope]:
    """Everything on the topic, once so many are there, each partition in order."""
    consumer = AIOKafkaConsumer(topic, bootstrap_servers=kafka, auto_offset_reset="earliest")
    await consumer.start()
    found: list[Envelope] = []
    until = time.monotonic() + seconds
    try:
        while len(found) < count and time.monotonic() < until:
            for records in (await consumer.getmany(timeout_ms=200)).values():
                found += [decode(record.key, record.headers, record.value) for record in records]
        for records in (await consumer.getmany(timeout_ms=300)).values():
            found += [decode(record.key, record.headers, record.value) for record in records]
        return found
    finally:
        await consumer.stop()


async def mark(db: Any) -> int:
    return await db.fetchval("select position from follower where name = 'relay'") or 0


def first_occurrences(envelopes: list[Envelope]) -> dict[str, list[int]]:
    versions: dict[str, list[int]] = defaultdict(list)
    for envelope in envelopes:
        if envelope.version not in versions[envelope.stream]:
            versions[envelope.stream].append(envelope.version)
    return versions


async def test_sends_each_public_fact_in_order_and_no_private_one(
    start_writer: Callable[[], Writer], start_relay: StartRelay, kafka: str, topic: str, db: Any
) -> None:
    writer = start_writer()
    ids = [await opened(writer) for _ in range(10)]
    note = Asked((notes(1, subject=ids[0]),), lambda _, __: [NoteTaken(text="private")], None, call())
    await writer.ask(note)

    start_relay()

    envelopes = await sent(kafka, topic, 30)
    assert len(envelopes) == 30
    assert first_occurrences(envelopes) == {f"counter/{id_}": [1, 2, 3] for id_ in ids}
    while await mark(db) < 31:
        await asyncio.sleep(0.02)


async def test_the_built_producer_has_the_settings_that_lose_nothing(logged: Databases, kafka: str, topic: str) -> None:
    relay = Relay(logged.dsn("svc", "writer"), "svc", Signal(), kafka=kafka, topic=topic)

    producer = await relay._started()
    settings = producer._sender

    assert settings._acks == -1
    assert settings._txn_manager is not None  # idempotence
    assert settings._txn_manager.transactional_id is None
    await relay._replace()


async def test_a_fact_crosses_as_the_log_has_it(
    start_writer: Callable[[], Writer], start_relay: StartRelay, kafka: str, topic: str, db: Any
) -> None:
    await opened(start_writer(), raises=0)

    start_relay()

    (envelope,) = await sent(kafka, topic, 1)
    row = await db.fetchrow("select * from fact")
    for name in ("id", "type", "source", "subject", "stream", "version", "schema", "occurred_at", "rules", "position"):
        assert getattr(envelope, name) == row[name]
    assert envelope.body == row["data"].encode()
    assert (envelope.correlation_id, envelope.causation_id) == (row["correlation_id"], row["causation_id"])


async def test_while_kafka_is_away_the_mark_stays_and_afterwards_everything_goes(
    start_writer: Callable[[], Writer], start_relay: StartRelay, kafka: str, topic: str, db: Any
) -> None:
    async with proxy(kafka) as between:
        await between.cut()
        relay = start_relay(between.address)
        id_ = await opened(start_writer())
        await asyncio.sleep(1.5)
        away = await mark(db)
        await between.open()

        envelopes = await sent(kafka, topic, 3)

    assert away == 0
    assert first_occurrences(envelopes) == {f"counter/{id_}": [1, 2, 3]}
    assert relay.running


async def test_a_broker_that_takes_connections_and_says_nothing_is_left_after_the_deadline(
    start_writer: Callable[[], Writer], start_relay: StartRelay, kafka: str, topic: str
) -> None:
    async with proxy(kafka) as between:
        between.stall()
        start_relay(between.address, deadline=1.0)
        await opened(start_writer())
        await asyncio.sleep(2.5)
        await between.cut()
        await between.open()

        assert len(await sent(kafka, topic, 3)) == 3


async def test_a_second_process_goes_on_where_the_first_ended(
    start_writer: Callable[[], Writer], start_relay: StartRelay, kafka: str, topic: str
) -> None:
    writer, first = start_writer(), start_relay()
    second = start_relay()
    before = await opened(writer)
    await sent(kafka, topic, 3)
    running = [relay for relay in (first, second) if relay.running]

    running[0].task.cancel()  # type: ignore[attr-defined]
    after = await opened(writer)
    envelopes = await sent(kafka, topic, 6)

    assert len(running) == 1
    assert first_occurrences(envelopes) == {f"counter/{before}": [1, 2, 3], f"counter/{after}": [1, 2, 3]}


async def test_never_passes_over_a_fact_that_is_too_large(
    start_writer: Callable[[], Writer], logged: Databases, kafka: str, topic: str, db: Any
) -> None:
    await opened(start_writer(), raises=0)
    relay = Relay(logged.dsn("svc", "writer"), "svc", Signal(), kafka=kafka, topic=topic, kinds={"counter"})
    row = dict(await db.fetchrow("select * from fact"), data='"' + "x" * 300_000 + '"')

    with pytest.raises(TooLarge, match="CounterOpened at 1"):
        await relay.follow(db, [row], ["relay"])
    await relay._replace()
