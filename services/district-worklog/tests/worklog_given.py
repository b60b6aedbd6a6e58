"""What tests are given: one application of Jordan Avery, facts about it, and records as Dana Whitfield makes them."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid5

from district_worklog.application import Application, application
from district_worklog.case import Case, case
from district_worklog.evidence import (
    AssistanceRecord,
    CheckedYear,
    CriterionRecorded,
    DevelopmentRecord,
    EvaluationRecord,
    Evidence,
    EvidenceKept,
    MentoringRecord,
    Record,
    TeachingNowRecord,
    TeachingRecord,
    evidence,
)
from district_worklog.recording import Entered
from district_worklog.rulings import Terms, verdict_of
from district_worklog.work_item import WorkItem, work_item
from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EducatorRegistered,
    EmployerChanged,
    InformationSupplied,
    PersonalInformationChanged,
)
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictAnswered,
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationOverdue,
    VerificationReassigned,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.facts import Fact
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationDenied,
    ApplicationWithdrawn,
    CertificateRecorded,
    CertificateStatusChanged,
    InformationRequested,
    PersonRecorded,
    ReconsiderationOpened,
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
    OfficerId,
    Party,
    PersonId,
    ReturnReason,
    Task,
    YearTaught,
)
from lectern.eventlog.streams import Noun
from lectern.rules import IN_FORCE, RULES

OURS, THEIRS = "048-077", "115-115"
APPLICATION = ApplicationId(UUID("019e0000-0000-7000-8000-000000000001"))
JORDAN = PersonId(UUID("019e0000-0000-7000-8000-000000000002"))
CERTIFICATE = CertificateId(UUID("019e0000-0000-7000-8000-000000000003"))
DANA = OfficerId(UUID("019e0000-0000-7000-8000-0000000000d1"))
LUIS = OfficerId(UUID("019e0000-0000-7000-8000-0000000000d2"))
QUESTION = UUID("019e0000-0000-7000-8000-0000000000e1")
REFERENCE = "LEC-2026-000412-6"
SUBMITTED = datetime(2026, 11, 25, 15, 0, tzinfo=UTC)
NOW = datetime(2026, 12, 2, 15, 30, tzinfo=UTC)
TODAY = chicago_day(NOW)
TERMS = Terms(IN_FORCE, Kind.UPGRADE, date(2026, 11, 25))
EXTENSION = Terms(IN_FORCE, Kind.EXTENSION, date(2026, 11, 25))


def sealed(origin: str, audience: str = "contact", what: str = "AAAA", subject: object = JORDAN) -> Sealed[Any, Any]:
    """Stands for a sealed value where nothing opens it; its place is checked all the same."""
    return Sealed[Any, str](
        subject=str(subject), audience=audience, key=uuid5(JORDAN, audience), origin=origin, sealed=what
    )


def given(noun: Noun[Any], *facts: Fact) -> Any:
    state = noun.initial
    for fact in facts:
        state = noun.evolve(state, fact)
    return state


def item_after(*facts: Fact) -> WorkItem:
    return given(work_item, *facts)  # type: ignore[no-any-return]


def case_after(*facts: Fact) -> Case:
    return given(case, *facts)  # type: ignore[no-any-return]


def evidence_after(*facts: Fact) -> Evidence:
    return given(evidence, *facts)  # type: ignore[no-any-return]


def heard(*facts: Fact) -> Application:
    return given(application, *(facts or (submitted(),)))  # type: ignore[no-any-return]


# ── facts of others


def submitted(district: str | None = OURS, submission: int = 1, **more: Any) -> ApplicationSubmitted:
    said: dict[str, Any] = {
        "application_id": APPLICATION,
        "educator_id": JORDAN,
        "submission": submission,
        "reference": REFERENCE,
        "kind": Kind.UPGRADE,
        "purpose": "I request",
        "certificate_ids": (CERTIFICATE,),
        "district": district,
        "release": "release-1",
        "for_district": sealed("ApplicationSubmitted.for_district", "district"),
        "for_state": sealed("ApplicationSubmitted.for_state", "state"),
        "fee": 2500,
        "rules": RULES,
        "submitted_on": date(2026, 11, 25),
        "submitted_at": SUBMITTED,
    }
    return ApplicationSubmitted(**(said | more))


def corrected(submission: int = 2, district: str | None = OURS) -> ApplicationCorrected:
    return ApplicationCorrected(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        tasks=(Task.EDUCATION,),
        district=district,
        for_district=sealed("ApplicationCorrected.for_district", "district"),
        for_state=sealed("ApplicationCorrected.for_state", "state"),
        corrected_at=SUBMITTED + timedelta(days=submission),
    )


def employer_changed(
    submission: int = 2, to: str = THEIRS, before: str = OURS, why: EmployerChange = EmployerChange.DECLINED
) -> EmployerChanged:
    return EmployerChanged(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        before=before,
        district=to,
        why=why,
        changed_at=SUBMITTED + timedelta(days=submission),
    )


def approved(submission: int = 1) -> ApplicationApproved:
    return ApplicationApproved(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        cycle=1,
        rulings=(),
        rules=RULES,
        signed=sealed("ApplicationApproved.signed", "state"),
        approved_at=NOW,
    )


def denied(submission: int = 1) -> ApplicationDenied:
    return ApplicationDenied(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        cycle=1,
        reasons=sealed("ApplicationDenied.reasons", "state"),
        rulings=(),
        note=sealed("ApplicationDenied.note", "district"),
        rules=RULES,
        signed=sealed("ApplicationDenied.signed", "state"),
        denied_at=NOW,
    )


def opened_again(submission: int = 1) -> ReconsiderationOpened:
    return ReconsiderationOpened(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        cycle=2,
        kind=Kind.UPGRADE,
        district=OURS,
        opened_at=NOW,
    )


def withdrawn(submission: int = 1) -> ApplicationWithdrawn:
    return ApplicationWithdrawn(
        application_id=APPLICATION, educator_id=JORDAN, submission=submission, cycle=1, withdrawn_at=NOW
    )


def asked(party: Party = Party.DISTRICT, submission: int = 1) -> InformationRequested:
    """By DESE."""
    of_district = party is Party.DISTRICT
    return InformationRequested(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        cycle=1,
        request_id=QUESTION,
        party=party,
        tasks=(),
        for_district=sealed("InformationRequested.for_district", "district") if of_district else None,
        for_educator=None if of_district else sealed("InformationRequested.for_educator", "state"),
        requested_by=LUIS,
        requested_at=NOW,
    )


def supplied(submission: int = 1) -> InformationSupplied:
    """By the educator, to a question of DESE."""
    return InformationSupplied(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        request_id=QUESTION,
        tasks=(Task.EDUCATION,),
        for_district=sealed("InformationSupplied.for_district", "district"),
        answer=sealed("InformationSupplied.answer", "state"),
        supplied_at=NOW,
    )


def reopened(submission: int = 1) -> VerificationReopened:
    return VerificationReopened(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        request_id=QUESTION,
        reopened_at=NOW,
    )


def answered(submission: int = 1) -> DistrictAnswered:
    return DistrictAnswered(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        request_id=QUESTION,
        answer=sealed("DistrictAnswered.answer", "district"),
        answered_by=DANA,
        signature=sealed("DistrictAnswered.signature"),
        answered_at=NOW,
    )


def registered() -> EducatorRegistered:
    return EducatorRegistered(educator_id=JORDAN, contact=sealed("EducatorRegistered.contact"), registered_at=SUBMITTED)


def renamed() -> PersonalInformationChanged:
    return PersonalInformationChanged(
        educator_id=JORDAN, contact=sealed("PersonalInformationChanged.contact", what="BBBB"), changed_at=NOW
    )


def person() -> PersonRecorded:
    return PersonRecorded(
        person_id=JORDAN,
        match_token="0" * 64,
        name=sealed("PersonRecorded.name"),
        educator_number=sealed("PersonRecorded.educator_number"),
        birth_date=sealed("PersonRecorded.birth_date", "state"),
        recorded_at=SUBMITTED,
    )


def certificate(expires_on: date = date(2027, 1, 15)) -> CertificateRecorded:
    return CertificateRecorded(
        certificate_id=CERTIFICATE,
        person_id=JORDAN,
        kind=CertificateKind.IPC,
        areas=("Elementary",),
        issued_on=date(2023, 1, 16),
        expires_on=expires_on,
        status=CertificateStatus.ACTIVE,
        recorded_at=SUBMITTED,
    )


def status_changed(status: CertificateStatus) -> CertificateStatusChanged:
    return CertificateStatusChanged(
        certificate_id=CERTIFICATE,
        person_id=JORDAN,
        change_id=APPLICATION,
        status=status,
        effective_on=date(2026, 11, 20),
        expires_on=date(2027, 1, 15),
        order=sealed("CertificateStatusChanged.order", audience="state"),
        signed=sealed("CertificateStatusChanged.signed", audience="state"),
        changed_at=SUBMITTED,
    )


# ── our own facts


def requested(submission: int = 1, district: str = OURS) -> VerificationRequested:
    return VerificationRequested(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=district,
        kind=Kind.UPGRADE,
        requested_at=SUBMITTED if submission == 1 else SUBMITTED + timedelta(days=submission),
    )


def overdue(submission: int = 1, district: str = OURS) -> VerificationOverdue:
    return VerificationOverdue(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=district,
        working_days=20,
        overdue_at=NOW,
    )


def claimed(by: OfficerId = DANA, submission: int = 1) -> VerificationClaimed:
    return VerificationClaimed(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        claimed_by=by,
        signature=sealed("VerificationClaimed.signature"),
        claimed_at=NOW,
    )


def recorded(
    record: Record, submission: int = 1, record_id: UUID | None = None, terms: Terms = TERMS
) -> CriterionRecorded:
    return CriterionRecorded(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        criterion=record.criterion,
        record_id=record_id or id_of(record),
        record=sealed("CriterionRecorded.record", "district"),
        verdict=verdict_of(record, terms, TODAY),
        recorded_by=DANA,
        signature=sealed("CriterionRecorded.signature"),
        recorded_at=NOW,
    )


def kept(submission: int = 2) -> EvidenceKept:
    return EvidenceKept(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        kept_by=DANA,
        kept_at=NOW,
    )


def verified(submission: int = 1) -> DistrictVerified:
    return DistrictVerified(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        rulings=(),
        evidence=sealed("DistrictVerified.evidence", "district"),
        attestation="attestation-upgrade-1",
        verified_by=DANA,
        signature=sealed("DistrictVerified.signature"),
        verified_at=NOW,
    )


def returned(submission: int = 1) -> DistrictReturned:
    return DistrictReturned(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        reasons=(ReturnReason.HOURS_MISSING,),
        note=sealed("DistrictReturned.note", "district"),
        returned_by=DANA,
        signature=sealed("DistrictReturned.signature"),
        returned_at=NOW,
    )


def declined(submission: int = 1, reason: DeclineReason = DeclineReason.NO_LONGER_EMPLOYED) -> DistrictDeclined:
    return DistrictDeclined(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        reason=reason,
        note=sealed("DistrictDeclined.note", "district"),
        declined_by=DANA,
        signature=sealed("DistrictDeclined.signature"),
        declined_at=NOW,
    )


def passed_on(submission: int = 1, to: str = THEIRS) -> VerificationReassigned:
    return VerificationReassigned(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        to=to,
        reassigned_by=DANA,
        signature=sealed("VerificationReassigned.signature"),
        reassigned_at=NOW,
    )


# ── records


def year(
    start: int, share: int = 100, fte: int = 100, against: str = "Our contract", teaching: bool = True
) -> CheckedYear:
    return CheckedYear(
        school_year=start,
        employer="Independence 30",
        position="Teacher, grade 3",
        fte_hundredths=100,
        share_hundredths=share,
        checked_against=against,
    )


FOUR_YEARS = TeachingRecord(years=tuple(year(start) for start in (2022, 2023, 2024, 2025)))
THIRTY_HOURS = DevelopmentRecord(quarter_hours=120, plan_approved=True)
TWO_YEARS_MENTORED = MentoringRecord(shown=True, school_years=2)
ASSISTED = AssistanceRecord(completed=True, completed_on=date(2024, 6, 14), provider="Ozark Plains University")
EVALUATED = EvaluationRecord(took_part=True)
TEACHES_NOW = TeachingNowRecord(
    teaching_now=True, since=date(2026, 8, 12), position="Teacher, grade 3", fte_hundredths=100
)
ALL_FIVE: tuple[Record, ...] = (FOUR_YEARS, THIRTY_HOURS, TWO_YEARS_MENTORED, ASSISTED, EVALUATED)


def id_of(record: Record) -> UUID:
    return uuid5(APPLICATION, record.model_dump_json())


def ids_of(records: Iterable[Record]) -> frozenset[UUID]:
    return frozenset(id_of(each) for each in records)


def entered(record: Record, seen: UUID | None = None) -> Entered:
    return Entered(
        record=record,
        sealed=sealed("CriterionRecorded.record", "district"),
        record_id=id_of(record),
        seen=seen,
    )


def plain_years(record: TeachingRecord) -> tuple[YearTaught, ...]:
    return tuple(YearTaught.model_validate(each.model_dump(exclude={"checked_against"})) for each in record.years)
