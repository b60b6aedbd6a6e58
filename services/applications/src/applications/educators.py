"""What we hold about an educator: name and Educator ID from the register, contact details from the educator. Sealed."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import EducatorLinked, EducatorRegistered, PersonalInformationChanged
from lectern.contracts.review import BackgroundCheckCleared, PersonRecorded, TranscriptReceived
from lectern.contracts.sealed import Contact, Sealed, State
from lectern.contracts.values import ContactDetails, PersonId, PersonName
from lectern.eventlog.views import View

EducatorsFact: TypeAlias = (
    PersonRecorded
    | BackgroundCheckCleared
    | TranscriptReceived
    | EducatorRegistered
    | EducatorLinked
    | PersonalInformationChanged
)


@dataclass(frozen=True)
class Transcript:
    """An official transcript that reached DESE."""

    received_on: date
    college: Sealed[str, State]


@dataclass(frozen=True)
class EducatorRow:
    educator_id: PersonId
    name: Sealed[PersonName, Contact]
    """As the register has it."""
    educator_number: Sealed[str, Contact]
    birth_date: Sealed[date, State]
    contact: Sealed[ContactDetails, Contact] | None = None
    linked_at: datetime | None = None
    changed_at: datetime | None = None
    revision: int = 0
    """How often the contact details were saved."""
    clearances: tuple[Sealed[date, State], ...] = ()
    """The days of background clearances, in the order DESE had them."""
    transcripts: tuple[Transcript, ...] = ()


def fold(row: EducatorRow | None, fact: EducatorsFact) -> EducatorRow | None:
    match fact:
        case PersonRecorded():
            if row is None:
                return EducatorRow(fact.person_id, fact.name, fact.educator_number, fact.birth_date)
            return replace(row, name=fact.name, educator_number=fact.educator_number, birth_date=fact.birth_date)
        case BackgroundCheckCleared():
            return row and replace(row, clearances=(*row.clearances, fact.cleared_on))
        case TranscriptReceived():
            arrived = Transcript(fact.received_on, fact.college)
            return row and replace(row, transcripts=(*row.transcripts, arrived))
        case EducatorRegistered():
            return row and replace(row, contact=fact.contact, revision=1)
        case EducatorLinked():
            return row and replace(row, linked_at=fact.linked_at)
        case PersonalInformationChanged():
            return row and replace(row, contact=fact.contact, changed_at=fact.changed_at, revision=row.revision + 1)
        case _:
            assert_never(fact)


def key(fact: EducatorsFact) -> PersonId:
    if isinstance(fact, PersonRecorded | BackgroundCheckCleared | TranscriptReceived):
        return fact.person_id
    return fact.educator_id


educators = View(
    name="educators",
    version=2,
    row=EducatorRow,
    key=key,
    fold=fold,
    facts=(
        PersonRecorded,
        BackgroundCheckCleared,
        TranscriptReceived,
        EducatorRegistered,
        EducatorLinked,
        PersonalInformationChanged,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
