"""Until when an educator answers what was asked: a deadline. After it the application is closed as incomplete."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
)
from lectern.contracts.days import chicago_day, end_of
from lectern.contracts.district_worklog import DistrictDeclined, DistrictReturned
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    InformationRequested,
    ReconsiderationOpened,
)
from lectern.contracts.values import ApplicationId, Party
from lectern.eventlog.views import View
from lectern.rules.clocks import clock_parameters


@dataclass(frozen=True)
class AnswerDue:
    application_id: ApplicationId
    rules: str
    """Those it was submitted under: they say how long an educator has."""
    submission: int
    asked_at: datetime | None = None
    due_at: datetime | None = None
    """The end of the last Chicago day; None while nothing is owed."""
    ended: bool = False
    """Denied: nothing is owed, unless it is looked at again."""


AnswerFact: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | EmployerChanged
    | InformationSupplied
    | DistrictReturned
    | DistrictDeclined
    | InformationRequested
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationWithdrawn
    | ApplicationClosedIncomplete
    | ReconsiderationOpened
)


_EITHER_WAY = (
    ApplicationApproved,
    ApplicationDenied,
    ApplicationWithdrawn,
    ApplicationClosedIncomplete,
    ReconsiderationOpened,
)
"""What DESE ends or opens, it does to the whole application, also while another handing-in is on its way there."""


def fold(row: AnswerDue | None, fact: AnswerFact) -> AnswerDue | None:  # noqa: C901 - one line for each fact
    if isinstance(fact, ApplicationSubmitted):
        return AnswerDue(fact.application_id, fact.rules, fact.submission)
    if row is None or (fact.submission < row.submission and not isinstance(fact, _EITHER_WAY)):
        return row
    match fact:
        case ApplicationCorrected() | EmployerChanged():
            return replace(_settled(row), submission=fact.submission)
        case DistrictReturned():
            return _asked(row, fact.returned_at)
        case DistrictDeclined():
            return _asked(row, fact.declined_at)
        case InformationRequested():
            return _asked(row, fact.requested_at) if fact.party is Party.EDUCATOR else row
        case InformationSupplied():
            return _settled(row)
        case ApplicationDenied():
            return replace(_settled(row), ended=True)
        case ReconsiderationOpened():
            return replace(row, ended=False)
        case ApplicationApproved() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return None
        case _:
            assert_never(fact)


def _asked(row: AnswerDue, at: datetime) -> AnswerDue:
    if row.ended:
        return row
    days = clock_parameters(row.rules).closing_days
    return replace(row, asked_at=at, due_at=end_of(chicago_day(at) + timedelta(days=days)))


def _settled(row: AnswerDue) -> AnswerDue:
    return replace(row, asked_at=None, due_at=None)


answers_due = View(
    name="answers_due",
    version=2,
    row=AnswerDue,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        EmployerChanged,
        InformationSupplied,
        DistrictReturned,
        DistrictDeclined,
        InformationRequested,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationWithdrawn,
        ApplicationClosedIncomplete,
        ReconsiderationOpened,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
