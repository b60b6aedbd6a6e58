"""One of the writing processes of the proof: python proof.py KIND DSN SEED FACTS. Prints one JSON object at its end.

Each gives slots to its callers and, with `lectern`, hears the same payments as the others beside that: in batches that
lack some and repeat others. A payment takes a slot of a hot stream, too, in the same transaction.

KIND is `lectern` for our writer, and a planted mistake otherwise: `sequence` numbers facts by a sequence without the
lock, as naive outboxes do; `locks-last` reads and decides before it takes the lock.
"""

import asyncio
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Literal
from uuid import UUID, uuid4

import asyncpg
import structlog
from heard import KINDS, Publisher

from lectern.contracts.applications import PaymentReceived
from lectern.contracts.facts import PublicFact
from lectern.eventlog import writer as writing
from lectern.eventlog.codec import Codec
from lectern.eventlog.deciding import Group
from lectern.eventlog.ear import Ear
from lectern.eventlog.errors import Busy
from lectern.eventlog.hearing_job import HearingJob, RetryJob
from lectern.eventlog.signal import Tail
from lectern.eventlog.streams import Asked, Call, Command, Decided, Noun, Reacting
from lectern.runtime.ids import new_id

HOT = [UUID(int=n) for n in range(1, 6)]
CALLERS = 6


class SlotTaken(PublicFact):
    """The stream's next slot was given: no two facts of a stream may give the same one."""

    publisher: ClassVar[str] = "svc"
    stream: ClassVar[str] = "slots"

    type: Literal["SlotTaken"] = "SlotTaken"
    number: int


slots: Noun[int] = Noun("slots", 0, lambda _, fact: fact.number, (SlotTaken,))


class TakeSlot(Command):
    by: UUID


def take(last: int, _: TakeSlot) -> Decided:
    return [SlotTaken(number=last + 1)]


def slot_of(fact: PaymentReceived) -> list[Reacting]:
    stream = HOT[fact.educator_id.int % len(HOT)]
    return [Reacting((slots(stream, subject=stream),), take, TakeSlot(by=fact.educator_id))]


PEOPLE = [Publisher(UUID(int=n)) for n in range(100, 120)]
PAYMENTS = 25
"""Of each person, in one stream."""


class SequenceWriter(writing.Writer):
    """Planted: no lock, numbers from a sequence. Its commits come in another order than its positions."""

    begin = "begin"
    head = (
        "select clock_timestamp() as now, nextval('naive') * 1000 as position, "
        "null::bytea as hash, null::timestamptz as recorded_at"
    )


class LocksLastWriter(writing.Writer):
    """Planted: what commands are judged on is read before the lock; only the numbers are given under it."""

    begin = "begin"

    async def _insert(self, db: Any, group: Group, head: Any, decided: Any) -> Any:
        await db.execute(f"select pg_advisory_xact_lock({writing.LOG_LOCK})")
        head = await db.fetchrow(self.head)
        group.position = head["position"] or 0
        keys = {(fact.source, fact.stream) for fact in group.staged}
        rows = await db.fetch(
            "select source, stream, max(version) as version from fact where (source, stream) in "
            "(select * from unnest($1::text[], $2::text[])) group by 1, 2",
            [source for source, _ in keys],
            [stream for _, stream in keys],
        )
        versions = {(row["source"], row["stream"]): row["version"] for row in rows}
        for index, fact in enumerate(group.staged):
            key = (fact.source, fact.stream)
            versions[key] = versions.get(key, 0) + 1
            group.staged[index] = renumbered(fact, versions[key])
        return await super()._insert(db, group, head, decided)


def renumbered(fact: Any, version: int) -> Any:
    fields = {name: getattr(fact, name) for name in fact.__slots__}
    return type(fact)(**(fields | {"version": version}))


WRITERS = {"lectern": writing.Writer, "sequence": SequenceWriter, "locks-last": LocksLastWriter}


@dataclass
class Client:
    """Asks for slots, mostly in the streams that everybody wants, and repeats only under the same key."""

    writer: writing.Writer
    random: random.Random
    accepted: int = 0
    failed: int = 0

    async def ask(self) -> None:
        stream = self.random.choice(HOT) if self.random.random() < 0.7 else uuid4()
        call = Call(f"caller-{uuid4()}", "take", b"", datetime.now(UTC), uuid4())
        while True:
            try:
                await self.writer.ask(
                    Asked((slots(stream, subject=stream),), take, TakeSlot(by=stream), call), within=5
                )
            except Busy:
                continue
            except asyncpg.PostgresError:
                self.failed += 1
            else:
                self.accepted += 1
            return


async def hear(writer: writing.Writer, chance: random.Random, met: Counter[str]) -> None:
    """All payments, each about twice; neighbours change places, so batches have gaps that another batch fills."""
    ear = Ear(KINDS, {PaymentReceived: slot_of})
    numbered = [
        (n + chance.uniform(-4, 4), person.paid(n)) for person in PEOPLE for n in (*range(1, PAYMENTS + 1),) * 2
    ]
    records = [record for _, record in sorted(numbered, key=lambda each: each[0])]
    while records:
        batch, records = records[: (size := chance.randint(1, 60))], records[size:]
        outcome = await writer.submit(HearingJob(ear, batch))
        met.update(repeated=outcome.repeated, held=outcome.held)
    while (await writer.submit(RetryJob(ear))).waiting:
        await asyncio.sleep(0.05)


async def main(kind: str, dsn: str, seed: int, facts: int) -> None:
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    codec = Codec("svc", (SlotTaken,))
    writer = WRITERS[kind](dsn, "svc", codec, command_key=b"k" * 32, new_id=new_id, signal=Tail())
    client = Client(writer, random.Random(seed))

    async def caller() -> None:
        for _ in range(facts // CALLERS):
            await client.ask()

    met = Counter(repeated=0, held=0)
    hearing = [hear(writer, client.random, met)] if kind == "lectern" else []
    async with asyncio.TaskGroup() as tasks:  # a writer that fails takes its callers with it
        task = tasks.create_task(writer.run())
        await asyncio.gather(*(caller() for _ in range(CALLERS)), *hearing)
        task.cancel()
    sys.stdout.write(json.dumps({"accepted": client.accepted, "failed": client.failed, **met}) + "\n")


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4])))
