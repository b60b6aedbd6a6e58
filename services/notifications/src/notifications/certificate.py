"""An educator's certificate, as this service hears it: what notices say of it."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from lectern.contracts.review import CertificateRecorded, CertificateUpgraded
from lectern.contracts.values import CertificateKind
from lectern.eventlog.streams import Noun
from notifications.contacts import Unheard


@dataclass(frozen=True)
class Certificate:
    kind: CertificateKind
    starts_on: date
    expires_on: date


def evolve(_: Unheard | Certificate, fact: CertificateRecorded | CertificateUpgraded) -> Unheard | Certificate:
    match fact:
        case CertificateRecorded():
            return Certificate(fact.kind, fact.issued_on, fact.expires_on)
        case CertificateUpgraded():
            return Certificate(CertificateKind.CCPC, fact.effective_on, fact.expires_on)
        case _:
            assert_never(fact)


CertificateState: TypeAlias = Unheard | Certificate
certificate: Noun[CertificateState] = Noun(
    "certificate", Unheard(), evolve, facts=(CertificateRecorded, CertificateUpgraded), source="review"
)
