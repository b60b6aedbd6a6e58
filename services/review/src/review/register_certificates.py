"""The register's certificates as they stand: one row each, with the decision that changed it."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.days import chicago_day
from lectern.contracts.review import CertificateRecorded, CertificateUpgraded
from lectern.contracts.values import ApplicationId, CertificateId, CertificateKind, CertificateStatus, PersonId
from lectern.eventlog.views import View


@dataclass(frozen=True)
class CertificateRow:
    certificate_id: CertificateId
    person_id: PersonId
    kind: CertificateKind
    areas: tuple[str, ...]
    issued_on: date
    """When it was first issued; an upgrade does not change it."""
    effective_on: date
    expires_on: date
    status: CertificateStatus
    recorded_on: date
    """The day of the record this status comes from."""
    application_id: ApplicationId | None = None
    """Whose approval upgraded it."""
    expired_before: date | None = None
    """The last day it had before the upgrade."""


CertificatesFact: TypeAlias = CertificateRecorded | CertificateUpgraded


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
                row,
                kind=CertificateKind.CCPC,
                status=CertificateStatus.ACTIVE,
                recorded_on=chicago_day(fact.upgraded_at),
                effective_on=fact.effective_on,
                expires_on=fact.expires_on,
                application_id=fact.application_id,
                expired_before=row.expires_on,
            )
        case _:
            assert_never(fact)


register_certificates = View(
    name="register_certificates",
    version=1,
    row=CertificateRow,
    key=lambda fact: fact.certificate_id,
    fold=fold,
    facts=(CertificateRecorded, CertificateUpgraded),
    sql=Path(__file__).with_suffix(".sql"),
)
