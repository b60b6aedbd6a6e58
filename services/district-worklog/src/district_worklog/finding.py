"""Looks for another district by name, county or code."""

from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

from pydantic import TypeAdapter

from district_worklog.neighbours import NeighbourRow
from lectern.contracts.values import DistrictCode

if TYPE_CHECKING:
    import asyncpg

    Db: TypeAlias = "asyncpg.Connection[Any] | asyncpg.pool.PoolConnectionProxy[Any]"

MOST = 50
SAID_OF_ALL = frozenset({"school", "schools", "district", "districts", "public", "county", "the", "missouri", "mo"})
"""Words that belong to no district's name in the state's list; ignored in a search that has others."""
_ROWS = TypeAdapter(list[NeighbourRow])
_FOUND = """
select coalesce(json_agg(v order by v.name, v.code), '[]')::text from (
    select * from neighbours where words like all($1::text[]) and (closed_on is null or closed_on > $2) and code <> $3
    order by name, code limit $4) v
"""
_NAMED = "select coalesce(json_agg(v), '[]')::text from neighbours v where code = $1"


async def others(db: "Db", words: str, today: date, ours: DistrictCode) -> list[NeighbourRow]:
    """Districts but this one that are open on a Chicago day and have every word that tells them apart."""
    typed = words.replace("\x00", " ").replace(",", " ").lower().split()
    telling = [each for each in typed if each not in SAID_OF_ALL] or typed
    parts = [f"%{_literal(each)}%" for each in telling[:8]]
    return _ROWS.validate_json(await db.fetchval(_FOUND, parts, today, ours, MOST)) if parts else []


async def named(db: "Db", code: DistrictCode) -> NeighbourRow | None:
    return next(iter(_ROWS.validate_json(await db.fetchval(_NAMED, code))), None)


def _literal(word: str) -> str:
    """A word without a meaning of its own in LIKE."""
    return word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
