"""The districts an application can be sent to, for the chooser and for names on pages."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.district_worklog import DistrictChanged, DistrictClosed, DistrictContactsChanged, DistrictListed
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import DistrictCode, StaffContact
from lectern.eventlog.views import View


@dataclass(frozen=True)
class DistrictRow:
    code: DistrictCode
    name: str
    """In the state's spelling."""
    county: str
    words: str
    """Code, name and county in lower case, for the search."""
    closed_on: date | None = None
    contacts: Sealed[tuple[StaffContact, ...], Contact] | None = None
    """Who is told by email; None while the district named nobody."""


Told: TypeAlias = DistrictListed | DistrictChanged | DistrictContactsChanged | DistrictClosed


def fold(row: DistrictRow | None, fact: Told) -> DistrictRow | None:
    match fact:
        case DistrictListed():
            return _row(fact)
        case DistrictChanged():
            changed = _row(fact)
            return replace(changed, closed_on=row.closed_on, contacts=row.contacts) if row else changed
        case DistrictContactsChanged():
            return row and replace(row, contacts=fact.contacts)
        case DistrictClosed():
            return row and replace(row, closed_on=fact.closed_on)
        case _:
            assert_never(fact)


def _row(fact: DistrictListed | DistrictChanged) -> DistrictRow:
    words = f"{fact.district} {fact.district.replace('-', '')} {fact.name} {fact.county}".lower()
    return DistrictRow(fact.district, fact.name, fact.county, words)


districts = View(
    name="districts",
    version=3,
    row=DistrictRow,
    key=lambda fact: fact.district,
    fold=fold,
    facts=(DistrictListed, DistrictChanged, DistrictContactsChanged, DistrictClosed),
    sql=Path(__file__).with_suffix(".sql"),
)
