"""Public facts of the educators' service."""

from datetime import date
from typing import ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.documents import Document, DocumentId, StoredBytes
from lectern.contracts.facts import PublicFact
from lectern.contracts.sealed import Contact, District, Sealed, State
from lectern.contracts.values import (
    AccountId,
    ApplicationId,
    Cents,
    CertificateId,
    ClearanceWord,
    ConductAnswers,
    ContactDetails,
    CourseTaken,
    DistrictCode,
    EducatorReport,
    EmployerChange,
    Kind,
    PaymentId,
    PaymentMethod,
    PersonId,
    Reference,
    Route,
    Task,
)

PUBLISHER = "applications"


class EducatorFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "educator"

    educator_id: PersonId


class EducatorRegistered(EducatorFact):
    """An educator has an account here, tied to a person in the register, and says how to be reached."""

    type: Literal["EducatorRegistered"] = "EducatorRegistered"
    contact: Sealed[ContactDetails, Contact]
    registered_at: AwareDatetime


class EducatorLinked(EducatorFact):
    """An account proved to belong to this person: Educator ID, last name, birth date and SSN digits matched."""

    type: Literal["EducatorLinked"] = "EducatorLinked"
    account_id: AccountId
    linked_at: AwareDatetime


class PersonalInformationChanged(EducatorFact):
    """The educator changed name, email or phone."""

    type: Literal["PersonalInformationChanged"] = "PersonalInformationChanged"
    contact: Sealed[ContactDetails, Contact]
    changed_at: AwareDatetime


class ApplicationFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "application"

    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    """The first, second ... handing-in of this application that the fact is about."""


class PaymentReceived(ApplicationFact):
    """The provider has the money for this application."""

    type: Literal["PaymentReceived"] = "PaymentReceived"
    payment_id: PaymentId
    amount: Cents
    method: PaymentMethod
    received_at: AwareDatetime


class ApplicationSubmitted(ApplicationFact):
    """An application is handed in and nothing is owed any more.

    `submitted_on` is the Chicago day of Submit or Submit & Pay, also when the payment cleared later; criteria that look
    at a day look at that one.
    """

    schema_number: ClassVar[int] = 2

    type: Literal["ApplicationSubmitted"] = "ApplicationSubmitted"
    reference: Reference
    kind: Kind
    purpose: str
    route: Route | None = None
    """Of a reactivation: what the purpose says."""
    certificate_ids: tuple[CertificateId, ...]
    """Several only of a reactivation."""
    district: DistrictCode | None
    """None where no district has to verify anything."""
    release: str
    """The version of the release text that was accepted."""
    for_district: Sealed[EducatorReport, District]
    for_state: Sealed[ConductAnswers, State]
    course: Sealed[CourseTaken, State] | None = None
    """Of a reactivation by a course: what the educator reports of it."""
    fee: Cents
    rules: str
    """The rule set it was submitted under, kept for its whole life."""
    submitted_on: date
    submitted_at: AwareDatetime


class ApplicationCorrected(ApplicationFact):
    """The educator answered what was asked and handed the application in again, under the same reference."""

    schema_number: ClassVar[int] = 2

    type: Literal["ApplicationCorrected"] = "ApplicationCorrected"
    tasks: tuple[Task, ...]
    """What was changed."""
    district: DistrictCode | None
    for_district: Sealed[EducatorReport, District]
    for_state: Sealed[ConductAnswers, State]
    answer: Sealed[str, District] | None = None
    """What the educator says to the district's question, in words."""
    corrected_at: AwareDatetime


class InformationSupplied(ApplicationFact):
    """The educator answers what DESE asked. The submission stays the one the district has verified."""

    type: Literal["InformationSupplied"] = "InformationSupplied"
    request_id: UUID
    tasks: tuple[Task, ...]
    """What was looked at again."""
    for_district: Sealed[EducatorReport, District]
    """The report as it is now."""
    answer: Sealed[str, State]
    """In words, for DESE alone: it may be about conduct."""
    supplied_at: AwareDatetime


class EmployerChanged(ApplicationFact):
    """The application names another district, under the next submission number; what was answered stays as it is."""

    type: Literal["EmployerChanged"] = "EmployerChanged"
    before: DistrictCode
    """The district that had it until now."""
    district: DistrictCode
    why: EmployerChange
    changed_at: AwareDatetime


class PaymentRefunded(ApplicationFact):
    """The provider has given the money of this application back."""

    type: Literal["PaymentRefunded"] = "PaymentRefunded"
    payment_id: PaymentId
    amount: Cents
    refunded_at: AwareDatetime


class WithdrawalRequested(ApplicationFact):
    """The educator wants the application back. Review alone ends it: ApplicationWithdrawn, or WithdrawalTooLate."""

    type: Literal["WithdrawalRequested"] = "WithdrawalRequested"
    requested_at: AwareDatetime


class ReconsiderationRequested(ApplicationFact):
    """The educator asks DESE to look at a denial again. The certificate is spoken for until DESE has decided anew."""

    type: Literal["ReconsiderationRequested"] = "ReconsiderationRequested"
    cycle: int
    """The cycle that was denied; once for each."""
    why: Sealed[str, State]
    """In the educator’s words, for DESE alone: they may be about conduct."""
    requested_at: AwareDatetime


class ProvidedFact(PublicFact):
    """A file that came with a handing-in and may be looked at: it was scanned, or there is no scanner. An unofficial
    copy, whatever it shows. Told once for each file, when both are true."""

    publisher: ClassVar[str] = PUBLISHER

    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    """The handing-in it came with."""
    document_id: DocumentId
    stored: StoredBytes
    scanned: bool
    """False: no scanner was configured."""
    provided_at: AwareDatetime


class DocumentProvided(ProvidedFact):
    """What an educator reports is shown by a file, for the district and DESE. An unofficial copy."""

    stream: ClassVar[str] = "document"

    type: Literal["DocumentProvided"] = "DocumentProvided"
    document: Sealed[Document, District]


class StateDocumentProvided(ProvidedFact):
    """A file for DESE only."""

    stream: ClassVar[str] = "state-document"

    type: Literal["StateDocumentProvided"] = "StateDocumentProvided"
    document: Sealed[Document, State]


class DraftExpiring(PublicFact):
    """Nobody touched a draft for long: it is deleted when this day is over, unless its educator saves a page."""

    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "draft-reminder"

    type: Literal["DraftExpiring"] = "DraftExpiring"
    application_id: ApplicationId
    educator_id: PersonId
    kind: Kind
    saved_on: date
    expires_on: date
    noticed_at: AwareDatetime


class ClearanceJudged(PublicFact):
    """What DESE's file said of the background check on the day a reactivation was submitted, whatever it said.

    For the educator's own mail, and heard by nobody else: that there is such a fact says nothing.
    """

    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "clearance"

    type: Literal["ClearanceJudged"] = "ClearanceJudged"
    application_id: ApplicationId
    educator_id: PersonId
    word: Sealed[ClearanceWord, Contact]
    judged_at: AwareDatetime


ApplicationsFact: TypeAlias = (
    EducatorRegistered
    | EducatorLinked
    | PersonalInformationChanged
    | PaymentReceived
    | ApplicationSubmitted
    | ApplicationCorrected
    | InformationSupplied
    | EmployerChanged
    | WithdrawalRequested
    | ReconsiderationRequested
    | PaymentRefunded
    | DocumentProvided
    | StateDocumentProvided
    | DraftExpiring
    | ClearanceJudged
)
