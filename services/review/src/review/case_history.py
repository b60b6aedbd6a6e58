"""Everything that happened to a case, in order: what, when, who. The page turns names of happenings into sentences."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
    PaymentReceived,
    ReconsiderationRequested,
    WithdrawalRequested,
)
from lectern.contracts.district_worklog import (
    DistrictAnswered,
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationRequested,
)
from lectern.contracts.review import (
    ApplicationClosedIncomplete,
    ApplicationWithdrawn,
    CertificateExtended,
    CertificateReactivated,
    CertificateUpgraded,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    ReconsiderationOpened,
    ReviewAssigned,
    ReviewUnassigned,
    WithdrawalTooLate,
)
from lectern.contracts.sealed import Contact, Sealed, State
from lectern.contracts.values import ApplicationId, DistrictCode, EmployerChange, OfficerId, Party, Signature
from lectern.eventlog.views import View
from review.comparison import TranscriptCompared
from review.deliberation import (
    ApprovalProposed,
    CaseMoved,
    ConductOpened,
    DecisionSigned,
    DenialProposed,
    NoteAdded,
    ProposalSentBack,
)


class What(StrEnum):
    PAID = "paid"
    SUBMITTED = "submitted"
    CORRECTED = "corrected"
    AT_DISTRICT = "at-district"
    OPENED_BY_DISTRICT = "opened-by-district"
    RETURNED = "returned"
    DECLINED = "declined"
    NAMED_ANOTHER = "named-another"
    PASSED_ON = "passed-on"
    VERIFIED = "verified"
    ASSIGNED = "assigned"
    CONDUCT_OPENED = "conduct-opened"
    NOTE = "note"
    APPROVAL_PROPOSED = "approval-proposed"
    DENIAL_PROPOSED = "denial-proposed"
    SENT_BACK = "sent-back"
    APPROVED = "approved"
    DENIED = "denied"
    UPGRADED = "upgraded"
    WITHDRAWAL_REQUESTED = "withdrawal-requested"
    WITHDRAWN = "withdrawn"
    TOO_LATE = "withdrawal-too-late"
    EXTENDED = "extended"
    ASKED = "asked"
    SUPPLIED = "supplied"
    DISTRICT_ASKED = "district-asked"
    DISTRICT_ANSWERED = "district-answered"
    HELD = "held"
    RELEASED = "released"
    MOVED = "moved"
    REACTIVATED = "reactivated"
    COMPARED = "compared"
    CLOSED = "closed"
    RECONSIDERATION_REQUESTED = "reconsideration-requested"
    OPENED_AGAIN = "opened-again"


@dataclass(frozen=True)
class Happened:
    """`officer` is DESE's; `signature` the district's; neither: the educator, or nobody."""

    what: What
    at: datetime
    officer: OfficerId | None = None
    signature: Sealed[Signature, Contact] | None = None
    before: OfficerId | None = None
    """Who had the case before."""
    after: OfficerId | None = None
    """Who has it after somebody moved it."""
    why: Sealed[str, State] | None = None
    districts: tuple[DistrictCode, ...] = ()
    """From which to which, where another one was named."""


@dataclass(frozen=True)
class HistoryRow:
    application_id: ApplicationId
    entries: tuple[Happened, ...]
    reviewer: OfficerId | None = None


EducatorsFact: TypeAlias = (
    PaymentReceived
    | ApplicationSubmitted
    | ApplicationCorrected
    | InformationSupplied
    | EmployerChanged
    | WithdrawalRequested
    | ReconsiderationRequested
)
DistrictsFact: TypeAlias = (
    VerificationRequested
    | VerificationClaimed
    | DistrictReturned
    | DistrictDeclined
    | DistrictVerified
    | DistrictAnswered
)
DesesFact: TypeAlias = (
    HoldPlaced
    | HoldReleased
    | CaseMoved
    | InformationRequested
    | ConductOpened
    | NoteAdded
    | ApprovalProposed
    | DenialProposed
    | ProposalSentBack
    | DecisionSigned
    | CertificateUpgraded
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | WithdrawalTooLate
    | CertificateExtended
    | CertificateReactivated
    | TranscriptCompared
    | ReconsiderationOpened
)
Entered: TypeAlias = EducatorsFact | DistrictsFact | DesesFact
HistoryFact: TypeAlias = Entered | ReviewAssigned | ReviewUnassigned


def fold(row: HistoryRow | None, fact: HistoryFact) -> HistoryRow | None:
    before = row or HistoryRow(fact.application_id, ())
    if isinstance(fact, ReviewAssigned | ReviewUnassigned):
        return _assigned(before, fact)
    after = replace(before, entries=(*before.entries, _entry(before, fact)))
    return replace(after, reviewer=None) if isinstance(fact, ReconsiderationOpened) else after


def _assigned(row: HistoryRow, fact: ReviewAssigned | ReviewUnassigned) -> HistoryRow:
    """What somebody moved stands there already, with the reason."""
    reviewer, at = (fact.reviewer, fact.assigned_at) if isinstance(fact, ReviewAssigned) else (None, fact.unassigned_at)
    last = row.entries[-1] if row.entries else None
    moved = last is not None and last.what is What.MOVED and (last.at, last.after) == (at, reviewer)
    entry = () if moved else (Happened(What.ASSIGNED, at, reviewer, before=row.reviewer),)
    return replace(row, reviewer=reviewer, entries=(*row.entries, *entry))


def _entry(row: HistoryRow, fact: Entered) -> Happened:
    match fact:
        case PaymentReceived():
            return Happened(What.PAID, fact.received_at)
        case ApplicationSubmitted():
            return Happened(What.SUBMITTED, fact.submitted_at)
        case ApplicationCorrected():
            return Happened(What.CORRECTED, fact.corrected_at)
        case InformationSupplied():
            return Happened(What.SUPPLIED, fact.supplied_at)
        case EmployerChanged():
            passed_on = fact.why is EmployerChange.PASSED_ON
            what = What.PASSED_ON if passed_on else What.NAMED_ANOTHER
            return Happened(what, fact.changed_at, districts=(fact.before, fact.district))
        case WithdrawalRequested():
            return Happened(What.WITHDRAWAL_REQUESTED, fact.requested_at)
        case ReconsiderationRequested():
            return Happened(What.RECONSIDERATION_REQUESTED, fact.requested_at, why=fact.why)
        case (
            VerificationRequested()
            | VerificationClaimed()
            | DistrictReturned()
            | DistrictDeclined()
            | DistrictVerified()
            | DistrictAnswered()
        ):
            return _at_district(fact)
        case (
            HoldPlaced()
            | HoldReleased()
            | CaseMoved()
            | InformationRequested()
            | ConductOpened()
            | NoteAdded()
            | ApprovalProposed()
            | DenialProposed()
            | ProposalSentBack()
            | DecisionSigned()
            | CertificateUpgraded()
            | ApplicationClosedIncomplete()
            | ApplicationWithdrawn()
            | WithdrawalTooLate()
            | CertificateExtended()
            | CertificateReactivated()
            | TranscriptCompared()
            | ReconsiderationOpened()
        ):
            return _at_dese(row, fact)
        case _:
            assert_never(fact)


def _at_district(fact: DistrictsFact) -> Happened:
    match fact:
        case VerificationRequested():
            return Happened(What.AT_DISTRICT, fact.requested_at)
        case VerificationClaimed():
            return Happened(What.OPENED_BY_DISTRICT, fact.claimed_at, signature=fact.signature)
        case DistrictReturned():
            return Happened(What.RETURNED, fact.returned_at, signature=fact.signature)
        case DistrictAnswered():
            return Happened(What.DISTRICT_ANSWERED, fact.answered_at, signature=fact.signature)
        case DistrictDeclined():
            return Happened(What.DECLINED, fact.declined_at, signature=fact.signature)
        case DistrictVerified():
            return Happened(What.VERIFIED, fact.verified_at, signature=fact.signature)
        case _:
            assert_never(fact)


def _at_dese(row: HistoryRow, fact: DesesFact) -> Happened:  # noqa: C901, PLR0912 - one line for each fact
    match fact:
        case HoldPlaced():
            return Happened(What.HELD, fact.placed_at, fact.placed_by, why=fact.why)
        case HoldReleased():
            return Happened(What.RELEASED, fact.released_at, fact.released_by, why=fact.why)
        case CaseMoved():
            return Happened(What.MOVED, fact.at, fact.by, before=row.reviewer, after=fact.to, why=fact.why)
        case InformationRequested():
            what = What.ASKED if fact.party is Party.EDUCATOR else What.DISTRICT_ASKED
            return Happened(what, fact.requested_at, fact.requested_by)
        case ConductOpened():
            return Happened(What.CONDUCT_OPENED, fact.at, fact.by)
        case NoteAdded():
            return Happened(What.NOTE, fact.at, fact.by)
        case ApprovalProposed():
            return Happened(What.APPROVAL_PROPOSED, fact.at, fact.by)
        case DenialProposed():
            return Happened(What.DENIAL_PROPOSED, fact.at, fact.by)
        case ProposalSentBack():
            return Happened(What.SENT_BACK, fact.at, fact.by)
        case DecisionSigned():
            return Happened(What.APPROVED if fact.approved else What.DENIED, fact.at, fact.by)
        case CertificateUpgraded():
            return Happened(What.UPGRADED, fact.upgraded_at)
        case ApplicationWithdrawn():
            return Happened(What.WITHDRAWN, fact.withdrawn_at)
        case ApplicationClosedIncomplete():
            return Happened(What.CLOSED, fact.closed_at, fact.closed_by, why=fact.why)
        case WithdrawalTooLate():
            return Happened(What.TOO_LATE, fact.answered_at)
        case ReconsiderationOpened():
            return Happened(What.OPENED_AGAIN, fact.opened_at)
        case TranscriptCompared():
            return Happened(What.COMPARED, fact.at, fact.by)
        case CertificateReactivated():
            return Happened(What.REACTIVATED, fact.reactivated_at)
        case CertificateExtended():
            return Happened(What.EXTENDED, fact.extended_at)
        case _:
            assert_never(fact)


case_history = View(
    name="case_history",
    version=10,
    row=HistoryRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        PaymentReceived,
        ApplicationSubmitted,
        ApplicationCorrected,
        EmployerChanged,
        VerificationRequested,
        VerificationClaimed,
        DistrictReturned,
        DistrictDeclined,
        DistrictVerified,
        DistrictAnswered,
        ReviewAssigned,
        ReviewUnassigned,
        HoldPlaced,
        HoldReleased,
        CaseMoved,
        InformationRequested,
        InformationSupplied,
        ConductOpened,
        NoteAdded,
        ApprovalProposed,
        DenialProposed,
        ProposalSentBack,
        DecisionSigned,
        CertificateUpgraded,
        WithdrawalRequested,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        WithdrawalTooLate,
        CertificateExtended,
        CertificateReactivated,
        TranscriptCompared,
        ReconsiderationRequested,
        ReconsiderationOpened,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
