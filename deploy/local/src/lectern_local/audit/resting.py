"""Waiting until nothing moves any more: an audit of a system under way would find what is only on its way."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from aiokafka.errors import KafkaError

from lectern.eventlog.database import connect
from lectern.eventlog.watchdog import KafkaStanding
from lectern_local.audit.place import Place

POLL_S = 0.5
STILL = 3
"""So many looks in a row must see the same."""
_HEAD = "select coalesce(max(position), 0) from fact"
_BEHIND = "select count(*) from follower where position < $1"
_WAITING = "select count(*) from held where state = 'waiting'"


async def at_rest(place: Place, within: float) -> bool:
    """Whether nothing moved, with all that was sent heard, every follower level and no effect open, before `within` s.

    A service that is just starting moves nothing either: only what is still on the topic for it tells.
    """
    until = time.monotonic() + within
    seen: list[tuple[int, bool]] = []
    still = 0
    async with _groups(place) as groups:
        while time.monotonic() < until:
            now = [await _look(dsn) for dsn in place.databases.values()]
            level = all(each for _, each in now) and now == seen and await _all_heard(groups)
            still = still + 1 if level else 0
            if still >= STILL:
                return True
            seen = now
            await asyncio.sleep(POLL_S)
    return False


@asynccontextmanager
async def _groups(place: Place) -> AsyncIterator[Sequence[KafkaStanding]]:
    groups = [_group(place, service) for service in place.databases]
    try:
        yield groups
    finally:
        for group in groups:
            await group.close()


def _group(place: Place, service: str) -> KafkaStanding:
    return KafkaStanding(place.kafka, place.topic, lambda: f"{place.topic}.{service}")


async def _all_heard(groups: Sequence[KafkaStanding]) -> bool:
    try:
        return all([(await group()).lag == 0 for group in groups])
    except (KafkaError, OSError, TimeoutError):
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
