"""The writer on a real Postgres."""

import asyncio
from collections.abc import Callable
from uuid import uuid4

import asyncpg
import pytest
from counters import OpenCounter, OpenOnce, RaiseCounter, call, counter, open_counter, open_once, raise_counter

from lectern.eventlog.chain import ROOT, link_of
from lectern.eventlog.errors import Busy, KeyReused, NotFound, Refused
from lectern.eventlog.streams import Answer, Asked, Call, Command, Decided
from lectern.eventlog.writer import LOG_LOCK, Writer
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres
Start = Callable[[], Writer]


def opening(id_: object, call_: Call | None = None) -> Asked:
    return Asked((counter(id_, subject=id_),), open_counter, OpenCounter(counter=id_), call_ or call())


def raising(id_: object, by: int = 1, call_: Call | None = None) -> Asked:
    return Asked((counter(id_),), raise_counter, RaiseCounter(counter=id_, by=by), call_ or call())


async def rows(logged: Databases) -> list[asyncpg.Record]:
    db = await asyncpg.connect(logged.dsn("svc", "auditor"))
    try:
        return await db.fetch("select * from fact order by position")
    finally:
        await db.close()


async def test_answers_with_the_position_of_what_it_recorded(start_writer: Start, logged: Databases) -> None:
    writer, id_ = start_writer(), uuid4()

    answers = [await writer.ask(opening(id_)), await writer.ask(raising(id_, 5)), await writer.ask(opening(id_))]

    assert [answer.position for answer in answers] == [1, 2, 2]
    assert [(row["stream"], row["version"], row["type"]) for row in await rows(logged)] == [
        (f"counter/{id_}", 1, "CounterOpened"),
        (f"counter/{id_}", 2, "CounterRaised"),
    ]


async def test_decides_each_command_on_what_the_one_before_it_left(start_writer: Start, logged: Databases) -> None:
    writer, id_ = start_writer(), uuid4()
    await writer.ask(opening(id_))

    answers = await asyncio.gather(*(writer.ask(raising(id_, 300)) for _ in range(5)), return_exceptions=True)

    assert [type(answer) for answer in answers] == [Answer, Answer, Answer, Refused, Refused]
    assert len(await rows(logged)) == 4


async def test_takes_only_the_command_out_that_raises(start_writer: Start, logged: Databases) -> None:
    writer, id_, other = start_writer(), uuid4(), uuid4()

    answers = await asyncio.gather(
        writer.ask(opening(id_)), writer.ask(raising(other)), writer.ask(raising(id_)), return_exceptions=True
    )

    assert [type(answer) for answer in answers] == [Answer, NotFound, Answer]


async def test_gives_the_same_answer_to_the_same_key(start_writer: Start, logged: Databases) -> None:
    writer, id_ = start_writer(), uuid4()
    await writer.ask(opening(id_))
    once = call("once", body=b"raise by 7").about(receipt="r-1")
    again = call("once", body=b"raise by 7").about(receipt="r-2")

    answers = await asyncio.gather(*(writer.ask(raising(id_, 7, c)) for c in (once, again, again)))
    later = await start_writer().ask(raising(id_, 7, again))

    assert {answer.position for answer in (*answers, later)} == {2}
    assert {answer.result["receipt"] for answer in (*answers, later)} == {"r-1"}
    assert [answer.repeated for answer in (*answers, later)] == [False, True, True, True]


async def test_refuses_a_key_that_comes_with_another_body(start_writer: Start, logged: Databases) -> None:
    writer, id_ = start_writer(), uuid4()
    await writer.ask(opening(id_, call("k", body=b"one")))

    with pytest.raises(KeyReused):
        await writer.ask(opening(id_, call("k", body=b"two")))


