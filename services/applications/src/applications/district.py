"""A district, as heard: whether an application may be sent to it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from lectern.contracts.district_worklog import DistrictChanged, DistrictClosed, DistrictListed
from lectern.contracts.values import DistrictCode
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unlisted: ...


@dataclass(frozen=True)
class Listed:
    code: DistrictCode
    name: str


@dataclass(frozen=True)
class Closed:
    code: DistrictCode
    name: str
    closed_on: date


District: TypeAlias = Unlisted | Listed | Closed
DistrictsFact: TypeAlias = DistrictListed | DistrictChanged | DistrictClosed


def evolve(district: District, fact: DistrictsFact) -> District:
    match fact:
        case DistrictListed():
            return Listed(fact.district, fact.name)
        case DistrictChanged():
            match district:
                case Closed():
                    return Closed(district.code, fact.name, district.closed_on)
                case Listed() | Unlisted():
                    return Listed(fact.district, fact.name)
                case _:
                    assert_never(district)
        case DistrictClosed():
            name = "" if isinstance(district, Unlisted) else district.name
            return Closed(fact.district, name, fact.closed_on)
        case _:
            assert_never(fact)


def may_verify(district: District, on: date) -> bool:
    """Listed, and not closed on that Chicago day."""
    match district:
        case Listed():
            return True
        case Closed():
            return on < district.closed_on
        case Unlisted():
            return False
        case _:
            assert_never(district)


district = Noun[District](
    "district", Unlisted(), evolve, facts=(DistrictListed, DistrictChanged, DistrictClosed), source="district-worklog"
)
