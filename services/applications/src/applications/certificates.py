"""An educator's certificates, as the register has them."""

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
from lectern.rules.facts import CertificateHeld


@dataclass(frozen=True)
class Change:
    """By whose approval it became what."""

    application_id: ApplicationId
    kind: CertificateKind
    effective_on: date
    expires_on: date


@dataclass(frozen=True)
class CertificateRow:
    certificate_id: CertificateId
    educator_id: PersonId
    kind: CertificateKind
    areas: tuple[str, ...]
    issued_on: date
    expires_on: date
    status: CertificateStatus
    recorded_on: date
    status_since: date | None = None
    """Since when it has the status DESE changed it to."""
    changes: tuple[Change, ...] = ()
    """What decisions made of it, the first one first."""

    def change_by(self, application_id: ApplicationId) -> Change | None:
        """What the approval of an application made of it."""
        return next((each for each in self.changes if each.application_id == application_id), None)

    @property
    def held(self) -> CertificateHeld:
        """For the rules."""
        return CertificateHeld(self.kind, self.status, self.issued_on, self.expires_on, self.recorded_on)


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
                fact.expires_on,
                fact.status,
                chicago_day(fact.recorded_at),
            )
        case CertificateUpgraded():
            return row and replace(
                _changed(row, fact, CertificateKind.CCPC, fact.upgraded_at), issued_on=fact.effective_on
            )
        case CertificateExtended():
            return row and _changed(row, fact, row.kind, fact.extended_at)
        case CertificateReactivated():
            return row and _changed(row, fact, row.kind, fact.reactivated_at)
        case CertificateExpired():
            return row  # rules and pages judge by its dates
        case CertificateStatusChanged():
            return row and replace(
                row,
                status=fact.status,
                status_since=fact.effective_on,
                recorded_on=chicago_day(fact.changed_at),
            )
        case _:
            assert_never(fact)


def _changed(
    row: CertificateRow,
    fact: CertificateExtended | CertificateReactivated | CertificateUpgraded,
    kind: CertificateKind,
    at: datetime,
) -> CertificateRow:
    change = Change(fact.application_id, kind, fact.effective_on, fact.expires_on)
    return replace(
        row,
        kind=kind,
        status=CertificateStatus.ACTIVE,
        expires_on=fact.expires_on,
        recorded_on=chicago_day(at),
        status_since=None,
        changes=(*row.changes, change),
    )


certificates = View(
    name="certificates",
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
