"""The register's certificates as they stand: one row each, with the decision that changed it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import TypeAlias, assert_never

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


@dataclass(frozen=True)
class Change:
    """By whose approval it became what, and what it was before."""

    application_id: ApplicationId
    kind: CertificateKind
    effective_on: date
    expires_on: date
    kind_before: CertificateKind
    expired_before: date


@dataclass(frozen=True)
class CertificateRow:
    certificate_id: CertificateId
    person_id: PersonId
    kind: CertificateKind
    areas: tuple[str, ...]
    issued_on: date
    """When it was first issued; no decision changes it."""
    effective_on: date
    """Since when it is what it is; an extension or a reactivation does not change it."""
    expires_on: date
    status: CertificateStatus
    recorded_on: date
    """The day of the record this status comes from."""
    changes: tuple[Change, ...] = ()
    """What decisions made of it, the first one first."""
    judged_as: CertificateStatus | None = None
    """The status it is judged by where DESE changed that since: a change fails no application."""
    status_since: date | None = None
    """Since when it has the status DESE changed it to."""

    @property
    def taken(self) -> bool:
        """Whether DESE took it away: nothing is approved on it until it is reinstated."""
        return self.status_since is not None and self.status.taken

    def change_by(self, application_id: ApplicationId) -> Change | None:
        """What the approval of an application made of it."""
        return next((each for each in self.changes if each.application_id == application_id), None)


CertificatesFact: TypeAlias = (
    CertificateRecorded
    | CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged
)


def fold(row: CertificateRow | None, fact: CertificatesFact) -> CertificateRow | None:
    match fact:
        case CertificateRecorded():
            return CertificateRow(
                fact.certificate_id,
                fact.person_id,
                fact.kind,
                fact.areas,
                fact.issued_on,
                fact.issued_on,
                fact.expires_on,
                fact.status,
                chicago_day(fact.recorded_at),
            )
        case CertificateUpgraded():
            return row and replace(
                _changed(row, fact, CertificateKind.CCPC, fact.upgraded_at), effective_on=fact.effective_on
            )
        case CertificateExtended():
            return row and _changed(row, fact, row.kind, fact.extended_at)
        case CertificateReactivated():
            return row and _changed(row, fact, row.kind, fact.reactivated_at)
        case CertificateExpired():
            return row  # the rules of a case judge this row by its dates, as the state recorded it
        case CertificateStatusChanged():
            return row and _ruled(row, fact)
        case _:
            assert_never(fact)


def _ruled(row: CertificateRow, fact: CertificateStatusChanged) -> CertificateRow:
    before = row.judged_as or row.status
    judged_as = fact.status if before.taken else before
    return replace(row, status=fact.status, judged_as=judged_as, status_since=fact.effective_on)


def _changed(
    row: CertificateRow,
    fact: CertificateExtended | CertificateReactivated | CertificateUpgraded,
    kind: CertificateKind,
    at: datetime,
) -> CertificateRow:
    change = Change(fact.application_id, kind, fact.effective_on, fact.expires_on, row.kind, row.expires_on)
    return replace(
        row,
        kind=kind,
        status=CertificateStatus.ACTIVE,
        recorded_on=chicago_day(at),
        expires_on=fact.expires_on,
        changes=(*row.changes, change),
        judged_as=None,
        status_since=None,
    )


register_certificates = View(
    name="register_certificates",
    version=5,
    row=CertificateRow,
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
