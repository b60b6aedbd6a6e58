"""What a proof letter says: that an application was filed, who has it, and how long the certificate is valid. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from lectern.contracts.values import CertificateKind, Reference
from lectern.papers.certificate import HEADINGS, ISSUER
from lectern.rules.wording import Wording
from lectern.rules.words import day_words


@dataclass(frozen=True)
class Letter:
    """As of a day; all days are Chicago days. Nothing about conduct, background or a decision stands in it."""

    name: str
    """As the register has it."""
    number: str
    application: str
    """What was applied for, in words."""
    reference: Reference
    filed_on: date
    held_by: str
    """Who has it, since when, in words."""
    kind: CertificateKind
    areas: tuple[str, ...]
    valid_to: date
    meanwhile: Wording
    as_of: date
    demo: bool = False

    @property
    def rows(self) -> tuple[tuple[str, str], ...]:
        """What it says, one line each: paper and page say the same."""
        return (
            ("Name", self.name),
            ("Educator ID", self.number),
            ("Application", self.application),
            ("Reference", self.reference),
            ("Filed on", day_words(self.filed_on)),
            ("Who has it now", self.held_by),
            ("Certificate", HEADINGS[self.kind]),
            ("Areas", "; ".join(self.areas)),
            ("Valid to", day_words(self.valid_to)),
        )

    @property
    def unverified(self) -> str:
        return "" if self.meanwhile.status == "given" else "Our wording until the state confirms it."


@dataclass(frozen=True)
class LetterPaper:
    letter: Letter

    template = "letter.typ"
    file_name = "proof-of-application"

    @property
    def recorded_on(self) -> date:
        return self.letter.as_of

    def says(self) -> dict[str, Any]:
        """The words of the template."""
        said = self.letter
        return {
            "issuer": ISSUER,
            "heading": "Proof of application",
            "lede": f"{said.name} has filed an application about a Missouri teaching certificate, not decided yet.",
            "rows": [{"label": label, "words": words} for label, words in said.rows],
            "meanwhile": {"heading": "Until it is decided", "text": said.meanwhile.text, "note": said.unverified},
            "foot": f"As of {day_words(said.as_of)}. It says nothing about how the application will be decided."
            + (" Demonstration: this person is fictional." if said.demo else ""),
            "document": {
                "title": f"Proof of application, {said.name}",
                "description": f"Application {said.reference}, filed on {day_words(said.filed_on)}",
                "day": {"year": said.as_of.year, "month": said.as_of.month, "day": said.as_of.day},
            },
        }
