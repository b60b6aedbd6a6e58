"""Applications that wait for somebody, and when to remind them next. A deadline; see waiting."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias, assert_never
from uuid import UUID

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
)
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationReopened,
)
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    ReconsiderationOpened,
    ReviewAssigned,
    ReviewUnassigned,
)
from lectern.contracts.values import ApplicationId, DistrictCode, OfficerId, Party, PersonId
from lectern.eventlog.views import View
from lectern.rules.clocks import Clock, clock_parameters, reached_on, started, stopped
from lectern.rules.working_days import at_hour
from notifications.notice import (
    DECLINED_REMINDER,
    DISTRICT_REMINDER,
    INFORMATION_REMINDER,
    RETURNED_REMINDER,
    REVIEW_OVERDUE,
    REVIEW_REMINDER,
    Notice,
)
from notifications.wait import WaitReminded
from notifications.whereabouts import Holder


@dataclass(frozen=True)
class Step:
    """A reminder that comes while whoever has it goes on having it."""

    notice: Notice
    occasion: str
    on: date | None
    """None while the clock stands."""


@dataclass(frozen=True)
class WaitRow:
    application_id: ApplicationId
    educator_id: PersonId
    rules: str
    district: DistrictCode | None
    submission: int
    holder: Holder
    since: datetime
    reviewer: OfficerId | None = None
    district_clock: Clock = ()
    """Of the district that has it, over all handings-in to it."""
    educator_clock: Clock = ()
    """Of the last return."""
    state_clock: Clock = ()
    held: bool = False
    """DESE has it on hold: its clock stands."""
    request_id: UUID | None = None
    """Of what DESE has asked the educator, and waits for."""
    declined: bool = False
    """Whether its educator has it because the district declined it."""
    cycle: int = 1
    given: tuple[str, ...] = ()
    due_at: datetime | None = None

    @property
    def clock(self) -> Clock:
        """Of whoever has it."""
        match self.holder:
            case Holder.DISTRICT:
                return self.district_clock
            case Holder.EDUCATOR:
                return self.educator_clock
            case Holder.DESE:
                return self.state_clock
            case Holder.NOBODY:
                return ()
            case _:
                assert_never(self.holder)

    def steps(self) -> list[Step]:
        """Those ahead while they go on having it. Whoever was told one is not told of an earlier one any more."""
        planned = [
            Step(notice, f"{notice.name}|{of}", reached_on(self.clock, days)) for notice, of, days in self._plan()
        ]
        given = {each.notice: n for n, each in enumerate(planned) if each.occasion in self.given}
        return [each for n, each in enumerate(planned) if n > given.get(each.notice, -1)]

    def due_on(self, today: date) -> Step | None:
        """The reminder to give: of several for the same people the last one only."""
        come = [each for each in self.steps() if each.on is not None and each.on <= today]
        return next((each for each in reversed(come) if each.notice == come[0].notice), None)

    def _plan(self) -> list[tuple[Notice, str, int]]:
        said = clock_parameters(self.rules)
        match self.holder:
            case Holder.DISTRICT:
                return [(DISTRICT_REMINDER, self.district or "", said.district_days)]
            case Holder.EDUCATOR:
                back = DECLINED_REMINDER if self.declined else RETURNED_REMINDER
                asked = INFORMATION_REMINDER if self.request_id else back
                of = self.request_id or self.submission
                return [(asked, f"{of}|{days}", days) for days in said.returned_days]
            case Holder.DESE:
                cycle = "" if self.cycle == 1 else f"cycle {self.cycle}"
                return [(REVIEW_REMINDER, cycle, said.state_days), (REVIEW_OVERDUE, cycle, said.state_overdue_days)]
            case Holder.NOBODY:
                return []
            case _:
                assert_never(self.holder)


WaitFact: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | EmployerChanged
    | DistrictReturned
    | DistrictDeclined
    | DistrictVerified
    | VerificationReopened
    | InformationRequested
    | InformationSupplied
    | HoldPlaced
    | HoldReleased
    | ReviewAssigned
    | ReviewUnassigned
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened
    | WaitReminded
)


def fold(row: WaitRow | None, fact: WaitFact) -> WaitRow | None:
    if isinstance(fact, ApplicationSubmitted):
        return _due(_clocked(_submitted(fact)))
    if row is None:
        return None
    if isinstance(fact, WaitReminded):
        return _due(replace(row, given=(*row.given, fact.occasion)))
    return _due(_clocked(_after(row, fact)))


def _due(row: WaitRow) -> WaitRow:
    days = [each.on for each in row.steps() if each.on is not None]
    return replace(row, due_at=at_hour(min(days), clock_parameters(row.rules).morning_hour) if days else None)


def _clocked(row: WaitRow) -> WaitRow:
    """One clock runs at most: of whoever has it."""
    day = chicago_day(row.since)

    def clock(of: Holder, before: Clock) -> Clock:
        return started(before, day) if row.holder is of else stopped(before, day)

    return replace(
        row,
        district_clock=clock(Holder.DISTRICT, row.district_clock),
        educator_clock=clock(Holder.EDUCATOR, row.educator_clock),
        state_clock=row.state_clock if row.held else clock(Holder.DESE, row.state_clock),
    )


def _submitted(fact: ApplicationSubmitted) -> WaitRow:
    return WaitRow(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        rules=fact.rules,
        district=fact.district,
        submission=fact.submission,
        holder=Holder.DISTRICT if fact.district else Holder.DESE,
        since=fact.submitted_at,
    )


def _after(
    row: WaitRow,
    fact: ApplicationCorrected
    | EmployerChanged
    | DistrictReturned
    | DistrictDeclined
    | DistrictVerified
    | VerificationReopened
    | InformationRequested
    | InformationSupplied
    | HoldPlaced
    | HoldReleased
    | ReviewAssigned
    | ReviewUnassigned
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened,
) -> WaitRow:
    match fact:
        case ReconsiderationOpened():
            return _decided_anew(row, fact)
        case ApplicationCorrected():
            return _again(row, fact, fact.corrected_at)
        case EmployerChanged():
            return _again(row, fact, fact.changed_at)
        case DistrictReturned() | DistrictDeclined() | DistrictVerified() | VerificationReopened():
            return _at_district(row, fact) if fact.submission == row.submission else row
        case InformationRequested() | InformationSupplied():
            return _asked(row, fact)
        case ReviewAssigned() | ReviewUnassigned():
            return replace(row, reviewer=fact.reviewer if isinstance(fact, ReviewAssigned) else None)
        case HoldPlaced() | HoldReleased():
            return _on_hold(row, fact)
        case ApplicationApproved() | ApplicationDenied() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return _moved(row, Holder.NOBODY, _ended_at(fact))
        case _:
            assert_never(fact)


def _decided_anew(row: WaitRow, fact: ReconsiderationOpened) -> WaitRow:
    """DESE has it again: its clock starts anew, and nobody has taken it."""
    again = replace(row, cycle=fact.cycle, reviewer=None, held=False, request_id=None, state_clock=())
    return replace(again, holder=Holder.DESE, since=fact.opened_at)


def _ended_at(
    fact: ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete,
) -> datetime:
    match fact:
        case ApplicationApproved():
            return fact.approved_at
        case ApplicationDenied():
            return fact.denied_at
        case ApplicationWithdrawn():
            return fact.withdrawn_at
        case ApplicationClosedIncomplete():
            return fact.closed_at
        case _:
            assert_never(fact)


def _at_district(
    row: WaitRow, fact: DistrictReturned | DistrictDeclined | DistrictVerified | VerificationReopened
) -> WaitRow:
    match fact:
        case DistrictReturned():
            return _moved(row, Holder.EDUCATOR, fact.returned_at)
        case DistrictDeclined():
            return replace(_moved(row, Holder.EDUCATOR, fact.declined_at), declined=True)
        case DistrictVerified():
            return _moved(row, Holder.DESE, fact.verified_at)
        case VerificationReopened():
            return _moved(row, Holder.DISTRICT, fact.reopened_at)
        case _:
            assert_never(fact)


def _asked(row: WaitRow, fact: InformationRequested | InformationSupplied) -> WaitRow:
    """What DESE asks a district comes back to it as a fact of the district's service."""
    match fact:
        case InformationRequested(party=Party.EDUCATOR):
            return replace(_moved(row, Holder.EDUCATOR, fact.requested_at), request_id=fact.request_id)
        case InformationRequested():
            return row
        case InformationSupplied():
            return replace(_moved(row, Holder.DESE, fact.supplied_at), request_id=None)
        case _:
            assert_never(fact)


