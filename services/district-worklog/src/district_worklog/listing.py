"""The state's list of districts, taken over row by row; the same row again changes nothing."""

from datetime import date
from typing import Annotated, assert_never

from pydantic import AwareDatetime, StringConstraints

from district_worklog.district import Closed, District, DistrictFact, Listed, Unlisted
from lectern.contracts.district_worklog import DistrictChanged, DistrictClosed, DistrictListed
from lectern.contracts.values import DistrictCode
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command

Name = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200)]


class ListDistrict(Command):
    """A row of the state's list. The name is kept in the state's spelling."""

    district: DistrictCode
    name: Name
    county: Name
    now: AwareDatetime


class CloseDistrict(Command):
    """The district verifies nothing from this Chicago day on; what waits there then goes back to the educators."""

    district: DistrictCode
    closed_on: date
    now: AwareDatetime


def list_district(state: District, command: ListDistrict) -> list[DistrictFact]:
    match state:
        case Unlisted():
            return [
                DistrictListed(
                    district=command.district, name=command.name, county=command.county, listed_at=command.now
                )
            ]
        case Listed(name=command.name, county=command.county):
            return []
        case Listed():
            return [
                DistrictChanged(
                    district=command.district, name=command.name, county=command.county, changed_at=command.now
                )
            ]
        case Closed(closed_on=closed_on):
            raise Refused(f"This district is closed from {closed_on.isoformat()} on. Leave the row out.", field="code")
        case _:
            assert_never(state)


def close_district(state: District, command: CloseDistrict) -> list[DistrictFact]:
    match state:
        case Listed():
            return [
                DistrictClosed(district=command.district, closed_on=command.closed_on, closed_at=command.now),
            ]
        case Closed(closed_on=command.closed_on):
            return []
        case Closed(closed_on=closed_on):
            raise Refused(f"This district is already closed, from {closed_on.isoformat()} on.", field="closed_on")
        case Unlisted():
            raise NotFound(command.district)
        case _:
            assert_never(state)
