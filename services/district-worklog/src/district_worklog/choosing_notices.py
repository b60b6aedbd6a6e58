"""A district chooses how its contacts hear of new applications: an email for each, or the daily one alone."""

from typing import assert_never

from pydantic import AwareDatetime

from district_worklog.district import Closed, District, Listed, Unlisted
from lectern.contracts.district_worklog import DistrictNoticesChosen
from lectern.contracts.values import DistrictCode, OfficerId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command


class ChooseNotices(Command):
    district: DistrictCode
    each_item: bool
    officer: OfficerId
    now: AwareDatetime


def choose_notices(state: District, command: ChooseNotices) -> list[DistrictNoticesChosen]:
    match state:
        case Unlisted():
            raise NotFound(command.district)
        case Closed():
            raise Refused("Your district is closed and gets no new applications.")
        case Listed(each_item=command.each_item):
            return []
        case Listed():
            return [
                DistrictNoticesChosen(
                    district=command.district,
                    each_item=command.each_item,
                    chosen_by=command.officer,
                    chosen_at=command.now,
                )
            ]
        case _:
            assert_never(state)
