"""The queue: one row per application, from its submission on. Tabs of the page are its stages."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
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
from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    DistrictCode,
    Kind,
    OfficerId,
    Party,
    PersonId,
    Reference,
)
from lectern.eventlog.views import View
from lectern.rules.clocks import Clock, elapsed, started, stopped
from lectern.rules.working_days import working_days
from review.deliberation import ApprovalProposed, DecisionSigned, DenialProposed, ProposalSentBack


class Stage(StrEnum):
    WITH_DISTRICT = "with-district"
    RETURNED = "returned"
    """With the educator, who was asked something by the district."""
    DECLINED = "declined"
    """With the educator, whose district declined it."""
    READY = "ready"
    SECOND = "second"
    """Proposed; waits for a second person."""
    ASKED = "asked"
    """With the educator, who was asked something by DESE."""
    DISTRICT_ASKED = "district-asked"
    """With the district, which was asked something by DESE."""
    HELD = "held"
    """On hold at DESE."""
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    CLOSED = "closed"
    """As incomplete: no answer came."""


@dataclass(frozen=True)
class QueueRow:
    application_id: ApplicationId
    educator_id: PersonId
    reference: Reference
    kind: Kind
    certificate_id: CertificateId | None
    district: DistrictCode | None
    submission: int
    stage: Stage
    submitted_on: date
    submitted_at: datetime
    since: datetime
    """Since when it is at this stage; at `second`, since it was ready."""
    sent_at: datetime | None = None
    """When the district sent it: an answer to a question of DESE makes a case no younger in the queue."""
    reviewer: OfficerId | None = None
    proposed_by: OfficerId | None = None
    decided_at: datetime | None = None
    district_clock: Clock = ()
    """It runs while the district has it, over all handings-in."""
    state_clock: Clock = ()
    """It runs while it can be worked on at DESE."""
    cycle: int = 1
    """More than 1: it was denied, and is looked at again."""
    decided_by: tuple[OfficerId, ...] = ()
    """Who signed the last decision; what is looked at again is decided by others."""

    def days(self, today: date) -> int:
        """Working days with whoever has it."""
        match self.stage:
            case Stage.WITH_DISTRICT | Stage.DISTRICT_ASKED:
                return elapsed(self.district_clock, today)
            case Stage.READY | Stage.SECOND:
                return elapsed(self.state_clock, today)
            case (
                Stage.RETURNED
                | Stage.ASKED
                | Stage.HELD
                | Stage.DECLINED
                | Stage.APPROVED
                | Stage.DENIED
                | Stage.WITHDRAWN
                | Stage.CLOSED
            ):
                return working_days(chicago_day(self.since), today)
            case _:
                assert_never(self.stage)


QueueFact: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | EmployerChanged
    | DistrictVerified
    | DistrictReturned
    | DistrictDeclined
    | ReviewAssigned
    | ReviewUnassigned
    | HoldPlaced
    | HoldReleased
    | InformationRequested
    | InformationSupplied
    | ApprovalProposed
    | DenialProposed
    | ProposalSentBack
    | DecisionSigned
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened
)


def fold(row: QueueRow | None, fact: QueueFact) -> QueueRow | None:
    after = _after(row, fact)
    return after and _clocked(after)


def _clocked(row: QueueRow) -> QueueRow:
    """At every other stage both clocks stand: somebody was asked, or it has ended."""
    day = chicago_day(row.since)
    with_district = started if row.stage in {Stage.WITH_DISTRICT, Stage.DISTRICT_ASKED} else stopped
    with_dese = started if row.stage in {Stage.READY, Stage.SECOND} else stopped
    return replace(
        row, district_clock=with_district(row.district_clock, day), state_clock=with_dese(row.state_clock, day)
    )


def _after(row: QueueRow | None, fact: QueueFact) -> QueueRow | None:  # noqa: C901 - one line for each fact
    if isinstance(fact, ApplicationSubmitted):
        return _submitted(fact)
    if row is None:
        return None  # an application we never heard of has no place in the queue
    match fact:
        case ApplicationCorrected():
            return _again(row, fact, fact.corrected_at)
        case EmployerChanged():
            return _again(row, fact, fact.changed_at)
        case DistrictVerified() | DistrictReturned() | DistrictDeclined():
            return _district_said(row, fact)
        case ReviewAssigned() | ReviewUnassigned() | HoldPlaced() | HoldReleased():
            return _held(row, fact)
        case ApprovalProposed() | DenialProposed() | ProposalSentBack() | DecisionSigned():
            return _weighed(row, fact)
        case InformationRequested() | InformationSupplied():
            return _asked(row, fact)
        case ApplicationApproved() | ApplicationDenied() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return _ended(row, fact)
        case ReconsiderationOpened():
            return _opened_again(row, fact)
        case _:
            assert_never(fact)


def _opened_again(row: QueueRow, fact: ReconsiderationOpened) -> QueueRow:
    """Nobody has it yet, and DESE's time for it begins anew."""
    again = replace(row, cycle=fact.cycle, reviewer=None, proposed_by=None, decided_at=None, sent_at=None)
    return replace(again, stage=Stage.READY, since=fact.opened_at, state_clock=())


