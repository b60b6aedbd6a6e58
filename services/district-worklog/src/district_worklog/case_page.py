"""What the page of one application shows beside its row in the work log: the report, the records, what happened."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, assert_never
from uuid import UUID

from district_worklog.evidence import CriterionRecorded, EvidenceKept, SealedRecord
from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted, InformationSupplied
from lectern.contracts.district_worklog import (
    DistrictAnswered,
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationOverdue,
    VerificationReassigned,
    VerificationRequested,
)
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    InformationRequested,
    ReconsiderationOpened,
)
from lectern.contracts.sealed import Contact, District, Sealed
from lectern.contracts.values import (
    ApplicationId,
    DeclineReason,
    DistrictCode,
    EducatorReport,
    Inquiry,
    OfficerId,
    Party,
    ReturnReason,
    Signature,
    Task,
    Verdict,
)
from lectern.eventlog.views import View


@dataclass(frozen=True)
class RecordOnPage:
    criterion: str
    record_id: UUID
    submission: int
    """The handing-in it was recorded for, or kept for."""
    record: SealedRecord
    verdict: Verdict
    by: OfficerId
    signature: Sealed[Signature, Contact]
    at: datetime


@dataclass(frozen=True)
class Return:
    """Why it went back, and in which words."""

    reasons: tuple[ReturnReason, ...]
    note: Sealed[str, District] | None
    declined: DeclineReason | None = None
    """Instead of reasons, where the district declined it."""


@dataclass(frozen=True)
class Happened:
    """An entry of the history: what, for which handing-in, when, and who at the district."""

    what: str
    submission: int
    at: datetime
    signature: Sealed[Signature, Contact] | None = None
    returned: Return | None = None
    asked: Sealed[Inquiry, District] | None = None
    """What DESE asked the district."""
    answer: Sealed[str, District] | None = None
    """What the district said to it, or the educator to a return."""


@dataclass(frozen=True)
class CasePageRow:
    application_id: ApplicationId
    district: DistrictCode | None
    submission: int
    report: Sealed[EducatorReport, District]
    report_of: int
    """The handing-in the report came with."""
    corrected: tuple[Task, ...] = ()
    words: Sealed[str, District] | None = None
    """What its educator said to the last return."""
    records: tuple[RecordOnPage, ...] = ()
    history: tuple[Happened, ...] = ()


CasePageFact: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | VerificationRequested
    | VerificationClaimed
    | CriterionRecorded
    | EvidenceKept
    | DistrictVerified
    | DistrictReturned
    | DistrictAnswered
    | InformationRequested
    | InformationSupplied
    | VerificationOverdue
    | DistrictDeclined
    | VerificationReassigned
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened
)


def fold(row: CasePageRow | None, fact: CasePageFact) -> CasePageRow | None:
    if isinstance(fact, ApplicationSubmitted):
        return CasePageRow(
            application_id=fact.application_id,
            district=fact.district,
            submission=0,
            report=fact.for_district,
            report_of=fact.submission,
        )
    if row is None:
        return None  # an application we never heard of has no page
    match fact:
        case ApplicationCorrected():
            if fact.submission <= row.report_of:
                return row
            return replace(
                row, report=fact.for_district, report_of=fact.submission, corrected=fact.tasks, words=fact.answer
            )
        case InformationRequested() | InformationSupplied():
            return _asked(row, fact)
        case VerificationRequested():
            return _requested(row, fact)
        case ApplicationApproved() | ApplicationDenied() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return _ended(row, fact)
        case ReconsiderationOpened():
            return _happened(row, Happened("again", fact.submission, fact.opened_at))
        case (
            VerificationClaimed()
            | CriterionRecorded()
            | EvidenceKept()
            | DistrictVerified()
            | DistrictReturned()
            | DistrictAnswered()
            | VerificationOverdue()
            | DistrictDeclined()
            | VerificationReassigned()
        ):
            return _worked_on(row, fact) if fact.submission == row.submission else row
        case _:
            assert_never(fact)


def _asked(row: CasePageRow, fact: InformationRequested | InformationSupplied) -> CasePageRow:
    """What DESE asks the educator is no business of a district; the educator's report, as it is then, is."""
    match fact:
        case InformationRequested():
            entry = Happened("asked", fact.submission, fact.requested_at, asked=fact.for_district)
            return _happened(row, entry) if fact.party is Party.DISTRICT else row
        case InformationSupplied():
            return replace(row, report=fact.for_district)
        case _:
            assert_never(fact)


