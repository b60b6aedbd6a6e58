"""An official transcript or a background clearance that reached DESE for somebody the register does not know yet.

Private: who it is about is only settled when a person is found. Then it stands in the public stream of that person.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal, NewType, TypeAlias, assert_never
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import OfficerId, PersonId, Value
from lectern.eventlog.streams import Noun

ArrivalId = NewType("ArrivalId", UUID)


class What(StrEnum):
    TRANSCRIPT = "transcript"
    CLEARANCE = "clearance"


class Said(Value):
    """What somebody at DESE wrote down of what arrived."""

    number: str
    """The Educator ID on it."""
    on: date
    """The day a transcript came in; the day of a clearance."""
    college: str = ""
    """Of a transcript."""


class ArrivalFact(PrivateFact):
    arrival_id: ArrivalId
    by: OfficerId
    at: AwareDatetime


class ArrivalKept(ArrivalFact):
    """Nobody in the register has the Educator ID on it."""

    type: Literal["ArrivalKept"] = "ArrivalKept"
    what: What
    said: Sealed[Said, State]


class ArrivalMatched(ArrivalFact):
    """It is about this person."""

    type: Literal["ArrivalMatched"] = "ArrivalMatched"
    person_id: PersonId


class ArrivalSetAside(ArrivalFact):
    """It is about nobody, or was written down by mistake."""

    type: Literal["ArrivalSetAside"] = "ArrivalSetAside"
    why: Sealed[str, State]


@dataclass(frozen=True)
class NotKept: ...


@dataclass(frozen=True)
class Kept:
    what: What


@dataclass(frozen=True)
class Settled: ...


ArrivalState: TypeAlias = NotKept | Kept | Settled
ArrivalsFact: TypeAlias = ArrivalKept | ArrivalMatched | ArrivalSetAside


def evolve(_: ArrivalState, fact: ArrivalsFact) -> ArrivalState:
    match fact:
        case ArrivalKept():
            return Kept(fact.what)
        case ArrivalMatched() | ArrivalSetAside():
            return Settled()
        case _:
            assert_never(fact)


arrival = Noun[ArrivalState]("arrival", NotKept(), evolve, facts=(ArrivalKept, ArrivalMatched, ArrivalSetAside))
