"""What tests are given: one application of Jordan Avery at Independence 30, and facts about it."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    ClearanceJudged,
    DraftExpiring,
    EducatorRegistered,
    EmployerChanged,
    InformationSupplied,
)
from lectern.contracts.district_worklog import (
    DistrictContactsChanged,
    DistrictDeclined,
    DistrictListed,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationOverdue,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    CertificateExtended,
    CertificateRecorded,
    CertificateStatusChanged,
    CertificateUpgraded,
    InformationRequested,
    ReconsiderationOpened,
    StaffContactsChanged,
)
from lectern.contracts.sealed import Sealed
from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    CertificateKind,
    CertificateStatus,
    DeclineReason,
    EmployerChange,
    Kind,
    NoticeId,
    OfficerId,
    Party,
    PersonId,
    ReturnReason,
    Task,
)
from notifications.notice import SUBMITTED, NoticeRequested, To

INDEPENDENCE = "048-077"
QUESTION = UUID(int=22)
APPLICATION = ApplicationId(UUID("019e0000-0000-7000-8000-000000000001"))
JORDAN = PersonId(UUID("019e0000-0000-7000-8000-000000000002"))
DANA = OfficerId(UUID("019e0000-0000-7000-8000-000000000003"))
CERTIFICATE = CertificateId(UUID("019e0000-0000-7000-8000-000000000004"))
NOTICE = NoticeId(UUID("019e0000-0000-5000-8000-000000000005"))
REFERENCE = "LEC-2026-000123-8"
AT = datetime(2026, 12, 8, 15, 32, tzinfo=UTC)


def sealed(
    origin: str, audience: str = "contact", subject: object = JORDAN, text: str = "c2VhbGVk"
) -> Sealed[Any, Any]:
    """Only the keys could tell what it says, and no rule asks."""
    return Sealed[Any, Any](subject=str(subject), audience=audience, key=UUID(int=1), origin=origin, sealed="c2VhbGVk")


def registered(contact: Sealed[Any, Any] | None = None) -> EducatorRegistered:
    contact = contact or sealed("EducatorRegistered.contact")
    return EducatorRegistered(educator_id=JORDAN, contact=contact, registered_at=AT)


def listed(name: str = "INDEPENDENCE 30") -> DistrictListed:
    return DistrictListed(district=INDEPENDENCE, name=name, county="JACKSON", listed_at=AT)


def district_contacts(contacts: Sealed[Any, Any] | None = None) -> DistrictContactsChanged:
    contacts = contacts or sealed("DistrictContactsChanged.contacts", subject=INDEPENDENCE)
    return DistrictContactsChanged(district=INDEPENDENCE, contacts=contacts, changed_at=AT)


def staff_contacts(contacts: Sealed[Any, Any] | None = None) -> StaffContactsChanged:
    contacts = contacts or sealed("StaffContactsChanged.contacts", subject="dese")
    return StaffContactsChanged(contacts=contacts, changed_at=AT)


def clearance_judged(word: Sealed[Any, Any] | None = None) -> ClearanceJudged:
    word = word or sealed("ClearanceJudged.word")
    return ClearanceJudged(application_id=APPLICATION, educator_id=JORDAN, word=word, judged_at=AT)


def draft_expiring(expires_on: date = date(2026, 12, 22)) -> DraftExpiring:
    return DraftExpiring(
        application_id=APPLICATION,
        educator_id=JORDAN,
        kind=Kind.UPGRADE,
        saved_on=date(2026, 6, 25),
        expires_on=expires_on,
        noticed_at=AT,
    )


def submitted(submission: int = 1) -> ApplicationSubmitted:
    return ApplicationSubmitted(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        reference=REFERENCE,
        kind=Kind.UPGRADE,
        purpose="upgrade",
        certificate_ids=(CERTIFICATE,),
        district=INDEPENDENCE,
        release="release-1",
        for_district=sealed("ApplicationSubmitted.for_district", "district"),
        for_state=sealed("ApplicationSubmitted.for_state", "state"),
        fee=2500,
        rules="upgrade-2026-11",
        submitted_on=date(2026, 12, 8),
        submitted_at=AT,
    )


def corrected(submission: int = 2) -> ApplicationCorrected:
    return ApplicationCorrected(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        tasks=(Task.EDUCATION,),
        district=INDEPENDENCE,
        for_district=sealed("ApplicationCorrected.for_district", "district"),
        for_state=sealed("ApplicationCorrected.for_state", "state"),
        corrected_at=AT,
    )


def item(submission: int = 1) -> dict[str, Any]:
    return {
        "application_id": APPLICATION,
        "educator_id": JORDAN,
        "submission": submission,
        "district": INDEPENDENCE,
    }


def asked(submission: int = 1) -> VerificationRequested:
    return VerificationRequested(**item(submission), kind=Kind.UPGRADE, requested_at=AT)


def claimed(submission: int = 1) -> VerificationClaimed:
    signature = sealed("VerificationClaimed.signature")
    return VerificationClaimed(**item(submission), claimed_by=DANA, signature=signature, claimed_at=AT)


def overdue(submission: int = 1) -> VerificationOverdue:
    return VerificationOverdue(**item(submission), working_days=20, overdue_at=AT)


def returned(submission: int = 1) -> DistrictReturned:
    return DistrictReturned(
        **item(submission),
        reasons=(ReturnReason.HOURS_MISSING, ReturnReason.OTHER),
        note=sealed("DistrictReturned.note", "district"),
        returned_by=DANA,
        signature=sealed("DistrictReturned.signature"),
        returned_at=AT,
    )


def reopened(request_id: UUID = QUESTION) -> VerificationReopened:
    return VerificationReopened(**item(1), request_id=request_id, reopened_at=AT)


def declined(submission: int = 1) -> DistrictDeclined:
    return DistrictDeclined(
        **item(submission),
        reason=DeclineReason.NO_LONGER_EMPLOYED,
        note=None,
        declined_by=DANA,
        signature=sealed("DistrictDeclined.signature"),
        declined_at=AT,
    )


def employer_changed(submission: int = 2) -> EmployerChanged:
    return EmployerChanged(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        before="048-078",
        district=INDEPENDENCE,
        why=EmployerChange.DECLINED,
        changed_at=AT,
    )


def verified(submission: int = 1) -> DistrictVerified:
    return DistrictVerified(
        **item(submission),
        rulings=(),
        evidence=sealed("DistrictVerified.evidence", "district"),
        attestation="attestation-1",
        verified_by=DANA,
        signature=sealed("DistrictVerified.signature"),
        verified_at=AT,
    )


def case(cycle: int = 1, submission: int = 1) -> dict[str, Any]:
    return {"application_id": APPLICATION, "educator_id": JORDAN, "submission": submission, "cycle": cycle}


def approved(cycle: int = 1) -> ApplicationApproved:
    signed = sealed("ApplicationApproved.signed", "state")
    return ApplicationApproved(**case(cycle), rulings=(), rules="upgrade-2026-11", signed=signed, approved_at=AT)


def information_requested(request_id: UUID = QUESTION, party: Party = Party.EDUCATOR) -> InformationRequested:
    return InformationRequested(
        **case(1),
        request_id=request_id,
        party=party,
        tasks=(),
        for_educator=sealed("InformationRequested.for_educator", "state"),
        requested_by=DANA,
        requested_at=AT,
    )


def information_supplied(request_id: UUID = QUESTION) -> InformationSupplied:
    return InformationSupplied(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=1,
        request_id=request_id,
        tasks=(),
        for_district=sealed("InformationSupplied.for_district", "district"),
        answer=sealed("InformationSupplied.answer", "state"),
        supplied_at=AT,
    )


def closed(cycle: int = 1) -> ApplicationClosedIncomplete:
    return ApplicationClosedIncomplete(**case(cycle), why=None, closed_by=None, closed_at=AT)


def withdrawn(cycle: int = 1) -> ApplicationWithdrawn:
    return ApplicationWithdrawn(**case(cycle), withdrawn_at=AT)


def denied(cycle: int = 1) -> ApplicationDenied:
    return ApplicationDenied(
        **case(cycle),
        reasons=sealed("ApplicationDenied.reasons", "state"),
        rulings=(),
        note=sealed("ApplicationDenied.note", "district"),
        rules="upgrade-2026-11",
        signed=sealed("ApplicationDenied.signed", "state"),
        denied_at=AT,
    )


def certificate(expires_on: date = date(2026, 12, 19)) -> CertificateRecorded:
    return CertificateRecorded(
        certificate_id=CERTIFICATE,
        person_id=JORDAN,
        kind=CertificateKind.IPC,
        areas=("Elementary Education 1-6",),
        issued_on=date(2022, 12, 20),
        expires_on=expires_on,
        status=CertificateStatus.ACTIVE,
        recorded_at=AT,
    )


def opened_again(cycle: int = 2) -> ReconsiderationOpened:
    return ReconsiderationOpened(**case(cycle), kind=Kind.UPGRADE, district=INDEPENDENCE, opened_at=AT)


def upgraded(cycle: int = 1) -> CertificateUpgraded:
    return CertificateUpgraded(
        certificate_id=CERTIFICATE,
        person_id=JORDAN,
        application_id=APPLICATION,
        cycle=cycle,
        effective_on=date(2026, 12, 8),
        expires_on=date(2125, 12, 8),
        rules="upgrade-2026-11",
        upgraded_at=AT,
    )


def extended(**changes: Any) -> CertificateExtended:
    said: dict[str, Any] = {
        "certificate_id": CERTIFICATE,
        "person_id": JORDAN,
        "application_id": APPLICATION,
        "cycle": 1,
        "effective_on": date(2026, 12, 19),
        "expires_on": date(2030, 12, 19),
        "rules": "missouri-2026-11",
        "extended_at": AT,
    }
    return CertificateExtended(**said | changes)


def status_changed(status: CertificateStatus, expires_on: date) -> CertificateStatusChanged:
    return CertificateStatusChanged(
        certificate_id=CERTIFICATE,
        person_id=JORDAN,
        change_id=QUESTION,
        status=status,
        effective_on=date(2026, 11, 20),
        expires_on=expires_on,
        order=sealed("CertificateStatusChanged.order", audience="state"),
        signed=sealed("CertificateStatusChanged.signed", audience="state"),
        changed_at=AT,
    )


def intent(**changes: Any) -> NoticeRequested:
    given: dict[str, Any] = {
        "notice_id": NOTICE,
        "notice": SUBMITTED.name,
        "to": To.EDUCATOR,
        "template": SUBMITTED.template,
        "application_id": APPLICATION,
        "educator_id": JORDAN,
        "reference": REFERENCE,
        "kind": Kind.UPGRADE,
        "submission": 1,
        "district": INDEPENDENCE,
        "happened_at": AT,
    }
    return NoticeRequested(**given | changes)
