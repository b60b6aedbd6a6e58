"""A district has an application for too long: that is said once, so that its administrators are told.

It decides nothing. The application stands where it stood, and nobody is refused because of it.
"""

from datetime import datetime
from typing import assert_never

from pydantic import AwareDatetime

from district_worklog.case import Case, Closed, Ended, Undecided, Withdrawn, case
from district_worklog.verifications_due import DueRow, verifications_due
from district_worklog.work_item import Declined, PassedOn, Returned, Unopened, Verified, Waiting, WorkItem, work_item
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import VerificationOverdue
from lectern.contracts.values import ApplicationId, DistrictCode
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.streams import Command, Entry, Reacting
from lectern.rules.clocks import by_day, clock_parameters, elapsed


class SayOverdue(Command):
    """As it was when it fell due; meanwhile the district may have answered."""

    application_id: ApplicationId
    district: DistrictCode | None
    submission: int
    working_days: int
    now: AwareDatetime


def say_overdue(item: WorkItem, case: Case, command: SayOverdue) -> list[Entry]:
    match case:
        case Ended() | Withdrawn() | Closed():
            return []
        case Undecided():
            pass
        case _:
            assert_never(case)
    match item:
        case Waiting(district=command.district, submission=command.submission):
            fact = VerificationOverdue(
                application_id=command.application_id,
                educator_id=item.educator_id,
                submission=item.submission,
                district=item.district,
                working_days=command.working_days,
                overdue_at=command.now,
            )
            return [Entry(fact, claim=f"overdue:{command.application_id}:{item.district}")]
        case Waiting() | Returned() | Verified() | Declined() | PassedOn() | Unopened():
            return []
        case _:
            assert_never(item)


def _say(row: DueRow, now: datetime) -> Reacting:
    command = SayOverdue(
        application_id=row.application_id,
        district=row.district,
        submission=row.submission,
        working_days=elapsed(row.clock, chicago_day(now)),
        now=now,
    )
    return Reacting((work_item(row.application_id), case(row.application_id)), say_overdue, command)


def _by_day(row: DueRow, now: datetime) -> bool:
    return by_day(now, clock_parameters(row.rules))


too_long = Deadline(view=verifications_due, command=_say, when=_by_day)
