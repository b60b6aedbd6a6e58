"""Years of teaching, counted from the rows of the years table, in hundredths. No floats: 3.99 is not 4.00.

The rule: a row (school year, employer, position, FTE, share of the year taught) counts its share if the FTE held at the
same time is at least half time; a school year counts at most 1.00; substitute and aide time does not count.

**At the same time.** A row says how much of its school year was taught, not when. So:

* A position of half time or more counts its share, whatever else was held.
* Positions of less than half time count only for the time they *must* have been held together. Shares of 1.00 and 1.00
  share the whole year, 1.00 and 0.60 share 0.60, 0.80 and 0.90 share at least 0.70, and 0.50 and 0.50 may have followed
  each other and share nothing for certain. Of all ways to put such rows together to half time, the longest counts.
* That time is counted once, not once for each row.
* Rows of different school years are never held at the same time.

Who held two small positions side by side for a part of the year has them entered as one row with both FTE added: then
the record says so, and somebody signs it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from lectern.contracts.values import YearTaught
from lectern.rules.parameters import UPGRADE
from lectern.rules.rule_sets import Parameters


@dataclass(frozen=True)
class CountedRow:
    """A row with what it adds to the sum. Rows counted together show their common time at the first of them."""

    row: YearTaught
    hundredths: int
    why: str | None = None
    """Why it adds less than its share."""


def count_years(rows: Sequence[YearTaught], parameters: Parameters = UPGRADE) -> tuple[CountedRow, ...]:
    """What each row adds, in the order given."""
    numbered = sorted(enumerate(rows), key=lambda each: (each[1].school_year, each[0]))
    counted: dict[int, CountedRow] = {}
    for _, of_year in groupby(numbered, key=lambda each: each[1].school_year):
        counted.update(_one_year(dict(of_year), parameters))
    return tuple(counted[index] for index in range(len(rows)))


def counted_years(rows: Sequence[YearTaught], parameters: Parameters = UPGRADE) -> int:
    """The sum in hundredths of a year: 400 = four years."""
    return sum(each.hundredths for each in count_years(rows, parameters))


def school_year_of(day: date) -> int:
    """The school year a day lies in, by the calendar year it starts in: June 30, 2027 is in 2026."""
    return day.year if day.month >= 7 else day.year - 1


def school_year_words(school_year: int) -> str:
    """2026-27, with the dash people expect."""
    return f"{school_year}–{(school_year + 1) % 100:02}"


def in_years(hundredths: int) -> str:
    """399 as "3.99"."""
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _one_year(rows: dict[int, YearTaught], parameters: Parameters) -> dict[int, CountedRow]:
    teaching = {index: row for index, row in rows.items() if row.teaching}
    alone = {index for index, row in teaching.items() if row.fte_hundredths >= parameters.half_time_hundredths}
    together, shared = _held_together({i: row for i, row in teaching.items() if i not in alone}, parameters)
    left = parameters.school_year_hundredths
    counted: dict[int, CountedRow] = {}
    for index, row in rows.items():
        if index in alone:
            wanted, why = row.share_hundredths, None
        elif index in together:
            wanted = shared if index == min(together) else 0
            why = "Counted together with the other part-time positions of this school year"
        else:
            wanted, why = 0, "Less than half time" if row.teaching else "Substitute and aide time isn’t counted"
        taken = min(wanted, left)
        left -= taken
        counted[index] = CountedRow(row, taken, "A school year counts once" if taken < wanted else why)
    return counted


def _held_together(rows: dict[int, YearTaught], parameters: Parameters) -> tuple[frozenset[int], int]:
    """The rows below half time that reach it together for the longest certain time, and that time.

    Rows held for shares s1 ... sn of a year have at least 1.00 - ((1.00 - s1) + ... + (1.00 - sn)) of it in common.
    """
    year, half = parameters.school_year_hundredths, parameters.half_time_hundredths
    least: dict[int, tuple[int, frozenset[int]]] = {0: (0, frozenset())}
    for index, row in rows.items():
        for fte, (missing, chosen) in list(least.items()):
            reached = min(half, fte + row.fte_hundredths)
            candidate = (missing + year - row.share_hundredths, chosen | {index})
            if reached not in least or candidate[0] < least[reached][0]:
                least[reached] = candidate
    missing, chosen = least.get(half, (year, frozenset()))
    return (chosen, year - missing) if missing < year else (frozenset(), 0)
