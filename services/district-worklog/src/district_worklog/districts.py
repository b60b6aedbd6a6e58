"""The districts as the state lists them, with the sealed contacts of each."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import assert_never

from district_worklog.district import Contacts, DistrictFact
from lectern.contracts.district_worklog import (
    DistrictChanged,
    DistrictClosed,
    DistrictContactsChanged,
    DistrictListed,
    DistrictNoticesChosen,
)
from lectern.contracts.values import DistrictCode
from lectern.eventlog.views import View


@dataclass(frozen=True)
class DistrictRow:
    code: DistrictCode
    name: str
    county: str
    listed_at: datetime
    closed_on: date | None = None
    contacts: Contacts | None = None
    each_item: bool = True
    """Whether the contacts get an email for each new application, beside the daily one."""


def fold(row: DistrictRow | None, fact: DistrictFact) -> DistrictRow | None:
    match fact:
        case DistrictListed():
            return DistrictRow(fact.district, fact.name, fact.county, fact.listed_at)
        case DistrictChanged():
            return row and replace(row, name=fact.name, county=fact.county)
        case DistrictContactsChanged():
            return row and replace(row, contacts=fact.contacts)
        case DistrictNoticesChosen():
            return row and replace(row, each_item=fact.each_item)
        case DistrictClosed():
            return row and replace(row, closed_on=fact.closed_on)
        case _:
            assert_never(fact)


districts = View(
    name="districts",
    version=3,
    row=DistrictRow,
    key=lambda fact: fact.district,
    fold=fold,
    facts=(DistrictListed, DistrictChanged, DistrictContactsChanged, DistrictNoticesChosen, DistrictClosed),
    sql=Path(__file__).with_suffix(".sql"),
)
