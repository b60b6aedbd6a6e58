"""The register's persons, all particulars sealed. Found by a keyed fingerprint of the Educator ID, never by a name."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import EducatorRegistered, PersonalInformationChanged
from lectern.contracts.review import BackgroundCheckCleared, PersonRecorded, TranscriptReceived
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
class Transcript:
    """An official transcript that reached DESE."""

    college: Sealed[str, State]
    received_on: date
    at: datetime


@dataclass(frozen=True)
class Clearance:
    cleared_on: Sealed[date, State]
    at: datetime
    """When it was recorded."""


@dataclass(frozen=True)
class PersonRow:
    person_id: PersonId
    number_token: str | None = None
    name: Sealed[PersonName, Contact] | None = None
    educator_number: Sealed[str, Contact] | None = None
    birth_date: Sealed[date, State] | None = None
    clearances: tuple[Clearance, ...] = ()
    """In the order they came in."""
    transcripts: tuple[Transcript, ...] = ()
    contacts: tuple[Told, ...] = ()
    """As the educator said, in order; only of those who have an account."""

    @property
    def contact(self) -> Sealed[ContactDetails, Contact] | None:
        """As the educator says now."""
        return self.contacts[-1].contact if self.contacts else None


PeopleFact: TypeAlias = (
    PersonEntered
    | PersonRecorded
    | BackgroundCheckCleared
    | TranscriptReceived
    | EducatorRegistered
    | PersonalInformationChanged
)


def key(fact: PeopleFact) -> PersonId:
    match fact:
        case PersonEntered() | PersonRecorded() | BackgroundCheckCleared() | TranscriptReceived():
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
            return replace(known, clearances=(*known.clearances, Clearance(fact.cleared_on, fact.recorded_at)))
        case TranscriptReceived():
            arrived = Transcript(fact.college, fact.received_on, fact.recorded_at)
            return replace(known, transcripts=(*known.transcripts, arrived))
        case EducatorRegistered():
            return replace(known, contacts=(*known.contacts, Told(fact.registered_at, fact.contact)))
        case PersonalInformationChanged():
            return replace(known, contacts=(*known.contacts, Told(fact.changed_at, fact.contact)))
        case _:
            assert_never(fact)


register_people = View(
    name="register_people",
    version=3,
    row=PersonRow,
    key=key,
    fold=fold,
    facts=(
        PersonEntered,
        PersonRecorded,
        BackgroundCheckCleared,
        TranscriptReceived,
        EducatorRegistered,
        PersonalInformationChanged,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
