"""What happens to a draft: one fact for each saved page, and its way to the district and back."""

from typing import ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime

from applications.document_facts import DocumentsFact
from applications.payment import Outcome
from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.facts import PrivateFact
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


class DraftFact(PrivateFact):
    application_id: ApplicationId
    saved_at: AwareDatetime


class DraftStarted(DraftFact):
    """The educator chose the link under New Applications."""

    type: Literal["DraftStarted"] = "DraftStarted"
    educator_id: PersonId
    kind: Kind
    certificate_id: CertificateId
    instead_of: ApplicationId | None = None
    """The application that is withdrawn when this one is handed in."""


class SavedPage(DraftFact):
    """A page of a task was saved."""

    task: ClassVar[Task]

    @property
    def page(self) -> str:
        """What a form is a form of, so that a stale one is noticed."""
        return self.task.value


class PersonalReviewed(SavedPage):
    """The educator looked at the personal information; a change of it is public and stands in educator/<id>."""

    type: Literal["PersonalReviewed"] = "PersonalReviewed"
    task: ClassVar = Task.PERSONAL


class EducationReported(SavedPage):
    """The whole report as it is now. `complete`: nothing that its kind asks about is left out."""

    type: Literal["EducationReported"] = "EducationReported"
    task: ClassVar = Task.EDUCATION
    report: Sealed[EducatorReport, District]
    complete: bool


class ConductAnswered(SavedPage):
    """One question on professional conduct, in the wording of that version. The answer is for DESE only."""

    type: Literal["ConductAnswered"] = "ConductAnswered"
    task: ClassVar = Task.CONDUCT
    wording: str
    question: str
    answer: Sealed[ConductAnswer, State]

    @property
    def page(self) -> str:
        return f"{self.task.value}/{self.question}"


class PurposeStated(SavedPage):
    type: Literal["PurposeStated"] = "PurposeStated"
    task: ClassVar = Task.PURPOSE
    purpose: str
    route: Route | None = None
    """Which the purpose is, of a kind with routes."""


class CertificatesChosen(SavedPage):
    """The certificates to reactivate."""

    type: Literal["CertificatesChosen"] = "CertificatesChosen"
    task: ClassVar = Task.CERTIFICATES
    certificate_ids: tuple[CertificateId, ...]


class CourseReported(SavedPage):
    """The course that a reactivation rests on."""

    type: Literal["CourseReported"] = "CourseReported"
    task: ClassVar = Task.COURSE
    course: Sealed[CourseTaken, State]


class PaymentMethodChosen(SavedPage):
    type: Literal["PaymentMethodChosen"] = "PaymentMethodChosen"
    task: ClassVar = Task.PAYMENT
    method: PaymentMethod


class ReleaseAccepted(SavedPage):
    """The educator chose "I Accept" under the release of educational information of that version."""

    type: Literal["ReleaseAccepted"] = "ReleaseAccepted"
    task: ClassVar = Task.RELEASE
    release: str


class DistrictChosen(SavedPage):
    type: Literal["DistrictChosen"] = "DistrictChosen"
    task: ClassVar = Task.DISTRICT
    district: DistrictCode


class PaymentAwaited(DraftFact):
    """Submit & Pay: the application as it will be told to everybody once this payment is approved."""

    type: Literal["PaymentAwaited"] = "PaymentAwaited"
    payment_id: PaymentId
    ready: ApplicationSubmitted


class PaymentFellThrough(DraftFact):
    """The payment ended without money: the draft is open again."""

    type: Literal["PaymentFellThrough"] = "PaymentFellThrough"
    payment_id: PaymentId
    outcome: Outcome


class DraftSubmitted(DraftFact):
    type: Literal["DraftSubmitted"] = "DraftSubmitted"
    reference: Reference
    submission: int


class DraftReturned(DraftFact):
    """The district returned this submission: the tasks behind its reasons are open again."""

    type: Literal["DraftReturned"] = "DraftReturned"
    submission: int
    reasons: tuple[ReturnReason, ...]


class DraftCorrected(DraftFact):
    """Handed in again, under the same reference."""

    type: Literal["DraftCorrected"] = "DraftCorrected"
    reference: Reference
    submission: int


class DraftAsked(DraftFact):
    """DESE asked something about this submission: these tasks are open again, and an answer in words is due."""

    type: Literal["DraftAsked"] = "DraftAsked"
    submission: int
    request_id: UUID
    tasks: tuple[Task, ...]


class DraftAnswered(DraftFact):
    """What DESE asked is answered. The submission stays what it was."""

    type: Literal["DraftAnswered"] = "DraftAnswered"
    request_id: UUID


class DraftMoved(DraftFact):
    """Another district is named: handed in again as it was, under the same reference."""

    type: Literal["DraftMoved"] = "DraftMoved"
    submission: int
    district: DistrictCode


class DraftShut(DraftFact):
    """The application ended while its educator was asked something: nothing is open any more."""

    type: Literal["DraftShut"] = "DraftShut"


class DraftDiscarded(DraftFact):
    type: Literal["DraftDiscarded"] = "DraftDiscarded"


StepFact: TypeAlias = (
    PersonalReviewed
    | EducationReported
    | ConductAnswered
    | PurposeStated
    | CertificatesChosen
    | CourseReported
    | PaymentMethodChosen
    | ReleaseAccepted
    | DistrictChosen
)
DraftsFact: TypeAlias = (
    DraftStarted
    | StepFact
    | PaymentAwaited
    | PaymentFellThrough
    | DraftSubmitted
    | DraftReturned
    | DraftCorrected
    | DraftAsked
    | DraftAnswered
    | DraftMoved
    | DraftShut
    | DraftDiscarded
    | DocumentsFact
)
