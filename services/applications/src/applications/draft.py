"""A draft: an application while the educator fills it in, pays for it, or answers what a district asked. Private."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from applications.document_facts import DOCUMENT_FACTS, DocumentChecked, DocumentsFact
from applications.documents import NO_DOCUMENTS, Documents, handed_in, with_document
from applications.draft_facts import (
    CertificatesChosen,
    ConductAnswered,
    CourseReported,
    DistrictChosen,
    DraftAnswered,
    DraftAsked,
    DraftCorrected,
    DraftDiscarded,
    DraftMoved,
    DraftReturned,
    DraftsFact,
    DraftShut,
    DraftStarted,
    DraftSubmitted,
    EducationReported,
    PaymentAwaited,
    PaymentFellThrough,
    PaymentMethodChosen,
    PersonalReviewed,
    PurposeStated,
    ReleaseAccepted,
    SavedPage,
    StepFact,
)
from applications.payment import Outcome
from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.sealed import District, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    ConductAnswer,
    CourseTaken,
    DistrictCode,
    EducatorReport,
    Kind,
    PaymentId,
    PaymentMethod,
    PersonId,
    Reference,
    ReturnReason,
    Route,
    Task,
)
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Answers:
    """What was answered so far, sealed where it is personal."""

    application_id: ApplicationId
    educator_id: PersonId
    kind: Kind
    certificate_id: CertificateId
    saved_at: datetime
    instead_of: ApplicationId | None = None
    """The application that is withdrawn when this one is handed in."""
    personal: bool = False
    education: Sealed[EducatorReport, District] | None = None
    education_complete: bool = False
    conduct: Mapping[str, Sealed[ConductAnswer, State]] = field(default_factory=dict)
    """By the question's id."""
    wording: str | None = None
    """The version of the questions that were answered last."""
    purpose: str | None = None
    route: Route | None = None
    """Which the purpose is, of a kind with routes."""
    certificates: tuple[CertificateId, ...] = ()
    """Those to reactivate."""
    course: Sealed[CourseTaken, State] | None = None
    method: PaymentMethod | None = None
    release: str | None = None
    district: DistrictCode | None = None
    saves: int = 0
    """How often anything was saved."""
    documents: Documents = field(default_factory=lambda: NO_DOCUMENTS)
    saved: Mapping[str, int] = field(default_factory=dict)
    """How often each page was saved: what its form was made from."""

    @property
    def about(self) -> tuple[CertificateId, ...]:
        """The certificates it is about."""
        return self.certificates or (self.certificate_id,)

    def revision(self, page: str) -> int:
        return self.saved.get(page, 0)


@dataclass(frozen=True)
class NoDraft: ...


@dataclass(frozen=True)
class Open:
    answers: Answers
    reference: Reference | None = None
    """Allotted by the first Submit & Pay, and kept."""
    fell_through: Outcome | None = None
    """How the last payment ended, if it was not approved."""


@dataclass(frozen=True)
class AwaitingPayment:
    """Handed in on the day of Submit & Pay; `ready` is told to everybody as soon as nothing is owed any more."""

    answers: Answers
    payment_id: PaymentId
    ready: ApplicationSubmitted


@dataclass(frozen=True)
class Submitted:
    answers: Answers
    reference: Reference
    submission: int
    payment_id: PaymentId | None = None
    """Which payment it waited for, if any."""


@dataclass(frozen=True)
class Returned:
    """A district asked for something: these tasks are open again."""

    answers: Answers
    reference: Reference
    submission: int
    reasons: tuple[ReturnReason, ...]
    again: frozenset[Task] = frozenset()
    """Those that were saved since."""


@dataclass(frozen=True)
class Asked:
    """DESE asked something: these tasks are open again, and an answer in words is due."""

    answers: Answers
    reference: Reference
    submission: int
    request_id: UUID
    tasks: frozenset[Task]
    again: frozenset[Task] = frozenset()
    """Those that were saved since."""


@dataclass(frozen=True)
class Discarded:
    educator_id: PersonId


Draft: TypeAlias = NoDraft | Open | AwaitingPayment | Submitted | Returned | Asked | Discarded


def evolve(draft: Draft, fact: DraftsFact) -> Draft:  # noqa: C901 - one line for each fact
    if isinstance(fact, SavedPage):
        return _saved(draft, fact)
    if isinstance(fact, DOCUMENT_FACTS):
        return _with_document(draft, fact)
    match fact:
        case DraftStarted():
            about = fact.application_id, fact.educator_id, fact.kind, fact.certificate_id
            return Open(Answers(*about, fact.saved_at, fact.instead_of))
        case PaymentAwaited():
            return AwaitingPayment(draft.answers, fact.payment_id, fact.ready) if isinstance(draft, Open) else draft
        case PaymentFellThrough():
            return _open_again(draft, fact)
        case DraftSubmitted() | DraftCorrected():
            return _handed_in(draft, fact)
        case DraftReturned():
            return _returned(draft, fact)
        case DraftAsked() | DraftAnswered() | DraftShut():
            return _asked(draft, fact)
        case DraftMoved():
            return _moved(draft, fact)
        case DraftDiscarded():
            return draft if isinstance(draft, NoDraft | Discarded) else Discarded(draft.answers.educator_id)
        case _:
            assert_never(fact)


