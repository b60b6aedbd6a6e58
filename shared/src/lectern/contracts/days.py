"""Legal days: dates in America/Chicago, by one function. A day ends there, whatever the clock of the machine says."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

CHICAGO = ZoneInfo("America/Chicago")


def chicago_day(instant: datetime) -> date:
    """The day on which an aware instant falls in Missouri."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(CHICAGO).date()


def end_of(day: date) -> datetime:
    """The instant at which a day is over in Missouri: the first one of the next. The last of all ends early."""
    day = min(day, date.max - timedelta(days=1))
    return datetime.combine(day + timedelta(days=1), time(), CHICAGO).astimezone(UTC)
