"""A district has closed: what waits in its work log goes back to the educators, who name another district.

Up to the last moment its people may answer; whichever is recorded first counts. What DESE asked it goes back, too: it
is verified anew where the educator works now, and nobody waits for an answer that nobody will give.
"""

from datetime import datetime
from typing import assert_never

from pydantic import AwareDatetime

from district_worklog.case import Case, Ended, Undecided, Withdrawn, case
from district_worklog.case import Closed as Incomplete
from district_worklog.district import Closed, District, Listed, Unlisted, district
from district_worklog.verifications_due import DueRow, verifications_due
from district_worklog.work_item import Declined, PassedOn, Returned, Unopened, Verified, Waiting, WorkItem, work_item
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import DistrictDeclined
from lectern.contracts.values import ApplicationId, DeclineReason
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.streams import Command, Reacting


class DeclineForClosed(Command):
    """As it was when it fell due; meanwhile the district may have answered."""

    application_id: ApplicationId
    submission: int
    now: AwareDatetime


def decline_for_closed(
    item: WorkItem, decided: Case, place: District, command: DeclineForClosed
) -> list[DistrictDeclined]:
    match item:
        case Waiting(submission=command.submission):
            if not (_undecided(decided) and _has_closed(place, command.now)):
                return []
            return [
                DistrictDeclined(
                    application_id=command.application_id,
                    educator_id=item.educator_id,
                    submission=item.submission,
                    district=item.district,
                    reason=DeclineReason.DISTRICT_CLOSED,
                    note=None,
                    declined_by=None,
                    signature=None,
                    declined_at=command.now,
                )
            ]
        case Waiting() | Returned() | Verified() | Declined() | PassedOn() | Unopened():
            return []
        case _:
            assert_never(item)


def _undecided(decided: Case) -> bool:
    match decided:
        case Undecided():
            return True
        case Ended() | Withdrawn() | Incomplete():
            return False
        case _:
            assert_never(decided)


def _has_closed(place: District, now: datetime) -> bool:
    match place:
        case Closed(closed_on=closed_on):
            return closed_on <= chicago_day(now)
        case Listed() | Unlisted():
            return False
        case _:
            assert_never(place)


def _decline(row: DueRow, now: datetime) -> Reacting:
    command = DeclineForClosed(application_id=row.application_id, submission=row.submission, now=now)
    refs = (work_item(row.application_id), case(row.application_id), district(row.district))
    return Reacting(refs, decline_for_closed, command)


has_closed = Deadline(
    view=verifications_due,
    command=_decline,
    apart=lambda row: f":closed:{row.submission}:{row.asked}",
    due="waits and not ended and district in (select code from districts "
    "where closed_on <= ($1::timestamptz at time zone 'America/Chicago')::date)",
)
"""Whatever comes to a closed district later is due at once."""
