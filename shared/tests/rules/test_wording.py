"""Wordings are kept by version, and answers find the words they were given to."""

import hashlib

import pytest

from lectern.rules.wording import (
    ATTESTATIONS,
    CONDUCT,
    CONDUCT_QUESTIONS,
    CONDUCT_WORDING,
    PURPOSE,
    RELEASE,
    RELEASE_BUTTON,
    attestation,
    conduct_question,
)

PUBLISHED = {
    "conduct-1": "f4a8670af3826cea",
    "release-1": "bff8a2cae43000da",
    "attestation-upgrade-1": "fd1e85d636a37615",
    "attestation-extension-1": "86f983d8bf984a3a",
    "attestation-reactivation-1": "223c0066bb39e30a",
}


def test_given_words_are_given_word_for_word() -> None:
    assert PURPOSE == "I request that my classification be upgraded to a Career Continuous Professional Certificate."
    assert RELEASE_BUTTON == "I Accept"


def test_asks_eight_questions() -> None:
    assert len(CONDUCT_QUESTIONS) == len({each.id for each in CONDUCT_QUESTIONS}) == 8


def test_finds_the_question_somebody_answered() -> None:
    assert conduct_question(CONDUCT_WORDING, "conviction").name == "Criminal conviction or plea"
    with pytest.raises(KeyError):
        conduct_question("conduct-0", "conviction")


def test_a_name_with_braces_stays_a_name() -> None:
    text = attestation("attestation-upgrade-1", district="Independence 30", educator="{district}")

    assert "that {district} meets" in text


def test_a_published_wording_never_changes() -> None:
    texts = {version: "\n".join(each.text for each in questions) for version, questions in CONDUCT.items()}
    texts[RELEASE.version] = RELEASE.text
    texts |= {version: each.text for version, each in ATTESTATIONS.items()}

    assert {version: hashlib.sha256(text.encode()).hexdigest()[:16] for version, text in texts.items()} == PUBLISHED
