"""The certificates of the people whose applications districts see. A person may hold several; a page joins them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.review import (
    CertificateExpired,
    CertificateExtended,
    CertificateReactivated,
    CertificateRecorded,
    CertificateStatusChanged,
    CertificateUpgraded,
)
from lectern.contracts.values import CertificateId, CertificateKind, CertificateStatus, PersonId
from lectern.eventlog.views import View


@dataclass(frozen=True)
class CertificateRow:
    certificate_id: CertificateId
    person_id: PersonId
    kind: CertificateKind
    status: CertificateStatus
    issued_on: date
    expires_on: date


CertificateFact: TypeAlias = (
    CertificateRecorded
    | CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged
)


def fold(row: CertificateRow | None, fact: CertificateFact) -> CertificateRow | None:
    match fact:
        case CertificateRecorded():
            return CertificateRow(
                certificate_id=fact.certificate_id,
                person_id=fact.person_id,
                kind=fact.kind,
                status=fact.status,
                issued_on=fact.issued_on,
                expires_on=fact.expires_on,
            )
        case CertificateUpgraded():
            return row and replace(row, kind=CertificateKind.CCPC, expires_on=fact.expires_on)
        case CertificateExtended() | CertificateReactivated():
            return row and replace(row, status=CertificateStatus.ACTIVE, expires_on=fact.expires_on)
        case CertificateExpired():
            return row  # pages judge by its dates
        case CertificateStatusChanged():
            return row and replace(row, status=fact.status)
        case _:
            assert_never(fact)


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
