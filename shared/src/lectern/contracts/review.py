"""Public facts of DESE's service: persons and certificates of the register, cases and their ends."""

from datetime import date
from typing import ClassVar, Literal, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.facts import PublicFact
from lectern.contracts.sealed import Contact, District, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    CertificateKind,
    CertificateStatus,
    DenialReason,
    DistrictCode,
    Inquiry,
    Kind,
    OfficerId,
    Party,
    PersonId,
    PersonName,
    Ruling,
    Signers,
    StaffContact,
    StatusOrder,
    Task,
)

PUBLISHER = "review"


class PersonFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "person"

    person_id: PersonId


class PersonRecorded(PersonFact):
    """The register knows this person. The match token is a keyed HMAC; social security digits are kept nowhere else."""

    type: Literal["PersonRecorded"] = "PersonRecorded"
    match_token: str
    name: Sealed[PersonName, Contact]
    educator_number: Sealed[str, Contact]
    birth_date: Sealed[date, State]
    recorded_at: AwareDatetime


class BackgroundCheckCleared(PersonFact):
    """A background clearance reached DESE. Its date is for DESE and the educator only."""

    type: Literal["BackgroundCheckCleared"] = "BackgroundCheckCleared"
    cleared_on: Sealed[date, State]
    recorded_at: AwareDatetime


class TranscriptReceived(PersonFact):
    """An official transcript of this person reached DESE, whether or not there is an application."""

    type: Literal["TranscriptReceived"] = "TranscriptReceived"
    college: Sealed[str, State]
    received_on: date
    recorded_at: AwareDatetime


class CertificateFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "certificate"

    certificate_id: CertificateId
    person_id: PersonId


class CertificateRecorded(CertificateFact):
    """A certificate as the state's records had it at import. Both days are Chicago days; the last one counts."""

    type: Literal["CertificateRecorded"] = "CertificateRecorded"
    kind: CertificateKind
    areas: tuple[str, ...]
    issued_on: date
    expires_on: date
    status: CertificateStatus
    recorded_at: AwareDatetime


class CertificateUpgraded(CertificateFact):
    """The IPC became a CCPC by a decision, once."""

    type: Literal["CertificateUpgraded"] = "CertificateUpgraded"
    application_id: ApplicationId
    cycle: int
    effective_on: date
    expires_on: date
    rules: str
    upgraded_at: AwareDatetime


class CertificateExtended(CertificateFact):
    """The IPC is good for another period by a decision, once. Its new one starts on `effective_on`."""

    type: Literal["CertificateExtended"] = "CertificateExtended"
    application_id: ApplicationId
    cycle: int
    effective_on: date
    expires_on: date
    rules: str
    extended_at: AwareDatetime


class CertificateReactivated(CertificateFact):
    """An expired certificate is good for a new period by a decision, once. It starts on `effective_on`."""

    type: Literal["CertificateReactivated"] = "CertificateReactivated"
    application_id: ApplicationId
    cycle: int
    effective_on: date
    expires_on: date
    rules: str
    reactivated_at: AwareDatetime


class CertificateExpired(CertificateFact):
    """The last day of an active certificate is over. Rules go on judging by its dates; this is so that nobody need ask.

    A certificate that came in with its last day over has none.
    """

    type: Literal["CertificateExpired"] = "CertificateExpired"
    expires_on: date
    """The Chicago day that was its last one."""
    recorded_at: AwareDatetime


class CertificateStatusChanged(CertificateFact):
    """A certificate was suspended, revoked, surrendered or reinstated, by two at DESE. The order is for DESE alone.

    Reinstated it is active, or expired where its last day is over. Until then nothing is issued, extended or
    reactivated on it.
    """

    type: Literal["CertificateStatusChanged"] = "CertificateStatusChanged"
    change_id: UUID
    status: CertificateStatus
    effective_on: date
    """The Chicago day from which the status counts; never one to come."""
    expires_on: date
    """Its last day, which no status changes."""
    order: Sealed[StatusOrder, State]
    signed: Sealed[Signers, State]
    changed_at: AwareDatetime


class CaseFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "case"

    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    cycle: int
    """One decision is in force for each application and cycle; a reconsideration is a new cycle."""


class ReviewOpened(CaseFact):
    """DESE has a case since the application was submitted; it is ready for decision once the district verified."""

    type: Literal["ReviewOpened"] = "ReviewOpened"
    kind: Kind
    district: DistrictCode | None
    opened_at: AwareDatetime


class ReviewAssigned(CaseFact):
    """A reviewer started on the application."""

    type: Literal["ReviewAssigned"] = "ReviewAssigned"
    reviewer: OfficerId
    assigned_at: AwareDatetime


