"""What pages and API read of the notices, as the reader role."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from pydantic import TypeAdapter

from notifications.notices_sent import NoticeRow, State

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Db: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

PAGE = 50
_ROW = TypeAdapter(NoticeRow)
_BEFORE = """
select row_to_json(n)::text from notices_sent n
where ($1::text is null or n.state = $1)
    and ($2::text is null or n.reference = $2)
    and ($3::timestamptz is null or (n.happened_at, n.notice_id) < ($3, $4))
order by n.happened_at desc, n.notice_id desc limit $5
"""
_AFTER = """
select row_to_json(n)::text from notices_sent n
where ($1::uuid is null or n.application_id = $1) and n.notice_id > $2 order by n.notice_id limit $3
"""
_ONE = "select row_to_json(n)::text from notices_sent n where n.notice_id = $1"
_UNTOLD = """
select row_to_json(n)::text from notices_sent n
where state = 'failed' and recipient in ('district', 'dese') and reason = any($1)
order by happened_at, notice_id limit $2
"""
_STATES = "select state, count(*) as n from notices_sent where ($1::text is null or reference = $1) group by state"
_COUNTS = """
select application_id, notice, recipient,
    count(*) as asked,
    count(*) filter (where state = 'sent') as sent,
    count(*) filter (where state = 'failed') as failed,
    count(*) filter (where state = 'uncertain') as uncertain
from notices_sent where application_id > $1
    and application_id in (
        select application_id from notices_sent where application_id > $1
        group by application_id order by application_id limit $2
    )
group by application_id, notice, recipient order by application_id, notice, recipient
"""


@dataclass(frozen=True)
class Count:
    """How many notices of one name an application has, by what became of them."""

    application_id: UUID
    notice: str
    recipient: str
    asked: int
    sent: int
    failed: int
    uncertain: int


async def latest(
    db: "Db",
    state: State | None = None,
    reference: str | None = None,
    before: tuple[datetime, UUID] | None = None,
    limit: int = PAGE,
) -> list[NoticeRow]:
    """Newest first, and one more where there is a next page."""
    at, id_ = before or (None, None)
    rows = await db.fetch(_BEFORE, state, reference, at, id_, limit + 1)
    return [_ROW.validate_json(row[0]) for row in rows]


async def listed(db: "Db", application_id: UUID | None, after: UUID, limit: int) -> list[NoticeRow]:
    """In the order of their ids, for programs."""
    return [_ROW.validate_json(row[0]) for row in await db.fetch(_AFTER, application_id, after, limit)]


async def one(db: "Db", notice_id: UUID) -> NoticeRow | None:
    text = await db.fetchval(_ONE, notice_id)
    return _ROW.validate_json(text) if text else None


async def untold(db: "Db", reasons: Sequence[str], limit: int) -> list[NoticeRow]:
    """Notices for offices that reached nobody for these reasons, oldest first."""
    return [_ROW.validate_json(row[0]) for row in await db.fetch(_UNTOLD, list(reasons), limit)]


async def states(db: "Db", reference: str | None = None) -> dict[State, int]:
    found = {State(row["state"]): row["n"] for row in await db.fetch(_STATES, reference)}
    return dict.fromkeys(State, 0) | found


async def counts(db: "Db", after: UUID, applications: int) -> Sequence[Count]:
    """For so many applications after this one."""
    return [Count(**dict(row)) for row in await db.fetch(_COUNTS, after, applications)]