def _held(row: QueueRow, fact: ReviewAssigned | ReviewUnassigned | HoldPlaced | HoldReleased) -> QueueRow:
    match fact:
        case ReviewAssigned():
            return replace(row, reviewer=fact.reviewer)
        case ReviewUnassigned():
            return replace(row, reviewer=None)
        case HoldPlaced():
            return replace(row, stage=Stage.HELD, since=fact.placed_at)
        case HoldReleased():
            return replace(row, stage=Stage.READY, since=fact.released_at) if row.stage is Stage.HELD else row
        case _:
            assert_never(fact)


def _weighed(row: QueueRow, fact: ApprovalProposed | DenialProposed | ProposalSentBack | DecisionSigned) -> QueueRow:
    match fact:
        case DecisionSigned():
            return replace(row, decided_by=tuple(each for each in (fact.first, fact.second) if each is not None))
        case ApprovalProposed() | DenialProposed():
            return replace(row, stage=Stage.SECOND, proposed_by=fact.by)
        case ProposalSentBack():
            return replace(row, stage=Stage.READY, proposed_by=None)
        case _:
            assert_never(fact)


Ending: TypeAlias = ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete


def _ended(row: QueueRow, fact: Ending) -> QueueRow:
    match fact:
        case ApplicationApproved():
            stage, at = Stage.APPROVED, fact.approved_at
        case ApplicationDenied():
            stage, at = Stage.DENIED, fact.denied_at
        case ApplicationWithdrawn():
            stage, at = Stage.WITHDRAWN, fact.withdrawn_at
        case ApplicationClosedIncomplete():
            stage, at = Stage.CLOSED, fact.closed_at
        case _:
            assert_never(fact)
    return replace(row, stage=stage, since=at, decided_at=at)


def _asked(row: QueueRow, fact: InformationRequested | InformationSupplied) -> QueueRow:
    match fact:
        case InformationRequested():
            stage = Stage.ASKED if fact.party is Party.EDUCATOR else Stage.DISTRICT_ASKED
            return replace(row, stage=stage, since=fact.requested_at)
        case InformationSupplied():
            return replace(row, stage=Stage.READY, since=fact.supplied_at) if row.stage is Stage.ASKED else row
        case _:
            assert_never(fact)


def _again(row: QueueRow, fact: ApplicationCorrected | EmployerChanged, at: datetime) -> QueueRow:
    """A decision is not undone by what comes late."""
    if fact.submission <= row.submission or row.decided_at is not None:
        return row
    moved = replace(row, district=fact.district, submission=fact.submission, since=at)
    return replace(moved, stage=Stage.WITH_DISTRICT, proposed_by=None)


def _submitted(fact: ApplicationSubmitted) -> QueueRow:
    return QueueRow(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        reference=fact.reference,
        kind=fact.kind,
        certificate_id=fact.certificate_ids[0] if fact.certificate_ids else None,
        district=fact.district,
        submission=fact.submission,
        stage=Stage.WITH_DISTRICT if fact.district else Stage.READY,
        submitted_on=fact.submitted_on,
        submitted_at=fact.submitted_at,
        since=fact.submitted_at,
    )


def _district_said(row: QueueRow, fact: DistrictVerified | DistrictReturned | DistrictDeclined) -> QueueRow:
    if fact.submission != row.submission or row.decided_at is not None:
        return row
    match fact:
        case DistrictVerified():
            sent_at = row.sent_at if row.stage is Stage.DISTRICT_ASKED and row.sent_at else fact.verified_at
            return replace(row, stage=Stage.READY, since=fact.verified_at, sent_at=sent_at)
        case DistrictReturned():
            return replace(row, stage=Stage.RETURNED, since=fact.returned_at)
        case DistrictDeclined():
            return replace(row, stage=Stage.DECLINED, since=fact.declined_at)
        case _:
            assert_never(fact)


review_queue = View(
    name="review_queue",
    version=9,
    row=QueueRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        EmployerChanged,
        DistrictVerified,
        DistrictReturned,
        DistrictDeclined,
        ReviewAssigned,
        ReviewUnassigned,
        HoldPlaced,
        HoldReleased,
        InformationRequested,
        InformationSupplied,
        ApprovalProposed,
        DenialProposed,
        ProposalSentBack,
        DecisionSigned,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        ReconsiderationOpened,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
