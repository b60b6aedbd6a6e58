"""Days and hours as people write them."""

from datetime import date
from decimal import Decimal


def in_hours(quarter_hours: int) -> str:
    """Quarter hours as people write hours: 120 as "30", 118 as "29.5", 119 as "29.75"."""
    hours, quarters = divmod(quarter_hours, 4)
    return f"{hours}{('', '.25', '.5', '.75')[quarters]}"


def quarter_hours(hours: Decimal) -> int:
    """Hours as people write them, exactly. Raises ValueError for anything that is not whole quarters of an hour."""
    quarters = hours * 4
    if quarters != quarters.to_integral_value() or quarters < 0:
        raise ValueError("contact hours go in quarters of an hour, such as 26 or 26.25")
    return int(quarters)


def in_semester_hours(hundredths: int) -> str:
    """Semester hours as people write them: 300 as "3", 250 as "2.5", 225 as "2.25"."""
    return f"{hundredths // 100}.{hundredths % 100:02}".rstrip("0").rstrip(".")


def day_words(day: date) -> str:
    """January 15, 2027."""
    return f"{day:%B} {day.day}, {day.year}"
