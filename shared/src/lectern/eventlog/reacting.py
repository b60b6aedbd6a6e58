"""A reaction that the rules refused is a fact, in a private stream of its own: the heard fact itself stands."""

from dataclasses import dataclass
from typing import Literal, assert_never
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.eventlog.streams import Noun


class ReactionRefused(PrivateFact):
    """What should have followed from a heard fact did not; the message is the rule's."""

    type: Literal["ReactionRefused"] = "ReactionRefused"
    fact_id: UUID
    fact_type: str
    command: str
    message: str
    refused_at: AwareDatetime


@dataclass(frozen=True)
class Refusals:
    """How many commands of a heard fact were refused."""

    count: int = 0


def evolve(refusals: Refusals, fact: ReactionRefused) -> Refusals:
    match fact:
        case ReactionRefused():
            return Refusals(refusals.count + 1)
        case _:
            assert_never(fact)


reaction = Noun("reaction", Refusals(), evolve, facts=(ReactionRefused,))
"""`reaction/<id of the heard fact>`."""


def refuse(_: Refusals, refused: ReactionRefused) -> list[ReactionRefused]:
    return [refused]
