"""Reading logs and views in the auditor's role: one snapshot of each database, a batch at a time."""

import json
from collections.abc import AsyncIterator, Sequence
from sqlite3 import Connection
from typing import Any

import asyncpg
from pydantic import TypeAdapter, ValidationError

from lectern.eventlog.chain import COLUMNS
from lectern.eventlog.database import connect
from lectern.eventlog.views import View
from lectern_local.audit.scratch import put, text
from lectern_local.audit.views import canonical

BATCH = 2_000
_FACTS = f"select {', '.join(COLUMNS)}, hash from fact order by position"
_HELD = "select state, type, source, stream, version, reason, detail, topic, part, place from held order by id"


async def read_service(db: Connection, dsn: str, log: str, views: Sequence[View[Any]]) -> int:
    """Everything the auditor wants of one service, as of one instant. Gives how many facts there are."""
    source = await connect(dsn, "audit")
    try:
        async with source.transaction(isolation="repeatable_read", readonly=True):
            facts = 0
            async for rows in _batches(source, _FACTS):
                put(db, "fact", [(log, *(text(value) for value in row)) for row in rows])
                facts += len(rows)
            await _read_marks(db, source, log)
            for view in views:
                await _read_view(db, source, log, view)
        return facts
    finally:
        await source.close()


async def _batches(source: Any, query: str) -> AsyncIterator[Sequence[Any]]:
    cursor = await source.cursor(query)
    while rows := await cursor.fetch(BATCH):
        yield rows


async def _read_marks(db: Connection, source: "asyncpg.Connection[asyncpg.Record]", log: str) -> None:
    marks = await source.fetch("select name, position from follower")
    put(db, "mark", [(log, row["name"], row["position"]) for row in marks])
    broken = await source.fetch("select view, key, position, error from broken")
    put(db, "broken", [(log, *row) for row in broken])
    held = await source.fetch(_HELD)
    put(db, "held", [(log, _state(row), _what(row)) for row in held])
    if await source.fetchval("select to_regclass('open_effects') is not null"):
        effects = await source.fetch("select intent from open_effects")
        put(db, "open_effect", [(log, str(row["intent"])) for row in effects])


def _state(row: Any) -> str:
    return "waiting" if row["state"] in {"waiting", "behind"} else "parked"


def _what(row: Any) -> str:
    record = f"{row['topic']} {row['part']}/{row['place']}"
    stream = f"{row['type']} ({row['source']} {row['stream']} version {row['version']})" if row["type"] else "A record"
    return f"{stream}, {record}: {row['reason']} {row['detail']}".rstrip(". ")


async def _read_view(db: Connection, source: Any, log: str, view: View[Any]) -> None:
    adapter: TypeAdapter[Any] = TypeAdapter(view.row)
    # sql: the view's name in our own code
    async for rows in _batches(source, f"select row_to_json(v)::text as row from {view.name} v"):
        put(db, "live", [(log, view.name, *_live(adapter, view, row["row"])) for row in rows])


def _live(adapter: TypeAdapter[Any], view: View[Any], raw: str) -> tuple[str, str]:
    """Key and canonical row; a row that is not of the view's shape as it stands, so that it equals none."""
    try:
        row = adapter.validate_json(raw)
    except ValidationError:
        return str(json.loads(raw)[view.columns[0]]), raw
    return str(getattr(row, view.columns[0])), canonical(view, row)
