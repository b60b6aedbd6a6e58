"""What the page of one case shows beside its row in the queue: what was handed in, attested, proposed and decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias, assert_never
from uuid import UUID

from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted
from lectern.contracts.district_worklog import DistrictReturned, DistrictVerified
from lectern.contracts.review import ApplicationApproved, ApplicationDenied, ApplicationWithdrawn
from lectern.contracts.sealed import Contact, District, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    ConductAnswers,
    DenialReason,
    DistrictCode,
    DistrictEvidence,
    EducatorReport,
    OfficerId,
    Ruling,
    Signature,
)
from lectern.eventlog.views import View
from review.deliberation import (
    ApprovalProposed,
    ConductOpened,
    DecisionSigned,
    DenialProposed,
    NoteAdded,
    ProposalSentBack,
)


class Outcome(StrEnum):
    APPROVAL = "approval"
    DENIAL = "denial"


@dataclass(frozen=True)
class Attestation:
    """What the district signed about the last submission."""

    district: DistrictCode
    rulings: tuple[Ruling, ...]
    evidence: Sealed[DistrictEvidence, District]
    wording: str
    signature: Sealed[Signature, Contact]
    at: datetime


@dataclass(frozen=True)
class Note:
    by: OfficerId
    at: datetime
    text: Sealed[str, State]


@dataclass(frozen=True)
class Proposal:
    """Waits for a second person."""

    proposal_id: UUID
    outcome: Outcome
    by: OfficerId
    at: datetime
    reasons: tuple[DenialReason, ...] = ()
    note: Sealed[str, State] | None = None


@dataclass(frozen=True)
class Decision:
    outcome: Outcome
    by: OfficerId
    second: OfficerId | None
    at: datetime
    reasons: tuple[DenialReason, ...] = ()
    rulings: tuple[Ruling, ...] = ()
    note: Sealed[str, District] | None = None


@dataclass(frozen=True)
class CasePageRow:
    application_id: ApplicationId
    submission: int
    submitted_on: date
    rules: str
    purpose: str
    report: Sealed[EducatorReport, District]
    conduct: Sealed[ConductAnswers, State]
    attestation: Attestation | None = None
    conduct_read: tuple[OfficerId, ...] = ()
    """Who opened the explanations of this submission."""
    notes: tuple[Note, ...] = ()
    proposal: Proposal | None = None
    sent_back: Note | None = None
    """Why the last proposal was not signed."""
    decision: Decision | None = None


PageFact: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | DistrictVerified
    | DistrictReturned
    | NoteAdded
    | ConductOpened
    | ApprovalProposed
    | DenialProposed
    | ProposalSentBack
    | DecisionSigned
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationWithdrawn
)


def fold(row: CasePageRow | None, fact: PageFact) -> CasePageRow | None:
    if isinstance(fact, ApplicationSubmitted):
        return CasePageRow(
            application_id=fact.application_id,
            submission=fact.submission,
            submitted_on=fact.submitted_on,
            rules=fact.rules,
            purpose=fact.purpose,
            report=fact.for_district,
            conduct=fact.for_state,
        )
    if row is None:
        return None  # an application we never heard of has no page
    match fact:
        case ApplicationCorrected():
            return _corrected(row, fact)
        case DistrictVerified():
            return replace(row, attestation=_attested(fact)) if fact.submission == row.submission else row
        case DistrictReturned():
            return replace(row, attestation=None) if fact.submission == row.submission else row
        case NoteAdded():
            return replace(row, notes=(*row.notes, Note(fact.by, fact.at, fact.note)))
        case ConductOpened():
            readers = (*row.conduct_read, fact.by)
            return replace(row, conduct_read=readers) if fact.submission == row.submission else row
        case ApprovalProposed() | DenialProposed() | ProposalSentBack() | ApplicationWithdrawn():
            return _proposed(row, fact)
        case DecisionSigned() | ApplicationApproved() | ApplicationDenied():
            return _decided(row, fact)
        case _:
            assert_never(fact)


def _corrected(row: CasePageRow, fact: ApplicationCorrected) -> CasePageRow:
    if fact.submission <= row.submission:
        return row
    handed_in = replace(row, submission=fact.submission, report=fact.for_district, conduct=fact.for_state)
    return replace(handed_in, attestation=None, conduct_read=(), proposal=None, sent_back=None)


def _attested(fact: DistrictVerified) -> Attestation:
    return Attestation(fact.district, fact.rulings, fact.evidence, fact.attestation, fact.signature, fact.verified_at)


def _proposed(
    row: CasePageRow, fact: ApprovalProposed | DenialProposed | ProposalSentBack | ApplicationWithdrawn
) -> CasePageRow:
    match fact:
        case ApprovalProposed():
            proposal = Proposal(fact.proposal_id, Outcome.APPROVAL, fact.by, fact.at)
            return replace(row, proposal=proposal, sent_back=None)
        case DenialProposed():
            proposal = Proposal(fact.proposal_id, Outcome.DENIAL, fact.by, fact.at, fact.reasons, fact.note)
            return replace(row, proposal=proposal, sent_back=None)
        case ProposalSentBack():
            return replace(row, proposal=None, sent_back=Note(fact.by, fact.at, fact.why))
        case ApplicationWithdrawn():
            return replace(row, proposal=None, sent_back=None)
        case _:
            assert_never(fact)


def _decided(row: CasePageRow, fact: DecisionSigned | ApplicationApproved | ApplicationDenied) -> CasePageRow:
    """Who signed, then what was told to the parties."""
    if isinstance(fact, DecisionSigned):
        outcome = Outcome.APPROVAL if fact.approved else Outcome.DENIAL
        decision = Decision(outcome, fact.first, fact.second, fact.at, fact.reasons)
        return replace(row, proposal=None, sent_back=None, decision=decision)
    if row.decision is None:
        return row
    match fact:
        case ApplicationApproved():
            return replace(row, decision=replace(row.decision, rulings=fact.rulings))
        case ApplicationDenied():
            return replace(row, decision=replace(row.decision, rulings=fact.rulings, note=fact.note))
        case _:
            assert_never(fact)


case_page = View(
    name="case_page",
    version=2,
    row=CasePageRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        DistrictVerified,
        DistrictReturned,
        NoteAdded,
        ConductOpened,
        ApprovalProposed,
        DenialProposed,
        ProposalSentBack,
        DecisionSigned,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationWithdrawn,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
