"""A school district or charter, as the state lists it, and who answers there for certification."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from lectern.contracts.district_worklog import (
    DistrictChanged,
    DistrictClosed,
    DistrictContactsChanged,
    DistrictListed,
    DistrictNoticesChosen,
)
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import StaffContact
from lectern.eventlog.streams import Noun

Contacts: TypeAlias = Sealed[tuple[StaffContact, ...], Contact]


@dataclass(frozen=True)
class Unlisted:
    """The state does not list it, or not yet."""


@dataclass(frozen=True)
class Listed:
    name: str
    county: str
    contacts: Contacts | None = None
    each_item: bool = True
    """Whether the contacts get an email for each new application, beside the daily one."""


@dataclass(frozen=True)
class Closed:
    """It verifies nothing from this Chicago day on; what waits there then goes back to the educators."""

    name: str
    county: str
    closed_on: date
    contacts: Contacts | None = None


District: TypeAlias = Unlisted | Listed | Closed
DistrictFact: TypeAlias = (
    DistrictListed | DistrictChanged | DistrictContactsChanged | DistrictNoticesChosen | DistrictClosed
)


def evolve(state: District, fact: DistrictFact) -> District:
    match fact:
        case DistrictListed():
            return Listed(fact.name, fact.county)
        case DistrictChanged():
            return state if isinstance(state, Unlisted) else replace(state, name=fact.name, county=fact.county)
        case DistrictContactsChanged():
            return state if isinstance(state, Unlisted) else replace(state, contacts=fact.contacts)
        case DistrictNoticesChosen():
            return replace(state, each_item=fact.each_item) if isinstance(state, Listed) else state
        case DistrictClosed():
            return _closed(state, fact)
        case _:
            assert_never(fact)


def _closed(state: District, fact: DistrictClosed) -> District:
    match state:
        case Listed():
            return Closed(state.name, state.county, fact.closed_on, state.contacts)
        case Unlisted() | Closed():
            return state
        case _:
            assert_never(state)


district: Noun[District] = Noun(
    "district",
    Unlisted(),
    evolve,
    facts=(DistrictListed, DistrictChanged, DistrictContactsChanged, DistrictNoticesChosen, DistrictClosed),
)
