"""Clocks run while somebody has an application, and stand while somebody else does."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lectern.rules import RULES, rule_set
from lectern.rules.clocks import Clock, Run, by_day, clock_parameters, elapsed, reached_on, runs, started, stopped
from lectern.rules.working_days import working_days

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
MONDAY = date(2026, 12, 7)


def test_a_clock_that_never_started_says_nothing() -> None:
    assert not runs(())
    assert elapsed((), MONDAY) == 0
    assert reached_on((), 10) is None
    assert stopped((), MONDAY) == ()


def test_what_it_ran_before_a_pause_counts_and_the_pause_does_not() -> None:
    clock = stopped(started((), MONDAY), date(2026, 12, 10))
    again = started(clock, date(2026, 12, 17))

    assert clock == (Run(MONDAY, date(2026, 12, 10)),)
    assert elapsed(again, date(2026, 12, 18)) == 3 + 1
    assert reached_on(clock, 10) is None
    assert reached_on(again, 10) == date(2026, 12, 29)


def test_starting_twice_and_stopping_twice_is_once() -> None:
    running = started((), MONDAY)

    assert started(running, date(2026, 12, 9)) == running
    standing = stopped(running, date(2026, 12, 9))
    assert stopped(standing, date(2026, 12, 11)) == standing


def test_what_is_reached_already_was_reached_on_the_day_it_went_on() -> None:
    clock: Clock = (Run(MONDAY, date(2026, 12, 21)), Run(date(2027, 1, 4)))

    assert reached_on(clock, 10) == date(2027, 1, 4)


@given(st.lists(DAYS, min_size=1, max_size=9), DAYS, st.integers(1, 90))
def test_what_is_reached_on_a_day_has_run_so_long_then(days: list[date], today: date, count: int) -> None:
    clock: Clock = ()
    for number, day in enumerate(sorted(days)):
        clock = stopped(clock, day) if number % 2 else started(clock, day)

    found = reached_on(clock, count)

    assert (found is None) is not runs(clock)
    if found is not None:
        assert elapsed(clock, found) >= count
        assert found == clock[-1].since or elapsed(clock, found) == count
    assert 0 <= elapsed(clock, today) <= working_days(min(days), max(today, *days))


@pytest.mark.parametrize("version", ["upgrade-2026-11", RULES])
def test_every_application_has_clocks(version: str) -> None:
    said = clock_parameters(version)

    assert 0 < said.district_days < said.district_overdue_days
    first, last = rule_set(version).parameters.expected_weeks
    assert (said.state_days, said.state_overdue_days) == (5 * first, 5 * last)
    assert list(said.returned_days) == sorted(set(said.returned_days))
    assert 0 < said.draft_warning_days < said.draft_days
    assert 0 < said.measured_least <= said.measured_cases


def test_what_is_measured_rests_on_the_last_two_hundred_cases_and_thirty_at_least() -> None:
    said = clock_parameters("missouri-2026-11")

    assert (said.measured_cases, said.measured_least) == (200, 30)


@pytest.mark.parametrize(
    ("at", "told"),
    [
        (datetime(2026, 12, 8, 12, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 12, 8, 13, 0, tzinfo=UTC), True),
        (datetime(2026, 12, 8, 23, 59, 59, tzinfo=UTC), True),
        (datetime(2026, 12, 9, 0, 0, tzinfo=UTC), False),
        (datetime(2027, 7, 1, 22, 59, 59, tzinfo=UTC), True),
        (datetime(2027, 7, 1, 23, 0, tzinfo=UTC), False),
        (datetime(2026, 12, 12, 18, 0, tzinfo=UTC), False),
        (datetime(2027, 2, 12, 18, 0, tzinfo=UTC), False),
    ],
    ids=["6:59", "7:00", "17:59", "18:00", "17:59 in summer", "18:00 in summer", "Saturday", "Lincoln Day"],
)
def test_people_are_reminded_in_the_daytime_of_a_working_day(at: datetime, told: bool) -> None:
    assert by_day(at) is told
