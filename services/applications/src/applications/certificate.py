"""A certificate, as heard from the register: whose it is, and all that the rules judge it by."""

from dataclasses import dataclass, replace
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
from lectern.contracts.values import CertificateId, CertificateKind, CertificateStatus, PersonId
from lectern.eventlog.streams import Noun
from lectern.rules.facts import CertificateHeld


@dataclass(frozen=True)
class NotHeard: ...


@dataclass(frozen=True)
class Held:
    certificate_id: CertificateId
    person_id: PersonId
    as_recorded: CertificateHeld


Certificate: TypeAlias = NotHeard | Held
CertificatesFact: TypeAlias = (
    CertificateRecorded
    | CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged
)


def evolve(certificate: Certificate, fact: CertificatesFact) -> Certificate:
    if isinstance(fact, CertificateRecorded):
        recorded_on = chicago_day(fact.recorded_at)
        as_recorded = CertificateHeld(fact.kind, fact.status, fact.issued_on, fact.expires_on, recorded_on)
        return Held(fact.certificate_id, fact.person_id, as_recorded)
    if not isinstance(certificate, Held):
        return certificate
    return replace(certificate, as_recorded=_after(certificate.as_recorded, fact))


def _after(
    held: CertificateHeld,
    fact: CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged,
) -> CertificateHeld:
    match fact:
        case CertificateUpgraded():
            return after_upgrade(held, fact)
        case CertificateExtended():
            return after_extension(held, fact)
        case CertificateReactivated():
            return after_reactivation(held, fact)
        case CertificateStatusChanged():
            return after_status_change(held, fact)
        case CertificateExpired():
            return held  # rules judge by its dates, whatever the day they ask about
        case _:
            assert_never(fact)


def after_upgrade(held: CertificateHeld, fact: CertificateUpgraded) -> CertificateHeld:
    return replace(
        held,
        kind=CertificateKind.CCPC,
        status=CertificateStatus.ACTIVE,
        issued_on=fact.effective_on,
        expires_on=fact.expires_on,
        recorded_on=chicago_day(fact.upgraded_at),
    )


def after_extension(held: CertificateHeld, fact: CertificateExtended) -> CertificateHeld:
    return replace(
        held,
        status=CertificateStatus.ACTIVE,
        expires_on=fact.expires_on,
        recorded_on=chicago_day(fact.extended_at),
    )


def after_reactivation(held: CertificateHeld, fact: CertificateReactivated) -> CertificateHeld:
    return replace(
        held,
        status=CertificateStatus.ACTIVE,
        expires_on=fact.expires_on,
        recorded_on=chicago_day(fact.reactivated_at),
    )


def after_status_change(held: CertificateHeld, fact: CertificateStatusChanged) -> CertificateHeld:
    return replace(held, status=fact.status, recorded_on=chicago_day(fact.changed_at))


certificate = Noun[Certificate](
    "certificate",
    NotHeard(),
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
