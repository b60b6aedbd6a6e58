"""What the public reads: as the reader role, in a transaction that is set to `public`, which sees two tables only."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias
from uuid import UUID

from pydantic import TypeAdapter

from lectern.contracts.values import PersonId
from lectern.eventlog.holders import name_key
from review.certificate_lives import LifeRow

if TYPE_CHECKING:
    import asyncpg
    from asyncpg.pool import PoolConnectionProxy

    Db: TypeAlias = "asyncpg.Connection[asyncpg.Record] | PoolConnectionProxy[asyncpg.Record]"

ROLE = "public"
NAME_WORDS = 6
NAMED_AT_MOST = 200
_LIVES = TypeAdapter(LifeRow)
_BEYOND = chr(0x10FFFF)
"""Sorts behind every letter."""

# Row security leaves the index to comparisons that tell nothing of rows they do not give; LIKE is none of them.
_BY_NAME = """
select person_id, first_name, last_name, educator_number, last_key, first_key from holders
where last_key >= $1 and last_key < $2 and (last_key, first_key, person_id) > ($3, $4, $5)
    and (' ' || first_key) like ('% ' || $6 || '%')
order by last_key, first_key, person_id limit $7
"""
IN_ORDER = "set local enable_bitmapscan = off"
"""The names' index gives them in order, so a page reads a page, also of a table that was never analyzed."""
_BY_NUMBER = (
    "select person_id, first_name, last_name, educator_number, last_key, first_key from holders "
    "where number_key = $1 and at = 0 limit 1"
)
_BY_ID = (
    "select person_id, first_name, last_name, educator_number, last_key, first_key from holders "
    "where person_id = $1 and at = 0"
)
_LIVES_OF = "select row_to_json(v)::text as v from certificate_lives v where person_id = any($1)"


@dataclass(frozen=True)
class Mark:
    """Where a list goes on: the row before."""

    last_key: str = ""
    first_key: str = ""
    person_id: UUID = field(default_factory=lambda: UUID(int=0))


@dataclass(frozen=True)
class HolderRow:
    person_id: PersonId
    first: str
    last: str
    number: str
    mark: Mark

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"


async def by_name(db: "Db", last: str, first: str, *, whole: bool, after: Mark, limit: int) -> list[HolderRow]:
    """Whose last name, or a later part of it, begins with these words, and whose first names have one that does.

    `whole`: the last word is given whole. Both are keys, as lectern.eventlog.holders makes them.
    """
    beyond = f"{last} {_BEYOND}" if whole else last + _BEYOND
    await db.execute(IN_ORDER)
    rows = await db.fetch(_BY_NAME, last, beyond, after.last_key, after.first_key, after.person_id, first, limit)
    return [_holder(row) for row in rows]


async def people_named(db: "Db", text: str) -> list[PersonId]:
    """Whose name in the register has these words: the last name, then or before it first names, by their beginnings."""
    words = name_key(text).split()[:NAME_WORDS]
    splits = {(" ".join(words[at:]), " ".join(words[:at])) for at in range(len(words))}
    splits |= {(" ".join(words[:at]), " ".join(words[at:])) for at in range(1, len(words) + 1)}
    found: dict[PersonId, None] = {}
    for last, first in sorted(splits):
        rows = await by_name(db, last, first, whole=False, after=Mark(), limit=NAMED_AT_MOST)
        found |= dict.fromkeys(each.person_id for each in rows)
    return list(found)


async def by_number(db: "Db", number: str) -> HolderRow | None:
    """`number` in digits only."""
    row = await db.fetchrow(_BY_NUMBER, number)
    return _holder(row) if row else None


async def by_id(db: "Db", person: PersonId) -> HolderRow | None:
    row = await db.fetchrow(_BY_ID, person)
    return _holder(row) if row else None


async def lives_of(db: "Db", people: Sequence[PersonId]) -> list[LifeRow]:
    return [_LIVES.validate_json(row["v"]) for row in await db.fetch(_LIVES_OF, list(people))]


def _holder(row: "asyncpg.Record") -> HolderRow:
    return HolderRow(
        row["person_id"],
        row["first_name"],
        row["last_name"],
        row["educator_number"],
        Mark(row["last_key"], row["first_key"], row["person_id"]),
    )
