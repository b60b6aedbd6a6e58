"""What a file can show about education and experience, in the words of all pages."""

from typing import Final

SHOWS: Final = {
    "transcript": "Transcript or degree",
    "years": "School years taught, such as a contract or a letter",
    "development": "Professional development",
    "mentoring": "Mentoring",
    "bta": "Beginning Teacher Assistance",
    "evaluation": "Evaluations",
    "other": "Something else",
}
OF_PROGRAMS: Final = frozenset({"development", "mentoring", "bta", "evaluation"})
"""Asked about only where a kind asks about programs."""
UNOFFICIAL: Final = "unofficial copy"
"""What an educator's file is, whatever it shows."""
