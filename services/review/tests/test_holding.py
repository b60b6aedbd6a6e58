"""A case on hold: nobody decides it until it is released, each with a reason."""

from typing import Any

import pytest
from review_given import (
    APPLICATION,
    ATTESTED,
    EDUCATOR,
    HANDED_IN,
    NOTHING_PROPOSED,
    NOW,
    OPEN,
    PRIYA,
    after,
    approved,
    asked,
    denial_proposed,
    on_hold,
    opened,
    released,
    requested,
    sealed,
    submitted,
    verified,
)

from lectern.contracts.review import HoldPlaced, HoldReleased
from lectern.eventlog.errors import Refused
from review.case import case
from review.case_history import What, case_history
from review.case_page import CasePageRow, case_page
from review.deliberation import deliberation
from review.heard import work_item
from review.holding import PlaceHold, ReleaseHold, place_hold, release_hold
from review.review_queue import QueueRow, Stage, review_queue
from review.standing import OfficerCommand, docket
from review.withdrawing import AnswerWithdrawal, answer_withdrawal

HELD = after(case, opened(), on_hold())
_WHO: dict[str, Any] = {
    "application_id": APPLICATION, "submission": 1, "officer": PRIYA, "officer_is": None, "now": NOW,
}  # fmt: skip


def holding(**changed: Any) -> PlaceHold:
    said = {**_WHO, "why": "We wait for Kansas.", "sealed": sealed("state", "HoldPlaced.why")}
    return PlaceHold(**(said | changed))


def releasing(**changed: Any) -> ReleaseHold:
    said = {**_WHO, "why": "It is here.", "sealed": sealed("state", "HoldReleased.why")}
    return ReleaseHold(**(said | changed))


def test_it_is_put_on_hold_and_released() -> None:
    (placed,) = place_hold(OPEN, NOTHING_PROPOSED, HANDED_IN, ATTESTED, holding())
    (freed,) = release_hold(HELD, HANDED_IN, releasing())

    assert isinstance(placed, HoldPlaced)
    assert isinstance(freed, HoldReleased)
    assert after(case, opened(), placed, freed) == OPEN


def test_nobody_decides_meanwhile() -> None:
    with pytest.raises(Refused, match="on hold"):
        docket(HELD, HANDED_IN, ATTESTED, OfficerCommand(**_WHO))
    with pytest.raises(Refused, match="on hold"):
        place_hold(HELD, NOTHING_PROPOSED, HANDED_IN, ATTESTED, holding())


def test_what_waits_for_somebody_else_is_not_put_on_hold() -> None:
    with pytest.raises(Refused, match="not verified"):
        place_hold(OPEN, NOTHING_PROPOSED, HANDED_IN, after(work_item, requested()), holding())
    with pytest.raises(Refused, match="asked the educator"):
        place_hold(after(case, opened(), asked()), NOTHING_PROPOSED, HANDED_IN, ATTESTED, holding())
    with pytest.raises(Refused, match="second person"):
        place_hold(OPEN, after(deliberation, denial_proposed()), HANDED_IN, ATTESTED, holding())


def test_each_needs_a_reason_and_nobody_holds_their_own() -> None:
    for why in ({"why": ""}, {"officer_is": EDUCATOR}):
        with pytest.raises(Refused):
            place_hold(OPEN, NOTHING_PROPOSED, HANDED_IN, ATTESTED, holding(**why))
        with pytest.raises(Refused):
            release_hold(HELD, HANDED_IN, releasing(**why))


def test_what_is_not_on_hold_or_decided_is_not_released() -> None:
    with pytest.raises(Refused, match="not on hold"):
        release_hold(OPEN, HANDED_IN, releasing())
    with pytest.raises(Refused, match="approved already"):
        release_hold(after(case, opened(), approved()), HANDED_IN, releasing())


def test_it_can_still_be_withdrawn() -> None:
    command = AnswerWithdrawal(application_id=APPLICATION, educator_id=EDUCATOR, submission=1, now=NOW)

    (entry,) = answer_withdrawal(HELD, command)

    assert entry.fact.type == "ApplicationWithdrawn"


def test_the_queue_the_page_and_the_history_say_so() -> None:
    queue: Any = None
    page: Any = None
    for fact in (submitted(), verified(), on_hold()):
        queue, page = review_queue.fold(queue, fact), case_page.fold(page, fact)
    history = case_history.fold(case_history.fold(None, submitted()), on_hold())

    assert isinstance(queue, QueueRow)
    assert isinstance(page, CasePageRow)
    assert (queue.stage, queue.state_clock[-1].until is None) == (Stage.HELD, False)
    assert page.held is not None
    assert history is not None
    assert history.entries[-1].what is What.HELD
    assert review_queue.fold(queue, released()).stage is Stage.READY  # type: ignore[union-attr]
    assert case_page.fold(page, released()).held is None  # type: ignore[union-attr]
