"""Applications a district has, and when that has been for too long. A deadline; see being_late."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationOverdue,
    VerificationReassigned,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    ReconsiderationOpened,
)
from lectern.contracts.values import ApplicationId, DistrictCode, PersonId
from lectern.eventlog.views import View
from lectern.rules.clocks import Clock, clock_parameters, reached_on, started, stopped
from lectern.rules.working_days import at_hour


@dataclass(frozen=True)
class DueRow:
    application_id: ApplicationId
    educator_id: PersonId
    rules: str
    district: DistrictCode | None = None
    submission: int = 0
    clock: Clock = ()
    waits: bool = False
    """Whether the district is to answer."""
    asked: int = 0
    """How often it was, over all districts and handings-in."""
    told: bool = False
    """Whether this district was told already: that happens once."""
    ended: bool = False
    due_at: datetime | None = None


DueFact: TypeAlias = (
    ApplicationSubmitted
    | VerificationRequested
    | VerificationReopened
    | DistrictReturned
    | DistrictDeclined
    | VerificationReassigned
    | DistrictVerified
    | VerificationOverdue
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened
)


def fold(row: DueRow | None, fact: DueFact) -> DueRow | None:
    if isinstance(fact, ApplicationSubmitted):
        return DueRow(fact.application_id, fact.educator_id, fact.rules)
    return row and _due(_after(row, fact))


def _due(row: DueRow) -> DueRow:
    parameters = clock_parameters(row.rules)
    day = None if row.told or row.ended else reached_on(row.clock, parameters.district_overdue_days)
    return replace(row, due_at=None if day is None else at_hour(day, parameters.morning_hour))


def _after(
    row: DueRow,
    fact: VerificationRequested
    | VerificationReopened
    | DistrictReturned
    | DistrictDeclined
    | VerificationReassigned
    | DistrictVerified
    | VerificationOverdue
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened,
) -> DueRow:
    match fact:
        case VerificationRequested():
            return _requested(row, fact)
        case VerificationReopened():
            return _goes_on(row, fact)
        case DistrictReturned():
            return _answered(row, fact.submission, fact.returned_at)
        case DistrictDeclined():
            return _answered(row, fact.submission, fact.declined_at)
        case VerificationReassigned():
            return _answered(row, fact.submission, fact.reassigned_at)
        case DistrictVerified():
            return _answered(row, fact.submission, fact.verified_at)
        case VerificationOverdue():
            return replace(row, told=True) if fact.district == row.district else row
        case ApplicationApproved() | ApplicationDenied() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return replace(row, ended=True)
        case ReconsiderationOpened():
            return replace(row, ended=False)
        case _:
            assert_never(fact)


def _requested(row: DueRow, fact: VerificationRequested) -> DueRow:
    if fact.submission <= row.submission:
        return row
    if fact.district != row.district:  # what one district took is nothing to the next
        row = replace(row, district=fact.district, clock=(), told=False)
    return _waits(replace(row, submission=fact.submission), fact.requested_at)


def _goes_on(row: DueRow, fact: VerificationReopened) -> DueRow:
    """DESE asks it something about what it has sent."""
    if fact.submission != row.submission:
        return row
    return _waits(row, fact.reopened_at)


def _waits(row: DueRow, since: datetime) -> DueRow:
    return replace(row, clock=started(row.clock, chicago_day(since)), waits=True, asked=row.asked + 1)


def _answered(row: DueRow, submission: int, at: datetime) -> DueRow:
    if submission != row.submission:
        return row
    return replace(row, clock=stopped(row.clock, chicago_day(at)), waits=False)


verifications_due = View(
    name="verifications_due",
    version=7,
    row=DueRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        VerificationRequested,
        VerificationReopened,
        DistrictReturned,
        DistrictDeclined,
        VerificationReassigned,
        DistrictVerified,
        VerificationOverdue,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        ReconsiderationOpened,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
