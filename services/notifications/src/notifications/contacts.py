"""Who is told: educators, contacts of districts and of DESE. Addresses stay sealed until a mail is made."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from lectern.contracts.applications import EducatorRegistered, PersonalInformationChanged
from lectern.contracts.district_worklog import (
    DistrictChanged,
    DistrictContactsChanged,
    DistrictListed,
    DistrictNoticesChosen,
)
from lectern.contracts.review import StaffContactsChanged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ContactDetails, StaffContact
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unheard:
    """Nothing has arrived yet: wait for it."""


# ── an educator


@dataclass(frozen=True)
class Educator:
    contact: Sealed[ContactDetails, Contact]


def evolve_educator(_: Unheard | Educator, fact: EducatorRegistered | PersonalInformationChanged) -> Unheard | Educator:
    match fact:
        case EducatorRegistered() | PersonalInformationChanged():
            return Educator(fact.contact)
        case _:
            assert_never(fact)


educator: Noun[Unheard | Educator] = Noun(
    "educator",
    Unheard(),
    evolve_educator,
    facts=(EducatorRegistered, PersonalInformationChanged),
    source="applications",
)


# ── a district


@dataclass(frozen=True)
class District:
    """`contacts` is None while the district named nobody."""

    name: str
    contacts: Sealed[tuple[StaffContact, ...], Contact] | None = None
    each_item: bool = True
    """Whether they are told of each new application, beside the daily email."""


DistrictFact: TypeAlias = DistrictListed | DistrictChanged | DistrictContactsChanged | DistrictNoticesChosen


def evolve_district(state: Unheard | District, fact: DistrictFact) -> Unheard | District:
    match fact:
        case DistrictListed():
            return District(fact.name)
        case DistrictChanged():
            return state if isinstance(state, Unheard) else replace(state, name=fact.name)
        case DistrictNoticesChosen():
            return state if isinstance(state, Unheard) else replace(state, each_item=fact.each_item)
        case DistrictContactsChanged():
            return state if isinstance(state, Unheard) else replace(state, contacts=fact.contacts)
        case _:
            assert_never(fact)


district: Noun[Unheard | District] = Noun(
    "district",
    Unheard(),
    evolve_district,
    facts=(DistrictListed, DistrictChanged, DistrictContactsChanged, DistrictNoticesChosen),
    source="district-worklog",
)


# ── DESE


@dataclass(frozen=True)
class Staff:
    contacts: Sealed[tuple[StaffContact, ...], Contact]


def evolve_staff(_: Unheard | Staff, fact: StaffContactsChanged) -> Unheard | Staff:
    return Staff(fact.contacts)


staff: Noun[Unheard | Staff] = Noun("staff", Unheard(), evolve_staff, facts=(StaffContactsChanged,), source="review")
DESE = "dese"
"""The one stream of this kind."""
