"""Review alone ends an application that its educator wants back: in time it is withdrawn, else the decision stands."""

import pytest
from review_given import APPLICATION, EDUCATOR, NOW, OPEN, after, approved, denied, opened, submitted, verified

from lectern.contracts.applications import WithdrawalRequested
from lectern.contracts.review import ApplicationWithdrawn, WithdrawalTooLate
from lectern.eventlog.errors import NotYet, Refused
from lectern.eventlog.streams import Entry
from review.case import Withdrawn, case
from review.case_page import fold as fold_page
from review.heard import application, work_item
from review.opening import OpenReview, open_review
from review.review_queue import QueueRow, Stage, review_queue
from review.standing import OfficerCommand, docket
from review.withdrawing import AnswerWithdrawal, answer_withdrawal, when_requested

ASKED = WithdrawalRequested(application_id=APPLICATION, educator_id=EDUCATOR, submission=1, requested_at=NOW)


def answering() -> AnswerWithdrawal:
    (reaction,) = when_requested(ASKED)
    assert isinstance(reaction.command, AnswerWithdrawal)
    return reaction.command


def withdrawn() -> ApplicationWithdrawn:
    return ApplicationWithdrawn(
        application_id=APPLICATION, educator_id=EDUCATOR, submission=1, cycle=1, withdrawn_at=NOW
    )


def test_an_open_case_ends_and_takes_the_place_of_a_decision() -> None:
    (entry,) = answer_withdrawal(OPEN, answering())

    assert entry == Entry(withdrawn(), claim=f"decision:{APPLICATION}:1")
    assert isinstance(after(case, opened(), withdrawn()), Withdrawn)


@pytest.mark.parametrize("decision", [approved, denied])
def test_a_decision_stands(decision) -> None:  # type: ignore[no-untyped-def]
    decided = after(case, opened(), decision())

    (entry,) = answer_withdrawal(decided, answering())

    assert isinstance(entry.fact, WithdrawalTooLate)
    assert after(case, opened(), decision(), entry.fact) == decided


def test_told_again_it_changes_nothing() -> None:
    assert answer_withdrawal(after(case, opened(), withdrawn()), answering()) == []


def test_it_waits_for_the_case() -> None:
    with pytest.raises(NotYet):
        answer_withdrawal(after(case), answering())


def test_a_withdrawn_application_can_be_neither_opened_again_nor_decided() -> None:
    gone = after(case, opened(), withdrawn())
    command = OpenReview(
        application_id=APPLICATION, educator_id=EDUCATOR, submission=1, kind=submitted().kind, district=None, at=NOW
    )
    deciding = OfficerCommand(application_id=APPLICATION, submission=1, officer=EDUCATOR, officer_is=None, now=NOW)

    assert open_review(gone, command) == []
    with pytest.raises(Refused, match="withdrew"):
        docket(gone, after(application, submitted()), after(work_item, verified()), deciding)


def test_the_queue_shows_it_as_ended_and_the_page_drops_what_was_proposed() -> None:
    row = review_queue.fold(review_queue.fold(None, submitted()), withdrawn())
    page = fold_page(fold_page(None, submitted()), withdrawn())

    assert isinstance(row, QueueRow)
    assert (row.stage, row.decided_at) == (Stage.WITHDRAWN, NOW)
    assert page is not None
    assert page.proposal is None
