import asyncio
import secrets
from collections.abc import AsyncIterator

import pytest
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from lectern.eventlog.intake import Fatal
from lectern.eventlog.watchdog import KafkaStanding, Standing, Watchdog


class Watched:
    def __init__(self) -> None:
        self.handled = 0
        self.rebuilt = 0

    def rebuild(self) -> None:
        self.rebuilt += 1


class World:
    """A broker and a database whose answers the test sets."""

    def __init__(self) -> None:
        self.standing: Standing | None = Standing(lag=5, acknowledged=10)
        self.database = True
        self.watched = Watched()
        self.watchdog = Watchdog(self.watched, self.ask, self.answers, patience=0.05)

    async def ask(self) -> Standing:
        if self.standing is None:
            raise TimeoutError
        return self.standing

    async def answers(self) -> bool:
        return self.database

    async def pass_time(self) -> None:
        await self.watchdog.look()
        await asyncio.sleep(0.06)
        await self.watchdog.look()


@pytest.fixture
def world() -> World:
    return World()


async def test_a_consumer_that_reads_nothing_is_built_anew_once_and_then_the_process_ends(world: World) -> None:
    await world.pass_time()
    rebuilt = world.watched.rebuilt

    with pytest.raises(Fatal, match="5 records wait"):
        await world.pass_time()

    assert (rebuilt, world.watched.rebuilt) == (1, 1)


async def test_progress_forgives_everything(world: World) -> None:
    await world.pass_time()
    world.standing = Standing(lag=4, acknowledged=11)
    await world.pass_time()

    assert world.watched.rebuilt == 2


@pytest.mark.parametrize("broken", ["no lag", "broker away", "database away"])
async def test_is_patient_while_nothing_can_be_read(world: World, broken: str) -> None:
    if broken == "no lag":
        world.standing = Standing(lag=0, acknowledged=15)
    elif broken == "broker away":
        world.standing = None
    else:
        world.database = False

    for _ in range(3):
        await world.pass_time()

    assert world.watched.rebuilt == 0


async def test_a_long_batch_is_progress_when_it_is_through(world: World) -> None:
    await world.watchdog.look()
    world.watched.handled = 200
    await world.pass_time()

    assert world.watchdog.lag == 5


@pytest.fixture
async def topic(kafka: str) -> AsyncIterator[str]:
    topic = f"watched-{secrets.token_hex(4)}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 3, 1)])
    yield topic
    await admin.delete_topics([topic])
    await admin.close()


@pytest.mark.kafka
async def test_asks_the_broker_how_far_a_group_is(kafka: str, topic: str) -> None:
    producer = AIOKafkaProducer(bootstrap_servers=kafka)
    await producer.start()
    for n in range(9):
        await producer.send_and_wait(topic, b"%d" % n, partition=n % 3)
    await producer.stop()
    standing = KafkaStanding(kafka, topic, lambda: topic)

    before = await standing()
    consumer = AIOKafkaConsumer(
        topic, bootstrap_servers=kafka, group_id=topic, enable_auto_commit=False, auto_offset_reset="earliest"
    )
    await consumer.start()
    seen = 0
    while seen < 9:
        seen += sum(map(len, (await consumer.getmany(timeout_ms=500)).values()))
    await consumer.commit()
    await consumer.stop()
    after = await standing()
    await standing.close()

    assert before == Standing(lag=9, acknowledged=0)
    assert after == Standing(lag=0, acknowledged=9)
