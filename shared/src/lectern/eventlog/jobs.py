"""What waits for the writer: work that says what it reads, is decided in memory, and is told how it ended."""

import asyncio
import hmac
import json
from collections.abc import Iterable
from hashlib import sha256
from typing import Any, Protocol, TypeAlias
from uuid import UUID

from lectern.eventlog.deciding import Group
from lectern.eventlog.errors import KeyReused
from lectern.eventlog.streams import Answer, Asked, Call, StreamRef

Connection: TypeAlias = Any


class Job(Protocol):
    """One piece of work for the writer's transaction."""

    weight: int
    """Roughly how many facts it brings."""
    done: "asyncio.Future[Any]"

    def refs(self) -> Iterable[StreamRef[Any]]:
        """The streams it reads or writes."""
        ...

    async def load(self, db: Connection, group: Group) -> None:
        """Reads, under the lock, what it needs beyond its streams and its key."""
        ...

    def decide(self, group: Group) -> Any:
        """Decides in memory; gives what `done` will answer. Raising takes only this job out."""
        ...

    async def store(self, db: Connection) -> None:
        """Writes, in the same transaction, what is not a fact."""
        ...


class CommandJob:
    """A command: answered from `commands` where its key was seen before, else decided."""

    weight = 1

    def __init__(self, asked: Asked, key: bytes) -> None:
        self.asked = asked
        self.body = hmac.digest(key, asked.call.body, sha256)
        self.done: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.accepted: Answer | None = None

    @property
    def name(self) -> tuple[str, str]:
        return (self.asked.call.actor, self.asked.call.key)

    def refs(self) -> Iterable[StreamRef[Any]]:
        return self.asked.refs

    def decide(self, group: Group) -> Answer:
        self.accepted = None
        if (known := group.answers.get(self.name)) is not None:
            body, answer = known
            if not hmac.compare_digest(body, self.body):
                raise KeyReused("This key was used for something else.")
            return answer
        call = self.asked.call
        group.run(self.asked.refs, self.asked.decide, self.asked.command, call)
        self.accepted = Answer(group.position + len(group.staged), call.result)
        group.answers[self.name] = (self.body, Answer(self.accepted.position, call.result, repeated=True))
        return self.accepted


async def load_answers(db: Connection, group: Group, jobs: Iterable[CommandJob]) -> None:
    """All keys of the group at once."""
    names = [job.name for job in jobs]
    if not names:
        return
    rows = await db.fetch(
        "select actor, key, body, result from commands "
        "where (actor, key) in (select * from unnest($1::text[], $2::text[]))",
        [actor for actor, _ in names],
        [key for _, key in names],
    )
    for row in rows:
        result = json.loads(row["result"])
        answer = Answer(result["position"], result["result"], repeated=True)
        group.answers[row["actor"], row["key"]] = (row["body"], answer)


async def store_answers(db: Connection, jobs: Iterable[CommandJob], at: Any) -> None:
    """The keys of what was accepted, kept for thirty days."""
    accepted = [(job, job.accepted) for job in jobs if job.accepted is not None]
    if not accepted:
        return
    await db.execute(
        "insert into commands select a, k, b, r, $5 from unnest($1::text[], $2::text[], $3::bytea[], $4::json[]) "
        "as new(a, k, b, r)",
        [job.asked.call.actor for job, _ in accepted],
        [job.asked.call.key for job, _ in accepted],
        [job.body for job, _ in accepted],
        [json.dumps({"position": answer.position, "result": answer.result}) for _, answer in accepted],
        at,
    )


def reacting_call(fact_id: UUID, correlation_id: UUID, traceparent: str | None, at: Any, source: str) -> Call:
    """The call of a reaction: its actor is the service that published, its key the fact's id."""
    return Call(
        actor=source,
        key=str(fact_id),
        body=b"",
        at=at,
        correlation_id=correlation_id,
        causation_id=fact_id,
        traceparent=traceparent,
    )
