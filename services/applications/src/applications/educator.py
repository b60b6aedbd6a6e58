"""An educator: a person of the register who has an account here and says how to be reached."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from lectern.contracts.applications import EducatorLinked, EducatorRegistered, PersonalInformationChanged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import AccountId, ContactDetails, PersonId
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unregistered: ...


@dataclass(frozen=True)
class Registered:
    person_id: PersonId
    contact: Sealed[ContactDetails, Contact]
    account_id: AccountId | None = None
    revision: int = 1
    """How often the personal information was saved: what a form was made from."""


Educator: TypeAlias = Unregistered | Registered
EducatorsFact: TypeAlias = EducatorRegistered | EducatorLinked | PersonalInformationChanged


def evolve(educator: Educator, fact: EducatorsFact) -> Educator:
    match fact:
        case EducatorRegistered():
            return Registered(fact.educator_id, fact.contact)
        case EducatorLinked():
            return replace(educator, account_id=fact.account_id) if isinstance(educator, Registered) else educator
        case PersonalInformationChanged():
            if isinstance(educator, Registered):
                return replace(educator, contact=fact.contact, revision=educator.revision + 1)
            return educator
        case _:
            assert_never(fact)


educator = Noun[Educator](
    "educator", Unregistered(), evolve, facts=(EducatorRegistered, EducatorLinked, PersonalInformationChanged)
)
