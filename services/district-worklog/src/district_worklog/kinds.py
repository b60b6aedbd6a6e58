"""How pages speak of the kinds of application, and of what DESE asks about one."""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.values import InformationReason, Kind


@dataclass(frozen=True)
class Said:
    title: str
    short: str
    noun: str
    """As in a page's title."""
    late: str
    """Of a certificate that had expired when the educator, `{}`, submitted."""


_LOOKS: Final = "It had expired when {} submitted. DESE looks at this."
SAID: Final = {
    Kind.UPGRADE: Said("Upgrade to a career certificate", "Upgrade", "upgrade", _LOOKS),
    Kind.EXTENSION: Said(
        "Extension of an initial certificate",
        "Extension",
        "extension",
        "It had expired when {} submitted. It can still be extended for some months; DESE looks at this.",
    ),
    Kind.REACTIVATION: Said(
        "Reactivation of a certificate",
        "Reactivation",
        "reactivation",
        "{} asks for its reactivation.",
    ),
}
ASKED_ABOUT: Final = {
    InformationReason.YEARS_UNCLEAR: "The years of teaching",
    InformationReason.HOURS_MISSING: "Contact hours of professional development",
    InformationReason.MENTORING_UNCLEAR: "The mentoring",
    InformationReason.BTA_UNCLEAR: "The Beginning Teacher Assistance program",
    InformationReason.EVALUATION_UNCLEAR: "The evaluation",
    InformationReason.EMPLOYMENT_UNCLEAR: "The teaching position held now",
    InformationReason.PERSONAL_DETAILS: "Personal details",
    InformationReason.OTHER: "Something else",
}
"""What DESE asks a district about. It never asks a district about conduct."""
