"""Reactivations whose contact hours are to be recorded, with the instant at which that is overdue; see promising."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.days import chicago_day, end_of
from lectern.contracts.district_worklog import ContactHoursCompleted, ContactHoursOverdue, DistrictVerified
from lectern.contracts.review import ApplicationApproved
from lectern.contracts.values import ApplicationId, DistrictCode, PersonId, Reference, Route
from lectern.eventlog.views import View
from lectern.rules import rule_set
from lectern.rules.calendar import promise_due


@dataclass(frozen=True)
class PromiseRow:
    application_id: ApplicationId
    educator_id: PersonId
    reference: Reference
    rules: str
    district: DistrictCode | None = None
    """Which attested to the hours."""
    reactivated_on: date | None = None
    due_on: date | None = None
    """The last day on which they can be completed."""
    completed_on: date | None = None
    overdue: bool = False
    due_at: datetime | None = None


PromiseFact: TypeAlias = (
    ApplicationSubmitted | DistrictVerified | ApplicationApproved | ContactHoursCompleted | ContactHoursOverdue
)


def fold(row: PromiseRow | None, fact: PromiseFact) -> PromiseRow | None:
    if isinstance(fact, ApplicationSubmitted):
        if fact.route is not Route.EMPLOYMENT:
            return None
        return PromiseRow(fact.application_id, fact.educator_id, fact.reference, fact.rules)
    return row and _due(_after(row, fact))


def _after(
    row: PromiseRow, fact: DistrictVerified | ApplicationApproved | ContactHoursCompleted | ContactHoursOverdue
) -> PromiseRow:
    match fact:
        case DistrictVerified():
            return replace(row, district=fact.district)
        case ApplicationApproved():
            day = chicago_day(fact.approved_at)
            return replace(row, reactivated_on=day, due_on=promise_due(day, rule_set(row.rules).parameters))
        case ContactHoursCompleted():
            return replace(row, completed_on=fact.completed_on)
        case ContactHoursOverdue():
            return replace(row, overdue=True)
        case _:
            assert_never(fact)


def _due(row: PromiseRow) -> PromiseRow:
    open_ = row.due_on is not None and row.completed_on is None and not row.overdue
    return replace(row, due_at=end_of(row.due_on) if open_ and row.due_on else None)


promises_due = View(
    name="promises_due",
    version=1,
    row=PromiseRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(ApplicationSubmitted, DistrictVerified, ApplicationApproved, ContactHoursCompleted, ContactHoursOverdue),
    sql=Path(__file__).with_suffix(".sql"),
)
