"""What DESE's file said of the background check when a reactivation was handed in; sealed until a mail is made."""

from dataclasses import dataclass

from lectern.contracts.applications import ClearanceJudged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ClearanceWord
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unjudged:
    """Of another kind, or handed in before this was said."""


@dataclass(frozen=True)
class Judged:
    word: Sealed[ClearanceWord, Contact]


def evolve(_: Unjudged | Judged, fact: ClearanceJudged) -> Unjudged | Judged:
    return Judged(fact.word)


clearance: Noun[Unjudged | Judged] = Noun(
    "clearance", Unjudged(), evolve, facts=(ClearanceJudged,), source="applications"
)
"""`clearance/<application>`"""
