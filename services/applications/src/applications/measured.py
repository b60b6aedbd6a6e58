"""What an educator may expect, measured on the last decided applications of the kind; said only where there are enough.

A range rests on its cases: their number is part of what is said. It is no promise, and no deadline.
"""

from dataclasses import dataclass
from typing import Any

from lectern.contracts.values import Kind
from lectern.rules import RULES
from lectern.rules.clocks import clock_parameters

_MEASURED = """
with last as (
    select district_days, state_days from times_taken where kind = $1 and decided_at is not null
    order by decided_at desc limit $2
)
select count(*) as cases, count(district_days) as at_districts,
    percentile_disc(array[0.5, 0.9]) within group (order by district_days) as district,
    percentile_disc(array[0.5, 0.9]) within group (order by state_days) as state
from last
"""


@dataclass(frozen=True)
class Range:
    """In working days: half of the cases took no longer than the first, nine of ten no longer than the second."""

    half: int
    most: int

    @property
    def words(self) -> str:
        return f"up to {_days(self.half)} in half of them, up to {_days(self.most)} in nine of ten"


@dataclass(frozen=True)
class Measured:
    cases: int
    district: Range | None
    """None where none of them went through a district."""
    state: Range


async def measured(db: Any, kind: Kind) -> Measured | None:
    """Read as an educator. None where there are too few cases to say anything."""
    said = clock_parameters(RULES)
    row = await db.fetchrow(_MEASURED, kind.value, said.measured_cases)
    if row["cases"] < said.measured_least or row["state"] is None:
        return None
    district = Range(*row["district"]) if row["at_districts"] and row["district"] else None
    return Measured(row["cases"], district, Range(*row["state"]))


def _days(count: int) -> str:
    return "1 working day" if count == 1 else f"{count} working days"
