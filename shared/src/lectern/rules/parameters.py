"""Every number of the Upgrade path that the state may set otherwise, in one place. None of them stands anywhere else.

`given` numbers come from the instructions for applicants; the others are defaults until the state says otherwise.
"""

from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Literal, TypeAlias

Status: TypeAlias = Literal["given", "unverified"]

RULES = "upgrade-2026-11"
"""The version of this rule set. It changes with any criterion, parameter or wording below lectern.rules."""


@dataclass(frozen=True)
class Parameters:
    """Years and shares in hundredths, contact hours in quarter hours, money in US cents."""

    teaching_hundredths: int = 400
    """Four years of teaching."""
    half_time_hundredths: int = 50
    """The FTE from which a position, or positions held together, count."""
    school_year_hundredths: int = 100
    """What a school year counts at most."""
    development_quarter_hours: int = 120
    """30 contact hours."""
    mentoring_school_years: int = 2
    window_days: int = 60
    """Outside so many days before its expiry a certificate is not "about to expire": we warn, and never block."""
    fee_cents: int = 2500
    expected_weeks: tuple[int, int] = (8, 12)
    """From the day the district submits to DESE; an expectation, not a deadline."""
    ipc_years: int = 4
    ccpc_years: int = 99
    payment_query_seconds: int = 30
    """A payment without an answer is asked about after so long."""


UPGRADE = Parameters()

GIVEN = frozenset({"teaching_hundredths", "half_time_hundredths", "development_quarter_hours", "mentoring_school_years",
                   "expected_weeks", "ipc_years"})  # fmt: skip

STATUS: MappingProxyType[str, Status] = MappingProxyType(
    {each.name: "given" if each.name in GIVEN else "unverified" for each in fields(Parameters)}
)
"""Where each parameter comes from: given by the instructions, or unverified until the state confirms it."""
