"""Working days in Missouri: Monday to Friday without the state's holidays, also where one is observed on another day.

Days are Chicago days, so a clock that is put forward or back adds none and takes none. Which days are holidays, and
on which day they are observed, the library `holidays` says of the state, and this of Lincoln Day, which it leaves out:
unverified, as are all numbers of days. There is one calendar for all rule sets: an office is closed for everybody.
"""

from bisect import bisect_right
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Final

from holidays import country_holidays

from lectern.contracts.days import CHICAGO, chicago_day

SATURDAY, SUNDAY = 5, 6
LINCOLN_DAY: Final = (2, 12)
"""Month and day."""


@cache
def _working(year: int) -> tuple[date, ...]:
    """All of a year, in order. The years beside it are asked, too: January 1 may be observed on December 31."""
    closed = {
        *country_holidays("US", subdiv="MO", years=(year - 1, year, year + 1)),
        _observed(date(year, *LINCOLN_DAY)),
    }
    first = date(year, 1, 1)
    days = (first + timedelta(days=each) for each in range((date(year, 12, 31) - first).days + 1))
    return tuple(each for each in days if each.weekday() < SATURDAY and each not in closed)


def _observed(day: date) -> date:
    """On a Saturday it is kept on the Friday before, on a Sunday on the Monday after: as the library has the others."""
    return day + timedelta(days={SATURDAY: -1, SUNDAY: 1}.get(day.weekday(), 0))


def is_working_day(day: date) -> bool:
    return day in _working(day.year)


def working_days(since: date, until: date) -> int:
    """How many there are after `since`, up to and with `until`; 0 where it is not later."""
    years = (_working(year) for year in range(since.year, until.year + 1))
    return max(0, sum(bisect_right(year, until) - bisect_right(year, since) for year in years))


def add_working_days(day: date, count: int) -> date:
    """The day on which so many working days have passed since `day`; the day itself where the count is not above 0."""
    year = day.year
    while count > 0:
        left = _working(year)[bisect_right(_working(year), day) :]
        if count <= len(left):
            return left[count - 1]
        count -= len(left)
        year += 1
    return day


def at_hour(day: date, hour: int) -> datetime:
    """The instant (UTC) at which it is that hour of a day in Missouri, also on the days on which the clocks change."""
    return datetime.combine(day, time(hour), CHICAGO).astimezone(UTC)


def in_hours_of_work(at: datetime, first: int, last: int) -> bool:
    """Whether it is a working day in Missouri, from its hour `first` on and before `last`."""
    return is_working_day(chicago_day(at)) and first <= at.astimezone(CHICAGO).hour < last


def next_morning(after: datetime, hour: int) -> datetime:
    """The first instant later than `after` at which it is that hour of a working day in Missouri."""
    day = chicago_day(after)
    while not is_working_day(day) or at_hour(day, hour) <= after:
        day += timedelta(days=1)
    return at_hour(day, hour)
