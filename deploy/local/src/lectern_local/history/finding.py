"""Finding everything about one application, in the auditor's role, in each service's own log."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

import asyncpg

from lectern.eventlog.database import connect
from lectern.rules.references import read_reference
from lectern_local.audit.wire import PUBLIC_KINDS
from lectern_local.history.happened import Happened

_BY_REFERENCE = """
select data ->> 'application_id' from fact where source = 'applications'
and (type = 'ApplicationSubmitted' and data ->> 'reference' = $1
    or type = 'PaymentAwaited' and data -> 'ready' ->> 'reference' = $1) limit 1
"""
_SUBJECT = """
select subject from fact where source = 'applications' and stream in ('draft/' || $1, 'application/' || $1) limit 1
"""
_ABOUT = """
with recursive about as (
    select id from fact where subject = $4 and source = $1
        and (data ->> 'application_id' = $2 or stream like '%/' || $2)
    union
    select f.id from fact f join about a on f.causation_id = a.id where f.subject = $4 and f.source = $1)
select f.source, f.position, f.id, f.stream, f.version, f.type, f.data, f.actor, f.causation_id, f.recorded_at
from fact f join about using (id)
where f.subject = $4 and f.source = $1 and ($3::timestamptz is null or f.recorded_at <= $3)
order by f.position
"""


async def application_of(databases: Mapping[str, str], wanted: str) -> UUID | None:
    """The application with this reference, as people say it, or with this id. None: there is none."""
    try:
        return UUID(wanted)
    except ValueError:
        reference = read_reference(wanted)
    if reference is None:
        return None
    found = await _value(databases["applications"], _BY_REFERENCE, reference)
    return UUID(found) if found else None


async def facts_about(databases: Mapping[str, str], application: UUID, at: datetime | None) -> list[Happened]:
    """Its facts in all four logs, and those they caused there; `at` (UTC): as each log stood then.

    All of them are about one person, which is what the logs are asked by.
    """
    found: list[Happened] = []
    subject = await _value(databases["applications"], _SUBJECT, str(application))
    for service, dsn in databases.items():
        db = await connect(dsn, "history")
        try:
            rows = await db.fetch(_ABOUT, service, str(application), at, subject)
        finally:
            await db.close()
        found += [_happened(row) for row in rows]
    return found


async def _value(dsn: str, query: str, argument: str) -> str | None:
    db = await connect(dsn, "history")
    try:
        found: str | None = await db.fetchval(query, argument)
    finally:
        await db.close()
    return found


def _happened(row: "asyncpg.Record") -> Happened:
    kind = row["stream"].partition("/")[0]
    data: dict[str, Any] = json.loads(row["data"])
    return Happened(
        service=row["source"],
        position=row["position"],
        id=UUID(str(row["id"])),
        stream=row["stream"],
        version=row["version"],
        type=row["type"],
        data=data,
        actor=row["actor"],
        causation_id=row["causation_id"] and UUID(str(row["causation_id"])),
        recorded_at=row["recorded_at"],
        public=(row["source"], kind) in PUBLIC_KINDS,
    )
