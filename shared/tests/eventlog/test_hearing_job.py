"""Heard records in the writer's transaction, on a real Postgres."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any

import asyncpg
import pytest
from counters import OWN, OpenCounter, call, counter, open_counter
from heard import KINDS, RAISES, REFUSED, WAITS, Publisher, ear, publisher

from lectern.contracts.applications import EducatorLinked, PaymentReceived
from lectern.contracts.review import ReviewAssigned
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import connect
from lectern.eventlog.ear import Ear
from lectern.eventlog.hearing_job import HearingJob, Outcome, ParkJob, RedriveJob, RetryJob
from lectern.eventlog.held import HeldRow, counts, listed, to_redrive
from lectern.eventlog.reacting import ReactionRefused
from lectern.eventlog.records import Record
from lectern.eventlog.signal import Tail
from lectern.eventlog.streams import Asked
from lectern.eventlog.writer import Writer
from lectern.runtime.ids import new_id
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres


@pytest.fixture
async def db(logged: Databases) -> AsyncIterator[Any]:
    db = await connect(logged.dsn("svc", "writer"), "test")
    yield db
    await db.close()


@pytest.fixture
async def start(logged: Databases) -> AsyncIterator[Callable[[], Writer]]:
    tasks: list[asyncio.Task[None]] = []
    codec = Codec("svc", (*OWN, ReactionRefused), (EducatorLinked, PaymentReceived, ReviewAssigned))
    dsn = logged.dsn("svc", "writer")

    def start() -> Writer:
        writer = Writer(dsn, "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
        tasks.append(asyncio.create_task(writer.run()))
        return writer

    yield start
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
async def writer(start: Callable[[], Writer]) -> Writer:
    return start()


@pytest.fixture
def jordan() -> Publisher:
    return publisher()


async def hear(writer: Writer, *records: Record, by: Ear | None = None) -> Outcome:
    outcome: Outcome = await writer.submit(HearingJob(by or ear(), records))
    return outcome


async def logged_types(db: Any) -> list[str]:
    return [f"{row['type']} {row['version']}" for row in await db.fetch("select * from fact order by position")]


async def states(db: Any) -> list[str]:
    return [row.state for row in await listed(db)]


async def test_a_heard_fact_is_kept_as_it_came(writer: Writer, db: Any, jordan: Publisher) -> None:
    body = (jordan.linked().value or b"").replace(b",", b' ,\n "extra": 1.50, ', 1)

    await hear(writer, jordan.linked(body=body, rules="r1", traceparent=f"00-{'a' * 32}-{'b' * 16}-01"))

    row = await db.fetchrow("select * from fact")
    assert row["data"] == body.decode()
    assert (row["source"], row["stream"], row["version"], row["rules"], row["actor"]) == (
        "applications",
        f"educator/{jordan.person}",
        1,
        "r1",
        "applications",
    )


async def test_hears_each_fact_once_however_often_it_comes(writer: Writer, db: Any, jordan: Publisher) -> None:
    records = [jordan.linked(), jordan.paid(), jordan.paid(2)]

    first = await hear(writer, *records)
    again = await hear(writer, *records, *records)

    assert first == Outcome(recorded=3)
    assert again == Outcome(repeated=6)
    assert len(await logged_types(db)) == 5


async def test_a_gap_waits_through_batches_and_is_filled(writer: Writer, db: Any, jordan: Publisher) -> None:
    await hear(writer, jordan.paid(3))
    waiting = await hear(writer, jordan.paid(2), jordan.paid(3))
    held = await listed(db)
    await hear(writer, jordan.paid(1))

    assert waiting == Outcome(held=1, repeated=1, waiting=True)
    assert [(row.state, row.version, row.reason) for row in held] == [
        ("waiting", 3, "its predecessor is not here"),
        ("waiting", 2, "its predecessor is not here"),
    ]
    assert await states(db) == []
    assert [each for each in await logged_types(db) if each.startswith("Pay")] == [
        "PaymentReceived 1",
        "PaymentReceived 2",
        "PaymentReceived 3",
    ]


async def test_not_yet_is_tried_again_when_the_case_is_here(writer: Writer, db: Any, jordan: Publisher) -> None:
    await hear(writer, jordan.paid(amount=WAITS))
    nothing = await writer.submit(RetryJob(ear()))
    open_it = Asked(
        (counter(jordan.person, subject=jordan.person),), open_counter, OpenCounter(counter=jordan.person), call()
    )
    await writer.ask(open_it)
    moved = await writer.submit(RetryJob(ear()))

    assert nothing == Outcome(waiting=True)
    assert moved == Outcome(recorded=1)
    assert await logged_types(db) == ["CounterOpened 1", "PaymentReceived 1", "CounterRaised 2"]


@pytest.mark.parametrize(
    ("lie", "reason"),
    [
        (lambda p: p.linked(rules="another"), "its id is known with other content"),
        (lambda p: p.linked(id=new_id()), "its version is known with other content"),
        (lambda p: p.paid(2, source="review"), "the source does not own the type"),
    ],
)
async def test_what_contradicts_the_log_is_kept_alone(
    writer: Writer, db: Any, jordan: Publisher, lie: Any, reason: str
) -> None:
    await hear(writer, jordan.linked(), jordan.paid())

    await hear(writer, lie(jordan), jordan.linked(2), jordan.paid(2))

    assert [(row.state, row.reason) for row in await listed(db)] == [("lie", reason)]
    assert (await logged_types(db))[-3:] == ["EducatorLinked 2", "PaymentReceived 2", "CounterRaised 2"]


async def test_poison_holds_its_subject_until_it_is_redriven(writer: Writer, db: Any, jordan: Publisher) -> None:
    broken = Ear(KINDS, {PaymentReceived: lambda _: 1 / 0})  # type: ignore[dict-item, return-value]
    await hear(writer, jordan.paid(), jordan.linked(), publisher().linked(), by=broken)
    await hear(writer, jordan.paid(2), jordan.assigned())
    before = await counts(db)

    ids = await to_redrive(db, subject=str(jordan.person))
    still = await writer.submit(RedriveJob(broken, ids))
    mended = await writer.submit(RedriveJob(ear(), ids))

    assert (before.parked, before.behind) == (1, 3)
    assert still.recorded == 0
    assert mended.recorded == 4
    assert await states(db) == []
    assert [each.split()[0] for each in await logged_types(db)][1:] == [
        "PaymentReceived",
        "CounterOpened",
        "EducatorLinked",
        "PaymentReceived",
        "CounterRaised",
        "ReviewAssigned",
    ]


async def test_a_held_record_is_kept_byte_by_byte(writer: Writer, db: Any, jordan: Publisher) -> None:
    odd = replace(
        jordan.linked(), headers=(("x", b"\xa0\xff"), ("x", None), ("", b"")), value=b"\x00\xff", partition=3, offset=7
    )

    await hear(writer, odd)

    (row,) = await listed(db)
    assert (row.state, row.subject, row.part, row.place) == ("parked", str(jordan.person), 3, 7)
    job = RedriveJob(ear(), [row.id])
    await writer.submit(job)
    assert job._held[0].heard.record == replace(odd, topic="")
    assert await states(db) == ["parked"]


async def test_a_record_that_names_nobody_can_be_redriven(writer: Writer, db: Any) -> None:
    await hear(writer, Record(None, (("x", b"\xff"),), b"?"))

    assert await writer.submit(RedriveJob(ear(), await to_redrive(db))) == Outcome()
    assert await states(db) == ["parked"]


async def test_what_the_database_refuses_is_parked_alone(writer: Writer, db: Any, jordan: Publisher) -> None:
    await writer.submit(ParkJob(ear(), jordan.linked(), "DataError"))
    await hear(writer, jordan.paid(), publisher().linked())

    assert [(row.state, row.reason) for row in await listed(db)] == [
        ("parked", "the database refuses it"),
        ("behind", "something of its subject is parked before it"),
    ]


async def test_a_refused_reaction_is_a_private_fact(writer: Writer, db: Any, jordan: Publisher) -> None:
    await hear(writer, jordan.paid(amount=REFUSED))

    assert await logged_types(db) == ["PaymentReceived 1", "ReactionRefused 1"]


async def test_a_failed_transaction_keeps_nothing_of_a_batch(logged: Databases, db: Any, jordan: Publisher) -> None:
    job = HearingJob(ear(), [jordan.linked(), jordan.paid(3)])
    codec = Codec("svc", OWN, (EducatorLinked,))
    writer = Writer(logged.dsn("svc", "auditor"), "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
    task = asyncio.create_task(writer.run())

    with pytest.raises(asyncpg.PostgresError):
        await writer.submit(job)

    task.cancel()
    assert (await logged_types(db), await listed(db)) == ([], [])


async def test_shows_what_is_held_without_its_content(writer: Writer, db: Any, jordan: Publisher) -> None:
    await hear(writer, jordan.paid(2), publisher().paid(amount=RAISES))

    waiting, parked = await listed(db)

    assert await listed(db, state="parked") == [parked]
    assert await listed(db, subject=str(jordan.person)) == [waiting]
    assert (waiting.type, waiting.stream, waiting.detail) == ("PaymentReceived", waiting.stream, "version 1 is next")
    assert {"key", "value", "headers"}.isdisjoint(HeldRow.__dataclass_fields__)


async def test_two_processes_hearing_repeats_and_gaps_lose_nothing(start: Callable[[], Writer], db: Any) -> None:
    people = [publisher() for _ in range(20)]
    records = [p.paid(n) for p in people for n in range(1, 11)]
    shuffled = [*records[::2], *records[1::2][::-1], *records[::3]]

    async def hear_all(writer: Writer, order: Sequence[Record]) -> int:
        return sum([(await hear(writer, *order[at : at + 17])).recorded for at in range(0, len(order), 17)])

    recorded = await asyncio.gather(hear_all(start(), shuffled), hear_all(start(), shuffled[::-1]))

    heard = "select array_agg(version order by position) as v from fact where source <> 'svc' group by stream"
    assert [row["v"] for row in await db.fetch(heard)] == [list(range(1, 11))] * 20
    assert sum(recorded) == 200
    assert await states(db) == []
