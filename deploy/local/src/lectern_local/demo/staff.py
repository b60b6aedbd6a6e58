"""Who acts for the district and for DESE in the demonstration; the rows stand in demo_data/staff.csv."""

from typing import Final

DISTRICT: Final = "048-077"
"""Independence 30: where the demo's educators teach."""
OFFICER: Final = "dana.whitfield@independence.example"
NEIGHBOUR: Final = "048-078"
"""Kansas City 33: where an application goes when the first district was the wrong one."""
NEIGHBOURS_OFFICER: Final = "marcus.lee@kansascity.example"
REVIEWER: Final = "priya.raman@dese.example"
SUPERVISOR: Final = "theo.marsh@dese.example"
COLLEAGUE: Final = "ines.duarte@dese.example"
"""A reviewer who decides what the others had denied; a supervisor who had no part in it either is Ada Brandt."""
