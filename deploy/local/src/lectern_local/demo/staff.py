"""Who acts for the district and for DESE in the demonstration; the rows stand in demo_data/staff.csv."""

from typing import Final

DISTRICT: Final = "048-077"
"""Independence 30: where the demo's educators teach."""
OFFICER: Final = "dana.whitfield@independence.example"
REVIEWER: Final = "priya.raman@dese.example"
SUPERVISOR: Final = "theo.marsh@dese.example"
