"""The work log: one row for each application that names a district."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias, assert_never

from district_worklog.evidence import CriterionRecorded, EvidenceKept
from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
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
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import (
    ApplicationId,
    DeclineReason,
    DistrictCode,
    Kind,
    OfficerId,
    PersonId,
    Reference,
    Signature,
    Verdict,
)
from lectern.eventlog.views import View
from lectern.rules.clocks import Clock, started, stopped


class Stage(StrEnum):
    """Where the application is, as the district sees it. The first one is on no page: nobody was asked yet."""

    ARRIVING = "arriving"
    TO_VERIFY = "to-verify"
    RETURNED = "returned"
    SENT = "sent"
    CLOSED = "closed"


class End(StrEnum):
    """How it ended for the district: DESE's case, or its own part of it."""

    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    INCOMPLETE = "incomplete"
    DECLINED = "declined"
    """By the district; it may still go to another one."""
    LEFT = "left"
    """It names another district now. What becomes of it there is not told here."""


OVER = frozenset({End.APPROVED, End.DENIED, End.WITHDRAWN, End.INCOMPLETE})
"""DESE's case has ended: nothing comes back from there."""


@dataclass(frozen=True)
class WorkLogRow:
    application_id: ApplicationId
    educator_id: PersonId
    district: DistrictCode | None
    kind: Kind
    rules: str
    """The rule set it was submitted under."""
    reference: Reference
    submission: int
    first: int
    """The handing-in with which this district got it; 0 before."""
    stage: Stage
    submitted_on: date
    requested_at: datetime
    """Since when the district has it: the last handing-in."""
    claimed_by: OfficerId | None = None
    claimed: Sealed[Signature, Contact] | None = None
    claimed_at: datetime | None = None
    recorded: tuple[str, ...] = ()
    """Criteria with a record for this handing-in; `met` are those of them that are met."""
    met: tuple[str, ...] = ()
    recorded_before: tuple[str, ...] = ()
    met_before: tuple[str, ...] = ()
    """Those of the handing-in before, which may still be right."""
    moved_at: datetime | None = None
    """When it came into its stage, other than by being handed in."""
    closed_as: End | None = None
    clock: Clock = ()
    """Of the district: it runs while the application is to be verified, over all handings-in."""
    asked_at: datetime | None = None
    """Since when DESE waits for an answer of the district."""
    overdue: bool = False
    """Whether this district's administrators were told that it has waited for too long."""
    declined: DeclineReason | None = None
    """Why the district declined it, if it did."""


WorkLogFact: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | VerificationRequested
    | VerificationClaimed
    | CriterionRecorded
    | EvidenceKept
    | DistrictVerified
    | DistrictReturned
    | VerificationReopened
    | VerificationOverdue
    | DistrictDeclined
    | VerificationReassigned
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened
)


def fold(row: WorkLogRow | None, fact: WorkLogFact) -> WorkLogRow | None:
    after = _after(row, fact)
    return after and _clocked(row, after)


def _clocked(before: WorkLogRow | None, row: WorkLogRow) -> WorkLogRow:
    """What one district took is nothing to the next."""
    clock = row.clock if before and before.district == row.district else ()
    if row.stage is Stage.TO_VERIFY:
        return replace(row, clock=started(clock, chicago_day(row.requested_at)))
    return replace(row, clock=stopped(clock, chicago_day(row.moved_at or row.requested_at)))


def _after(row: WorkLogRow | None, fact: WorkLogFact) -> WorkLogRow | None:
    if isinstance(fact, ApplicationSubmitted):
        return _submitted(fact)
    if row is None:
        return None  # an application we never heard of has no row
    match fact:
        case ApplicationCorrected():
            return row
        case VerificationRequested():
            return _requested(row, fact)
        case VerificationReopened():
            return _reopened(row, fact)
        case VerificationOverdue():
            return replace(row, overdue=row.overdue or fact.district == row.district)
        case ApplicationApproved() | ApplicationDenied() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return _ended(row, fact)
        case ReconsiderationOpened():
            return _decided_anew(row, fact)
        case (
            VerificationClaimed()
            | CriterionRecorded()
            | EvidenceKept()
            | DistrictVerified()
            | DistrictReturned()
            | DistrictDeclined()
            | VerificationReassigned()
        ):
            return _worked_on(row, fact) if row.stage is Stage.TO_VERIFY and fact.submission == row.submission else row
        case _:
            assert_never(fact)


