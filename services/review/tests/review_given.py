"""Givens in words: facts as they would have come, and states after them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    InformationSupplied,
    PaymentReceived,
)
from lectern.contracts.district_worklog import (
    DistrictAnswered,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.facts import Fact
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    CertificateExtended,
    CertificateRecorded,
    CertificateStatusChanged,
    CertificateUpgraded,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    ReviewAssigned,
    ReviewOpened,
)
from lectern.contracts.sealed import Sealed
from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DenialReason,
    EstablishedBy,
    Kind,
    Party,
    PaymentMethod,
    ReturnReason,
    Ruling,
    Task,
    Verdict,
)
from lectern.eventlog.deciding import fold
from lectern.eventlog.streams import Entry, Noun
from lectern.rules import IN_FORCE, RULES
from lectern.rules.wording import PURPOSE
from review.case import case
from review.certificate import certificate
from review.deliberation import ApprovalProposed, ConductOpened, DecisionSigned, DenialProposed, deliberation
from review.heard import application, work_item
from review.standing import OnRecord

BY_DISTRICT = IN_FORCE.of(Kind.UPGRADE).established(EstablishedBy.DISTRICT)


def uid(n: int) -> UUID:
    return UUID(int=n)


APPLICATION, EDUCATOR, CERTIFICATE = uid(1), uid(2), uid(3)
PRIYA, THEO, INES = uid(11), uid(12), uid(13)
"""A reviewer, a supervisor, another reviewer."""
PROPOSAL = uid(21)
QUESTION = uid(22)
SUBMITTED = datetime(2026, 11, 24, 15, 0, tzinfo=UTC)
VERIFIED = datetime(2026, 12, 8, 15, 0, tzinfo=UTC)
NOW = datetime(2027, 1, 5, 15, 0, tzinfo=UTC)
TODAY = date(2027, 1, 5)


def sealed(audience: str, origin: str, n: int = 0) -> Sealed[Any, Any]:
    return Sealed(subject=str(EDUCATOR), audience=audience, key=uid(99), origin=origin, sealed=f"{n}")


def after(noun: Noun[Any], *facts: Fact) -> Any:
    """The state of a stream after these facts."""
    return fold(noun, facts)


def told(decided: Iterable[Fact | Entry]) -> list[Fact]:
    """The facts of a decision, wherever they go."""
    return [each.fact if isinstance(each, Entry) else each for each in decided]


def names(decided: Iterable[Fact | Entry]) -> list[str]:
    return [each.type for each in told(decided)]


# ── heard


def submitted(**changed: Any) -> ApplicationSubmitted:
    return ApplicationSubmitted.model_validate(
        {
            "application_id": APPLICATION,
            "educator_id": EDUCATOR,
            "submission": 1,
            "reference": "LEC-2026-000123-8",
            "kind": Kind.UPGRADE,
            "purpose": PURPOSE,
            "certificate_ids": (CERTIFICATE,),
            "district": "048-077",
            "release": "release-1",
            "for_district": sealed("district", "ApplicationSubmitted.for_district"),
            "for_state": sealed("state", "ApplicationSubmitted.for_state"),
            "fee": 2500,
            "rules": RULES,
            "submitted_on": date(2026, 11, 24),
            "submitted_at": SUBMITTED,
        }
        | changed
    )


def corrected(submission: int = 2) -> ApplicationCorrected:
    return ApplicationCorrected(
        application_id=APPLICATION,
        educator_id=EDUCATOR,
        submission=submission,
        tasks=(Task.EDUCATION,),
        district="048-077",
        for_district=sealed("district", "ApplicationCorrected.for_district"),
        for_state=sealed("state", "ApplicationCorrected.for_state"),
        corrected_at=SUBMITTED,
    )


def supplied(request_id: UUID = QUESTION) -> InformationSupplied:
    return InformationSupplied(
        application_id=APPLICATION,
        educator_id=EDUCATOR,
        submission=1,
        request_id=request_id,
        tasks=(Task.EDUCATION,),
        for_district=sealed("district", "InformationSupplied.for_district"),
        answer=sealed("state", "InformationSupplied.answer"),
        supplied_at=NOW,
    )


def paid() -> PaymentReceived:
    return PaymentReceived(
        application_id=APPLICATION,
        educator_id=EDUCATOR,
        submission=1,
        payment_id=uid(31),
        amount=2500,
        method=PaymentMethod.CARD,
        received_at=SUBMITTED,
    )


_AT_DISTRICT: dict[str, Any] = {"application_id": APPLICATION, "educator_id": EDUCATOR, "district": "048-077"}


def requested(submission: int = 1) -> VerificationRequested:
    return VerificationRequested(**_AT_DISTRICT, submission=submission, kind=Kind.UPGRADE, requested_at=SUBMITTED)


def claimed(submission: int = 1) -> VerificationClaimed:
    return VerificationClaimed(
        **_AT_DISTRICT,
        submission=submission,
        claimed_by=uid(41),
        signature=sealed("contact", "VerificationClaimed.signature"),
        claimed_at=SUBMITTED,
    )


def met(*but: str) -> tuple[Ruling, ...]:
    return tuple(
        Ruling(criterion=each, verdict=Verdict.NOT_MET if each in but else Verdict.MET) for each in BY_DISTRICT
    )


def verified(submission: int = 1, *, but: tuple[str, ...] = ()) -> DistrictVerified:
    return DistrictVerified(
        **_AT_DISTRICT,
        submission=submission,
        rulings=met(*but),
        evidence=sealed("district", "DistrictVerified.evidence"),
        attestation="attestation-upgrade-1",
        verified_by=uid(41),
        signature=sealed("contact", "DistrictVerified.signature"),
        verified_at=VERIFIED,
    )


def reopened(request_id: UUID = QUESTION) -> VerificationReopened:
    return VerificationReopened(**_AT_DISTRICT, submission=1, request_id=request_id, reopened_at=NOW)


def answered(request_id: UUID = QUESTION) -> DistrictAnswered:
    return DistrictAnswered(
        **_AT_DISTRICT,
        submission=1,
        request_id=request_id,
        answer=sealed("district", "DistrictAnswered.answer"),
        answered_by=uid(41),
        signature=sealed("contact", "DistrictAnswered.signature"),
        answered_at=NOW,
    )


def returned(submission: int = 1) -> DistrictReturned:
    return DistrictReturned(
        **_AT_DISTRICT,
        submission=submission,
        reasons=(ReturnReason.HOURS_MISSING,),
        note=sealed("district", "DistrictReturned.note"),
        returned_by=uid(41),
        signature=sealed("contact", "DistrictReturned.signature"),
        returned_at=VERIFIED,
    )


# ── our own

_BY: dict[str, Any] = {"application_id": APPLICATION, "at": NOW}
_CASE: dict[str, Any] = {"application_id": APPLICATION, "educator_id": EDUCATOR, "submission": 1, "cycle": 1}


def opened() -> ReviewOpened:
    return ReviewOpened(**_CASE, kind=Kind.UPGRADE, district="048-077", opened_at=SUBMITTED)


def assigned(reviewer: UUID = PRIYA) -> ReviewAssigned:
    return ReviewAssigned(**_CASE, reviewer=reviewer, assigned_at=NOW)


def asked(request_id: UUID = QUESTION, party: Party = Party.EDUCATOR) -> InformationRequested:
    of_educator = party is Party.EDUCATOR
    return InformationRequested(
        **_CASE,
        request_id=request_id,
        party=party,
        tasks=(Task.EDUCATION,) if of_educator else (),
        for_educator=sealed("state", "InformationRequested.for_educator") if of_educator else None,
        for_district=None if of_educator else sealed("district", "InformationRequested.for_district"),
        requested_by=PRIYA,
        requested_at=NOW,
    )


def on_hold() -> HoldPlaced:
    return HoldPlaced(**_CASE, why=sealed("state", "HoldPlaced.why"), placed_by=PRIYA, placed_at=NOW)


def released() -> HoldReleased:
    return HoldReleased(**_CASE, why=sealed("state", "HoldReleased.why"), released_by=PRIYA, released_at=NOW)


def closed() -> ApplicationClosedIncomplete:
    """By the clock."""
    return ApplicationClosedIncomplete(**_CASE, why=None, closed_by=None, closed_at=NOW)


def approved() -> ApplicationApproved:
    return ApplicationApproved(
        **_CASE, rulings=(), rules=RULES, signed=sealed("state", "ApplicationApproved.signed"), approved_at=NOW
    )


def denied() -> ApplicationDenied:
    return ApplicationDenied(
        **_CASE,
        reasons=sealed("state", "ApplicationDenied.reasons"),
        rulings=(),
        note=sealed("district", "ApplicationDenied.note"),
        rules=RULES,
        signed=sealed("state", "ApplicationDenied.signed"),
        denied_at=NOW,
    )


def signed(first: UUID = PRIYA, second: UUID | None = None, *, approved: bool = True) -> DecisionSigned:
    return DecisionSigned(**_BY, by=second or first, submission=1, approved=approved, first=first, second=second)


def recorded(**changed: Any) -> CertificateRecorded:
    return CertificateRecorded.model_validate(
        {
            "certificate_id": CERTIFICATE,
            "person_id": EDUCATOR,
            "kind": CertificateKind.IPC,
            "areas": ("Elementary Education 1-6",),
            "issued_on": date(2023, 1, 15),
            "expires_on": date(2027, 1, 15),
            "status": CertificateStatus.ACTIVE,
            "recorded_at": datetime(2026, 9, 1, tzinfo=UTC),
        }
        | changed
    )


def upgraded() -> CertificateUpgraded:
    return CertificateUpgraded(
        certificate_id=CERTIFICATE,
        person_id=EDUCATOR,
        application_id=APPLICATION,
        cycle=1,
        effective_on=TODAY,
        expires_on=date(2126, 1, 5),
        rules=RULES,
        upgraded_at=NOW,
    )


def certificate_extended(**changed: Any) -> CertificateExtended:
    return CertificateExtended.model_validate(
        {
            "certificate_id": CERTIFICATE,
            "person_id": EDUCATOR,
            "application_id": APPLICATION,
            "cycle": 1,
            "effective_on": date(2027, 1, 15),
            "expires_on": date(2031, 1, 15),
            "rules": RULES,
            "extended_at": NOW,
        }
        | changed
    )


def conduct_opened(by: UUID = PRIYA, submission: int = 1) -> ConductOpened:
    return ConductOpened(**_BY, by=by, submission=submission)


def approval_proposed(by: UUID = PRIYA, submission: int = 1) -> ApprovalProposed:
    return ApprovalProposed(**_BY, by=by, proposal_id=PROPOSAL, submission=submission, rulings=())


def denial_proposed(by: UUID = PRIYA, submission: int = 1) -> DenialProposed:
    return DenialProposed(
        **_BY,
        by=by,
        proposal_id=PROPOSAL,
        submission=submission,
        reasons=(DenialReason.EVIDENCE_NOT_RELIABLE,),
        rulings=(),
        note=sealed("state", "DenialProposed.note"),
    )


def status_changed(status: CertificateStatus, effective_on: date, at: datetime) -> CertificateStatusChanged:
    return CertificateStatusChanged(
        certificate_id=CERTIFICATE,
        person_id=EDUCATOR,
        change_id=uid(71),
        status=status,
        effective_on=effective_on,
        expires_on=date(2027, 1, 15),
        order=sealed("state", "CertificateStatusChanged.order"),
        signed=sealed("state", "CertificateStatusChanged.signed"),
        changed_at=at,
    )


# ── states

OPEN = after(case, opened())
ACTIVE = after(certificate, recorded())
HANDED_IN = after(application, submitted())
ATTESTED = after(work_item, requested(), verified())
NOTHING_PROPOSED = after(deliberation)
ON_RECORD = OnRecord((ACTIVE,))


def on(*certificates: Any) -> OnRecord:
    """What stands on record of an application about these."""
    return OnRecord(certificates)