async def test_a_refused_command_binds_nothing(start_writer: Start, logged: Databases) -> None:
    writer, id_ = start_writer(), uuid4()
    with pytest.raises(NotFound):
        await writer.ask(raising(id_, 1, call("k", body=b"x")))
    await writer.ask(opening(id_))

    answer = await writer.ask(raising(id_, 1, call("k", body=b"another body is fine now")))

    assert answer.position == 2


@pytest.mark.parametrize("together", [True, False])
async def test_a_claim_is_given_once(start_writer: Start, logged: Databases, together: bool) -> None:
    writer = start_writer()
    asked = [
        Asked((counter(id_, subject=id_),), open_once, OpenOnce(counter=id_, claim="the only one"), call())
        for id_ in (uuid4(), uuid4())
    ]

    if together:
        answers = await asyncio.gather(*(writer.ask(each) for each in asked), return_exceptions=True)
    else:
        answers = [await writer.ask(asked[0])]
        answers += await asyncio.gather(start_writer().ask(asked[1]), return_exceptions=True)

    assert [type(answer).__name__ for answer in answers] == ["Answer", "ClaimTaken"]
    assert len(await rows(logged)) == 1


async def test_chains_every_fact_to_the_one_before(start_writer: Start, logged: Databases) -> None:
    writer, id_ = start_writer(), uuid4()
    await writer.ask(opening(id_, call("ключ")))
    await asyncio.gather(*(writer.ask(raising(id_)) for _ in range(20)))

    facts = await rows(logged)

    link = ROOT
    for row in facts:
        link = link_of(link, dict(row))
        assert link == row["hash"]
    assert [row["position"] for row in facts] == list(range(1, 22))
    assert [row["recorded_at"] for row in facts] == sorted(row["recorded_at"] for row in facts)


async def test_says_busy_when_the_lock_does_not_come_in_time(start_writer: Start, logged: Databases) -> None:
    writer, id_ = start_writer(), uuid4()
    holder = await asyncpg.connect(logged.dsn("svc", "writer"))
    asked = opening(id_, call("k"))

    async with holder.transaction():
        await holder.execute("select pg_advisory_xact_lock($1)", LOG_LOCK)
        with pytest.raises(Busy):
            await writer.ask(asked, within=0.1)
    answer = await writer.ask(asked)
    await holder.close()

    assert answer.position == 1
    assert len(await rows(logged)) == 1


async def test_goes_on_after_its_connection_is_killed(start_writer: Start, logged: Databases, postgres: str) -> None:
    writer, id_ = start_writer(), uuid4()
    await writer.ask(opening(id_))
    admin = await asyncpg.connect(postgres)

    await admin.execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'svc writer'")
    answer = await writer.ask(raising(id_), within=20)
    await admin.close()

    assert answer.position == 2


async def test_a_statement_that_fails_fails_alone(start_writer: Start, logged: Databases) -> None:
    class Poison(Command):
        text: str

    def poison(_: object, command: Poison) -> Decided:
        return [counter_opened_with_nul(command.text)]

    def counter_opened_with_nul(text: str):  # type: ignore[no-untyped-def]
        from counters import CounterOpened

        fact = CounterOpened(counter=uuid4())
        object.__setattr__(fact, "type", text)
        return fact

    writer, id_ = start_writer(), uuid4()
    bad = Asked((counter(uuid4(), subject="s"),), poison, Poison(text="nul \x00"), call())

    answers = await asyncio.gather(writer.ask(opening(id_)), writer.ask(bad), return_exceptions=True)

    assert [isinstance(answer, Answer) for answer in answers] == [True, False]
    assert len(await rows(logged)) == 1


@pytest.mark.parametrize("statement", ["update fact set actor = 'me'", "delete from fact", "truncate fact"])
async def test_facts_are_for_ever(start_writer: Start, logged: Databases, statement: str) -> None:
    await start_writer().ask(opening(uuid4()))

    for role in ("writer", "owner"):
        db = await asyncpg.connect(logged.dsn("svc", role))
        with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.RaiseError)):
            await db.execute(statement)
        await db.close()
