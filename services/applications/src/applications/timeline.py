"""What has happened to an application, in order, as its educator is told; from the facts of all services."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, assert_never

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
    PaymentReceived,
    PaymentRefunded,
    ReconsiderationRequested,
    WithdrawalRequested,
)
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationOverdue,
)
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    ReconsiderationOpened,
    ReviewAssigned,
    WithdrawalTooLate,
)
from lectern.contracts.sealed import Contact, District, Sealed
from lectern.contracts.values import (
    ApplicationId,
    Cents,
    DeclineReason,
    DistrictCode,
    EmployerChange,
    Party,
    PersonId,
    Ruling,
    Signature,
)
from lectern.eventlog.views import View


class Happened(StrEnum):
    PAID = "paid"
    SUBMITTED = "submitted"
    OPENED = "opened"
    RETURNED = "returned"
    CORRECTED = "corrected"
    VERIFIED = "verified"
    ASSIGNED = "assigned"
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWAL_REQUESTED = "withdrawal-requested"
    WITHDRAWN = "withdrawn"
    TOO_LATE = "withdrawal-too-late"
    REFUNDED = "refunded"
    ASKED = "asked"
    DISTRICT_ASKED = "district-asked"
    SUPPLIED = "supplied"
    OVERDUE = "overdue"
    HELD = "held"
    CLOSED = "closed"
    RELEASED = "released"
    DECLINED = "declined"
    NAMED_ANOTHER = "named-another"
    RECONSIDERATION_REQUESTED = "reconsideration-requested"
    OPENED_AGAIN = "opened-again"


@dataclass(frozen=True)
class TimelineEntry:
    what: Happened
    at: datetime
    submission: int
    district: DistrictCode | None = None
    by: Sealed[Signature, Contact] | None = None
    quote: Sealed[str, District] | None = None
    amount: Cents | None = None
    rulings: tuple[Ruling, ...] = ()
    before: DistrictCode | None = None
    """The district it was with until then."""
    why: EmployerChange | None = None
    closed: bool = False
    """Whether the district declined because it has closed: nobody there said so."""


@dataclass(frozen=True)
class TimelineRow:
    application_id: ApplicationId
    educator_id: PersonId
    entries: tuple[TimelineEntry, ...] = ()
    """Oldest first."""


FACTS: tuple[type[Any], ...] = (
    PaymentReceived,
    ApplicationSubmitted,
    ApplicationCorrected,
    EmployerChanged,
    VerificationClaimed,
    VerificationOverdue,
    DistrictReturned,
    DistrictDeclined,
    DistrictVerified,
    ReviewAssigned,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    InformationSupplied,
    ApplicationApproved,
    ApplicationDenied,
    WithdrawalRequested,
    ApplicationClosedIncomplete,
    ApplicationWithdrawn,
    WithdrawalTooLate,
    ReconsiderationRequested,
    ReconsiderationOpened,
    PaymentRefunded,
)
Told = (
    PaymentReceived
    | ApplicationSubmitted
    | ApplicationCorrected
    | EmployerChanged
    | VerificationClaimed
    | VerificationOverdue
    | DistrictReturned
    | DistrictDeclined
    | DistrictVerified
    | ReviewAssigned
    | HoldPlaced
    | HoldReleased
    | InformationRequested
    | InformationSupplied
    | ApplicationApproved
    | ApplicationDenied
    | WithdrawalRequested
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | WithdrawalTooLate
    | ReconsiderationRequested
    | ReconsiderationOpened
    | PaymentRefunded
)


def fold(row: TimelineRow | None, fact: Told) -> TimelineRow:
    before = row or TimelineRow(fact.application_id, fact.educator_id)
    return replace(before, entries=(*before.entries, entry(fact)))


def entry(fact: Told) -> TimelineEntry:  # noqa: C901, PLR0912 - one line for each fact
    match fact:
        case PaymentReceived():
            return TimelineEntry(Happened.PAID, fact.received_at, fact.submission, amount=fact.amount)
        case ApplicationSubmitted():
            return TimelineEntry(Happened.SUBMITTED, fact.submitted_at, fact.submission, fact.district)
        case ApplicationCorrected():
            return TimelineEntry(
                Happened.CORRECTED, fact.corrected_at, fact.submission, fact.district, quote=fact.answer
            )
        case EmployerChanged():
            return TimelineEntry(
                Happened.NAMED_ANOTHER,
                fact.changed_at,
                fact.submission,
                fact.district,
                before=fact.before,
                why=fact.why,
            )
        case DistrictDeclined():
            return TimelineEntry(
                Happened.DECLINED,
                fact.declined_at,
                fact.submission,
                fact.district,
                fact.signature,
                fact.note,
                closed=fact.reason is DeclineReason.DISTRICT_CLOSED,
            )
        case VerificationClaimed():
            return TimelineEntry(Happened.OPENED, fact.claimed_at, fact.submission, fact.district, fact.signature)
        case VerificationOverdue():
            return TimelineEntry(Happened.OVERDUE, fact.overdue_at, fact.submission, fact.district)
        case DistrictReturned():
            return TimelineEntry(
                Happened.RETURNED, fact.returned_at, fact.submission, fact.district, fact.signature, fact.note
            )
        case DistrictVerified():
            return TimelineEntry(
                Happened.VERIFIED,
                fact.verified_at,
                fact.submission,
                fact.district,
                fact.signature,
                rulings=fact.rulings,
            )
        case ReviewAssigned():
            return TimelineEntry(Happened.ASSIGNED, fact.assigned_at, fact.submission)
        case HoldPlaced():
            return TimelineEntry(Happened.HELD, fact.placed_at, fact.submission)
        case HoldReleased():
            return TimelineEntry(Happened.RELEASED, fact.released_at, fact.submission)
        case InformationRequested():
            what = Happened.ASKED if fact.party is Party.EDUCATOR else Happened.DISTRICT_ASKED
            return TimelineEntry(what, fact.requested_at, fact.submission)
        case InformationSupplied():
            return TimelineEntry(Happened.SUPPLIED, fact.supplied_at, fact.submission)
        case ApplicationApproved():
            return TimelineEntry(Happened.APPROVED, fact.approved_at, fact.submission, rulings=fact.rulings)
        case ApplicationDenied():
            return TimelineEntry(
                Happened.DENIED, fact.denied_at, fact.submission, quote=fact.note, rulings=fact.rulings
            )
        case WithdrawalRequested():
            return TimelineEntry(Happened.WITHDRAWAL_REQUESTED, fact.requested_at, fact.submission)
        case ApplicationClosedIncomplete():
            return TimelineEntry(Happened.CLOSED, fact.closed_at, fact.submission)
        case ApplicationWithdrawn():
            return TimelineEntry(Happened.WITHDRAWN, fact.withdrawn_at, fact.submission)
        case WithdrawalTooLate():
            return TimelineEntry(Happened.TOO_LATE, fact.answered_at, fact.submission)
        case ReconsiderationRequested():
            return TimelineEntry(Happened.RECONSIDERATION_REQUESTED, fact.requested_at, fact.submission)
        case ReconsiderationOpened():
            return TimelineEntry(Happened.OPENED_AGAIN, fact.opened_at, fact.submission)
        case PaymentRefunded():
            return TimelineEntry(Happened.REFUNDED, fact.refunded_at, fact.submission, amount=fact.amount)
        case _:
            assert_never(fact)


timeline = View(
    name="timeline",
    version=10,
    row=TimelineRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=FACTS,
    sql=Path(__file__).with_suffix(".sql"),
)
