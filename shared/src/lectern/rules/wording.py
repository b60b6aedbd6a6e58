"""Wordings people answer, accept or sign, by version. A published version never changes; a new text is a new one."""

from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

Status: TypeAlias = Literal["given", "unverified"]
"""Given by the instructions for applicants, or our default until the state confirms it."""

PURPOSE: Final = "I request that my classification be upgraded to a Career Continuous Professional Certificate."
"""Given, word for word."""


@dataclass(frozen=True)
class Wording:
    version: str
    text: str
    status: Status = "unverified"


@dataclass(frozen=True)
class ConductQuestion:
    """One yes-or-no question. `id` is what the answer names; `name` is for lists."""

    id: str
    name: str
    text: str


CONDUCT_WORDING: Final = "conduct-1"
CONDUCT_STATUS: Final[Status] = "unverified"
_CONDUCT_1: Final = (
    ConductQuestion(
        "license-discipline",
        "Discipline of a license",
        "Has any state or country ever disciplined a teaching or other professional license of yours, for example by "
        "reprimand, probation, suspension or revocation?",
    ),
    ConductQuestion(
        "license-surrendered",
        "License surrendered",
        "Have you ever surrendered a professional license, or let it lapse, while a complaint, an investigation or "
        "discipline was pending?",
    ),
    ConductQuestion(
        "license-denied",
        "License denied",
        "Has any state or country ever denied you a teaching or other professional license?",
    ),
    ConductQuestion(
        "dismissed",
        "Dismissed or resigned under investigation",
        "Have you ever been dismissed from a position in a school, or resigned from one, because of an investigation "
        "or an allegation of misconduct?",
    ),
    ConductQuestion(
        "investigation-pending",
        "Pending investigation",
        "Is an investigation of your conduct by an employer, a licensing body or another authority pending now?",
    ),
    ConductQuestion(
        "conviction",
        "Criminal conviction or plea",
        "Have you ever been convicted of a crime, or pleaded guilty or no contest to one, also where the sentence was "
        "suspended? Leave out minor traffic offenses.",
    ),
    ConductQuestion(
        "charge-pending",
        "Pending charge",
        "Is a criminal charge against you pending now? Leave out minor traffic offenses.",
    ),
    ConductQuestion(
        "abuse-finding",
        "Finding of abuse or neglect",
        "Has any court or agency ever found that you abused or neglected a child or another person in your care?",
    ),
)
CONDUCT: Final[dict[str, tuple[ConductQuestion, ...]]] = {CONDUCT_WORDING: _CONDUCT_1}
"""All wordings ever asked, by version."""
CONDUCT_QUESTIONS: Final = CONDUCT[CONDUCT_WORDING]
"""Those asked now."""


def conduct_question(wording: str, id_: str) -> ConductQuestion:
    """The question somebody answered, in the words it had then. Raises KeyError."""
    return {each.id: each for each in CONDUCT[wording]}[id_]


RELEASE: Final = Wording(
    "release-1",
    "I allow the school district I name, and the schools and colleges I attended or worked for, to give the Department "
    "of Elementary and Secondary Education the educational and employment information it needs to decide on this "
    "application.",
)
RELEASE_BUTTON: Final = "I Accept"
"""Given, word for word."""

DECLARATION: Final = Wording(
    "declaration-1",
    "What I have entered is true and complete, as far as I know.",
)

MEANWHILE: Final = Wording(
    "meanwhile-1",
    "The day the application was filed is the day that counts: a certificate that ends while it is pending does not "
    "fail it. What its holder may do in the meantime is for the Department of Elementary and Secondary Education to "
    "say; ask its certification section before you rely on this letter.",
)
"""What a holder may do while an application is pending, as far as we know."""

ATTESTATION: Final = Wording(
    "attestation-upgrade-1",
    "I attest, from the records of {district}, that {educator} meets the five criteria above, and I submit this "
    "application to DESE.",
)
"""Of an upgrade."""
ATTESTATION_OF_EXTENSION: Final = Wording(
    "attestation-extension-1",
    "I attest, from the records of {district}, that {educator} is teaching here now, and I submit this application to "
    "DESE.",
)
ATTESTATION_OF_REACTIVATION: Final = Wording(
    "attestation-reactivation-1",
    "I attest, from the records of {district}, that {educator} is hired here as a teacher at least half time, and to "
    "the contact hours of professional development above, and I submit this application to DESE.",
)
ATTESTATIONS: Final[dict[str, Wording]] = {
    each.version: each for each in (ATTESTATION, ATTESTATION_OF_EXTENSION, ATTESTATION_OF_REACTIVATION)
}


def attestation(version: str, *, district: str, educator: str) -> str:
    """The text that was signed, with its names. Raises KeyError for a version never published."""
    return ATTESTATIONS[version].text.format(district=district, educator=educator)
