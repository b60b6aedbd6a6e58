"""Public facts of the districts' service."""

from datetime import date
from typing import ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.documents import Document, DocumentId, StoredBytes
from lectern.contracts.facts import PublicFact
from lectern.contracts.sealed import Contact, District, Sealed
from lectern.contracts.values import (
    ApplicationId,
    DeclineReason,
    DistrictCode,
    DistrictEvidence,
    Kind,
    OfficerId,
    PersonId,
    ReturnReason,
    Ruling,
    Signature,
    StaffContact,
)

PUBLISHER = "district-worklog"


class DistrictFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "district"

    district: DistrictCode


class DistrictListed(DistrictFact):
    """A school district or charter that can verify, as the state lists it (name in the state's spelling)."""

    type: Literal["DistrictListed"] = "DistrictListed"
    name: str
    county: str
    listed_at: AwareDatetime


class DistrictChanged(DistrictFact):
    """The state lists the district under another name or county."""

    type: Literal["DistrictChanged"] = "DistrictChanged"
    name: str
    county: str
    changed_at: AwareDatetime


class DistrictContactsChanged(DistrictFact):
    """Who is told about certification at the district. Sealed under the district's own key."""

    type: Literal["DistrictContactsChanged"] = "DistrictContactsChanged"
    contacts: Sealed[tuple[StaffContact, ...], Contact]
    changed_at: AwareDatetime


class DistrictNoticesChosen(DistrictFact):
    """How the district's contacts hear of new applications: by an email for each, or in the daily one alone."""

    type: Literal["DistrictNoticesChosen"] = "DistrictNoticesChosen"
    each_item: bool
    chosen_by: OfficerId
    chosen_at: AwareDatetime


class DistrictClosed(DistrictFact):
    """The district no longer verifies from this Chicago day on."""

    type: Literal["DistrictClosed"] = "DistrictClosed"
    closed_on: date
    closed_at: AwareDatetime


class WorkItemFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "work-item"

    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    district: DistrictCode


class VerificationRequested(WorkItemFact):
    """The application stands in the district's work log."""

    type: Literal["VerificationRequested"] = "VerificationRequested"
    kind: Kind
    requested_at: AwareDatetime


class VerificationClaimed(WorkItemFact):
    """Somebody at the district opened the application and has it."""

    type: Literal["VerificationClaimed"] = "VerificationClaimed"
    claimed_by: OfficerId
    signature: Sealed[Signature, Contact]
    claimed_at: AwareDatetime


class DistrictVerified(WorkItemFact):
    """The employing district attests that the educator meets the criteria, and submits to DESE."""

    schema_number: ClassVar[int] = 2

    type: Literal["DistrictVerified"] = "DistrictVerified"
    rulings: tuple[Ruling, ...]
    evidence: Sealed[DistrictEvidence, District]
    attestation: str
    """The version of the attestation text that was signed."""
    verified_by: OfficerId
    signature: Sealed[Signature, Contact]
    verified_at: AwareDatetime


class DistrictReturned(WorkItemFact):
    """The district needs something from the educator. The note is in the district's words."""

    schema_number: ClassVar[int] = 2

    type: Literal["DistrictReturned"] = "DistrictReturned"
    reasons: tuple[ReturnReason, ...]
    note: Sealed[str, District]
    returned_by: OfficerId
    signature: Sealed[Signature, Contact]
    returned_at: AwareDatetime


class VerificationReopened(WorkItemFact):
    """DESE asked the district something: the application stands in its work log again, for the same submission."""

    type: Literal["VerificationReopened"] = "VerificationReopened"
    request_id: UUID
    reopened_at: AwareDatetime


class DistrictAnswered(WorkItemFact):
    """The district answers what DESE asked, in words. What it attests now is the DistrictVerified beside it."""

    type: Literal["DistrictAnswered"] = "DistrictAnswered"
    request_id: UUID
    answer: Sealed[str, District]
    answered_by: OfficerId
    signature: Sealed[Signature, Contact]
    answered_at: AwareDatetime


class VerificationOverdue(WorkItemFact):
    """The district has had the application for so long that its administrators are told. It decides nothing."""

    type: Literal["VerificationOverdue"] = "VerificationOverdue"
    working_days: int
    """How many the district has had it, over all handings-in."""
    overdue_at: AwareDatetime


class ContactHoursCompleted(WorkItemFact):
    """The contact hours of professional development that the district attested to for a reactivation are completed."""

    type: Literal["ContactHoursCompleted"] = "ContactHoursCompleted"
    quarter_hours: int
    completed_on: date
    """The day by which all of them were."""
    recorded_by: OfficerId
    signature: Sealed[Signature, Contact]
    recorded_at: AwareDatetime


class ContactHoursOverdue(WorkItemFact):
    """The last day for the contact hours is over, and nobody recorded them. The certificate stays as it is."""

    type: Literal["ContactHoursOverdue"] = "ContactHoursOverdue"
    due_on: date
    overdue_at: AwareDatetime


class EvidenceProvided(PublicFact):
    """A file the district attests by, and that may be looked at: it was scanned, or there is no scanner. For DESE."""

    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "evidence-document"

    type: Literal["EvidenceProvided"] = "EvidenceProvided"
    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    district: DistrictCode
    document_id: DocumentId
    document: Sealed[Document, District]
    stored: StoredBytes
    scanned: bool
    """False: no scanner was configured."""
    provided_at: AwareDatetime


class DistrictDeclined(WorkItemFact):
    """The district does not answer for this educator, who names another one or applies otherwise."""

    type: Literal["DistrictDeclined"] = "DistrictDeclined"
    reason: DeclineReason
    note: Sealed[str, District] | None
    declined_by: OfficerId | None
    """None: nobody; the district has closed."""
    signature: Sealed[Signature, Contact] | None
    declined_at: AwareDatetime


class VerificationReassigned(WorkItemFact):
    """The district knows which other one employs the educator, and passes the application on to it.

    It is there once `EmployerChanged` says so: the educator's service gives the next submission its number.
    """

    type: Literal["VerificationReassigned"] = "VerificationReassigned"
    to: DistrictCode
    reassigned_by: OfficerId
    signature: Sealed[Signature, Contact]
    reassigned_at: AwareDatetime


DistrictWorklogFact: TypeAlias = (
    DistrictListed
    | DistrictChanged
    | DistrictContactsChanged
    | DistrictNoticesChosen
    | DistrictClosed
    | VerificationRequested
    | VerificationClaimed
    | DistrictVerified
    | DistrictReturned
    | VerificationReopened
    | DistrictAnswered
    | VerificationOverdue
    | ContactHoursCompleted
    | ContactHoursOverdue
    | EvidenceProvided
    | DistrictDeclined
    | VerificationReassigned
)
