"""Months and years clamp to the month's end; the last day counts."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lectern.contracts.values import CertificateKind
from lectern.rules.calendar import (
    Period,
    add_months,
    add_years,
    expected_range,
    outside_window,
    period_of,
    upgraded,
    warn_outside_window,
)
from lectern.rules.parameters import STATUS, UPGRADE


@pytest.mark.parametrize(
    ("day", "months", "result"),
    [
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 15), 1, date(2027, 1, 15)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 5), 0, date(2026, 5, 5)),
    ],
)
def test_months_clamp(day: date, months: int, result: date) -> None:
    assert add_months(day, months) == result


@pytest.mark.parametrize(
    ("day", "years", "result"),
    [
        (date(2028, 2, 29), 99, date(2127, 2, 28)),
        (date(2028, 2, 29), 4, date(2032, 2, 29)),
        (date(2096, 2, 29), 4, date(2100, 2, 28)),
        (date(2027, 1, 5), 99, date(2126, 1, 5)),
    ],
)
def test_a_leap_day_becomes_the_28th(day: date, years: int, result: date) -> None:
    assert add_years(day, years) == result


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)), st.integers(-600, 600))
def test_lands_in_the_right_month(day: date, months: int) -> None:
    result = add_months(day, months)

    assert (result.year * 12 + result.month) - (day.year * 12 + day.month) == months
    assert result.day <= day.day
    assert result.day == day.day or (result + timedelta(days=1)).day == 1


def test_says_no_outside_the_calendar() -> None:
    with pytest.raises(ValueError, match="calendar"):
        add_years(date(9990, 1, 1), 99)


@pytest.mark.parametrize(
    ("day", "months", "inside"),
    [
        (date(9999, 11, 30), 1, True),
        (date(9999, 12, 31), 1, False),
        (date(1, 2, 28), -1, True),
        (date(1, 1, 31), -1, False),
    ],
)
def test_the_calendar_has_a_first_and_a_last_month(day: date, months: int, inside: bool) -> None:
    try:
        add_months(day, months)
    except ValueError:
        assert not inside
    else:
        assert inside


@pytest.mark.parametrize(("days", "warned"), [(-1, False), (0, False), (60, False), (61, True)])
def test_warns_from_the_sixty_first_day_before(days: int, warned: bool) -> None:
    today = date(2026, 11, 24)

    assert (warn_outside_window(today + timedelta(days=days), today) is not None) is warned


def test_a_career_certificate_is_effective_on_approval_for_99_years() -> None:
    assert upgraded(date(2027, 1, 5)) == Period(date(2027, 1, 5), date(2126, 1, 5))
    assert upgraded(date(2028, 2, 29)) == Period(date(2028, 2, 29), date(2127, 2, 28))
    assert period_of(CertificateKind.IPC, date(2024, 2, 29)).expires_on == date(2028, 2, 29)


@pytest.mark.parametrize(("days", "outside"), [(0, False), (60, False), (61, True), (-1, True)])
def test_the_window_is_sixty_days(days: int, outside: bool) -> None:
    today = date(2026, 11, 24)

    assert outside_window(today + timedelta(days=days), today) is outside


def test_warns_too_early_and_says_that_one_may_apply() -> None:
    warning = warn_outside_window(date(2027, 11, 24), date(2026, 11, 24))

    assert warning is not None
    assert "365 days" in warning
    assert "You can still apply now" in warning
    assert warn_outside_window(date(2026, 12, 24), date(2026, 11, 24)) is None
    assert warn_outside_window(date(2026, 11, 23), date(2026, 11, 24)) is None


def test_expects_a_decision_in_eight_to_twelve_weeks() -> None:
    assert expected_range(date(2026, 12, 8)) == (date(2027, 2, 2), date(2027, 3, 2))


def test_the_fee_is_unverified_and_the_hours_are_given() -> None:
    assert UPGRADE.fee_cents == 2500
    assert STATUS["fee_cents"] == "unverified"
    assert STATUS["development_quarter_hours"] == "given"
