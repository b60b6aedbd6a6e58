"""The whole life of each certificate: what it was after every record and decision. All of it is published."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from lectern.contracts.days import chicago_day
from lectern.contracts.review import (
    CertificateExpired,
    CertificateExtended,
    CertificateReactivated,
    CertificateRecorded,
    CertificateStatusChanged,
    CertificateUpgraded,
)
from lectern.contracts.values import ApplicationId, CertificateId, CertificateKind, CertificateStatus, PersonId
from lectern.eventlog.views import View
from review.certificate import CertificatesFact


class Cause(StrEnum):
    RECORDED = "recorded"
    UPGRADED = "upgraded"
    EXTENDED = "extended"
    EXPIRED = "expired"
    REACTIVATED = "reactivated"
    RULED = "ruled"
    """Suspended, revoked, surrendered or reinstated by two at DESE."""


@dataclass(frozen=True)
class Changed:
    """The certificate as it was from `since` on. All days are Chicago days."""

    cause: Cause
    since: date
    at: datetime
    """When the register came to know it."""
    kind: CertificateKind
    areas: tuple[str, ...]
    issued_on: date
    """When it was issued as what it is."""
    valid_from: date
    expires_on: date
    status: CertificateStatus
    application_id: ApplicationId | None = None
    """Whose approval it was."""


@dataclass(frozen=True)
class LifeRow:
    certificate_id: CertificateId
    person_id: PersonId
    changes: tuple[Changed, ...]
    """In the order of the log; never empty."""


def fold(row: LifeRow | None, fact: CertificatesFact) -> LifeRow | None:
    match fact:
        case CertificateRecorded():
            known = row or LifeRow(fact.certificate_id, fact.person_id, ())
            return replace(known, changes=(*known.changes, _recorded(fact, first=row is None)))
        case CertificateUpgraded():
            return row and replace(row, changes=(*row.changes, _upgraded(row.changes[-1], fact)))
        case CertificateExtended():
            return row and replace(row, changes=(*row.changes, _extended(row.changes[-1], fact)))
        case CertificateReactivated():
            return row and replace(row, changes=(*row.changes, _reactivated(row.changes[-1], fact)))
        case CertificateExpired():
            return row and replace(row, changes=(*row.changes, _expired(row.changes[-1], fact)))
        case CertificateStatusChanged():
            return row and replace(row, changes=(*row.changes, _ruled(row.changes[-1], fact)))
        case _:
            assert_never(fact)


def _recorded(fact: CertificateRecorded, *, first: bool) -> Changed:
    """The first record tells of the time since the issue; a later one holds from its own day."""
    return Changed(
        Cause.RECORDED,
        since=fact.issued_on if first else chicago_day(fact.recorded_at),
        at=fact.recorded_at,
        kind=fact.kind,
        areas=fact.areas,
        issued_on=fact.issued_on,
        valid_from=fact.issued_on,
        expires_on=fact.expires_on,
        status=fact.status,
    )


def _upgraded(before: Changed, fact: CertificateUpgraded) -> Changed:
    return replace(
        before,
        cause=Cause.UPGRADED,
        since=fact.effective_on,
        at=fact.upgraded_at,
        kind=CertificateKind.CCPC,
        issued_on=fact.effective_on,
        valid_from=fact.effective_on,
        expires_on=fact.expires_on,
        status=CertificateStatus.ACTIVE,
        application_id=fact.application_id,
    )


def _extended(before: Changed, fact: CertificateExtended) -> Changed:
    """Known since the decision; a late one also closes the time since the old expiry date."""
    return replace(
        before,
        cause=Cause.EXTENDED,
        since=min(fact.effective_on, chicago_day(fact.extended_at)),
        at=fact.extended_at,
        expires_on=fact.expires_on,
        status=CertificateStatus.ACTIVE,
        application_id=fact.application_id,
    )


def _reactivated(before: Changed, fact: CertificateReactivated) -> Changed:
    """It was expired until then: the new period begins with it."""
    return replace(
        before,
        cause=Cause.REACTIVATED,
        since=fact.effective_on,
        at=fact.reactivated_at,
        valid_from=fact.effective_on,
        expires_on=fact.expires_on,
        status=CertificateStatus.ACTIVE,
        application_id=fact.application_id,
    )


def _expired(before: Changed, fact: CertificateExpired) -> Changed:
    """From the day after its last one, whenever that was recorded."""
    return replace(
        before,
        cause=Cause.EXPIRED,
        since=fact.expires_on + timedelta(days=1),
        at=fact.recorded_at,
        status=CertificateStatus.EXPIRED,
        application_id=None,
    )


def _ruled(before: Changed, fact: CertificateStatusChanged) -> Changed:
    return replace(
        before,
        cause=Cause.RULED,
        since=fact.effective_on,
        at=fact.changed_at,
        status=fact.status,
        application_id=None,
    )


certificate_lives = View(
    name="certificate_lives",
    version=5,
    row=LifeRow,
    key=lambda fact: fact.certificate_id,
    fold=fold,
    facts=(
        CertificateRecorded,
        CertificateExtended,
        CertificateReactivated,
        CertificateUpgraded,
        CertificateExpired,
        CertificateStatusChanged,
    ),
    sql=Path(__file__).with_suffix(".sql"),
)
