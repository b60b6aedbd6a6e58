"""The people of a service's cases, in the clear: the one follower that holds keys, for search and order by name.

A row shows only where the tenant has a row about the person in a view of its own; the service gives that condition.
Erased people have no row after a rebuild, and none is made from values that can no longer be opened.
"""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from lectern.contracts.applications import EducatorRegistered, PersonalInformationChanged
from lectern.contracts.facts import Fact
from lectern.contracts.review import PersonRecorded
from lectern.contracts.values import ContactDetails, PersonName
from lectern.eventlog.codec import Codec
from lectern.eventlog.followers import Follower, Kept, Rows
from lectern.eventlog.keys import Keys
from lectern.eventlog.signal import Signal

_UPSERT = """
insert into people (person_id, first_name, last_name, email, phone, educator_number)
select * from unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[])
on conflict (person_id) do update set
    first_name = coalesce(excluded.first_name, people.first_name),
    last_name = coalesce(excluded.last_name, people.last_name),
    email = coalesce(excluded.email, people.email),
    phone = coalesce(excluded.phone, people.phone),
    educator_number = coalesce(excluded.educator_number, people.educator_number)
"""


def people_table(policy: str) -> str:
    """SQL for the table; `policy` is the condition under which a reader sees a row of `people`."""
    return f"""{Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")}
alter table people enable row level security;
alter table people force row level security;
create policy folds on people to lectern_folder using (true) with check (true);
create policy tenant on people for select to lectern_reader using ({policy});
grant select, insert, update on people to lectern_folder;
grant select on people to lectern_reader;
"""


def people_seen(policy: str) -> str:
    """SQL for the policy again: it asks tables of views, and goes with them where a later version takes their place."""
    # sql: our own text
    return f"""drop policy if exists tenant on people;
create policy tenant on people for select to lectern_reader using ({policy});
"""


@dataclass(frozen=True)
class PersonRow:
    """What a fact says of a person; None where it says nothing."""

    person_id: UUID
    first_name: str | None = None
    last_name: str | None = None
    email: str | None = None
    phone: str | None = None
    educator_number: str | None = None


class People(Follower):
    """Opens what is sealed for `contact` and keeps one row for each person."""

    def __init__(self, dsn: str, codec: Codec, keys: Keys, signal: Signal) -> None:
        super().__init__(dsn, "people", signal)
        self._codec = codec
        self._keys = keys

    async def follow(self, db: Any, rows: Rows, marks: Sequence[str]) -> Kept | None:
        del db, marks
        people: dict[UUID, PersonRow] = {}
        for told in await self._told([fact for row in rows if (fact := self._codec.decode(row)) is not None]):
            people[told.person_id] = _merged(people.get(told.person_id), told)
        if not people:
            return None
        kept = Kept()
        columns = zip(*(astuple(row) for row in people.values()), strict=True)
        kept.add(_UPSERT, *(list(column) for column in columns))
        return kept

    async def _told(self, facts: Sequence[Fact]) -> list[PersonRow]:
        """What the facts say of people, in their order."""
        recorded = [fact for fact in facts if isinstance(fact, PersonRecorded)]
        names = await self._keys.open_all([fact.name for fact in recorded], PersonName)
        numbers = await self._keys.open_all([fact.educator_number for fact in recorded], str)
        changed = [fact for fact in facts if isinstance(fact, EducatorRegistered | PersonalInformationChanged)]
        contacts = await self._keys.open_all([fact.contact for fact in changed], ContactDetails)
        rows = {
            id(fact): PersonRow(fact.person_id, name.first, name.last, educator_number=number)
            for fact, name, number in zip(recorded, names, numbers, strict=True)
            if name is not None
        } | {
            id(fact): PersonRow(fact.educator_id, contact.name.first, contact.name.last, contact.email, contact.phone)
            for fact, contact in zip(changed, contacts, strict=True)
            if contact is not None
        }
        return [rows[id(fact)] for fact in facts if id(fact) in rows]


def _merged(before: PersonRow | None, told: PersonRow) -> PersonRow:
    """What is said later counts, where something is said."""
    if before is None:
        return told
    return PersonRow(*(b if a is None else a for a, b in zip(astuple(told), astuple(before), strict=True)))
