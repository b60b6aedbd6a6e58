"""How many working days the district and DESE took for each decided application: what others may expect rests on it.

A row says whose part took how long, and nothing of the person. What was withdrawn is not measured.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
)
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import DistrictDeclined, DistrictReturned, DistrictVerified
from lectern.contracts.review import ApplicationApproved, ApplicationDenied, HoldPlaced, HoldReleased
from lectern.contracts.review import InformationRequested as Asked
from lectern.contracts.values import ApplicationId, Kind, Party
from lectern.eventlog.views import View
from lectern.rules.clocks import Clock, elapsed, started, stopped


@dataclass(frozen=True)
class TimesRow:
    application_id: ApplicationId
    kind: Kind
    submission: int
    district_clock: Clock = ()
    state_clock: Clock = ()
    district_days: int | None = None
    """Of all districts that had it; None where none was asked, or it is not decided."""
    state_days: int | None = None
    decided_at: datetime | None = None


AtDistrict: TypeAlias = ApplicationCorrected | EmployerChanged | DistrictReturned | DistrictDeclined | DistrictVerified
AtDese: TypeAlias = Asked | InformationSupplied | HoldPlaced | HoldReleased
EndFact: TypeAlias = ApplicationApproved | ApplicationDenied
TimesFact: TypeAlias = ApplicationSubmitted | AtDistrict | AtDese | EndFact


def fold(row: TimesRow | None, fact: TimesFact) -> TimesRow | None:
    """A fact about an older submission changes nothing, unless it ends; after the end nothing is changed."""
    if isinstance(fact, ApplicationSubmitted):
        new = TimesRow(fact.application_id, fact.kind, fact.submission)
        return _with_district(new, fact.submitted_at) if fact.district else _with_dese(new, fact.submitted_at)
    if row is None or row.decided_at is not None:
        return row
    if fact.submission < row.submission and not isinstance(fact, EndFact):
        return row
    match fact:
        case ApplicationCorrected() | EmployerChanged() | DistrictReturned() | DistrictDeclined() | DistrictVerified():
            return _at_district(replace(row, submission=fact.submission), fact)
        case Asked() | InformationSupplied() | HoldPlaced() | HoldReleased():
            return _at_dese(row, fact)
        case ApplicationApproved():
            return _ended(row, fact.approved_at)
        case ApplicationDenied():
            return _ended(row, fact.denied_at)
        case _:
            assert_never(fact)


def _at_district(row: TimesRow, fact: AtDistrict) -> TimesRow:
    match fact:
        case ApplicationCorrected():
            return _with_district(row, fact.corrected_at)
        case EmployerChanged():
            return _with_district(row, fact.changed_at)
        case DistrictReturned():
            return _with_nobody(row, fact.returned_at)
        case DistrictDeclined():
            return _with_nobody(row, fact.declined_at)
        case DistrictVerified():
            return _with_dese(row, fact.verified_at)
        case _:
            assert_never(fact)


def _at_dese(row: TimesRow, fact: AtDese) -> TimesRow:
    match fact:
        case Asked(party=Party.DISTRICT):
            return _with_district(row, fact.requested_at)
        case Asked():
            return _with_nobody(row, fact.requested_at)
        case InformationSupplied():
            return _with_dese(row, fact.supplied_at)
        case HoldPlaced():
            return _with_nobody(row, fact.placed_at)
        case HoldReleased():
            return _with_dese(row, fact.released_at)
        case _:
            assert_never(fact)


def _with_district(row: TimesRow, at: datetime) -> TimesRow:
    day = chicago_day(at)
    return replace(row, district_clock=started(row.district_clock, day), state_clock=stopped(row.state_clock, day))


def _with_dese(row: TimesRow, at: datetime) -> TimesRow:
    day = chicago_day(at)
    return replace(row, district_clock=stopped(row.district_clock, day), state_clock=started(row.state_clock, day))


def _with_nobody(row: TimesRow, at: datetime) -> TimesRow:
    day = chicago_day(at)
    return replace(row, district_clock=stopped(row.district_clock, day), state_clock=stopped(row.state_clock, day))


def _ended(row: TimesRow, at: datetime) -> TimesRow:
    day, over = chicago_day(at), _with_nobody(row, at)
    district = elapsed(over.district_clock, day) if over.district_clock else None
    state = elapsed(over.state_clock, day) if over.state_clock else None
    return replace(over, district_days=district, state_days=state, decided_at=at)


times_taken = View(
    name="times_taken",
    version=2,
    row=TimesRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        EmployerChanged,
        DistrictReturned,
        DistrictDeclined,
        DistrictVerified,
        Asked,
        InformationSupplied,
        HoldPlaced,
        HoldReleased,
        ApplicationApproved,
        ApplicationDenied,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
