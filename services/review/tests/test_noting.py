"""Notes and openings of conduct explanations are written to the history."""

from typing import Any

import pytest
from review_given import (
    APPLICATION,
    EDUCATOR,
    HANDED_IN,
    INES,
    NOTHING_PROPOSED,
    NOW,
    OPEN,
    PRIYA,
    after,
    approved,
    conduct_opened,
    corrected,
    names,
    opened,
    sealed,
    submitted,
)

from lectern.eventlog.errors import NotFound, Refused
from review.case import case
from review.deliberation import deliberation
from review.heard import application
from review.noting import AddNote, OpenConduct, add_note, open_conduct

BY_PRIYA: dict[str, Any] = {
    "application_id": APPLICATION,
    "submission": 1,
    "officer": PRIYA,
    "officer_is": None,
    "now": NOW,
}


def opening(**changed: Any) -> OpenConduct:
    return OpenConduct.model_validate(BY_PRIYA | changed)


def noting() -> AddNote:
    return AddNote.model_validate(BY_PRIYA | {"note": sealed("state", "NoteAdded.note")})


def test_opening_is_recorded() -> None:
    assert open_conduct(NOTHING_PROPOSED, OPEN, HANDED_IN, opening()) == [conduct_opened()]


def test_looking_again_is_the_same_opening() -> None:
    assert open_conduct(after(deliberation, conduct_opened()), OPEN, HANDED_IN, opening()) == []


def test_somebody_else_and_another_submission_are_openings_of_their_own() -> None:
    read = after(deliberation, conduct_opened())
    again = after(application, submitted(), corrected())

    assert names(open_conduct(read, OPEN, HANDED_IN, opening(officer=INES))) == ["ConductOpened"]
    assert names(open_conduct(read, OPEN, again, opening(submission=2))) == ["ConductOpened"]


def test_nobody_opens_their_own() -> None:
    with pytest.raises(Refused, match="your own"):
        open_conduct(NOTHING_PROPOSED, OPEN, HANDED_IN, opening(officer_is=EDUCATOR))


def test_there_is_nothing_to_open_without_a_case() -> None:
    with pytest.raises(NotFound):
        open_conduct(NOTHING_PROPOSED, after(case), HANDED_IN, opening())


def test_notes_can_be_added_also_to_a_decided_case() -> None:
    assert names(add_note(NOTHING_PROPOSED, OPEN, noting())) == ["NoteAdded"]
    assert names(add_note(NOTHING_PROPOSED, after(case, opened(), approved()), noting())) == ["NoteAdded"]


def test_there_is_no_note_without_a_case() -> None:
    with pytest.raises(NotFound):
        add_note(NOTHING_PROPOSED, after(case), noting())
