"""A certificate of the register: as the state's records had it, and what decisions made of it. Public stream."""

from dataclasses import dataclass, replace
from datetime import date, datetime
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
from lectern.eventlog.streams import Noun
from lectern.rules.facts import CertificateHeld


@dataclass(frozen=True)
class Unrecorded: ...


@dataclass(frozen=True)
class Entered:
    """What a line of the state's records says about a certificate."""

    kind: CertificateKind
    areas: tuple[str, ...]
    issued_on: date
    expires_on: date
    status: CertificateStatus


@dataclass(frozen=True)
class Ruled:
    """What two at DESE made of its status, since which day."""

    status: CertificateStatus
    since: date


@dataclass(frozen=True)
class Recorded:
    certificate_id: CertificateId
    person_id: PersonId
    entered: Entered
    recorded_on: date
    ended: bool = False
    """Whether it is recorded that its last day is over."""
    ruled: Ruled | None = None

    @property
    def expires_on(self) -> date:
        return self.entered.expires_on

    @property
    def status(self) -> CertificateStatus:
        """What it is now, its last day left aside."""
        return self.ruled.status if self.ruled else self.entered.status

    @property
    def runs_out_on(self) -> date | None:
        """The last day whose end is still to be recorded. One that came in with that day over has none."""
        if self.ended or self.recorded_on > self.expires_on or self.status is not CertificateStatus.ACTIVE:
            return None
        return self.expires_on

    @property
    def held(self) -> CertificateHeld:
        """As the rules judge it: a change of its status since it was recorded fails no application."""
        said = self.entered
        return _held(replace(said, status=self.status) if said.status.taken else said, self.recorded_on)


@dataclass(frozen=True)
class Extended:
    """Good for another period by a decision, which extended or reactivated it. Others may follow."""

    certificate_id: CertificateId
    person_id: PersonId
    application_id: ApplicationId
    cycle: int
    entered: Entered
    """What a line about it would say now."""
    recorded_on: date
    was: Entered
    """The line it was recorded from, so that the same line can come again."""
    ended: bool = False
    ruled: Ruled | None = None

    @property
    def expires_on(self) -> date:
        return self.entered.expires_on

    @property
    def status(self) -> CertificateStatus:
        return self.ruled.status if self.ruled else CertificateStatus.ACTIVE

    @property
    def runs_out_on(self) -> date | None:
        return None if self.ended or self.status is not CertificateStatus.ACTIVE else self.expires_on

    @property
    def held(self) -> CertificateHeld:
        """As the rules judge it."""
        return _held(self.entered, self.recorded_on)


@dataclass(frozen=True)
class Upgraded:
    certificate_id: CertificateId
    person_id: PersonId
    application_id: ApplicationId
    cycle: int
    was: Entered | None
    """The line it was recorded from, so that the same line can come again."""
    expires_on: date
    recorded_on: date
    ended: bool = False
    ruled: Ruled | None = None

    @property
    def status(self) -> CertificateStatus:
        return self.ruled.status if self.ruled else CertificateStatus.ACTIVE

    @property
    def runs_out_on(self) -> date | None:
        return None if self.ended or self.status is not CertificateStatus.ACTIVE else self.expires_on


Certificate: TypeAlias = Unrecorded | Recorded | Extended | Upgraded
CertificatesFact: TypeAlias = (
    CertificateRecorded
    | CertificateExtended
    | CertificateReactivated
    | CertificateUpgraded
    | CertificateExpired
    | CertificateStatusChanged
)


def _held(said: Entered, recorded_on: date) -> CertificateHeld:
    return CertificateHeld(said.kind, said.status, said.issued_on, said.expires_on, recorded_on)


def entered(fact: CertificateRecorded) -> Entered:
    return Entered(fact.kind, fact.areas, fact.issued_on, fact.expires_on, fact.status)


def evolve(state: Certificate, fact: CertificatesFact) -> Certificate:
    match fact:
        case CertificateRecorded():
            return Recorded(fact.certificate_id, fact.person_id, entered(fact), chicago_day(fact.recorded_at))
        case CertificateExtended():
            return _extended(state, fact, fact.extended_at)
        case CertificateReactivated():
            return _extended(state, fact, fact.reactivated_at)
        case CertificateUpgraded():
            was = state.was if isinstance(state, Extended) else state.entered if isinstance(state, Recorded) else None
            day = chicago_day(fact.upgraded_at)
            return Upgraded(
                fact.certificate_id, fact.person_id, fact.application_id, fact.cycle, was, fact.expires_on, day
            )
        case CertificateExpired():
            return state if isinstance(state, Unrecorded) else replace(state, ended=True)
        case CertificateStatusChanged():
            ruled = Ruled(fact.status, fact.effective_on)
            return state if isinstance(state, Unrecorded) else replace(state, ruled=ruled)
        case _:
            assert_never(fact)


def _extended(state: Certificate, fact: CertificateExtended | CertificateReactivated, at: datetime) -> Certificate:
    if not isinstance(state, Recorded | Extended):
        return state
    entered = replace(state.entered, status=CertificateStatus.ACTIVE, expires_on=fact.expires_on)
    was = state.was if isinstance(state, Extended) else state.entered
    day = chicago_day(at)
    return Extended(fact.certificate_id, fact.person_id, fact.application_id, fact.cycle, entered, day, was)


certificate = Noun[Certificate](
    "certificate",
    Unrecorded(),
    evolve,
    facts=(
        CertificateRecorded,
        CertificateExtended,
        CertificateReactivated,
        CertificateUpgraded,
        CertificateExpired,
        CertificateStatusChanged,
    ),
)