class ReviewUnassigned(CaseFact):
    """Nobody has the case any more: it is in the queue for whoever takes it next."""

    type: Literal["ReviewUnassigned"] = "ReviewUnassigned"
    unassigned_at: AwareDatetime


class HoldPlaced(CaseFact):
    """DESE decides nothing for the time being. The reason is for DESE alone."""

    type: Literal["HoldPlaced"] = "HoldPlaced"
    why: Sealed[str, State]
    placed_by: OfficerId
    placed_at: AwareDatetime


class HoldReleased(CaseFact):
    """DESE goes on with the case."""

    type: Literal["HoldReleased"] = "HoldReleased"
    why: Sealed[str, State]
    released_by: OfficerId
    released_at: AwareDatetime


class InformationRequested(CaseFact):
    """DESE asks the educator or the district something, and decides after the answer.

    What it asks is sealed for whom it asks, and for nobody else: a district never learns that conduct was asked about.
    """

    type: Literal["InformationRequested"] = "InformationRequested"
    request_id: UUID
    party: Party
    tasks: tuple[Task, ...]
    """What is open to the educator again; the rest of what is asked is answered in words."""
    for_educator: Sealed[Inquiry, State] | None = None
    for_district: Sealed[Inquiry, District] | None = None
    requested_by: OfficerId
    requested_at: AwareDatetime


class ApplicationApproved(CaseFact):
    """DESE approves. Who signed is for DESE and the educator's service: a second name tells of a conduct disclosure."""

    type: Literal["ApplicationApproved"] = "ApplicationApproved"
    rulings: tuple[Ruling, ...]
    rules: str
    signed: Sealed[Signers, State]
    approved_at: AwareDatetime


class ApplicationDenied(CaseFact):
    """DESE denies; a supervisor who is not the reviewer signs too. Reasons are sealed: one of them is conduct."""

    type: Literal["ApplicationDenied"] = "ApplicationDenied"
    reasons: Sealed[tuple[DenialReason, ...], State]
    rulings: tuple[Ruling, ...]
    note: Sealed[str, District]
    """In plain words, for the educator; never about conduct."""
    rules: str
    signed: Sealed[Signers, State]
    denied_at: AwareDatetime


class ApplicationWithdrawn(CaseFact):
    """The case ended because its educator asked for it before a decision."""

    type: Literal["ApplicationWithdrawn"] = "ApplicationWithdrawn"
    withdrawn_at: AwareDatetime


class ApplicationClosedIncomplete(CaseFact):
    """The case ended without a decision: its educator was asked for something, and did not answer.

    Never because a district or DESE is late. A person closes it, or nobody does: then the time for an answer was over.
    """

    type: Literal["ApplicationClosedIncomplete"] = "ApplicationClosedIncomplete"
    why: Sealed[str, State] | None
    """In a person’s words, for the educator."""
    closed_by: OfficerId | None
    closed_at: AwareDatetime


class ReconsiderationOpened(CaseFact):
    """A denial is looked at again: a new cycle of the case, ready for a decision by others than those who denied."""

    type: Literal["ReconsiderationOpened"] = "ReconsiderationOpened"
    kind: Kind
    district: DistrictCode | None
    opened_at: AwareDatetime


class WithdrawalTooLate(CaseFact):
    """The educator asked to withdraw what was decided already; the decision stands."""

    type: Literal["WithdrawalTooLate"] = "WithdrawalTooLate"
    answered_at: AwareDatetime


class StaffFact(PublicFact):
    publisher: ClassVar[str] = PUBLISHER
    stream: ClassVar[str] = "staff"


class StaffContactsChanged(StaffFact):
    """Who at DESE is told. Stream `staff/dese`, sealed under the subject `dese`."""

    type: Literal["StaffContactsChanged"] = "StaffContactsChanged"
    contacts: Sealed[tuple[StaffContact, ...], Contact]
    changed_at: AwareDatetime


ReviewFact: TypeAlias = (
    PersonRecorded
    | BackgroundCheckCleared
    | TranscriptReceived
    | CertificateRecorded
    | CertificateUpgraded
    | CertificateExtended
    | CertificateReactivated
    | CertificateExpired
    | CertificateStatusChanged
    | ReviewOpened
    | ReviewAssigned
    | ReviewUnassigned
    | HoldPlaced
    | HoldReleased
    | InformationRequested
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationWithdrawn
    | ApplicationClosedIncomplete
    | ReconsiderationOpened
    | WithdrawalTooLate
    | StaffContactsChanged
)
