"""DESE's case on an application, as this service hears it: once it has ended, the district has nothing left to do."""

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
class Undecided:
    pass


@dataclass(frozen=True)
class Ended:
    approved: bool
    on: date | None = None
    """The Chicago day of an approval."""


@dataclass(frozen=True)
class Withdrawn:
    pass


@dataclass(frozen=True)
class Closed:
    """As incomplete: its educator did not answer."""


Case: TypeAlias = Undecided | Ended | Withdrawn | Closed
CaseFact: TypeAlias = (
    ApplicationApproved | ApplicationDenied | ApplicationWithdrawn | ApplicationClosedIncomplete | ReconsiderationOpened
)


def evolve(_: Case, fact: CaseFact) -> Case:
    match fact:
        case ApplicationApproved():
            return Ended(approved=True, on=chicago_day(fact.approved_at))
        case ApplicationDenied():
            return Ended(approved=False)
        case ApplicationWithdrawn():
            return Withdrawn()
        case ApplicationClosedIncomplete():
            return Closed()
        case ReconsiderationOpened():
            return Undecided()
        case _:
            assert_never(fact)


case: Noun[Case] = Noun(
    "case",
    Undecided(),
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
