"""Starting on a case makes it mine; a colleague's is taken over only knowingly."""

from typing import Any

import pytest
from review_given import (
    APPLICATION,
    ATTESTED,
    EDUCATOR,
    HANDED_IN,
    INES,
    NOW,
    OPEN,
    PRIYA,
    after,
    approved,
    assigned,
    corrected,
    opened,
    requested,
    returned,
    submitted,
    verified,
)

from lectern.eventlog.errors import NotFound, Refused
from review.assigning import StartReview, start_review
from review.case import case
from review.heard import application, work_item


def starting(**changed: Any) -> StartReview:
    said = {"application_id": APPLICATION, "submission": 1, "officer": PRIYA, "officer_is": None, "now": NOW}
    return StartReview.model_validate(said | changed)


def test_is_assigned_to_whoever_starts() -> None:
    assert start_review(OPEN, HANDED_IN, ATTESTED, starting()) == [assigned()]


def test_a_second_click_changes_nothing() -> None:
    mine = after(case, opened(), assigned())

    assert start_review(mine, HANDED_IN, ATTESTED, starting()) == []


def test_a_colleagues_case_is_not_taken_by_accident() -> None:
    theirs = after(case, opened(), assigned(INES))

    with pytest.raises(Refused, match="colleague"):
        start_review(theirs, HANDED_IN, ATTESTED, starting())


def test_a_colleagues_case_can_be_taken_over() -> None:
    theirs = after(case, opened(), assigned(INES))

    assert start_review(theirs, HANDED_IN, ATTESTED, starting(instead_of_colleague=True)) == [assigned()]


@pytest.mark.parametrize(
    "item",
    [
        after(work_item),
        after(work_item, requested()),
        after(work_item, requested(), returned()),
        after(work_item, requested(), verified(), requested(2)),
    ],
)
def test_waits_for_the_district(item: Any) -> None:
    handed_in = after(application, submitted())

    with pytest.raises(Refused, match="district"):
        start_review(OPEN, handed_in, item, starting())


def test_what_the_district_verified_before_a_correction_does_not_count() -> None:
    handed_in = after(application, submitted(), corrected())

    with pytest.raises(Refused, match="district"):
        start_review(OPEN, handed_in, ATTESTED, starting(submission=2))


def test_a_page_of_an_older_submission_is_shown_again() -> None:
    handed_in = after(application, submitted(), corrected())
    item = after(work_item, requested(2), verified(2))

    with pytest.raises(Refused, match="again"):
        start_review(OPEN, handed_in, item, starting(submission=1))


def test_a_decided_case_is_over() -> None:
    with pytest.raises(Refused, match="approved already"):
        start_review(after(case, opened(), approved()), HANDED_IN, ATTESTED, starting())


def test_there_is_no_case_without_an_application() -> None:
    with pytest.raises(NotFound):
        start_review(after(case), HANDED_IN, ATTESTED, starting())


def test_nobody_works_on_their_own_application() -> None:
    with pytest.raises(Refused, match="your own"):
        start_review(OPEN, HANDED_IN, ATTESTED, starting(officer_is=EDUCATOR))
