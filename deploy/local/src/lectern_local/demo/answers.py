"""What the demo's educators answer and what their district records: an application that meets every criterion."""

from datetime import date, timedelta
from typing import Any, Final

from lectern.contracts.values import Kind
from lectern.rules import IN_FORCE
from lectern.rules.years import school_year_of
from lectern_local.demo.people import Person

EMPLOYER: Final = "Independence 30"
PROVIDER: Final = "University of Central Missouri"
COLLEGE: Final = "Lincoln University"
YEARS: Final = 4
QUARTER_HOURS: Final = 126
"""31.5 contact hours."""


def personal(person: Person) -> dict[str, Any]:
    return {"first_name": person.first_name, "last_name": person.last_name, "email": person.email, "phone": None}


def years(today: date) -> list[dict[str, Any]]:
    """Four whole school years, the last one the year before this."""
    last = school_year_of(today) - 1
    return [
        {
            "school_year": last - back,
            "employer": EMPLOYER,
            "position": "Teacher",
            "fte_hundredths": 100,
            "share_hundredths": 100,
            "teaching": True,
        }
        for back in range(YEARS)
    ]


def this_year(today: date) -> dict[str, Any]:
    """The school year that runs."""
    return {**years(today)[0], "school_year": school_year_of(today), "share_hundredths": 25}


def report(today: date, kind: Kind = Kind.UPGRADE) -> dict[str, Any]:
    """The educator's own report, as contracts.values.EducatorReport."""
    whole = _report(today)
    if "development" in IN_FORCE.of(kind).report:
        return whole
    return {"degrees": whole["degrees"], "years": [this_year(today), *whole["years"]]}


def _report(today: date) -> dict[str, Any]:
    return {
        "degrees": [{"institution": PROVIDER, "degree": "B.S. in Education", "year": today.year - 5}],
        "years": years(today),
        "development_quarter_hours": QUARTER_HOURS,
        "mentoring_school_years": 2,
        "bta_completed_on": date(today.year - 2, 6, 12).isoformat(),
        "bta_provider": PROVIDER,
        "evaluation_note": "Yearly with my principal.",
    }


def course(today: date) -> dict[str, Any]:
    """A course of the last six months, as contracts.values.CourseTaken."""
    return {
        "college": COLLEGE,
        "title": "Reading in the content areas",
        "semester_hundredths": 300,
        "completed_on": (today - timedelta(days=60)).isoformat(),
        "graduate": True,
        "relevance": "I teach reading in every subject.",
    }


def transcript(today: date) -> dict[str, Any]:
    """What the official transcript says of it, as contracts.values.CourseSeen."""
    told = course(today)
    return {
        "shown": True,
        "completed_on": told["completed_on"],
        "semester_hundredths": told["semester_hundredths"],
        "posted": True,
        "relevant": True,
        "repeat": False,
    }


RETURNED: Final[dict[Kind, tuple[str, str]]] = {
    Kind.UPGRADE: ("hours-missing", "Please list the workshops of last spring."),
    Kind.EXTENSION: ("employment-unclear", "Please say since when you teach here."),
    Kind.REACTIVATION: ("employment-unclear", "Please say which position you were hired for."),
}
"""Why the district returns it, and in which words."""
ASKED: Final = {
    Kind.UPGRADE: "years-unclear",
    Kind.EXTENSION: "employment-unclear",
    Kind.REACTIVATION: "employment-unclear",
}
"""What DESE asks the educator about."""
CORRECTED: Final = "The missing hours are in the list now."
RECONSIDER: Final = "The two records of 2024 are of two schools. The contracts show which hours belong to which."
ANSWER: Final = "It was the elementary school on Main Street, all year."
