"""What the page of one case shows beside its row in the queue: what was handed in, attested, proposed and decided."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias, assert_never
from uuid import UUID

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
    ReconsiderationRequested,
)
from lectern.contracts.district_worklog import DistrictAnswered, DistrictDeclined, DistrictReturned, DistrictVerified
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    ReconsiderationOpened,
)
from lectern.contracts.sealed import Contact, District, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    ConductAnswers,
    CourseSeen,
    CourseTaken,
    DenialReason,
    DistrictCode,
    DistrictEvidence,
    EducatorReport,
    Inquiry,
    OfficerId,
    Route,
    Ruling,
    Signature,
)
from lectern.eventlog.views import View
from review.comparison import TranscriptCompared
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
class Answered:
    """What came back, in words."""

    at: datetime
    by_educator: Sealed[str, State] | None = None
    by_district: Sealed[str, District] | None = None
    signature: Sealed[Signature, Contact] | None = None


@dataclass(frozen=True)
class Asked:
    """What DESE asked, and of whom."""

    request_id: UUID
    by: OfficerId
    at: datetime
    of_educator: Sealed[Inquiry, State] | None = None
    of_district: Sealed[Inquiry, District] | None = None
    answered: Answered | None = None


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
class Closed:
    """As incomplete: by a person, or by the clock."""

    at: datetime
    by: OfficerId | None = None
    why: Sealed[str, State] | None = None


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
class Earlier:
    """A denial that is looked at again, and why its educator asked for that."""

    decision: Decision
    asked_at: datetime
    why: Sealed[str, State]


@dataclass(frozen=True)
class Comparison:
    """What somebody read about the course in the official transcript."""

    comparison_id: UUID
    seen: Sealed[CourseSeen, State]
    by: OfficerId
    at: datetime


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
    closed: Closed | None = None
    held: Note | None = None
    """Why it is on hold, while it is."""
    asked: tuple[Asked, ...] = ()
    """Oldest first."""
    proposal: Proposal | None = None
    sent_back: Note | None = None
    """Why the last proposal was not signed."""
    decision: Decision | None = None
    route: Route | None = None
    certificate_ids: tuple[CertificateId, ...] = ()
    course: Sealed[CourseTaken, State] | None = None
    comparison: Comparison | None = None
    cycle: int = 1
    earlier: tuple[Earlier, ...] = ()
    """Oldest first."""


PageFact: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | EmployerChanged
    | DistrictVerified
    | DistrictReturned
    | InformationRequested
    | InformationSupplied
    | DistrictAnswered
    | HoldPlaced
    | HoldReleased
    | DistrictDeclined
    | TranscriptCompared
    | NoteAdded
    | ConductOpened
    | ApprovalProposed
    | DenialProposed
    | ProposalSentBack
    | DecisionSigned
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationRequested
    | ReconsiderationOpened
)


def fold(row: CasePageRow | None, fact: PageFact) -> CasePageRow | None:  # noqa: C901 - one line for each fact
    if isinstance(fact, ApplicationSubmitted):
        return CasePageRow(
            application_id=fact.application_id,
            submission=fact.submission,
            submitted_on=fact.submitted_on,
            rules=fact.rules,
            purpose=fact.purpose,
            report=fact.for_district,
            conduct=fact.for_state,
            route=fact.route,
            certificate_ids=fact.certificate_ids,
            course=fact.course,
        )
    if row is None:
        return None  # an application we never heard of has no page
    match fact:
        case ApplicationCorrected() | EmployerChanged():
            return _again(row, fact)
        case DistrictVerified():
            return replace(row, attestation=_attested(fact)) if fact.submission == row.submission else row
        case DistrictReturned() | DistrictDeclined():
            return replace(row, attestation=None) if fact.submission == row.submission else row
        case TranscriptCompared():
            return replace(row, comparison=Comparison(fact.comparison_id, fact.seen, fact.by, fact.at))
        case InformationRequested() | InformationSupplied() | DistrictAnswered():
            return _inquired(row, fact)
        case NoteAdded() | ConductOpened() | HoldPlaced() | HoldReleased():
            return _noted(row, fact)
        case (
            ApprovalProposed()
            | DenialProposed()
            | ProposalSentBack()
            | ApplicationWithdrawn()
            | ApplicationClosedIncomplete()
        ):
            return _proposed(row, fact)
        case DecisionSigned() | ApplicationApproved() | ApplicationDenied():
            return _decided(row, fact)
        case ReconsiderationRequested() | ReconsiderationOpened():
            return _again_looked_at(row, fact)
        case _:
            assert_never(fact)


def _again_looked_at(row: CasePageRow, fact: ReconsiderationRequested | ReconsiderationOpened) -> CasePageRow:
    match fact:
        case ReconsiderationRequested():
            if row.decision is None or fact.cycle != row.cycle:
                return row
            return replace(row, earlier=(*row.earlier, Earlier(row.decision, fact.requested_at, fact.why)))
        case ReconsiderationOpened():
            return replace(row, cycle=fact.cycle, decision=None, proposal=None, sent_back=None)
        case _:
            assert_never(fact)


def _again(row: CasePageRow, fact: ApplicationCorrected | EmployerChanged) -> CasePageRow:
    """Handed in again, with other answers or for another district. A decision is not undone by what comes late."""
    if fact.submission <= row.submission or row.decision is not None:
        return row
    handed_in = replace(row, submission=fact.submission)
    if isinstance(fact, ApplicationCorrected):
        handed_in = replace(handed_in, report=fact.for_district, conduct=fact.for_state)
    return replace(handed_in, attestation=None, conduct_read=(), proposal=None, sent_back=None)


def _inquired(row: CasePageRow, fact: InformationRequested | InformationSupplied | DistrictAnswered) -> CasePageRow:
    match fact:
        case InformationRequested():
            asked = Asked(fact.request_id, fact.requested_by, fact.requested_at, fact.for_educator, fact.for_district)
            return replace(row, asked=(*row.asked, asked))
        case InformationSupplied():
            answered = Answered(fact.supplied_at, fact.answer)
            return replace(_answered(row, fact.request_id, answered), report=fact.for_district)
        case DistrictAnswered():
            said = Answered(fact.answered_at, by_district=fact.answer, signature=fact.signature)
            return _answered(row, fact.request_id, said)
        case _:
            assert_never(fact)


def _noted(row: CasePageRow, fact: NoteAdded | ConductOpened | HoldPlaced | HoldReleased) -> CasePageRow:
    match fact:
        case NoteAdded():
            return replace(row, notes=(*row.notes, Note(fact.by, fact.at, fact.note)))
        case HoldPlaced():
            return replace(row, held=Note(fact.placed_by, fact.placed_at, fact.why))
        case HoldReleased():
            return replace(row, held=None)
        case ConductOpened():
            readers = (*row.conduct_read, fact.by)
            return replace(row, conduct_read=readers) if fact.submission == row.submission else row
        case _:
            assert_never(fact)


def _answered(row: CasePageRow, request_id: UUID, answered: Answered) -> CasePageRow:
    asked = (replace(each, answered=answered) if each.request_id == request_id else each for each in row.asked)
    return replace(row, asked=tuple(asked))


def _attested(fact: DistrictVerified) -> Attestation:
    return Attestation(fact.district, fact.rulings, fact.evidence, fact.attestation, fact.signature, fact.verified_at)


Proposing: TypeAlias = (
    ApprovalProposed | DenialProposed | ProposalSentBack | ApplicationWithdrawn | ApplicationClosedIncomplete
)


def _proposed(
    row: CasePageRow,
    fact: Proposing,
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
        case ApplicationClosedIncomplete():
            closed = Closed(fact.closed_at, fact.closed_by, fact.why)
            return replace(row, proposal=None, sent_back=None, closed=closed)
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
    version=8,
    row=CasePageRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        EmployerChanged,
        DistrictVerified,
        DistrictReturned,
        InformationRequested,
        InformationSupplied,
        DistrictAnswered,
        HoldPlaced,
        HoldReleased,
        DistrictDeclined,
        TranscriptCompared,
        NoteAdded,
        ConductOpened,
        ApprovalProposed,
        DenialProposed,
        ProposalSentBack,
        DecisionSigned,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        ReconsiderationRequested,
        ReconsiderationOpened,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
