"""A change of a certificate's status while two at DESE are at it. Private: what comes of it stands in the register."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import CertificateId, CertificateStatus, OfficerId, PersonId, StatusOrder
from lectern.eventlog.streams import Noun


class Disciplined(PrivateFact):
    certificate_id: CertificateId
    change_id: UUID
    by: OfficerId
    at: AwareDatetime


class StatusChangeProposed(Disciplined):
    """Somebody would change the status; a supervisor who is somebody else confirms it."""

    type: Literal["StatusChangeProposed"] = "StatusChangeProposed"
    person_id: PersonId
    status: CertificateStatus
    """What it becomes; active means reinstated."""
    effective_on: date
    order: Sealed[StatusOrder, State]


class StatusChangeSentBack(Disciplined):
    """The second person does not confirm it, and says why."""

    type: Literal["StatusChangeSentBack"] = "StatusChangeSentBack"
    why: Sealed[str, State]


class StatusChangeConfirmed(Disciplined):
    """The status is changed; the public fact says so in the same transaction."""

    type: Literal["StatusChangeConfirmed"] = "StatusChangeConfirmed"


@dataclass(frozen=True)
class Waiting:
    """For a second person."""

    change_id: UUID
    by: OfficerId
    status: CertificateStatus
    effective_on: date
    order: Sealed[StatusOrder, State]


@dataclass(frozen=True)
class Settled:
    """Nothing is proposed. `last`: what was confirmed last, and by whom."""

    last: Waiting | None = None
    by: OfficerId | None = None


Discipline: TypeAlias = Settled | Waiting
DisciplineFact: TypeAlias = StatusChangeProposed | StatusChangeSentBack | StatusChangeConfirmed


def evolve(state: Discipline, fact: DisciplineFact) -> Discipline:
    match fact:
        case StatusChangeProposed():
            return Waiting(fact.change_id, fact.by, fact.status, fact.effective_on, fact.order)
        case StatusChangeSentBack():
            return Settled()
        case StatusChangeConfirmed():
            return Settled(state, fact.by) if isinstance(state, Waiting) else state
        case _:
            assert_never(fact)


discipline = Noun[Discipline](
    "discipline", Settled(), evolve, facts=(StatusChangeProposed, StatusChangeSentBack, StatusChangeConfirmed)
)
