"""A person of the register, as heard from it: all that a claim is judged by."""

from dataclasses import dataclass
from typing import TypeAlias

from lectern.contracts.review import PersonRecorded
from lectern.contracts.values import PersonId
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unknown: ...


@dataclass(frozen=True)
class Known:
    person_id: PersonId
    match_token: str


Person: TypeAlias = Unknown | Known


def evolve(_: Person, fact: PersonRecorded) -> Person:
    return Known(fact.person_id, fact.match_token)


person = Noun[Person]("person", Unknown(), evolve, facts=(PersonRecorded,), source="review")
