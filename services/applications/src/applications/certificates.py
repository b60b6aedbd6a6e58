"""An educator's certificates, as the register has them."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import assert_never

from lectern.contracts.days import chicago_day
from lectern.contracts.review import CertificateRecorded, CertificateUpgraded
from lectern.contracts.values import CertificateId, CertificateKind, CertificateStatus, PersonId
from lectern.eventlog.views import View
from lectern.rules.upgrade import CertificateHeld


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
    upgraded_on: date | None = None

    @property
    def held(self) -> CertificateHeld:
        """For the rules."""
        return CertificateHeld(self.kind, self.status, self.issued_on, self.expires_on, self.recorded_on)


def fold(row: CertificateRow | None, fact: CertificateRecorded | CertificateUpgraded) -> CertificateRow | None:
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
                row,
                kind=CertificateKind.CCPC,
                status=CertificateStatus.ACTIVE,
                issued_on=fact.effective_on,
                expires_on=fact.expires_on,
                recorded_on=chicago_day(fact.upgraded_at),
                upgraded_on=fact.effective_on,
            )
        case _:
            assert_never(fact)


certificates = View(
    name="certificates",
    version=1,
    row=CertificateRow,
    key=lambda fact: fact.certificate_id,
    fold=fold,
    facts=(CertificateRecorded, CertificateUpgraded),
    sql=Path(__file__).with_suffix(".sql"),
)
