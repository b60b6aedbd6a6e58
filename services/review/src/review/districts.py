"""The districts' names, as the state lists them, for pages and filters."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.district_worklog import DistrictChanged, DistrictListed
from lectern.contracts.values import DistrictCode
from lectern.eventlog.views import View


@dataclass(frozen=True)
class DistrictRow:
    code: DistrictCode
    name: str
    county: str


DistrictsFact: TypeAlias = DistrictListed | DistrictChanged


def fold(row: DistrictRow | None, fact: DistrictsFact) -> DistrictRow | None:
    match fact:
        case DistrictListed():
            return DistrictRow(fact.district, fact.name, fact.county)
        case DistrictChanged():
            return row and replace(row, name=fact.name, county=fact.county)
        case _:
            assert_never(fact)


districts = View(
    name="districts",
    version=1,
    row=DistrictRow,
    key=lambda fact: fact.district,
    fold=fold,
    facts=(DistrictListed, DistrictChanged),
    sql=Path(__file__).with_suffix(".sql"),
)
