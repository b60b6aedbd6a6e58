"""What people at a district ask for, in tests of the rules."""

from typing import Any

from worklog_given import ALL_FIVE, APPLICATION, DANA, NOW, OURS, TERMS, TODAY, entered, ids_of, sealed

from district_worklog.claiming import ClaimItem
from district_worklog.declining import DeclineApplication
from district_worklog.evidence import Record
from district_worklog.recording import Entered, KeepEvidence, RecordEvidence
from district_worklog.returning import ReturnToEducator
from district_worklog.rulings import Terms, evidence_of
from district_worklog.verifying import VerifyApplication
from lectern.contracts.values import DeclineReason, OfficerId, ReturnReason


def claiming(district: str = OURS, officer: OfficerId = DANA, submission: int = 1) -> ClaimItem:
    return ClaimItem(
        application_id=APPLICATION,
        district=district,
        submission=submission,
        officer=officer,
        now=NOW,
        signature=sealed("VerificationClaimed.signature"),
    )


def recording(*cards: Record | Entered, district: str = OURS, submission: int = 1) -> RecordEvidence:
    return RecordEvidence(
        application_id=APPLICATION,
        district=district,
        submission=submission,
        officer=DANA,
        now=NOW,
        entered=tuple(each if isinstance(each, Entered) else entered(each) for each in cards),
        signature=sealed("CriterionRecorded.signature"),
        claim=sealed("VerificationClaimed.signature"),
    )


def keeping(submission: int = 2, district: str = OURS) -> KeepEvidence:
    return KeepEvidence(application_id=APPLICATION, district=district, submission=submission, officer=DANA, now=NOW)


def verifying(
    records: tuple[Record, ...] = ALL_FIVE,
    district: str = OURS,
    attested: bool = True,
    submission: int = 1,
    terms: Terms = TERMS,
) -> VerifyApplication:
    return VerifyApplication(
        application_id=APPLICATION,
        district=district,
        submission=submission,
        officer=DANA,
        now=NOW,
        seen=ids_of(records),
        evidence=evidence_of(records, TODAY, terms),
        sealed=sealed("DistrictVerified.evidence", "district"),
        attested=attested,
        attestation=terms.rules.of(terms.kind).attestation,
        signature=sealed("DistrictVerified.signature"),
    )


def declining(
    reason: DeclineReason | None = DeclineReason.NO_LONGER_EMPLOYED, note: str = "Until June.", district: str = OURS
) -> DeclineApplication:
    return DeclineApplication(
        application_id=APPLICATION,
        district=district,
        submission=1,
        officer=DANA,
        now=NOW,
        reason=reason,
        note=note,
        sealed_note=sealed("DistrictDeclined.note", "district"),
        signature=sealed("DistrictDeclined.signature"),
    )


def returning(*reasons: ReturnReason, note: str = "Four hours are missing.", district: str = OURS) -> ReturnToEducator:
    return ReturnToEducator(
        application_id=APPLICATION,
        district=district,
        submission=1,
        officer=DANA,
        now=NOW,
        reasons=reasons,
        note=note,
        sealed_note=sealed("DistrictReturned.note", "district"),
        signature=sealed("DistrictReturned.signature"),
    )


def answering(answer: str = "It is grade 3.", **said: Any) -> VerifyApplication:
    """The same, with an answer to what DESE asked."""
    words = {
        "answer": answer,
        "sealed_answer": sealed("DistrictAnswered.answer", "district"),
        "signed_answer": sealed("DistrictAnswered.signature"),
    }
    return verifying(**said).model_copy(update=words)
