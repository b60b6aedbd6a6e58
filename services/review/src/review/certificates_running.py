"""Active certificates with the instant at which their last day is over. A deadline; see expiring.last_day_over."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import assert_never

from lectern.contracts.days import chicago_day, end_of
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
from review.certificate import CertificatesFact


@dataclass(frozen=True)
class RunningCertificate:
    certificate_id: CertificateId
    person_id: PersonId
    expires_on: date
    due_at: datetime


def fold(_: RunningCertificate | None, fact: CertificatesFact) -> RunningCertificate | None:
    """No row for one that came in with its last day over: an import of many old ones lets nothing fall due."""
    match fact:
        case CertificateRecorded():
            active = fact.status is CertificateStatus.ACTIVE and chicago_day(fact.recorded_at) <= fact.expires_on
            return _until(fact, fact.expires_on) if active else None
        case CertificateExtended() | CertificateReactivated() | CertificateUpgraded():
            return _until(fact, fact.expires_on)
        case CertificateExpired():
            return None
        case CertificateStatusChanged():
            return _until(fact, fact.expires_on) if fact.status is CertificateStatus.ACTIVE else None
        case _:
            assert_never(fact)


def _until(fact: CertificatesFact, expires_on: date) -> RunningCertificate:
    return RunningCertificate(fact.certificate_id, fact.person_id, expires_on, end_of(expires_on))


certificates_running = View(
    name="certificates_running",
    version=3,
    row=RunningCertificate,
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
