"""An application is closed as incomplete while its educator owes an answer, by a person or by the clock."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from review_given import (
    APPLICATION,
    ATTESTED,
    EDUCATOR,
    HANDED_IN,
    NOW,
    OPEN,
    PRIYA,
    VERIFIED,
    after,
    approved,
    asked,
    closed,
    corrected,
    opened,
    requested,
    returned,
    sealed,
    submitted,
    supplied,
    uid,
    verified,
)

from lectern.contracts.days import chicago_day, end_of
from lectern.contracts.review import ApplicationClosedIncomplete
from lectern.contracts.values import Party
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Entry
from lectern.rules import IN_FORCE
from review.answers_due import AnswerDue, answers_due
from review.case import Closed, case
from review.case_page import case_page
from review.closing import CloseIncomplete, CloseUnanswered, close_incomplete, close_unanswered, unanswered
from review.heard import application, work_item
from review.opening import OpenReview, open_review
from review.review_queue import Stage, review_queue
from review.standing import OfficerCommand, docket

RETURNED = after(work_item, requested(), returned())
ASKED = after(case, opened(), asked())
_WHO: dict[str, Any] = {
    "application_id": APPLICATION, "submission": 1, "officer": PRIYA, "officer_is": None, "now": NOW,
}  # fmt: skip


def closing(**changed: Any) -> CloseIncomplete:
    said = {**_WHO, "why": "You teach elsewhere.", "sealed": sealed("state", "ApplicationClosedIncomplete.why")}
    return CloseIncomplete(**(said | changed))


def over(asked_at: datetime) -> CloseUnanswered:
    return CloseUnanswered(application_id=APPLICATION, asked_at=asked_at, now=NOW)


def due(*facts: Any) -> AnswerDue | None:
    row: AnswerDue | None = None
    for fact in facts:
        row = answers_due.fold(row, fact)
    return row


@pytest.mark.parametrize(("of", "item"), [(OPEN, RETURNED), (ASKED, ATTESTED)], ids=["by the district", "by DESE"])
def test_a_person_closes_what_was_asked_and_not_answered(of: Any, item: Any) -> None:
    (entry,) = close_incomplete(of, HANDED_IN, item, closing())

    assert isinstance(entry.fact, ApplicationClosedIncomplete)
    assert (entry.claim, entry.fact.closed_by) == (f"decision:{APPLICATION}:1", PRIYA)
    assert isinstance(after(case, opened(), entry.fact), Closed)


@pytest.mark.parametrize(
    ("of", "application_", "item"),
    [
        (OPEN, HANDED_IN, after(work_item, requested())),
        (OPEN, HANDED_IN, ATTESTED),
        (after(case, opened(), asked(party=Party.DISTRICT)), HANDED_IN, ATTESTED),
        (ASKED, after(application, submitted(), supplied()), ATTESTED),
        (OPEN, after(application, submitted(), corrected()), RETURNED),
    ],
    ids=["with the district", "with DESE", "the district is asked", "answered", "handed in again"],
)
def test_nothing_is_closed_because_a_district_or_dese_is_late(of: Any, application_: Any, item: Any) -> None:
    command = closing(submission=application_.submission)

    with pytest.raises(Refused, match="owes no answer"):
        close_incomplete(of, application_, item, command)
    for at in (NOW, VERIFIED):
        assert close_unanswered(of, application_, item, over(at)) == []


def test_a_person_says_why_and_closes_nothing_of_their_own() -> None:
    for changed in ({"why": ""}, {"officer_is": EDUCATOR}):
        with pytest.raises(Refused):
            close_incomplete(OPEN, HANDED_IN, RETURNED, closing(**changed))


def test_the_clock_closes_what_it_was_set_for() -> None:
    (entry,) = close_unanswered(OPEN, HANDED_IN, RETURNED, over(VERIFIED))

    assert isinstance(entry, Entry)
    assert isinstance(entry.fact, ApplicationClosedIncomplete)
    assert (entry.fact.closed_by, entry.fact.why) == (None, None)
    assert close_unanswered(OPEN, HANDED_IN, RETURNED, over(VERIFIED - timedelta(days=1))) == []
    assert close_unanswered(after(case, opened(), approved()), HANDED_IN, RETURNED, over(VERIFIED)) == []


def test_the_time_for_an_answer_is_over_after_ninety_days() -> None:
    returned_at = datetime(2027, 1, 5, 15, tzinfo=UTC)
    given = returned().model_copy(update={"returned_at": returned_at})

    row = due(submitted(), given)

    assert row is not None
    assert row.due_at == end_of(chicago_day(datetime(2027, 4, 5, 12, tzinfo=UTC)))
    assert IN_FORCE.statuses["closing_days"] == "unverified"
    command = unanswered.command(row, NOW).command
    assert (command.asked_at, command.application_id) == (returned_at, APPLICATION)


def test_an_answer_and_an_end_stop_the_clock() -> None:
    waiting = due(submitted(), verified_then_asked := asked())

    assert waiting is not None
    assert waiting.due_at is not None
    for fact in (supplied(), corrected()):
        row = due(submitted(), verified_then_asked, fact)
        assert row is not None
        assert row.due_at is None
    assert due(submitted(), asked(party=Party.DISTRICT)) == due(submitted())
    assert due(submitted(), asked(), approved()) is None
    assert due(submitted(), asked(), closed()) is None


def test_what_was_closed_is_neither_opened_nor_decided() -> None:
    gone = after(case, opened(), closed())
    command = OpenReview(
        application_id=APPLICATION, educator_id=EDUCATOR, submission=1, kind=submitted().kind, district=None, at=NOW
    )

    assert open_review(gone, command) == []
    with pytest.raises(Refused, match="closed as incomplete"):
        docket(gone, HANDED_IN, ATTESTED, OfficerCommand(**_WHO))


def test_the_queue_and_the_page_say_so() -> None:
    queue: Any = None
    page: Any = None
    for fact in (submitted(), returned(), closed()):
        queue, page = review_queue.fold(queue, fact), case_page.fold(page, fact)

    assert (queue.stage, queue.decided_at) == (Stage.CLOSED, NOW)
    assert page.closed is not None
    assert review_queue.fold(queue, corrected()) == queue
    assert uid(1) == APPLICATION
    assert verified().submission == 1
