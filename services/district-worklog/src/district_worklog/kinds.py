"""How pages speak of the kinds of application."""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.values import Kind


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
    Kind.REACTIVATION: Said("Reactivation of a certificate", "Reactivation", "reactivation", _LOOKS),
}
