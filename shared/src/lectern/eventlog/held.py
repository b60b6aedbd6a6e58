"""The table of held records: how they are kept, loaded for judging, and shown to operators."""

import base64
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from lectern.eventlog.ear import Ear, Heard, Holding, State
from lectern.eventlog.hearing import Case, Settled
from lectern.eventlog.records import Record

_LOAD = "select id, state, reason, detail, topic, part, place, key, headers, value from held"
_OF_SUBJECTS = f"{_LOAD} where subject = any($1::text[]) and state <> 'lie' order by id"
_BY_ID = f"{_LOAD} where id = any($1::bigint[]) order by id"
_INSERT = """
insert into held (digest, state, reason, detail, subject, source, stream, version, type, fact_id,
                  topic, part, place, key, headers, value)
select * from unnest($1::bytea[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::int[],
                     $9::text[], $10::uuid[], $11::text[], $12::int[], $13::bigint[], $14::bytea[], $15::json[],
                     $16::bytea[])
on conflict (digest) do nothing
"""
_UPDATE = """
update held set state = new.state, reason = new.reason, detail = new.detail,
                tries = tries + 1, tried_at = clock_timestamp()
from unnest($1::bigint[], $2::text[], $3::text[], $4::text[]) as new (id, state, reason, detail) where held.id = new.id
"""
_MOST_DETAIL = 500


async def digests_of(db: Any, records: Sequence[Record]) -> set[bytes]:
    """Which of these are held already."""
    if not records:
        return set()
    rows = await db.fetch("select digest from held where digest = any($1::bytea[])", [r.digest for r in records])
    return {row["digest"] for row in rows}


async def load_subjects(db: Any, ear: Ear, subjects: Iterable[str]) -> list[Case]:
    """Everything held about these subjects, in the order it came; not what lies."""
    return [_case(row, ear) for row in await db.fetch(_OF_SUBJECTS, list(subjects))]


async def load_ids(db: Any, ear: Ear, ids: Iterable[int]) -> list[Case]:
    return [_case(row, ear) for row in await db.fetch(_BY_ID, list(ids))]


async def store(db: Any, cases: Sequence[Case]) -> None:
    """Keeps the verdicts: new ones are held, settled ones leave, changed ones change."""
    if new := [(case.heard, case.verdict) for case in cases if case.id is None and isinstance(case.verdict, Holding)]:
        rows = [_columns(heard, holding) for heard, holding in new]
        await db.execute(_INSERT, *(list(column) for column in zip(*rows, strict=True)))
    if gone := [case.id for case in cases if case.id is not None and isinstance(case.verdict, Settled)]:
        await db.execute("delete from held where id = any($1::bigint[])", gone)
    if changed := [(case.id, case.verdict) for case in cases if case.id is not None and _changed(case)]:
        rows = [(id_, v.state, v.reason, v.detail[:_MOST_DETAIL]) for id_, v in changed if isinstance(v, Holding)]
        await db.execute(_UPDATE, *(list(column) for column in zip(*rows, strict=True)))


def _changed(case: Case) -> bool:
    return isinstance(case.verdict, Holding) and (case.judged or case.verdict != case.before)


def _case(row: Any, ear: Ear) -> Case:
    headers = tuple((name, _bytes(value)) for name, value in json.loads(row["headers"]))
    record = Record(row["key"], headers, row["value"], row["topic"], row["part"], row["place"])
    heard = ear.hear(record) or Heard(record, None, trouble=Holding("parked", "this service does not hear it any more"))
    return Case(heard, row["id"], before=Holding(row["state"], row["reason"], row["detail"]))


def _columns(heard: Heard, holding: Holding) -> tuple[Any, ...]:
    record, envelope = heard.record, heard.envelope
    headers = json.dumps([[name, _text(value)] for name, value in record.headers])
    known: tuple[Any, ...] = (None,) * 5
    if envelope is not None:
        known = (envelope.source, envelope.stream, envelope.version, envelope.type, envelope.id)
    return (
        record.digest, holding.state, holding.reason, holding.detail[:_MOST_DETAIL], heard.subject, *known,
        record.topic, record.partition, record.offset, record.key, headers, record.value,
    )  # fmt: skip


def _text(value: bytes | None) -> str | None:
    return None if value is None else base64.b64encode(value).decode()


def _bytes(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text)


@dataclass(frozen=True)
class HeldRow:
    """One held record as operators see it: whom and what it is about, and why it is here; not its content."""

    id: int
    state: State
    reason: str
    detail: str
    subject: str | None
    source: str | None
    stream: str | None
    version: int | None
    type: str | None
    fact_id: UUID | None
    topic: str
    part: int
    place: int
    held_at: datetime
    tried_at: datetime
    tries: int


COLUMNS = ", ".join(HeldRow.__dataclass_fields__)


@dataclass(frozen=True)
class Counts:
    """How much is held, by state; and for how many seconds the longest waiting fact waits."""

    waiting: int
    behind: int
    parked: int
    lie: int
    longest_s: float


async def counts(db: Any) -> Counts:
    row = await db.fetchrow(
        "select count(*) filter (where state = 'waiting') as waiting, "
        "count(*) filter (where state = 'behind') as behind, "
        "count(*) filter (where state = 'parked') as parked, count(*) filter (where state = 'lie') as lie, "
        "coalesce(extract(epoch from clock_timestamp() - min(held_at) filter (where state = 'waiting')), 0)::float8 "
        "as longest_s from held"
    )
    return Counts(**dict(row))


async def listed(db: Any, *, subject: str | None = None, state: State | None = None, limit: int = 200) -> list[HeldRow]:
    """The oldest first."""
    rows = await db.fetch(
        f"select {COLUMNS} from held where ($1::text is null or subject = $1) and ($2::text is null or state = $2) "
        "order by id limit $3",
        subject,
        state,
        limit,
    )
    return [HeldRow(**dict(row)) for row in rows]


async def to_redrive(db: Any, *, subject: str | None = None, id_: int | None = None) -> list[int]:
    """The parked and lying records of a subject, one of them by its number, or (with neither) all."""
    rows = await db.fetch(
        "select id from held where state in ('parked', 'lie') and ($1::text is null or subject = $1) "
        "and ($2::bigint is null or id = $2) order by id",
        subject,
        id_,
    )
    return [row["id"] for row in rows]
