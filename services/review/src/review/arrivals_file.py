"""Reading a CSV of arrivals: `educator_number,what,on,college`, what is transcript or clearance. Pure."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from lectern.contracts.matching import digits
from review.arrival import Said, What

COLUMNS: Final = ("educator_number", "what", "on", "college")
MOST_LINES: Final = 2_000


@dataclass(frozen=True)
class Line:
    """A line with its number in the file; `said` is None where something is `wrong` with it."""

    row: int
    what: What | None = None
    said: Said | None = None
    wrong: str = ""


def lines_of(content: bytes, today: date) -> Sequence[Line]:
    """Raises ValueError, in words for whoever chose the file, where it is no such file at all."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValueError("This file is not text in UTF-8. Save it as CSV UTF-8, and choose it again.") from None
    rows = list(csv.DictReader(io.StringIO(text)))
    head = next(csv.reader(io.StringIO(text)), [])
    if [each.strip() for each in head] != list(COLUMNS):
        raise ValueError(f"The first line has to read: {','.join(COLUMNS)}")
    if not rows:
        raise ValueError("This file has no lines below its first.")
    if len(rows) > MOST_LINES:
        raise ValueError(f"This file has more than {MOST_LINES} lines. Send it in parts.")
    return [_line(at, each, today) for at, each in enumerate(rows, 2)]


def _line(row: int, told: Mapping[str | None, str | list[str] | None], today: date) -> Line:
    if None in told or None in told.values():
        return Line(row, wrong="It has too few or too many columns.")
    number, what, on, college = (str(told[each]).strip() for each in COLUMNS)
    if not 1 <= len(digits(number)) <= 12 or re.search(r"[^\d\s-]", number, re.ASCII):
        return Line(row, wrong="An Educator ID is a number of up to 12 digits.")
    if what.casefold() not in set(What):
        return Line(row, wrong="What arrived is transcript or clearance.")
    kind = What(what.casefold())
    try:
        day = date.fromisoformat(on) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", on, re.ASCII) else None
    except ValueError:
        day = None
    if day is None:
        return Line(row, wrong="Write the date as 2027-01-15.")
    if day > today:
        return Line(row, wrong="The date is in the future.")
    if kind is What.TRANSCRIPT and not college:
        return Line(row, wrong="The college of the transcript is missing.")
    if len(college) > 200:
        return Line(row, wrong="The name of the college has more than 200 letters.")
    return Line(row, kind, Said(number=digits(number), on=day, college=college))
