"""The register's people as the state publishes them, in the clear: what the public looks up by name or Educator ID.

Apart from `people`: only the register's name is here, never what an educator calls themselves, and no way to reach
anybody. Like `people` it is a follower that holds keys, and erased people have no row after a rebuild.
"""

import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from lectern.contracts.matching import digits
from lectern.contracts.review import PersonRecorded
from lectern.contracts.values import PersonName
from lectern.eventlog.codec import Codec
from lectern.eventlog.followers import Follower, Kept, Rows
from lectern.eventlog.keys import Keys
from lectern.eventlog.signal import Signal

WORDS_AT_MOST = 6
"""A last name is looked up by each of its first words, so many at most."""
APOSTROPHES = "'`\N{RIGHT SINGLE QUOTATION MARK}\N{LEFT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}"
"""They part no words: O'Brien is one."""
_UPSERT = """
insert into holders (person_id, at, first_name, last_name, educator_number, number_key, last_key, first_key)
select * from unnest(
    $1::uuid[], $2::smallint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[]
)
on conflict (person_id, at) do update set
    first_name = excluded.first_name,
    last_name = excluded.last_name,
    educator_number = excluded.educator_number,
    number_key = excluded.number_key,
    last_key = excluded.last_key,
    first_key = excluded.first_key
"""
_NO_MORE = """
delete from holders using unnest($1::uuid[], $2::int[]) as told (person, words)
where holders.person_id = told.person and holders.at >= told.words
"""


def holders_table(policy: str) -> str:
    """SQL for the table; `policy` is the condition under which a reader sees its rows."""
    return f"""{Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")}
alter table holders enable row level security;
alter table holders force row level security;
create policy folds on holders to lectern_folder using (true) with check (true);
create policy tenant on holders for select to lectern_reader using ({policy});
grant select, insert, update, delete on holders to lectern_folder;
grant select on holders to lectern_reader;
"""


def name_key(name: str) -> str:
    """A name as it is looked up: O’Brien-Peña is `obrien pena`. Letters and digits, one space between words."""
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    kept = [each for each in letters if each not in APOSTROPHES and not unicodedata.combining(each)]
    return " ".join("".join(each if each.isalnum() else " " for each in kept).split())


def keys_of(last_name: str) -> list[str]:
    """From each word of a last name on: `de la cruz`, `la cruz`, `cruz`."""
    words = name_key(last_name).split()
    return [" ".join(words[at:]) for at in range(min(len(words), WORDS_AT_MOST))] or [""]


class Holders(Follower):
    """Opens names and Educator IDs of the register and keeps the rows of each person."""

    def __init__(self, dsn: str, codec: Codec, keys: Keys, signal: Signal) -> None:
        super().__init__(dsn, "holders", signal)
        self._codec = codec
        self._keys = keys

    async def follow(self, db: Any, rows: Rows, marks: Sequence[str]) -> Kept | None:
        del db, marks
        told = [fact for row in rows if isinstance(fact := self._codec.decode(row), PersonRecorded)]
        names = await self._keys.open_all([fact.name for fact in told], PersonName)
        numbers = await self._keys.open_all([fact.educator_number for fact in told], str)
        people = {
            fact.person_id: (name, number)
            for fact, name, number in zip(told, names, numbers, strict=True)
            if name is not None and number is not None
        }
        if not people:
            return None
        kept, of = Kept(), {person: _rows(person, *about) for person, about in people.items()}
        kept.add(
            _UPSERT, *(list(column) for column in zip(*(row for rows in of.values() for row in rows), strict=True))
        )
        kept.add(_NO_MORE, list(of), [len(rows) for rows in of.values()])
        return kept


def _rows(person: UUID, name: PersonName, number: str) -> list[tuple[object, ...]]:
    said = (name.first, name.last, number, digits(number))
    return [(person, at, *said, key, name_key(name.first)) for at, key in enumerate(keys_of(name.last))]
