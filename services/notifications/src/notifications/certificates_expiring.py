"""People with an account whose certificates come to an end, and when to tell them next. A deadline; see reminding."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import EducatorRegistered
from lectern.contracts.days import chicago_day
from lectern.contracts.review import (
    CertificateExpired,
    CertificateExtended,
    CertificateReactivated,
    CertificateRecorded,
    CertificateStatusChanged,
    CertificateUpgraded,
)
from lectern.contracts.values import CertificateId, CertificateStatus, PersonId
from lectern.eventlog.views import View
from notifications.expiry import ExpiryReminded, next_step

ExpiringFact: TypeAlias = (
    CertificateRecorded
    | CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged
    | EducatorRegistered
    | ExpiryReminded
)


@dataclass(frozen=True)
class Running:
    certificate_id: CertificateId
    expires_on: date


@dataclass(frozen=True)
class Given:
    certificate_id: CertificateId
    expires_on: date
    days: int


@dataclass(frozen=True)
class ExpiringRow:
    person_id: PersonId
    due_at: datetime | None = None
    """None: there is no account, or nothing to tell."""
    registered: bool = False
    running: tuple[Running, ...] = ()
    given: tuple[Given, ...] = ()


def person_of(fact: ExpiringFact) -> PersonId:
    return fact.educator_id if isinstance(fact, EducatorRegistered) else fact.person_id


def fold(row: ExpiringRow | None, fact: ExpiringFact) -> ExpiringRow:
    row = _after(row or ExpiringRow(person_of(fact)), fact)
    given = {(each.certificate_id, each.expires_on): each.days for each in row.given}
    steps = (next_step(each.expires_on, given.get((each.certificate_id, each.expires_on))) for each in row.running)
    due = [each for each in steps if each is not None]
    return replace(row, due_at=min(due) if due and row.registered else None)


def _after(row: ExpiringRow, fact: ExpiringFact) -> ExpiringRow:
    match fact:
        case CertificateRecorded():
            runs = fact.status is CertificateStatus.ACTIVE and chicago_day(fact.recorded_at) <= fact.expires_on
            return _running(row, fact, fact.expires_on if runs else None)
        case CertificateExtended() | CertificateReactivated() | CertificateUpgraded():
            return _running(row, fact, fact.expires_on)
        case CertificateExpired():
            return _running(row, fact, None)
        case CertificateStatusChanged():
            return _running(row, fact, fact.expires_on if fact.status is CertificateStatus.ACTIVE else None)
        case EducatorRegistered():
            return replace(row, registered=True)
        case ExpiryReminded():
            same = (fact.certificate_id, fact.expires_on)
            others = (each for each in row.given if (each.certificate_id, each.expires_on) != same)
            return replace(row, given=(*others, Given(*same, fact.days)))
        case _:
            assert_never(fact)


def _running(
    row: ExpiringRow,
    fact: CertificateRecorded
    | CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged,
    until: date | None,
) -> ExpiringRow:
    """Another last day cancels what was ahead of the old one."""
    others = tuple(each for each in row.running if each.certificate_id != fact.certificate_id)
    return replace(row, running=others if until is None else (*others, Running(fact.certificate_id, until)))


certificates_expiring = View(
    name="certificates_expiring",
    version=3,
    row=ExpiringRow,
    key=person_of,
    fold=fold,
    facts=(
        CertificateRecorded,
        CertificateExtended,
        CertificateReactivated,
        CertificateUpgraded,
        CertificateExpired,
        CertificateStatusChanged,
        EducatorRegistered,
        ExpiryReminded,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