def _returned(draft: Draft, fact: DraftReturned) -> Draft:
    if isinstance(draft, Submitted):
        return Returned(draft.answers, draft.reference, draft.submission, fact.reasons)
    return draft


def _asked(draft: Draft, fact: DraftAsked | DraftAnswered | DraftShut) -> Draft:
    match fact:
        case DraftAsked():
            if isinstance(draft, Submitted):
                tasks = frozenset(fact.tasks)
                return Asked(draft.answers, draft.reference, draft.submission, fact.request_id, tasks)
            return draft
        case DraftAnswered():
            if isinstance(draft, Asked):
                answers = replace(draft.answers, documents=handed_in(draft.answers.documents, draft.submission))
                return Submitted(answers, draft.reference, draft.submission)
            return draft
        case DraftShut():
            if isinstance(draft, Asked | Returned):
                return Submitted(draft.answers, draft.reference, draft.submission)
            return draft
        case _:
            assert_never(fact)


def _open_again(draft: Draft, fact: PaymentFellThrough) -> Draft:
    if isinstance(draft, AwaitingPayment) and draft.payment_id == fact.payment_id:
        return Open(draft.answers, draft.ready.reference, fact.outcome)
    return draft


def _handed_in(draft: Draft, fact: DraftSubmitted | DraftCorrected) -> Draft:
    if isinstance(draft, NoDraft | Discarded):
        return draft
    payment_id = draft.payment_id if isinstance(draft, AwaitingPayment) else None
    answers = replace(draft.answers, documents=handed_in(draft.answers.documents, fact.submission))
    return Submitted(answers, fact.reference, fact.submission, payment_id)


def _with_document(draft: Draft, fact: DocumentsFact) -> Draft:
    if isinstance(draft, NoDraft | Discarded):
        return draft
    answers = replace(draft.answers, documents=with_document(draft.answers.documents, fact))
    if isinstance(fact, DocumentChecked):
        return replace(draft, answers=answers)
    answers = replace(answers, saved_at=fact.saved_at, saves=answers.saves + 1)
    if isinstance(draft, Returned | Asked):
        return replace(draft, answers=answers, again=draft.again | {fact.task})
    return replace(draft, answers=answers)


def _moved(draft: Draft, fact: DraftMoved) -> Draft:
    if not isinstance(draft, Submitted | Returned):
        return draft
    answers = replace(draft.answers, district=fact.district)
    return Submitted(answers, draft.reference, fact.submission)


def _saved(draft: Draft, fact: StepFact) -> Draft:
    match draft:
        case Open():
            return replace(draft, answers=_answered(draft.answers, fact))
        case Returned() | Asked():
            return replace(draft, answers=_answered(draft.answers, fact), again=draft.again | {fact.task})
        case NoDraft() | AwaitingPayment() | Submitted() | Discarded():
            return draft
        case _:
            assert_never(draft)


def _answered(answers: Answers, fact: StepFact) -> Answers:
    counted = replace(
        answers,
        saved_at=fact.saved_at,
        saves=answers.saves + 1,
        saved={**answers.saved, fact.page: answers.revision(fact.page) + 1},
    )
    match fact:
        case PersonalReviewed():
            return replace(counted, personal=True)
        case EducationReported():
            return replace(counted, education=fact.report, education_complete=fact.complete)
        case ConductAnswered():
            conduct = {**answers.conduct, fact.question: fact.answer}
            return replace(counted, conduct=conduct, wording=fact.wording)
        case PurposeStated():
            return replace(counted, purpose=fact.purpose, route=fact.route)
        case CertificatesChosen():
            return replace(counted, certificates=fact.certificate_ids)
        case CourseReported():
            return replace(counted, course=fact.course)
        case PaymentMethodChosen():
            return replace(counted, method=fact.method)
        case ReleaseAccepted():
            return replace(counted, release=fact.release)
        case DistrictChosen():
            return replace(counted, district=fact.district)
        case _:
            assert_never(fact)


draft = Noun[Draft](
    "draft",
    NoDraft(),
    evolve,
    facts=(
        DraftStarted,
        PersonalReviewed,
        EducationReported,
        ConductAnswered,
        PurposeStated,
        CertificatesChosen,
        CourseReported,
        PaymentMethodChosen,
        ReleaseAccepted,
        DistrictChosen,
        PaymentAwaited,
        PaymentFellThrough,
        DraftSubmitted,
        DraftReturned,
        DraftCorrected,
        DraftAsked,
        DraftAnswered,
        DraftMoved,
        DraftShut,
        DraftDiscarded,
        *DOCUMENT_FACTS,
    ),
)
