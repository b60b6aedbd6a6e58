"""Legal days: dates in America/Chicago, by one function. A day ends there, whatever the clock of the machine says."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

CHICAGO = ZoneInfo("America/Chicago")


def chicago_day(instant: datetime) -> date:
    """The day on which an aware instant falls in Missouri."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return instant.astimezone(CHICAGO).date()
