"""A supervisor gives a case to somebody else; whoever has it may put it back; the history says why."""

from typing import Any
from uuid import UUID

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
    THEO,
    after,
    approved,
    asked,
    assigned,
    names,
    opened,
    sealed,
    submitted,
    told,
    verified,
)

from lectern.contracts.review import ReviewAssigned, ReviewUnassigned
from lectern.eventlog.errors import NotFound, Refused
from review.case import Undecided, case
from review.case_history import What, case_history
from review.deliberation import CaseMoved
from review.reassigning import Reassign, reassign
from review.review_queue import QueueRow, review_queue

HERS = after(case, opened(), assigned(PRIYA))


def moving(to: UUID | None, by: UUID = THEO, *, supervisor: bool = True, **changed: Any) -> Reassign:
    said = {
        "application_id": APPLICATION, "submission": 1, "officer": by, "officer_is": None, "now": NOW,
        "supervisor": supervisor, "to": to, "why": "She is on leave.", "sealed": sealed("state", "CaseMoved.why"),
    }  # fmt: skip
    return Reassign(**(said | changed))


def test_a_supervisor_gives_it_to_somebody_else() -> None:
    decided = reassign(NOTHING_PROPOSED, HERS, HANDED_IN, moving(INES))

    assert names(decided) == ["CaseMoved", "ReviewAssigned"]
    moved = after(case, opened(), assigned(PRIYA), told(decided)[1])
    assert isinstance(moved, Undecided)
    assert moved.reviewer == INES


def test_also_while_somebody_is_asked() -> None:
    waiting = after(case, opened(), assigned(PRIYA), asked())

    assert names(reassign(NOTHING_PROPOSED, waiting, HANDED_IN, moving(INES))) == ["CaseMoved", "ReviewAssigned"]


def test_whoever_has_it_puts_it_back() -> None:
    decided = reassign(NOTHING_PROPOSED, HERS, HANDED_IN, moving(None, by=PRIYA, supervisor=False))

    assert names(decided) == ["CaseMoved", "ReviewUnassigned"]
    back = after(case, opened(), assigned(PRIYA), told(decided)[1])
    assert isinstance(back, Undecided)
    assert back.reviewer is None


def test_a_reviewer_gives_away_nothing_and_puts_back_only_their_own() -> None:
    for command in (moving(INES, by=PRIYA, supervisor=False), moving(None, by=INES, supervisor=False)):
        with pytest.raises(NotFound):
            reassign(NOTHING_PROPOSED, HERS, HANDED_IN, command)


@pytest.mark.parametrize(
    ("state", "command", "words"),
    [
        (HERS, moving(PRIYA), "has the case already"),
        (OPEN, moving(None), "Nobody has this case"),
        (HERS, moving(INES, why=""), "Say why"),
        (after(case, opened(), approved()), moving(INES), "approved already"),
    ],
)
def test_it_moves_somewhere_with_a_reason_before_a_decision(state: Any, command: Reassign, words: str) -> None:
    with pytest.raises(Refused, match=words):
        reassign(NOTHING_PROPOSED, state, HANDED_IN, command)


def test_the_history_has_one_line_with_the_reason() -> None:
    row: Any = None
    decided = told(reassign(NOTHING_PROPOSED, HERS, HANDED_IN, moving(INES)))
    for fact in (submitted(), verified(), assigned(PRIYA), *decided):
        row = case_history.fold(row, fact)

    last = row.entries[-1]
    assert [each.what for each in row.entries][-2:] == [What.ASSIGNED, What.MOVED]
    assert (last.officer, last.before, last.after, last.why is None) == (THEO, PRIYA, INES, False)
    assert row.reviewer == INES


def test_the_queue_says_who_has_it() -> None:
    queue: Any = None
    (moved, back) = told(reassign(NOTHING_PROPOSED, HERS, HANDED_IN, moving(None)))
    for fact in (submitted(), verified(), assigned(PRIYA), back):
        queue = review_queue.fold(queue, fact)

    assert isinstance(moved, CaseMoved)
    assert isinstance(back, ReviewUnassigned)
    assert isinstance(queue, QueueRow)
    assert queue.reviewer is None
    assert ReviewAssigned.stream == back.stream
    assert back.educator_id == EDUCATOR
