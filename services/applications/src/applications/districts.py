"""The districts an application can be sent to, for the chooser and for names on pages."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import assert_never

from lectern.contracts.district_worklog import DistrictChanged, DistrictClosed, DistrictListed
from lectern.contracts.values import DistrictCode
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


def fold(row: DistrictRow | None, fact: DistrictListed | DistrictChanged | DistrictClosed) -> DistrictRow | None:
    match fact:
        case DistrictListed():
            return _row(fact)
        case DistrictChanged():
            return replace(_row(fact), closed_on=row.closed_on if row else None)
        case DistrictClosed():
            return row and replace(row, closed_on=fact.closed_on)
        case _:
            assert_never(fact)


def _row(fact: DistrictListed | DistrictChanged) -> DistrictRow:
    words = f"{fact.district} {fact.district.replace('-', '')} {fact.name} {fact.county}".lower()
    return DistrictRow(fact.district, fact.name, fact.county, words)


districts = View(
    name="districts",
    version=1,
    row=DistrictRow,
    key=lambda fact: fact.district,
    fold=fold,
    facts=(DistrictListed, DistrictChanged, DistrictClosed),
    sql=Path(__file__).with_suffix(".sql"),
)
