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


def tell_answers(group: Group, found: str | None) -> None:
    """What `commands` says of the group's keys, as the writer loads it: a JSON array of arrays, or nothing."""
    for actor, key, body, result in json.loads(found or "[]"):
        answer = Answer(result["position"], result["result"], repeated=True)
        group.answers[actor, key] = (bytes.fromhex(body), answer)


def accepted_columns(jobs: Iterable[Job]) -> list[list[Any]]:
    """Of what was accepted: actors, keys, bodies and results, kept for thirty days."""
    rows = [
        (*job.name, job.body, json.dumps({"position": job.accepted.position, "result": job.accepted.result}))
        for job in jobs
        if isinstance(job, CommandJob) and job.accepted is not None
    ]
    return [list(column) for column in zip(*rows, strict=True)] if rows else []


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
