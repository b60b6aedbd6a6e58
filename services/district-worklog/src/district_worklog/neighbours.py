"""The districts an application can be passed on to: the state's list, as every district may read it."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.district_worklog import DistrictChanged, DistrictClosed, DistrictListed
from lectern.contracts.values import DistrictCode
from lectern.eventlog.views import View


@dataclass(frozen=True)
class NeighbourRow:
    code: DistrictCode
    name: str
    """In the state's spelling."""
    county: str
    words: str
    """Code, name and county in lower case, for the search."""
    closed_on: date | None = None


ListFact: TypeAlias = DistrictListed | DistrictChanged | DistrictClosed


def fold(row: NeighbourRow | None, fact: ListFact) -> NeighbourRow | None:
    match fact:
        case DistrictListed():
            return _row(fact)
        case DistrictChanged():
            return row and replace(_row(fact), closed_on=row.closed_on)
        case DistrictClosed():
            return row and replace(row, closed_on=fact.closed_on)
        case _:
            assert_never(fact)


def _row(fact: DistrictListed | DistrictChanged) -> NeighbourRow:
    words = f"{fact.district} {fact.district.replace('-', '')} {fact.name} {fact.county}".lower()
    return NeighbourRow(fact.district, fact.name, fact.county, words)


neighbours = View(
    name="neighbours",
    version=1,
    row=NeighbourRow,
    key=lambda fact: fact.district,
    fold=fold,
    facts=(DistrictListed, DistrictChanged, DistrictClosed),
    sql=Path(__file__).with_suffix(".sql"),
)
