"""Effects on a real Postgres: each intent acts once, whoever runs; what has no answer is settled, not repeated."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import Any, Literal

import asyncpg
import pytest
from counters import OWN, NoteTaken, call, notes

from lectern.contracts.facts import PrivateFact
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import connect, create_pool
from lectern.eventlog.effects import EFFECT_FACTS, Effect, NoAnswer, NotDone, open_effects
from lectern.eventlog.effects_process import Effects
from lectern.eventlog.folder import Folder
from lectern.eventlog.log import Log
from lectern.eventlog.signal import Signal, Tail
from lectern.eventlog.streams import Command, Decided, Noun, Reacting
from lectern.eventlog.tables import table_of
from lectern.eventlog.writer import Writer
from lectern.runtime.ids import new_id
from lectern.runtime.migrations import Migration, migrate_service
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres


class LetterMeant(PrivateFact):
    type: Literal["LetterMeant"] = "LetterMeant"
    text: str


letters: Noun[int] = Noun("letters", 0, lambda n, _: n + 1, (LetterMeant,))


class Mean(Command):
    text: str


def mean(_: int, command: Mean) -> Decided:
    return [LetterMeant(text=command.text)]


class Note(Command):
    text: str


def note(_: int, command: Note) -> Decided:
    return [NoteTaken(text=command.text)]


@dataclass
class Post:
    """A post office that does what the test says: an outcome, NoAnswer or NotDone for each attempt."""

    plan: list[Any] = field(default_factory=list)
    posted: list[str] = field(default_factory=list)
    can_tell: bool = False

    async def act(self, intent: LetterMeant, key: str) -> str:
        step = self.plan.pop(0) if self.plan else "ok"
        if step is not NotDone:
            self.posted.append(key)
        if isinstance(step, type):
            raise step(intent.text)
        return str(step)

    async def outcome(self, _: LetterMeant, key: str) -> str | None:
        return "told" if key in self.posted else None

    def effect(self) -> Effect[LetterMeant, str]:
        return Effect(LetterMeant, self.act, self.record, self.outcome if self.can_tell else None)

    @staticmethod
    def record(intent: LetterMeant, outcome: str | NoAnswer, _: datetime) -> Reacting:
        word = "uncertain" if isinstance(outcome, NoAnswer) else outcome
        return Reacting((notes("letters", subject="s"),), note, Note(text=f"{intent.text}: {word}"))


@dataclass
class Office:
    logged: Databases
    writer: Writer
    log: Log
    pool: Any
    codec: Codec

    def effects(self, post: Post) -> Effects:
        return Effects(
            self.logged.dsn("svc", "writer"), self.codec, [post.effect()], self.log, self.writer.appended,
            now=lambda: datetime.now(UTC), worker=new_id(),
        )  # fmt: skip

    async def means(self, text: str) -> None:
        await self.log.handle(letters("all", subject="s"), mean, Mean(text=text), call())

    async def sweep(self, effects: Effects) -> None:
        async with self.pool.acquire() as db:
            await effects.sweep(db, older_than=timedelta(0))

    async def notes(self) -> list[str]:
        db = await asyncpg.connect(self.logged.dsn("svc", "auditor"))
        rows = await db.fetch(
            "select data::jsonb->>'text' as text from fact where type = 'NoteTaken' order by position"
        )
        await db.close()
        return [row["text"] for row in rows]

    async def level(self) -> None:
        """The view of open effects has folded everything."""
        folder = Folder(self.logged.dsn("svc", "folder"), self.codec, [open_effects], Signal())
        db = await connect(self.logged.dsn("svc", "folder"), "level")
        await folder.catch_up(db)
        await db.close()


@pytest.fixture
async def office(logged: Databases) -> AsyncIterator[Office]:
    codec = Codec("svc", (*OWN, LetterMeant, *EFFECT_FACTS))
    await migrate_service(logged.database_url, "svc", [Migration("view/open_effects:1", table_of(open_effects))])
    writer = Writer(logged.dsn("svc", "writer"), "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
    task = asyncio.create_task(writer.run())
    async with await create_pool(logged.dsn("svc", "writer"), "svc streams", size=3) as pool:
        yield Office(logged, writer, Log(writer, pool, codec), pool, codec)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


@asynccontextmanager
async def following(*effects: Effects) -> AsyncIterator[None]:
    tasks = [asyncio.create_task(each.run()) for each in effects]
    yield
    for task in tasks:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def until(condition: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not await condition():
            await asyncio.sleep(0.02)


async def settled(office: Office, n: int) -> None:
    async def enough() -> bool:
        return len(await office.notes()) >= n

    await until(enough)


async def test_acts_once_for_each_intent_and_records_the_outcome(office: Office) -> None:
    post = Post()
    async with following(office.effects(post)):
        for n in range(5):
            await office.means(f"letter {n}")
        await settled(office, 5)

    assert len(post.posted) == len(set(post.posted)) == 5
    assert sorted(await office.notes()) == [f"letter {n}: ok" for n in range(5)]


async def test_two_processes_do_not_act_twice(office: Office) -> None:
    post = Post()
    first, second = office.effects(post), office.effects(post)
    await office.means("once")
    db = await asyncpg.connect(office.logged.dsn("svc", "auditor"))
    rows = await db.fetch("select * from fact")
    await db.close()

    await asyncio.gather(first.follow(None, rows, ["effects"]), second.follow(None, rows, ["effects"]))

    assert len(post.posted) == 1
    assert await office.notes() == ["once: ok"]


async def test_a_batch_read_again_by_the_same_process_is_not_acted_on_again(office: Office) -> None:
    post = Post()
    effects = office.effects(post)
    await office.means("once")
    db = await asyncpg.connect(office.logged.dsn("svc", "auditor"))
    rows = await db.fetch("select * from fact")
    await db.close()

    await effects.follow(None, rows, ["effects"])
    await effects.follow(None, rows, ["effects"])

    assert len(post.posted) == 1
    assert await office.notes() == ["once: ok"]


async def test_what_is_out_of_reach_is_left_for_the_next_sweep(office: Office) -> None:
    """On every release of Python: the process goes on."""
    post = Post(plan=[NotDone])
    await office.means("letter")
    async with following(office.effects(post)):
        await until(lambda: started(office))
    await office.level()
    async with await create_pool(office.logged.dsn("svc", "writer"), "svc taken", size=1) as taken:
        log = replace(office, log=Log(office.writer, taken, office.codec))
        async with taken.acquire():
            await log.effects(post).sweep_if_it_can(office.pool, older_than=timedelta(0))
        before = await office.notes()
        await log.effects(post).sweep_if_it_can(office.pool, older_than=timedelta(0))

    assert before == []
    assert await office.notes() == ["letter: ok"]


async def test_no_answer_from_a_port_that_cannot_tell_is_recorded_as_uncertain(office: Office) -> None:
    post = Post(plan=[NoAnswer])
    async with following(office.effects(post)):
        await office.means("letter")
        await settled(office, 1)
        await office.level()
        await office.sweep(office.effects(post))

    assert len(post.posted) == 1
    assert await office.notes() == ["letter: uncertain"]


async def test_no_answer_from_a_port_that_can_tell_is_asked_for(office: Office) -> None:
    post = Post(plan=[NoAnswer], can_tell=True)
    effects = office.effects(post)
    async with following(effects):
        await office.means("letter")
        await until(lambda: started(office))
        await office.level()
        await office.sweep(effects)

    assert len(post.posted) == 1
    assert await office.notes() == ["letter: told"]


async def test_what_was_surely_not_done_is_tried_again(office: Office) -> None:
    post = Post(plan=[NotDone, "ok"])
    effects = office.effects(post)
    async with following(effects):
        await office.means("letter")
        await until(lambda: released(office))
        await office.level()
        await office.sweep(effects)

    assert len(post.posted) == 1
    assert await office.notes() == ["letter: ok"]


async def test_what_a_dead_process_started_is_settled_by_the_next(office: Office) -> None:
    class Killed(BaseException):
        pass

    dying = Post(plan=[Killed])
    await office.means("letter")
    db = await asyncpg.connect(office.logged.dsn("svc", "auditor"))
    rows = await db.fetch("select * from fact")
    await db.close()
    with pytest.raises((Killed, BaseExceptionGroup)):
        await office.effects(dying).follow(None, rows, ["effects"])
    await office.level()

    post = Post()
    async with following(office.effects(post)):
        await settled(office, 1)

    assert post.posted == []
    assert await office.notes() == ["letter: uncertain"]


async def started(office: Office) -> bool:
    return await _count(office, "EffectStarted") > 0


async def released(office: Office) -> bool:
    return await _count(office, "EffectReleased") > 0


async def _count(office: Office, type_: str) -> int:
    async with office.pool.acquire() as db:
        return int(await db.fetchval("select count(*) from fact where type = $1", type_))
