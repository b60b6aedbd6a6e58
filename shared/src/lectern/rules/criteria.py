"""The criteria of the Upgrade path: what is asked, in which words, by whom it is established, and where it comes from.

The source is the instructions for applicants that a university publishes about the state's system. It is not the law,
and pages never call it that: they show `citation`.
"""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.values import EstablishedBy
from lectern.rules.parameters import Status

INSTRUCTIONS: Final = "Instructions for applicants, university page"

UPG_ACTIVE: Final = "UPG-ACTIVE"
UPG_TEACHING: Final = "UPG-TEACHING"
UPG_PD: Final = "UPG-PD"
UPG_MENTORING: Final = "UPG-MENTORING"
UPG_BTA: Final = "UPG-BTA"
UPG_PBTE: Final = "UPG-PBTE"


@dataclass(frozen=True)
class Help:
    counts: str
    does_not: str
    bring: str


@dataclass(frozen=True)
class Criterion:
    """One requirement. `unverified` names the parts that are our default until the state confirms them."""

    id: str
    name: str
    """In two or three words, for tables."""
    sentence: str
    help: Help
    established_by: EstablishedBy
    citation: str = INSTRUCTIONS
    status: Status = "given"
    unverified: str | None = None


CRITERIA: Final[tuple[Criterion, ...]] = (
    Criterion(
        UPG_ACTIVE,
        "Active certificate",
        "Holds a valid, active Initial Professional Certificate",
        Help(
            "A certificate that is active on the day of submission; its last day counts. It may expire after that day.",
            "A certificate that expired before that day, or is suspended, revoked or surrendered.",
            "Nothing. The state’s register says so.",
        ),
        EstablishedBy.SYSTEM,
        unverified="That it should be within 60 days of its expiry is only a warning.",
    ),
    Criterion(
        UPG_TEACHING,
        "Four years of teaching",
        "Four years of state-approved teaching, at least half time, in accredited public or private schools",
        Help(
            "Each school year taught at least half time, at any accredited school. Positions held at the same time "
            "are added up; those held together for part of a year are entered as one row.",
            "Substitute and aide time. More than one year for a school year.",
            "Contracts or letters of the employers, with school year, position, FTE and share of the year.",
        ),
        EstablishedBy.DISTRICT,
        unverified="How part years are counted, and how years at earlier employers are shown.",
    ),
    Criterion(
        UPG_PD,
        "Professional development",
        "A professional development plan of at least 30 contact hours, approved by the employing district, "
        "developed and carried out",
        Help(
            "Workshops, courses and study groups that are part of the approved plan.",
            "Hours of the Beginning Teacher Assistance program.",
            "The approved plan, and sign-in sheets or certificates with hours.",
        ),
        EstablishedBy.DISTRICT,
        unverified="That hours of the Beginning Teacher Assistance program do not count.",
    ),
    Criterion(
        UPG_MENTORING,
        "Mentoring",
        "A mentoring program for at least two school years",
        Help(
            "School years with an assigned mentor and meetings with that mentor.",
            "A school year without an assigned mentor.",
            "The mentor log, or the district’s list of mentors.",
        ),
        EstablishedBy.DISTRICT,
    ),
    Criterion(
        UPG_BTA,
        "Beginning Teacher Assistance",
        "Beginning Teacher Assistance program, completed with a college or university",
        Help(
            "A completed program of a college or university.",
            "A program that was begun and not completed.",
            "The certificate of completion, with its date.",
        ),
        EstablishedBy.DISTRICT,
        unverified="Whether other providers count.",
    ),
    Criterion(
        UPG_PBTE,
        "Evaluation",
        "Took part in the district’s Performance-Based Teacher Evaluations",
        Help(
            "Evaluations under the district’s Performance-Based Teacher Evaluation.",
            "Informal visits to the classroom.",
            "Nothing. The district has the summaries.",
        ),
        EstablishedBy.DISTRICT,
    ),
)

BY_ID: Final[dict[str, Criterion]] = {each.id: each for each in CRITERIA}
DISTRICT_CRITERIA: Final[tuple[str, ...]] = tuple(
    each.id for each in CRITERIA if each.established_by is EstablishedBy.DISTRICT
)
"""The five a district establishes, in the order pages show them."""


def criterion(id_: str) -> Criterion:
    """Raises KeyError for an id this rule set does not have."""
    return BY_ID[id_]
