"""Clocks: how many working days an application spent with somebody, over all its stays there.

A clock runs while they have it and stands while it is with somebody else: returned, asked of somebody, on hold. Folds
start and stop clocks at the days of facts; what day it is comes in as a value. Being late decides nothing.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final, TypeAlias

from lectern.rules.parameters import UPGRADE
from lectern.rules.rule_sets import Parameters, rule_set
from lectern.rules.working_days import add_working_days, in_hours_of_work, working_days


@dataclass(frozen=True)
class Run:
    """A span of Chicago days; `until` is None while it lasts."""

    since: date
    until: date | None = None


Clock: TypeAlias = tuple[Run, ...]
"""In order; at most the last one lasts."""
_FIRST_WITH_CLOCKS: Final = "missouri-2026-11"


def runs(clock: Clock) -> bool:
    return bool(clock) and clock[-1].until is None


def started(clock: Clock, on: date) -> Clock:
    """From that day on it runs; one that runs already goes on."""
    return clock if runs(clock) else (*clock, Run(on))


def stopped(clock: Clock, on: date) -> Clock:
    """It stands from that day on."""
    return (*clock[:-1], replace(clock[-1], until=on)) if runs(clock) else clock


def elapsed(clock: Clock, today: date) -> int:
    """In working days. The day on which it starts is none of them."""
    return sum(working_days(each.since, each.until or today) for each in clock)


def reached_on(clock: Clock, count: int) -> date | None:
    """The day on which a clock that goes on running has run so many working days; None while it stands."""
    if not runs(clock):
        return None
    *before, now = clock
    return add_working_days(now.since, count - elapsed(tuple(before), now.since))


def clock_parameters(version: str) -> Parameters:
    """The numbers of the clocks for an application under a rule set. The first set said nothing of clocks."""
    own = rule_set(version).parameters
    return own if "district_days" in own.model_fields_set else rule_set(_FIRST_WITH_CLOCKS).parameters


def by_day(at: datetime, parameters: Parameters = UPGRADE) -> bool:
    """Whether people are reminded at this instant: in the daytime of a working day, whenever it fell due."""
    return in_hours_of_work(at, parameters.morning_hour, parameters.evening_hour)
