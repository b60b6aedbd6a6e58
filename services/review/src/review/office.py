"""What all edges of this service stand on: who asks, where things are read, and names in the clear."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Annotated
from uuid import UUID

from fastapi import Depends

from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, ContactDetails, PersonId, PersonName, StaffContact
from lectern.eventlog.errors import NotFound
from lectern.runtime.running import Running
from lectern.web import Principal, Role, Updating, signed_in
from review import queries
from review.desk import Desk
from review.look_up_queries import ROLE, people_named
from review.messages import FORMER, NAME_ERASED, NOBODY
from review.officer import TITLES, Officer
from review.queries import CaseRows
from review.register_people import PersonRow
from review.staff_list import StaffRow

SignedIn = Annotated[Principal, Depends(signed_in(*TITLES))]
SIGNED_IN = Depends(signed_in(*TITLES))
"""For routes that need somebody signed in, and not who."""
SignedInSupervisor = Annotated[Principal, Depends(signed_in(Role.SUPERVISOR))]


def _officer(principal: SignedIn) -> Officer:
    return Officer.of(principal)


def _supervisor(principal: SignedInSupervisor) -> Officer:
    return Officer.of(principal)


SignedInOfficer = Annotated[Officer, Depends(_officer)]
Supervisor = Annotated[Officer, Depends(_supervisor)]


@dataclass(frozen=True)
class Called:
    """The name of an educator from a moment on."""

    at: datetime
    name: PersonName


@dataclass(frozen=True)
class Particulars:
    """A person of the register in the clear; what was erased or never told is empty."""

    name: str
    first: str
    number: str
    birth_date: date | None
    cleared_on: date | None
    """The last background clearance."""
    transcripts: tuple[tuple[date, str], ...] = ()
    """The day each official transcript came in, and the college."""
    email: str = ""
    phone: str = ""
    registered: str = ""
    """As the register has the name."""
    called: tuple[Called, ...] = ()
    """Under which names the educator went, in order; without an account none."""

    @property
    def differs(self) -> bool:
        """Whether the register has another name than the educator uses."""
        return bool(self.registered) and self.registered != self.name

    def at(self, moment: datetime | None) -> "Particulars":
        """As the name was then; what was decided under a name keeps it."""
        then = [each.name for each in self.called if moment is not None and each.at <= moment]
        return replace(self, name=str(then[-1]), first=then[-1].first) if then else self


@dataclass(frozen=True)
class Colleagues:
    """Names behind the ids of DESE's people, as one of them sees them."""

    me: Officer
    names: Mapping[UUID, str]

    def name(self, id_: UUID | None) -> str:
        """In tables: the full name."""
        if id_ is None:
            return NOBODY
        return self.me.name if id_ == self.me.id else self.names.get(id_, FORMER)

    def called(self, id_: UUID | None) -> str:
        """In sentences: you, or the full name."""
        return "you" if id_ == self.me.id else self.name(id_)


@dataclass(frozen=True)
class Office:
    running: Running
    desk: Desk

    def today(self) -> date:
        return chicago_day(self.running.now())

    async def case(self, officer: Officer, application_id: ApplicationId) -> CaseRows:
        """Raises NotFound; Updating while the views lag."""
        async with self.running.read(role=officer.role) as db:
            rows = await queries.case_rows(db, application_id)
        if rows is None:
            raise self.absent()
        return rows

    def absent(self) -> Exception:
        """A row that is not there proves nothing while the views are behind; then everybody is asked to wait."""
        return Updating() if self.running.freshness.behind() else NotFound()

    async def colleagues(self, officer: Officer, staff: StaffRow | None) -> Colleagues:
        contacts = await self.running.keys.open(staff.contacts, tuple[StaffContact, ...]) if staff else None
        return Colleagues(officer, {each.officer_id: each.name for each in contacts or ()})

    async def named(self, text: str | None) -> list[PersonId]:
        """Whom the register has under this name, whatever they call themselves."""
        async with self.running.read(role=ROLE) as db:
            return await people_named(db, text) if text else []

    async def particulars(self, person: PersonRow | None) -> Particulars:
        """The name as the educator says it, else as the register has it."""
        if person is None:
            return Particulars(NAME_ERASED, "the educator", "", None, None)
        keys = self.running.keys
        name = await keys.open(person.name, PersonName)
        contacts = await keys.open_all([each.contact for each in person.contacts], ContactDetails)
        contact = contacts[-1] if contacts else None
        number = await keys.open(person.educator_number, str)
        birth_date = await keys.open(person.birth_date, date)
        cleared = await keys.open_all([each.cleared_on for each in person.clearances], date)
        colleges = await keys.open_all([each.college for each in person.transcripts], str)
        called = contact.name if contact else name
        return Particulars(
            str(called) if called else NAME_ERASED,
            called.first if called else "the educator",
            number or "",
            birth_date,
            max((each for each in cleared if each is not None), default=None),
            transcripts=tuple(
                (each.received_on, college or "Erased")
                for each, college in zip(person.transcripts, colleges, strict=True)
            ),
            email=contact.email if contact else "",
            phone=(contact.phone or "") if contact else "",
            registered=str(name) if name else "",
            called=tuple(
                Called(each.at, said.name) for each, said in zip(person.contacts, contacts, strict=True) if said
            ),
        )
