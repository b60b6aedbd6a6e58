"""What a certificate says on paper. Pure: the same certificate says the same, on whichever day it is asked for."""

import io
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno

from lectern.contracts.values import CertificateKind, CertificateStatus, PersonId

ISSUER = "Missouri Department of Elementary and Secondary Education"
HEADINGS = {
    CertificateKind.IPC: "Initial Professional Certificate",
    CertificateKind.CCPC: "Career Continuous Professional Certificate",
}
ON_PAPER = frozenset({CertificateStatus.ACTIVE, CertificateStatus.EXPIRED})
"""What was suspended, revoked or surrendered is not handed out."""
_DARK = "#14333d"


@dataclass(frozen=True)
class CertificatePaper:
    """All days are Chicago days. Neither status nor today's date: paper does not know what happens after it."""

    kind: CertificateKind
    name: str
    """As the register has it."""
    number: str
    areas: tuple[str, ...]
    issued_on: date
    valid_from: date
    valid_to: date
    recorded_on: date
    """The day of the record or decision that made the certificate what it is: the document's date."""
    check_url: str
    """The holder's public page, where the status of today stands."""
    demo: bool = False

    template = "certificate.typ"

    @property
    def file_name(self) -> str:
        """Nothing personal stands in it."""
        return f"teaching-certificate-{self.kind.value.lower()}"

    def says(self) -> dict[str, Any]:
        """The words and numbers of the template."""
        heading = HEADINGS[self.kind]
        return {
            "issuer": ISSUER,
            "heading": heading,
            "name": self.name,
            "number": self.number,
            "areas": list(self.areas),
            "dates": self._dates(),
            "words": {
                "certifies": "This certifies that",
                "number": "Educator ID",
                "areas": "holds this certificate in",
            },
            "check": {
                "url": self.check_url,
                "shown": self.check_url.partition("://")[2],
                "code": _code(self.check_url),
                "alt": f"QR code that leads to {self.check_url}, where the status of this certificate stands",
                "words": "Its status today, and on any other day:",
            },
            "foot": self._foot(),
            "document": {
                "title": f"{heading}, {self.name}",
                "description": f"{heading} of {self.name}, Educator ID {self.number}",
                "day": _parts(self.recorded_on),
            },
        }

    def _dates(self) -> list[dict[str, str]]:
        said = [("Issued", self.issued_on), ("Valid from", self.valid_from), ("Valid to", self.valid_to)]
        if self.valid_from == self.issued_on:
            del said[1]
        return [{"label": label, "words": _day(when)} for label, when in said]

    def _foot(self) -> str:
        said = f"As the register has it since {_day(self.recorded_on)}. Later changes stand at the address of the code."
        return f"{said} Demonstration: this person is fictional." if self.demo else said


def holders_page(register_url: str, person_id: PersonId) -> str:
    """The public page of a holder; `register_url` is the address of the service that keeps the register."""
    return f"{register_url}/holders/{person_id}"


def _code(url: str) -> str:
    drawn = io.BytesIO()
    segno.make(url, error="m", micro=False).save(drawn, kind="svg", border=0, dark=_DARK, svgclass=None, lineclass=None)
    return drawn.getvalue().decode()


def _day(when: date) -> str:
    return f"{when:%B} {when.day}, {when.year}"


def _parts(when: date) -> dict[str, int]:
    return {"year": when.year, "month": when.month, "day": when.day}
