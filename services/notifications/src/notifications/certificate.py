"""An educator's certificate, as this service hears it: what notices say of it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from lectern.contracts.review import (
    CertificateExpired,
    CertificateExtended,
    CertificateReactivated,
    CertificateRecorded,
    CertificateStatusChanged,
    CertificateUpgraded,
)
from lectern.contracts.values import ApplicationId, CertificateKind, CertificateStatus
from lectern.eventlog.streams import Noun
from notifications.contacts import Unheard


@dataclass(frozen=True)
class Certificate:
    kind: CertificateKind
    starts_on: date
    expires_on: date
    changed_by: tuple[ApplicationId, ...] = ()
    """The applications whose approvals made it what it is."""
    active: bool = True
    """As the state recorded it, or a decision made it; whether its last day is over, its dates say."""


CertificateState: TypeAlias = Unheard | Certificate
CertificateFact: TypeAlias = (
    CertificateRecorded
    | CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged
)


def evolve(state: CertificateState, fact: CertificateFact) -> CertificateState:
    before = state.changed_by if isinstance(state, Certificate) else ()
    match fact:
        case CertificateRecorded():
            return Certificate(
                fact.kind, fact.issued_on, fact.expires_on, active=fact.status is CertificateStatus.ACTIVE
            )
        case CertificateUpgraded():
            changed_by = (*before, fact.application_id)
            return Certificate(CertificateKind.CCPC, fact.effective_on, fact.expires_on, changed_by)
        case CertificateExtended():
            starts_on = state.starts_on if isinstance(state, Certificate) else fact.effective_on
            return Certificate(CertificateKind.IPC, starts_on, fact.expires_on, (*before, fact.application_id))
        case CertificateReactivated():
            kind = state.kind if isinstance(state, Certificate) else CertificateKind.IPC
            return Certificate(kind, fact.effective_on, fact.expires_on, (*before, fact.application_id))
        case CertificateExpired():
            return state  # its dates say so
        case CertificateStatusChanged():
            if isinstance(state, Unheard):
                return state
            return replace(state, active=fact.status is CertificateStatus.ACTIVE)
        case _:
            assert_never(fact)


certificate: Noun[CertificateState] = Noun(
    "certificate",
    Unheard(),
    evolve,
    facts=(
        CertificateRecorded,
        CertificateExtended,
        CertificateReactivated,
        CertificateUpgraded,
        CertificateExpired,
        CertificateStatusChanged,
    ),
    source="review",
)