def _submitted(fact: ApplicationSubmitted) -> WorkLogRow:
    return WorkLogRow(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        district=fact.district,
        kind=fact.kind,
        rules=fact.rules,
        reference=fact.reference,
        submission=0,
        first=0,
        stage=Stage.ARRIVING,
        submitted_on=fact.submitted_on,
        requested_at=fact.submitted_at,
    )


Ending: TypeAlias = ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete


def _ended(row: WorkLogRow, fact: Ending) -> WorkLogRow:
    match fact:
        case ApplicationApproved():
            return _closed(row, End.APPROVED, fact.approved_at)
        case ApplicationDenied():
            return _closed(row, End.DENIED, fact.denied_at)
        case ApplicationWithdrawn():
            return _closed(row, End.WITHDRAWN, fact.withdrawn_at)
        case ApplicationClosedIncomplete():
            return _closed(row, End.INCOMPLETE, fact.closed_at)
        case _:
            assert_never(fact)


def _closed(row: WorkLogRow, end: End, at: datetime) -> WorkLogRow:
    return replace(row, stage=Stage.CLOSED, closed_as=end, moved_at=at)


def _decided_anew(row: WorkLogRow, fact: ReconsiderationOpened) -> WorkLogRow:
    """DESE looks at its denial again: it is there, as the district sent it."""
    if row.closed_as is not End.DENIED:
        return row
    return replace(row, stage=Stage.SENT, closed_as=None, moved_at=fact.opened_at)


def _reopened(row: WorkLogRow, fact: VerificationReopened) -> WorkLogRow:
    """What was recorded stands; whoever had it has it."""
    if row.stage is not Stage.SENT or fact.submission != row.submission:
        return row
    at = fact.reopened_at
    return replace(row, stage=Stage.TO_VERIFY, requested_at=at, moved_at=None, asked_at=at)


def _requested(row: WorkLogRow, fact: VerificationRequested) -> WorkLogRow:
    if fact.submission <= row.submission or row.closed_as in OVER:
        return row
    same = row.submission > 0 and fact.district == row.district
    return replace(
        row,
        district=fact.district,
        overdue=row.overdue and row.district == fact.district,
        submission=fact.submission,
        first=row.first if same else fact.submission,
        stage=Stage.TO_VERIFY,
        requested_at=fact.requested_at,
        claimed_by=None,
        claimed=None,
        claimed_at=None,
        recorded=(),
        met=(),
        recorded_before=row.recorded if same else (),
        met_before=row.met if same else (),
        moved_at=None,
        closed_as=None,
        declined=None,
    )


def _worked_on(
    row: WorkLogRow,
    fact: VerificationClaimed
    | CriterionRecorded
    | EvidenceKept
    | DistrictVerified
    | DistrictReturned
    | DistrictDeclined
    | VerificationReassigned,
) -> WorkLogRow:
    match fact:
        case VerificationClaimed():
            if row.claimed_by is not None:
                return row
            return replace(row, claimed_by=fact.claimed_by, claimed=fact.signature, claimed_at=fact.claimed_at)
        case CriterionRecorded():
            met = {*row.met} - {fact.criterion} | ({fact.criterion} if fact.verdict is Verdict.MET else set())
            return replace(row, recorded=_sorted({*row.recorded, fact.criterion}), met=_sorted(met))
        case EvidenceKept():
            kept = {*row.recorded_before} - {*row.recorded}
            return replace(
                row,
                recorded=_sorted({*row.recorded, *kept}),
                met=_sorted({*row.met, *(kept & {*row.met_before})}),
                recorded_before=(),
                met_before=(),
            )
        case DistrictVerified():
            return replace(row, stage=Stage.SENT, moved_at=fact.verified_at, asked_at=None)
        case DistrictReturned():
            return replace(row, stage=Stage.RETURNED, moved_at=fact.returned_at)
        case DistrictDeclined():
            declined = replace(row, closed_as=End.DECLINED, declined=fact.reason, asked_at=None)
            return replace(declined, stage=Stage.CLOSED, moved_at=fact.declined_at)
        case VerificationReassigned():
            return _closed(row, End.LEFT, fact.reassigned_at)
        case _:
            assert_never(fact)


def _sorted(criteria: set[str]) -> tuple[str, ...]:
    return tuple(sorted(criteria))


work_log = View(
    name="work_log",
    version=11,
    row=WorkLogRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        VerificationRequested,
        VerificationClaimed,
        CriterionRecorded,
        EvidenceKept,
        DistrictVerified,
        DistrictReturned,
        VerificationReopened,
        VerificationOverdue,
        DistrictDeclined,
        VerificationReassigned,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        ReconsiderationOpened,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
