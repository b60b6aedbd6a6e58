"""The contact hours a district attested to for a reactivation, as its work item tells: open, completed, overdue."""

from dataclasses import dataclass
from typing import TypeAlias, assert_never

from lectern.contracts.district_worklog import ContactHoursCompleted, ContactHoursOverdue
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Promised:
    """Nothing is recorded. `overdue`: that was said once the last day was over."""

    overdue: bool = False


@dataclass(frozen=True)
class Kept:
    quarter_hours: int


Promise: TypeAlias = Promised | Kept
PromiseFact: TypeAlias = ContactHoursCompleted | ContactHoursOverdue


def evolve(state: Promise, fact: PromiseFact) -> Promise:
    match fact:
        case ContactHoursCompleted():
            return Kept(fact.quarter_hours)
        case ContactHoursOverdue():
            return Promised(overdue=True) if isinstance(state, Promised) else state
        case _:
            assert_never(fact)


promise: Noun[Promise] = Noun("work-item", Promised(), evolve, facts=(ContactHoursCompleted, ContactHoursOverdue))