def _on_hold(row: WaitRow, fact: HoldPlaced | HoldReleased) -> WaitRow:
    match fact:
        case HoldPlaced():
            return replace(row, held=True, state_clock=stopped(row.state_clock, chicago_day(fact.placed_at)))
        case HoldReleased() if row.holder is Holder.DESE:
            return replace(row, held=False, state_clock=started(row.state_clock, chicago_day(fact.released_at)))
        case HoldReleased():
            return replace(row, held=False)
        case _:
            assert_never(fact)


def _moved(row: WaitRow, holder: Holder, at: datetime) -> WaitRow:
    if row.holder is Holder.NOBODY:
        return row
    asked_before = row.educator_clock if holder is not Holder.EDUCATOR else ()
    return replace(row, holder=holder, since=at, educator_clock=asked_before)


def _again(row: WaitRow, fact: ApplicationCorrected | EmployerChanged, at: datetime) -> WaitRow:
    if fact.submission <= row.submission:
        return row
    if fact.district != row.district:  # what one district took is nothing to the next
        row = replace(row, district=fact.district, district_clock=())
    holder = Holder.DISTRICT if fact.district else Holder.DESE
    return _moved(replace(row, submission=fact.submission, declined=False), holder, at)


waits = View(
    name="waits",
    version=6,
    row=WaitRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        EmployerChanged,
        DistrictReturned,
        DistrictDeclined,
        DistrictVerified,
        VerificationReopened,
        InformationRequested,
        InformationSupplied,
        HoldPlaced,
        HoldReleased,
        ReviewAssigned,
        ReviewUnassigned,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        ReconsiderationOpened,
        WaitReminded,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
