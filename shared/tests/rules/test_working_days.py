"""Working days of Missouri: holidays where they are observed, the ends of years, and the days the clocks change."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lectern.contracts.days import CHICAGO, chicago_day
from lectern.rules.working_days import (
    add_working_days,
    at_hour,
    in_hours_of_work,
    is_working_day,
    next_morning,
    working_days,
)

DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("day", "why"),
    [
        (date(2027, 1, 1), "New Year"),
        (date(2027, 1, 18), "Martin Luther King, Jr."),
        (date(2027, 2, 12), "Lincoln Day"),
        (date(2028, 2, 11), "Lincoln Day is a Saturday"),
        (date(2034, 2, 13), "Lincoln Day is a Sunday"),
        (date(2027, 2, 15), "Washington"),
        (date(2028, 5, 8), "Truman Day"),
        (date(2027, 5, 7), "Truman Day is a Saturday"),
        (date(2033, 5, 9), "Truman Day is a Sunday"),
        (date(2027, 5, 31), "Memorial Day"),
        (date(2028, 6, 19), "Juneteenth"),
        (date(2027, 7, 5), "July 4 is a Sunday"),
        (date(2027, 9, 6), "Labor Day"),
        (date(2027, 10, 11), "Columbus Day"),
        (date(2027, 11, 11), "Veterans Day"),
        (date(2026, 11, 26), "Thanksgiving"),
        (date(2026, 12, 25), "Christmas"),
        (date(2027, 12, 24), "Christmas is a Saturday"),
        (date(2027, 12, 31), "New Year 2028 is a Saturday: observed in the year before"),
        (date(2023, 1, 2), "New Year 2023 is a Sunday"),
        (date(2026, 11, 28), "Saturday"),
        (date(2026, 11, 29), "Sunday"),
    ],
)
def test_the_state_is_closed(day: date, why: str) -> None:
    assert not is_working_day(day), why


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 11, 25),
        date(2026, 11, 27),
        date(2027, 2, 11),
        date(2027, 5, 10),
        date(2027, 12, 30),
        date(2028, 1, 3),
        date(2028, 2, 14),
        date(2034, 2, 10),
    ],
)
def test_the_state_works(day: date) -> None:
    assert is_working_day(day)


@pytest.mark.parametrize(
    ("since", "until", "count"),
    [
        (date(2026, 11, 25), date(2026, 11, 25), 0),
        (date(2026, 11, 25), date(2026, 11, 27), 1),
        (date(2026, 11, 27), date(2026, 11, 30), 1),
        (date(2026, 11, 28), date(2026, 11, 30), 1),
        (date(2027, 12, 30), date(2028, 1, 3), 1),
        (date(2027, 3, 12), date(2027, 3, 15), 1),
        (date(2026, 12, 31), date(2028, 1, 3), 248),
        (date(2027, 1, 5), date(2027, 1, 4), 0),
    ],
)
def test_counts_the_days_after_the_first_and_with_the_last(since: date, until: date, count: int) -> None:
    assert working_days(since, until) == count


@given(DAYS, st.integers(1, 400))
def test_the_day_on_which_so_many_have_passed_is_the_first_one(day: date, count: int) -> None:
    found = add_working_days(day, count)

    assert is_working_day(found)
    assert working_days(day, found) == count
    assert working_days(day, found - timedelta(days=1)) == count - 1


@pytest.mark.parametrize(
    ("day", "count", "found"),
    [
        (date(2026, 12, 30), 1, date(2026, 12, 31)),
        (date(2026, 12, 30), 2, date(2027, 1, 4)),
        (date(2026, 12, 31), 0, date(2026, 12, 31)),
    ],
)
def test_the_last_working_day_of_a_year_is_one(day: date, count: int, found: date) -> None:
    assert add_working_days(day, count) == found


@given(DAYS, DAYS, DAYS)
def test_spans_add_up(one: date, two: date, three: date) -> None:
    first, middle, last = sorted((one, two, three))

    assert working_days(first, middle) + working_days(middle, last) == working_days(first, last)


@pytest.mark.parametrize(
    ("day", "instant"),
    [
        (date(2027, 3, 12), datetime(2027, 3, 12, 13, tzinfo=UTC)),
        (date(2027, 3, 15), datetime(2027, 3, 15, 12, tzinfo=UTC)),
        (date(2027, 11, 5), datetime(2027, 11, 5, 12, tzinfo=UTC)),
        (date(2027, 11, 8), datetime(2027, 11, 8, 13, tzinfo=UTC)),
    ],
)
def test_seven_in_the_morning_is_seven_in_missouri(day: date, instant: datetime) -> None:
    assert at_hour(day, 7) == instant


@pytest.mark.parametrize(("hour", "inside"), [(8, False), (9, True), (16, True), (17, False)])
def test_hours_of_work_begin_with_the_first_and_end_before_the_last(hour: int, inside: bool) -> None:
    assert in_hours_of_work(at_hour(date(2027, 3, 12), hour), 9, 17) is inside
    assert not in_hours_of_work(at_hour(date(2027, 3, 13), hour), 9, 17)


@pytest.mark.parametrize(
    ("after", "morning"),
    [
        (datetime(2026, 11, 25, 12, 59, tzinfo=UTC), datetime(2026, 11, 25, 13, tzinfo=UTC)),
        (datetime(2026, 11, 25, 13, 0, tzinfo=UTC), datetime(2026, 11, 27, 13, tzinfo=UTC)),
        (datetime(2027, 3, 12, 20, tzinfo=UTC), datetime(2027, 3, 15, 12, tzinfo=UTC)),
        (datetime(2027, 12, 30, 20, tzinfo=UTC), datetime(2028, 1, 3, 13, tzinfo=UTC)),
    ],
)
def test_the_next_morning_is_one_of_a_working_day(after: datetime, morning: datetime) -> None:
    assert next_morning(after, 7) == morning


@given(st.integers(0, 14 * 366 * 24 * 60))
def test_a_morning_is_always_ahead(minutes: int) -> None:
    after = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    found = next_morning(after, 7)

    assert found > after
    assert found.astimezone(CHICAGO).hour == 7
    assert is_working_day(chicago_day(found))
