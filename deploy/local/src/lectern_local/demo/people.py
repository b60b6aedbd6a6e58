"""Made-up educators, the same for the same run: their records for the import and what they sign in with."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from lectern.rules.calendar import add_years
from lectern.rules.parameters import UPGRADE

_FIRST = """
Alma Ben Carla Dev Elena Frank Grace Hugo Ines Jonas Kara Liam Mona Nils Odette Paul Quinn Rosa Sven Tara Uma Victor
Wanda Xavier Yara Zane
"""
FIRST = tuple(_FIRST.split())
_LAST = """
Abbott Barnes Carver Delgado Ellison Fischer Garza Holloway Ibarra Jennings Kessler Lindqvist Mercer Novak Ortega
Prescott Quigley Ramsey Sorensen Tilden Underwood Vasquez Whitaker Yates Zimmer
"""
LAST = tuple(_LAST.split())
AREAS = ("Elementary Education 1-6", "Mathematics 9-12", "English 9-12", "Early Childhood B-3", "Biology 9-12")


@dataclass(frozen=True)
class Person:
    educator_number: str
    first_name: str
    last_name: str
    birth_date: date
    ssn_last4: str
    email: str
    area: str
    expired: bool = False
    """Whether the certificate ran out years ago."""

    def row(self, today: date, number: int = 0) -> dict[str, str]:
        """A line of people.csv: an IPC that runs out in forty days, and a clearance of two months ago.

        `number` tells several certificates of one person apart: each was issued a day before the last one.
        """
        expires = add_years(today, -2) if self.expired else today + timedelta(days=40)
        issued = add_years(expires, -UPGRADE.ipc_years) + timedelta(days=1 - number)
        return {
            "educator_number": self.educator_number,
            "first_name": self.first_name,
            "last_name": self.last_name,
            "birth_date": self.birth_date.isoformat(),
            "ssn_last4": self.ssn_last4,
            "certificate_kind": "IPC",
            "areas": self.area,
            "issued_on": issued.isoformat(),
            "expires_on": expires.isoformat(),
            "status": "expired" if self.expired else "active",
            "background_cleared_on": (today - timedelta(days=60)).isoformat(),
        }


def person(run: str, number: int, *, expired: bool = False) -> Person:
    """The educator number `number` of a run."""
    dice = Random(f"{run} {number}")
    first, last = dice.choice(FIRST), dice.choice(LAST)
    block = Random(run).randrange(1_000, 9_999)
    return Person(
        educator_number=f"{block}{number:05d}",
        first_name=first,
        last_name=last,
        birth_date=date(1985, 1, 1) + timedelta(days=dice.randrange(5_000)),
        ssn_last4=f"{dice.randrange(1, 10_000):04d}",
        email=f"{first}.{last}.{run}-{number}@demo.example".lower(),
        area=dice.choice(AREAS),
        expired=expired,
    )
