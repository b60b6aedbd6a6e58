"""Spans of months and years between legal days, and what a decision does to a certificate's days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from lectern.contracts.values import CertificateKind
from lectern.rules.parameters import UPGRADE
from lectern.rules.rule_sets import Parameters


def add_months(day: date, months: int) -> date:
    """The same day so many months on, clamped to the end of that month: August 31 and six months is February 28 or 29.

    Raises ValueError outside the years 1 to 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise ValueError("that day is outside the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day so many years on; February 29 becomes 28 where that year has none."""
    return add_months(day, 12 * years)


@dataclass(frozen=True)
class Period:
    """Both days count."""

    effective_on: date
    expires_on: date


def upgraded(approved_on: date, parameters: Parameters = UPGRADE) -> Period:
    """A career certificate is effective on the day of approval."""
    return Period(approved_on, add_years(approved_on, parameters.ccpc_years))


def extended(expires_on: date, approved_on: date, parameters: Parameters = UPGRADE) -> Period:
    """More years on an initial certificate that was good until `expires_on`, also where that day has passed.

    The new period starts on the old expiry date, so that nobody loses a day by applying early; a set may say otherwise.
    """
    starts = expires_on if parameters.extension_starts == "old expiry" else approved_on
    return Period(starts, add_years(starts, parameters.extension_years))


def reactivated(approved_on: date, parameters: Parameters = UPGRADE) -> Period:
    """A reactivated certificate begins a new period on the day of approval."""
    return Period(approved_on, add_years(approved_on, parameters.reactivation_years))


def promise_due(reactivated_on: date, parameters: Parameters = UPGRADE) -> date:
    """The last day on which the promised contact hours can be completed."""
    return add_months(reactivated_on, parameters.promised_months)


def promise_from(reactivated_on: date, parameters: Parameters = UPGRADE) -> date:
    """The first day from which contact hours count for the promise."""
    return add_months(reactivated_on, -parameters.promised_months)


def period_of(kind: CertificateKind, issued_on: date, parameters: Parameters = UPGRADE) -> Period:
    """How long a certificate of a kind is good for when it is issued on that day."""
    years = parameters.ipc_years if kind is CertificateKind.IPC else parameters.ccpc_years
    return Period(issued_on, add_years(issued_on, years))


def outside_window(expires_on: date, on: date, parameters: Parameters = UPGRADE) -> bool:
    """Whether a certificate is not about to expire: more than the window before its last day, or after it."""
    return not timedelta(0) <= expires_on - on <= timedelta(days=parameters.window_days)


def warn_outside_window(expires_on: date, on: date, parameters: Parameters = UPGRADE) -> str | None:
    """A sentence for the educator, or None. It never keeps anybody from applying."""
    left = (expires_on - on).days
    if left <= parameters.window_days:
        return None
    return (
        f"Your certificate expires in {left} days. The instructions are for certificates that are "
        f"about to expire; we take that as {parameters.window_days} days. You can still apply now."
    )


def expected_range(sent_on: date, parameters: Parameters = UPGRADE) -> tuple[date, date]:
    """When a decision is expected after the district sent it to DESE on that day: earliest and latest."""
    first, last = parameters.expected_weeks
    return sent_on + timedelta(weeks=first), sent_on + timedelta(weeks=last)