Ending: TypeAlias = ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete


def _ended(row: CasePageRow, fact: Ending) -> CasePageRow:
    match fact:
        case ApplicationApproved():
            return _happened(row, Happened("approved", fact.submission, fact.approved_at))
        case ApplicationDenied():
            return _happened(row, Happened("denied", fact.submission, fact.denied_at))
        case ApplicationWithdrawn():
            return _happened(row, Happened("withdrawn", fact.submission, fact.withdrawn_at))
        case ApplicationClosedIncomplete():
            return _happened(row, Happened("incomplete", fact.submission, fact.closed_at))
        case _:
            assert_never(fact)


def _requested(row: CasePageRow, fact: VerificationRequested) -> CasePageRow:
    if fact.submission <= row.submission:
        return row
    what = "submitted" if row.submission == 0 else "corrected"
    if fact.district != row.district:  # what one district recorded is nothing to the next
        row = replace(row, district=fact.district, records=(), history=(), corrected=(), words=None)
        what = "named"
    elif row.history and row.history[-1].what == "declined":
        what = "named"
    said = row.words if what == "corrected" else None
    entry = Happened(what, fact.submission, fact.requested_at, answer=said)
    return _happened(replace(row, submission=fact.submission), entry)


def _worked_on(
    row: CasePageRow,
    fact: VerificationClaimed
    | CriterionRecorded
    | EvidenceKept
    | DistrictVerified
    | DistrictReturned
    | DistrictAnswered
    | VerificationOverdue
    | DistrictDeclined
    | VerificationReassigned,
) -> CasePageRow:
    match fact:
        case VerificationClaimed():
            return _happened(row, Happened("claimed", fact.submission, fact.claimed_at, fact.signature))
        case CriterionRecorded():
            return replace(row, records=(*(r for r in row.records if r.criterion != fact.criterion), _recorded(fact)))
        case EvidenceKept():
            return replace(row, records=tuple(replace(each, submission=fact.submission) for each in row.records))
        case DistrictVerified():
            return _happened(row, Happened("verified", fact.submission, fact.verified_at, fact.signature))
        case DistrictAnswered():
            entry = Happened("answered", fact.submission, fact.answered_at, fact.signature, answer=fact.answer)
            return _happened(row, entry)
        case DistrictReturned():
            returned = Return(fact.reasons, fact.note)
            return _happened(row, Happened("returned", fact.submission, fact.returned_at, fact.signature, returned))
        case VerificationOverdue():
            return _happened(row, Happened("overdue", fact.submission, fact.overdue_at))
        case DistrictDeclined():
            why = Return((), fact.note, fact.reason)
            return _happened(row, Happened("declined", fact.submission, fact.declined_at, fact.signature, why))
        case VerificationReassigned():
            return _happened(row, Happened("passed-on", fact.submission, fact.reassigned_at, fact.signature))
        case _:
            assert_never(fact)


def _recorded(fact: CriterionRecorded) -> RecordOnPage:
    return RecordOnPage(
        criterion=fact.criterion,
        record_id=fact.record_id,
        submission=fact.submission,
        record=fact.record,
        verdict=fact.verdict,
        by=fact.recorded_by,
        signature=fact.signature,
        at=fact.recorded_at,
    )


def _happened(row: CasePageRow, entry: Happened) -> CasePageRow:
    return replace(row, history=(*row.history, entry))


case_page = View(
    name="case_page",
    version=9,
    row=CasePageRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(
        ApplicationSubmitted,
        ApplicationCorrected,
        VerificationRequested,
        VerificationClaimed,
        CriterionRecorded,
        EvidenceKept,
        DistrictVerified,
        DistrictReturned,
        DistrictAnswered,
        InformationRequested,
        InformationSupplied,
        VerificationOverdue,
        DistrictDeclined,
        VerificationReassigned,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        ReconsiderationOpened,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
