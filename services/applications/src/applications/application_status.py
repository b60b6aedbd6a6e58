"""Where an application is, since when, and the days it spent with each; told from the facts of all services."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias, assert_never

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
    PaymentRefunded,
    ReconsiderationRequested,
    WithdrawalRequested,
)
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
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
)
from lectern.contracts.sealed import District, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    Cents,
    CertificateId,
    CourseTaken,
    DeclineReason,
    DenialReason,
    DistrictCode,
    Inquiry,
    Kind,
    Party,
    PersonId,
    Reference,
    ReturnReason,
    Route,
)
from lectern.eventlog.views import View
from lectern.rules.working_days import working_days


class Holder(StrEnum):
    """Who has it."""

    DISTRICT = "district"
    EDUCATOR = "educator"
    DESE = "dese"
    NOBODY = "nobody"


class Decision(StrEnum):
    APPROVED = "approved"
    DENIED = "denied"
    WITHDRAWN = "withdrawn"
    """No decision: its educator asked for it back."""
    CLOSED = "closed"
    """No decision: its educator was asked something, and did not answer."""


@dataclass(frozen=True)
class Stay:
    """A span of Chicago days somebody had it; `until` is None while it lasts. A clock stands while others have it."""

    holder: Holder
    since: date
    until: date | None = None

    def days(self, today: date) -> int:
        """Working days."""
        return working_days(self.since, self.until or today)


@dataclass(frozen=True)
class StatusRow:
    application_id: ApplicationId
    educator_id: PersonId
    reference: Reference
    kind: Kind
    certificate_id: CertificateId
    district: DistrictCode | None
    submission: int
    submitted_on: date
    submitted_at: datetime
    fee: Cents
    rules: str
    holder: Holder
    since: datetime
    stays: tuple[Stay, ...]
    opened_at: datetime | None = None
    """Since when somebody at the district has it open; of this submission."""
    sent_on: date | None = None
    """The day the district sent it to DESE; the expected range counts from it."""
    reviewed_since: datetime | None = None
    reasons: tuple[ReturnReason, ...] = ()
    note: Sealed[str, District] | None = None
    """What the district asked, while it is asked; or what it wrote as it declined."""
    question: Sealed[Inquiry, State] | None = None
    """What DESE asked the educator, while it is asked."""
    held_at: datetime | None = None
    """Since when DESE has it on hold."""
    district_asked: bool = False
    """DESE waits for an answer of the district."""
    declined: DeclineReason | None = None
    """Why the district declined it, until another one is named."""
    decision: Decision | None = None
    decided_at: datetime | None = None
    denied_for: Sealed[tuple[DenialReason, ...], State] | None = None
    """For the educator; in the clear it would tell others of conduct."""
    denial: Sealed[str, District] | None = None
    route: Route | None = None
    certificate_ids: tuple[CertificateId, ...] = ()
    course: Sealed[CourseTaken, State] | None = None
    closed_for: Sealed[str, State] | None = None
    """Why a person closed it; None where the time for an answer was over."""
    withdrawing: bool = False
    """Asked for; review answers in a moment."""
    refunded_at: datetime | None = None
    cycle: int = 1
    """More than 1: it was denied, and is looked at again."""
    reconsidered: int = 0
    """The last cycle whose denial the educator asked to have looked at again; 0: none."""

    def days_with(self, holder: Holder, today: date) -> int:
        return sum(stay.days(today) for stay in self.stays if stay.holder is holder)


Ending: TypeAlias = ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete
Going: TypeAlias = (
    ApplicationCorrected
    | EmployerChanged
    | VerificationClaimed
    | DistrictReturned
    | DistrictDeclined
    | DistrictVerified
    | ReviewAssigned
    | HoldPlaced
    | HoldReleased
    | InformationRequested
    | InformationSupplied
    | WithdrawalRequested
)
Again: TypeAlias = ReconsiderationRequested | ReconsiderationOpened
Told: TypeAlias = ApplicationSubmitted | Going | Ending | Again | PaymentRefunded
FACTS: tuple[type[Any], ...] = (
    ApplicationSubmitted,
    ApplicationCorrected,
    EmployerChanged,
    VerificationClaimed,
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
    ReconsiderationRequested,
    ReconsiderationOpened,
    PaymentRefunded,
)


def fold(row: StatusRow | None, fact: Told) -> StatusRow | None:
    """A fact about an older submission changes nothing, unless it ends; after the end nothing is changed, unless it
    opens a denied one again."""
    if isinstance(fact, ApplicationSubmitted):
        return _submitted(fact)
    if isinstance(fact, PaymentRefunded):
        return row and replace(row, refunded_at=fact.refunded_at)
    if isinstance(fact, Again):
        return row and _again_looked_at(row, fact)
    if row is None or row.decision is not None:
        return row
    if isinstance(fact, Ending):  # DESE alone ends it, also while a correction is on its way there
        return _ended(row, fact)
    return row if fact.submission < row.submission else _went_on(row, fact)


def _went_on(row: StatusRow, fact: Going) -> StatusRow:
    match fact:
        case ApplicationCorrected() | EmployerChanged():
            return _again(row, fact)
        case VerificationClaimed() | DistrictReturned() | DistrictDeclined() | DistrictVerified():
            return _at_district(row, fact)
        case ReviewAssigned() | HoldPlaced() | HoldReleased():
            return _at_dese(row, fact)
        case InformationRequested() | InformationSupplied():
            return _asked(row, fact)
        case WithdrawalRequested():
            return replace(row, withdrawing=True)
        case _:
            assert_never(fact)


def _again_looked_at(row: StatusRow, fact: Again) -> StatusRow:
    """What was denied, and why, stays to be read."""
    match fact:
        case ReconsiderationRequested():
            return replace(row, reconsidered=fact.cycle)
        case ReconsiderationOpened():
            opened = replace(row, cycle=fact.cycle, decision=None, decided_at=None, withdrawing=False, held_at=None)
            return _moved(replace(opened, reviewed_since=None), Holder.DESE, fact.opened_at)
        case _:
            assert_never(fact)


def _again(row: StatusRow, fact: ApplicationCorrected | EmployerChanged) -> StatusRow:
    """At the district it names now, and nothing is asked any more."""
    at = fact.corrected_at if isinstance(fact, ApplicationCorrected) else fact.changed_at
    there = replace(row, submission=fact.submission, district=fact.district, declined=None)
    return _moved(replace(there, reasons=(), note=None, opened_at=None), Holder.DISTRICT, at)


def _at_district(
    row: StatusRow, fact: VerificationClaimed | DistrictReturned | DistrictDeclined | DistrictVerified
) -> StatusRow:
    match fact:
        case VerificationClaimed():
            return replace(row, opened_at=fact.claimed_at)
        case DistrictReturned():
            returned = replace(row, reasons=fact.reasons, note=fact.note)
            return _moved(returned, Holder.EDUCATOR, fact.returned_at)
        case DistrictDeclined():
            declined = replace(row, declined=fact.reason, note=fact.note, sent_on=None, district_asked=False)
            return _moved(declined, Holder.EDUCATOR, fact.declined_at)
        case DistrictVerified():
            sent = replace(row, sent_on=row.sent_on or chicago_day(fact.verified_at), district_asked=False)
            return _moved(sent, Holder.DESE, fact.verified_at)
        case _:
            assert_never(fact)


def _at_dese(row: StatusRow, fact: ReviewAssigned | HoldPlaced | HoldReleased) -> StatusRow:
    match fact:
        case ReviewAssigned():
            return replace(row, reviewed_since=row.reviewed_since or fact.assigned_at)
        case HoldPlaced():
            return replace(_paused(row, fact.placed_at), held_at=fact.placed_at)
        case HoldReleased():
            return replace(_gone_on(row, fact.released_at), held_at=None)
        case _:
            assert_never(fact)


def _asked(row: StatusRow, fact: InformationRequested | InformationSupplied) -> StatusRow:
    match fact:
        case InformationRequested(party=Party.EDUCATOR):
            return _moved(replace(row, question=fact.for_educator), Holder.EDUCATOR, fact.requested_at)
        case InformationRequested():
            return _moved(replace(row, district_asked=True, opened_at=None), Holder.DISTRICT, fact.requested_at)
        case InformationSupplied():
            return _moved(replace(row, question=None), Holder.DESE, fact.supplied_at)
        case _:
            assert_never(fact)


def _ended(row: StatusRow, fact: Ending) -> StatusRow:
    match fact:
        case ApplicationApproved():
            decision, at = Decision.APPROVED, fact.approved_at
        case ApplicationDenied():
            decision, at = Decision.DENIED, fact.denied_at
            row = replace(row, denied_for=fact.reasons, denial=fact.note)
        case ApplicationWithdrawn():
            decision, at = Decision.WITHDRAWN, fact.withdrawn_at
        case ApplicationClosedIncomplete():
            decision, at = Decision.CLOSED, fact.closed_at
            row = replace(row, closed_for=fact.why)
        case _:
            assert_never(fact)
    return _moved(replace(row, decision=decision, decided_at=at, question=None), Holder.NOBODY, at)


def _submitted(fact: ApplicationSubmitted) -> StatusRow:
    holder = Holder.DISTRICT if fact.district else Holder.DESE
    return StatusRow(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        reference=fact.reference,
        kind=fact.kind,
        certificate_id=fact.certificate_ids[0],
        district=fact.district,
        submission=fact.submission,
        submitted_on=fact.submitted_on,
        submitted_at=fact.submitted_at,
        fee=fact.fee,
        rules=fact.rules,
        route=fact.route,
        certificate_ids=fact.certificate_ids,
        course=fact.course,
        holder=holder,
        since=fact.submitted_at,
        stays=(Stay(holder, chicago_day(fact.submitted_at)),),
    )


def _paused(row: StatusRow, at: datetime) -> StatusRow:
    """On hold: nobody's clock runs."""
    *before, last = row.stays
    return replace(row, stays=(*before, replace(last, until=last.until or chicago_day(at))))


def _gone_on(row: StatusRow, at: datetime) -> StatusRow:
    if row.holder is not Holder.DESE or row.stays[-1].until is None:
        return row
    return replace(row, stays=(*row.stays, Stay(Holder.DESE, chicago_day(at))))


def _moved(row: StatusRow, holder: Holder, at: datetime) -> StatusRow:
    day = chicago_day(at)
    *before, last = row.stays
    stays = (*before, replace(last, until=last.until or day))
    return replace(
        row, holder=holder, since=at, stays=stays if holder is Holder.NOBODY else (*stays, Stay(holder, day))
    )


application_status = View(
    name="application_status",
    version=12,
    row=StatusRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=FACTS,
    sql=Path(__file__).with_suffix(".sql"),
)
