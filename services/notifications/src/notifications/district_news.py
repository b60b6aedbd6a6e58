"""What is new of each application for its district, until the district's daily email tells it. See digesting."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Final, TypeAlias, assert_never

from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationOverdue,
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
from lectern.contracts.values import ApplicationId, DistrictCode, Kind, PersonId, Reference
from lectern.eventlog.views import View
from lectern.rules import RULES
from lectern.rules.clocks import clock_parameters
from lectern.rules.working_days import next_morning
from notifications.digest import DistrictTold

MORNING: Final = clock_parameters(RULES).morning_hour
"""Of the set in force. Another hour is another version of this view."""


class What(StrEnum):
    NEW = "new"
    OVERDUE = "overdue"
    RETURNED = "returned"
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True)
class News:
    what: What
    of: str
    """Names it for ever: what, the district and the handing-in or the question."""
    at: datetime


@dataclass(frozen=True)
class NewsRow:
    application_id: ApplicationId
    educator_id: PersonId
    reference: Reference
    kind: Kind
    district: DistrictCode | None = None
    submission: int = 0
    waiting_since: date | None = None
    """Since when it has waited for the district; None while somebody else has it."""
    news: tuple[News, ...] = ()
    ended: bool = False
    """By DESE. What the district hears of late, as a correction sent in that moment, is no work and no news."""
    due_at: datetime | None = None


NewsFact: TypeAlias = (
    ApplicationSubmitted
    | VerificationRequested
    | VerificationReopened
    | VerificationOverdue
    | DistrictReturned
    | DistrictDeclined
    | DistrictVerified
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationWithdrawn
    | ApplicationClosedIncomplete
    | ReconsiderationOpened
    | DistrictTold
)
EndFact: TypeAlias = ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete


def fold(row: NewsRow | None, fact: NewsFact) -> NewsRow | None:
    if isinstance(fact, ApplicationSubmitted):
        return NewsRow(fact.application_id, fact.educator_id, fact.reference, fact.kind)
    if row is None:
        return None
    after = _after(row, fact)
    first = min((each.at for each in after.news), default=None)
    return replace(after, due_at=next_morning(first, MORNING) if first else None)


def _after(
    row: NewsRow,
    fact: VerificationRequested
    | VerificationReopened
    | VerificationOverdue
    | DistrictReturned
    | DistrictDeclined
    | DistrictVerified
    | EndFact
    | ReconsiderationOpened
    | DistrictTold,
) -> NewsRow:
    match fact:
        case VerificationRequested():
            return row if row.ended else _requested(row, fact)
        case DistrictDeclined() | DistrictVerified():
            return _left(row) if fact.submission == row.submission else row
        case VerificationReopened() | VerificationOverdue() | DistrictReturned():
            return _at_district(row, fact) if fact.submission == row.submission and not row.ended else row
        case ApplicationApproved() | ApplicationDenied() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return _ended(row, fact)
        case ReconsiderationOpened():
            return replace(row, ended=False)
        case DistrictTold():
            return replace(row, news=tuple(each for each in row.news if each.of not in fact.news))
        case _:
            assert_never(fact)


def _requested(row: NewsRow, fact: VerificationRequested) -> NewsRow:
    """What is new of it for one district is nothing to the next."""
    if fact.submission <= row.submission:
        return row
    kept = row.news if fact.district == row.district else ()
    asked = replace(row, district=fact.district, submission=fact.submission, news=kept)
    return _heard(_waits(asked, fact.requested_at), What.NEW, str(fact.submission), fact.requested_at)


def _at_district(row: NewsRow, fact: VerificationReopened | VerificationOverdue | DistrictReturned) -> NewsRow:
    match fact:
        case VerificationReopened():
            return _heard(_waits(row, fact.reopened_at), What.NEW, str(fact.request_id), fact.reopened_at)
        case VerificationOverdue():
            return _heard(row, What.OVERDUE, "", fact.overdue_at)
        case DistrictReturned():
            return _heard(_left(row), What.RETURNED, str(fact.submission), fact.returned_at)
        case _:
            assert_never(fact)


def _ended(row: NewsRow, fact: EndFact) -> NewsRow:
    match fact:
        case ApplicationApproved():
            what, at = What.APPROVED, fact.approved_at
        case ApplicationDenied():
            what, at = What.DENIED, fact.denied_at
        case ApplicationWithdrawn():
            what, at = What.WITHDRAWN, fact.withdrawn_at
        case ApplicationClosedIncomplete():
            what, at = What.INCOMPLETE, fact.closed_at
        case _:
            assert_never(fact)
    return replace(_heard(_left(row), what, str(fact.cycle), at), ended=True)


def _left(row: NewsRow) -> NewsRow:
    """It waits no longer: that it came, or waited for long, is no news any more."""
    kept = (each for each in row.news if each.what not in {What.NEW, What.OVERDUE})
    return replace(row, waiting_since=None, news=tuple(kept))


def _waits(row: NewsRow, at: datetime) -> NewsRow:
    return replace(row, waiting_since=chicago_day(at))


def _heard(row: NewsRow, what: What, of: str, at: datetime) -> NewsRow:
    """Nobody is told of an application that names no district."""
    if row.district is None:
        return row
    return replace(row, news=(*row.news, News(what, f"{what}|{row.district}|{of}", at)))


district_news = View(
    name="district_news",
    version=5,
    row=NewsRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        VerificationRequested,
        VerificationReopened,
        VerificationOverdue,
        DistrictReturned,
        DistrictDeclined,
        DistrictVerified,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationWithdrawn,
        ApplicationClosedIncomplete,
        ReconsiderationOpened,
        DistrictTold,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
