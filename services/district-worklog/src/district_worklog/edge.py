"""What all edges of this service stand on: who asks, where things are read, and people's names in the clear."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Annotated

from fastapi import Depends

from district_worklog import work_log_queries as queries
from district_worklog.case_page import CasePageRow
from district_worklog.desk import Desk
from district_worklog.districts import DistrictRow
from district_worklog.educators import EducatorRow
from district_worklog.left_items import LeftRow
from district_worklog.officer import TITLES, Officer
from district_worklog.work_log_queries import Line
from lectern.contracts.values import ApplicationId, ContactDetails, PersonName, Signature
from lectern.eventlog.errors import NotFound
from lectern.runtime.running import Running
from lectern.web import Principal, Updating, signed_in

SignedIn = Annotated[Principal, Depends(signed_in(*TITLES))]


def _officer(principal: SignedIn) -> Officer:
    return Officer.of(principal)


SignedInOfficer = Annotated[Officer, Depends(_officer)]

ERASED = "Name erased"


@dataclass(frozen=True)
class Person:
    """An educator as a page names them."""

    name: str
    first: str
    number: str
    """The state's Educator ID; empty where the register has not said it."""
    email: str = ""
    phone: str = ""
    """As the educator says; empty where nothing was said."""
    registered: str = ""
    """As the register has the name."""

    @property
    def differs(self) -> bool:
        """Whether the register has another name than the educator uses."""
        return bool(self.registered) and self.registered != self.name


@dataclass(frozen=True)
class Found:
    """One application of this district, and what belongs to it."""

    line: Line
    page: CasePageRow
    person: Person


@dataclass(frozen=True)
class Edge:
    running: Running
    desk: Desk
    places: dict[str, str] = field(default_factory=dict)
    """Names of districts by code, as pages found them: the brand bar is drawn without a database."""

    async def found(self, officer: Officer, application_id: ApplicationId) -> Found:
        """Raises NotFound for what is absent and for what is another district's, alike; Updating while views lag."""
        async with self.running.read(district=officer.district) as db:
            there = await queries.one(db, officer.district, application_id)
        if there is None:
            raise self.absent()
        line, page = there
        (person,) = await self.people([line.educator])
        return Found(line, page, person)

    async def left(self, officer: Officer, application_id: ApplicationId) -> tuple[LeftRow, Person]:
        """An application that this district had, and that names another one now. Raises NotFound or Updating."""
        async with self.running.read(district=officer.district) as db:
            there = await queries.left(db, officer.district, application_id)
        if there is None:
            raise self.absent()
        row, educator = there
        (person,) = await self.people([educator])
        return row, person

    async def next_to_verify(self, officer: Officer, sort: str) -> tuple[ApplicationId, Person] | None:
        """The application of this district that is to be worked on next, in the order of the work log."""
        async with self.running.read(district=officer.district) as db:
            line = await queries.next_to_verify(db, officer.district, sort)
        if line is None:
            return None
        (person,) = await self.people([line.educator])
        return line.row.application_id, person

    def absent(self) -> Exception:
        """A row that is not there proves nothing while the views are behind; then everybody is asked to wait."""
        return Updating() if self.running.freshness.behind() else NotFound()

    async def place(self, officer: Officer) -> DistrictRow:
        async with self.running.read(district=officer.district) as db:
            row = await queries.district_row(db, officer.district)
        if row is None:
            raise self.absent()
        self.places[row.code] = row.name
        return row

    async def people(self, educators: Sequence[EducatorRow | None]) -> list[Person]:
        """Names and numbers in the clear: as the educator says, else as the register says."""
        keys = self.running.keys
        contacts = await keys.open_all([each.contact if each else None for each in educators], ContactDetails)
        names = await keys.open_all([each.name if each else None for each in educators], PersonName)
        numbers = await keys.open_all([each.educator_number if each else None for each in educators], str)
        return [_person(contact, name, number) for contact, name, number in zip(contacts, names, numbers, strict=True)]

    async def signatures(self, sealed: Sequence[object]) -> list[Signature | None]:
        return await self.running.keys.open_all(sealed, Signature)  # type: ignore[arg-type]


def _person(contact: ContactDetails | None, registered: PersonName | None, number: str | None) -> Person:
    name = contact.name if contact else registered
    email, phone = (contact.email, contact.phone or "") if contact else ("", "")
    if name is None:
        return Person(ERASED, "the educator", number or "", email, phone)
    return Person(str(name), name.first, number or "", email, phone, str(registered) if registered else "")
