"""The register's persons, all particulars sealed. Found by a keyed fingerprint of the Educator ID, never by a name."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import EducatorRegistered, PersonalInformationChanged
from lectern.contracts.review import BackgroundCheckCleared, PersonRecorded
from lectern.contracts.sealed import Contact, Sealed, State
from lectern.contracts.values import ContactDetails, PersonId, PersonName
from lectern.eventlog.views import View
from review.person import PersonEntered


@dataclass(frozen=True)
class Told:
    """What an educator said from a moment on."""

    at: datetime
    contact: Sealed[ContactDetails, Contact]


@dataclass(frozen=True)
class PersonRow:
    person_id: PersonId
    number_token: str | None = None
    name: Sealed[PersonName, Contact] | None = None
    educator_number: Sealed[str, Contact] | None = None
    birth_date: Sealed[date, State] | None = None
    cleared_on: Sealed[date, State] | None = None
    contacts: tuple[Told, ...] = ()
    """As the educator said, in order; only of those who have an account."""

    @property
    def contact(self) -> Sealed[ContactDetails, Contact] | None:
        """As the educator says now."""
        return self.contacts[-1].contact if self.contacts else None


PeopleFact: TypeAlias = (
    PersonEntered | PersonRecorded | BackgroundCheckCleared | EducatorRegistered | PersonalInformationChanged
)


def key(fact: PeopleFact) -> PersonId:
    match fact:
        case PersonEntered() | PersonRecorded() | BackgroundCheckCleared():
            return fact.person_id
        case EducatorRegistered() | PersonalInformationChanged():
            return fact.educator_id
        case _:
            assert_never(fact)


def fold(row: PersonRow | None, fact: PeopleFact) -> PersonRow | None:
    known = row or PersonRow(key(fact))
    match fact:
        case PersonEntered():
            return replace(known, number_token=fact.number_token)
        case PersonRecorded():
            return replace(known, name=fact.name, educator_number=fact.educator_number, birth_date=fact.birth_date)
        case BackgroundCheckCleared():
            return replace(known, cleared_on=fact.cleared_on)
        case EducatorRegistered():
            return replace(known, contacts=(*known.contacts, Told(fact.registered_at, fact.contact)))
        case PersonalInformationChanged():
            return replace(known, contacts=(*known.contacts, Told(fact.changed_at, fact.contact)))
        case _:
            assert_never(fact)


register_people = View(
    name="register_people",
    version=2,
    row=PersonRow,
    key=key,
    fold=fold,
    facts=(PersonEntered, PersonRecorded, BackgroundCheckCleared, EducatorRegistered, PersonalInformationChanged),
    sql=Path(__file__).with_suffix(".sql"),
)
