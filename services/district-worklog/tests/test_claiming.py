import pytest
from worklog_commands import claiming
from worklog_given import (
    DANA,
    LUIS,
    THEIRS,
    approved,
    case_after,
    claimed,
    item_after,
    requested,
    returned,
    verified,
    withdrawn,
)

from district_worklog.claiming import claim
from lectern.contracts.facts import Fact
from lectern.eventlog.errors import NotFound, Refused


def test_who_opens_it_first_has_it() -> None:
    given = item_after(requested())

    when = claiming()

    assert claim(given, case_after(), when) == [claimed()]


def test_a_colleague_may_open_it_too_and_nothing_changes() -> None:
    given = item_after(requested(), claimed(DANA))

    when = claiming(officer=LUIS)

    assert claim(given, case_after(), when) == []


def test_each_handing_in_is_opened_anew() -> None:
    given = item_after(requested(), claimed(), returned(), requested(submission=2))

    when = claiming(officer=LUIS, submission=2)

    assert claim(given, case_after(), when) == [claimed(LUIS, submission=2)]


@pytest.mark.parametrize("facts", [(), (requested(),), (requested(), verified()), (requested(), returned())])
def test_another_districts_item_looks_like_none_at_all(facts: tuple[Fact, ...]) -> None:
    given = item_after(*facts)

    when = claiming(district=THEIRS)

    with pytest.raises(NotFound):
        claim(given, case_after(approved()), when)


def test_an_older_page_does_not_open_the_newer_handing_in() -> None:
    given = item_after(requested(), returned(), requested(submission=2))

    when = claiming(submission=1)

    with pytest.raises(Refused, match="handed in this application again"):
        claim(given, case_after(), when)


@pytest.mark.parametrize(
    ("fact", "words"), [(returned(), "Your district returned this application"), (verified(), "already sent to DESE")]
)
def test_what_is_answered_cannot_be_opened(fact: Fact, words: str) -> None:
    given = item_after(requested(), fact)

    when = claiming()

    with pytest.raises(Refused, match=words):
        claim(given, case_after(), when)


def test_what_dese_has_ended_is_closed() -> None:
    given = item_after(requested())

    when = claiming()

    with pytest.raises(Refused, match="DESE has decided"):
        claim(given, case_after(approved()), when)


def test_what_the_educator_withdrew_is_closed() -> None:
    given = item_after(requested())

    when = claiming()

    with pytest.raises(Refused, match="The educator withdrew"):
        claim(given, case_after(withdrawn()), when)
