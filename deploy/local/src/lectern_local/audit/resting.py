"""Waiting until nothing moves any more: an audit of a system under way would find what is only on its way."""

import asyncio
import time
from collections.abc import Mapping
from typing import Any

from lectern.eventlog.database import connect

POLL_S = 0.5
STILL = 3
"""So many looks in a row must see the same."""
_HEAD = "select coalesce(max(position), 0) from fact"
_BEHIND = "select count(*) from follower where position < $1"
_WAITING = "select count(*) from held where state = 'waiting'"


async def at_rest(dsns: Mapping[str, str], within: float) -> bool:
    """Whether all logs stood still, with every follower level and no effect open, before so many seconds were over."""
    until = time.monotonic() + within
    seen: list[tuple[int, bool]] = []
    still = 0
    while time.monotonic() < until:
        now = [await _look(dsn) for dsn in dsns.values()]
        still = still + 1 if now == seen and all(level for _, level in now) else 0
        if still >= STILL:
            return True
        seen = now
        await asyncio.sleep(POLL_S)
    return False


async def _look(dsn: str) -> tuple[int, bool]:
    db = await connect(dsn, "audit")
    try:
        head = await db.fetchval(_HEAD)
        behind = await db.fetchval(_BEHIND, head)
        return head, not behind and not await _open(db) and not await db.fetchval(_WAITING)
    finally:
        await db.close()


async def _open(db: Any) -> int:
    if not await db.fetchval("select to_regclass('open_effects') is not null"):
        return 0
    return int(await db.fetchval("select count(*) from open_effects"))
