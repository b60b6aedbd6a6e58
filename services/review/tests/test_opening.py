"""A case is opened once, when the application is submitted."""

from review_given import APPLICATION, EDUCATOR, OPEN, after, approved, opened, submitted

from review.case import case
from review.opening import OpenReview, open_case, open_review


def command() -> OpenReview:
    (reaction,) = open_case(submitted())
    return reaction.command  # type: ignore[no-any-return]


def test_a_submitted_application_opens_a_case_about_the_same_person() -> None:
    (reaction,) = open_case(submitted())

    assert [(each.stream, each.subject) for each in reaction.refs] == [(f"case/{APPLICATION}", str(EDUCATOR))]


def test_opens_with_the_first_cycle() -> None:
    assert open_review(after(case), command()) == [opened()]


def test_opens_once() -> None:
    assert open_review(OPEN, command()) == []
    assert open_review(after(case, opened(), approved()), command()) == []
