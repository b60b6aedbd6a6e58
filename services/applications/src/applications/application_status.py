"""Where an application is, since when, and the days it spent with each; told from the facts of all services."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeAlias, assert_never

from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
)
from lectern.contracts.review import ApplicationApproved, ApplicationDenied, ReviewAssigned
from lectern.contracts.sealed import District, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    Cents,
    CertificateId,
    DenialReason,
    DistrictCode,
    Kind,
    PersonId,
    Reference,
    ReturnReason,
)
from lectern.eventlog.views import View


class Holder(StrEnum):
    """Who has it."""

    DISTRICT = "district"
    EDUCATOR = "educator"
    DESE = "dese"
    NOBODY = "nobody"


class Decision(StrEnum):
    APPROVED = "approved"
    DENIED = "denied"


@dataclass(frozen=True)
class Stay:
    """A span of Chicago days somebody had it; `until` is None while it lasts."""

    holder: Holder
    since: date
    until: date | None = None

    def days(self, today: date) -> int:
        return ((self.until or today) - self.since).days


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
    """What the district asked, while it is asked."""
    decision: Decision | None = None
    decided_at: datetime | None = None
    denied_for: Sealed[tuple[DenialReason, ...], State] | None = None
    """For the educator; in the clear it would tell others of conduct."""
    denial: Sealed[str, District] | None = None

    def days_with(self, holder: Holder, today: date) -> int:
        return sum(stay.days(today) for stay in self.stays if stay.holder is holder)


Told: TypeAlias = (
    ApplicationSubmitted
    | ApplicationCorrected
    | VerificationClaimed
    | DistrictReturned
    | DistrictVerified
    | ReviewAssigned
    | ApplicationApproved
    | ApplicationDenied
)
FACTS: tuple[type[Any], ...] = (
    ApplicationSubmitted,
    ApplicationCorrected,
    VerificationClaimed,
    DistrictReturned,
    DistrictVerified,
    ReviewAssigned,
    ApplicationApproved,
    ApplicationDenied,
)


def fold(row: StatusRow | None, fact: Told) -> StatusRow | None:
    """A fact about an older submission, or after the decision, changes nothing."""
    if isinstance(fact, ApplicationSubmitted):
        return _submitted(fact)
    if row is None or row.decision is not None or fact.submission < row.submission:
        return row
    match fact:
        case ApplicationCorrected():
            corrected = replace(row, submission=fact.submission, district=fact.district, reasons=(), note=None)
            return _moved(replace(corrected, opened_at=None), Holder.DISTRICT, fact.corrected_at)
        case VerificationClaimed():
            return replace(row, opened_at=fact.claimed_at)
        case DistrictReturned():
            returned = replace(row, reasons=fact.reasons, note=fact.note)
            return _moved(returned, Holder.EDUCATOR, fact.returned_at)
        case DistrictVerified():
            return _moved(replace(row, sent_on=chicago_day(fact.verified_at)), Holder.DESE, fact.verified_at)
        case ReviewAssigned():
            return replace(row, reviewed_since=row.reviewed_since or fact.assigned_at)
        case ApplicationApproved():
            approved = replace(row, decision=Decision.APPROVED, decided_at=fact.approved_at)
            return _moved(approved, Holder.NOBODY, fact.approved_at)
        case ApplicationDenied():
            denied = replace(row, decision=Decision.DENIED, decided_at=fact.denied_at)
            denied = replace(denied, denied_for=fact.reasons, denial=fact.note)
            return _moved(denied, Holder.NOBODY, fact.denied_at)
        case _:
            assert_never(fact)


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
        holder=holder,
        since=fact.submitted_at,
        stays=(Stay(holder, chicago_day(fact.submitted_at)),),
    )


def _moved(row: StatusRow, holder: Holder, at: datetime) -> StatusRow:
    day = chicago_day(at)
    *before, last = row.stays
    stays = (*before, replace(last, until=day))
    return replace(
        row, holder=holder, since=at, stays=stays if holder is Holder.NOBODY else (*stays, Stay(holder, day))
    )


application_status = View(
    name="application_status",
    version=1,
    row=StatusRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=FACTS,
    sql=Path(__file__).with_suffix(".sql"),
)
