"""DESE's case on an application, as heard: whether a denial of it is in force, and since when."""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias, assert_never

from lectern.contracts.days import chicago_day
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    ReconsiderationOpened,
)
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class NotDenied:
    """Open, or ended in another way."""


@dataclass(frozen=True)
class Denied:
    cycle: int
    submission: int
    """The handing-in that was decided on."""
    on: date
    """The Chicago day of the denial."""


AtDese: TypeAlias = NotDenied | Denied
CaseFact: TypeAlias = (
    ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete | ReconsiderationOpened
)


def evolve(_: AtDese, fact: CaseFact) -> AtDese:
    match fact:
        case ApplicationDenied():
            return Denied(fact.cycle, fact.submission, chicago_day(fact.denied_at))
        case ApplicationApproved() | ApplicationWithdrawn() | ApplicationClosedIncomplete() | ReconsiderationOpened():
            return NotDenied()
        case _:
            assert_never(fact)


case: Noun[AtDese] = Noun(
    "case",
    NotDenied(),
    evolve,
    facts=(
        ApplicationApproved,
        ApplicationDenied,
        ApplicationWithdrawn,
        ApplicationClosedIncomplete,
        ReconsiderationOpened,
    ),
    source="review",
)
