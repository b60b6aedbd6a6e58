"""The educators whose applications districts see: name and Educator ID, sealed. Folds never open them."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import EducatorRegistered, PersonalInformationChanged
from lectern.contracts.review import PersonRecorded
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ContactDetails, PersonId, PersonName
from lectern.eventlog.views import View


@dataclass(frozen=True)
class EducatorRow:
    person_id: PersonId
    contact: Sealed[ContactDetails, Contact] | None = None
    """As the educator says."""
    name: Sealed[PersonName, Contact] | None = None
    """As the register says."""
    educator_number: Sealed[str, Contact] | None = None


EducatorFact: TypeAlias = EducatorRegistered | PersonalInformationChanged | PersonRecorded


def key(fact: EducatorFact) -> PersonId:
    return fact.person_id if isinstance(fact, PersonRecorded) else fact.educator_id


def fold(row: EducatorRow | None, fact: EducatorFact) -> EducatorRow:
    known = row or EducatorRow(key(fact))
    match fact:
        case EducatorRegistered() | PersonalInformationChanged():
            return replace(known, contact=fact.contact)
        case PersonRecorded():
            return replace(known, name=fact.name, educator_number=fact.educator_number)
        case _:
            assert_never(fact)


educators = View(
    name="educators",
    version=2,
    row=EducatorRow,
    key=key,
    fold=fold,
    facts=(EducatorRegistered, PersonalInformationChanged, PersonRecorded),
    sql=Path(__file__).with_suffix(".sql"),
)
