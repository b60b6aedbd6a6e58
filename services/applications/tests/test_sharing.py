"""Links to a proof letter: made for one's own application, good for so many days, ended at any time."""

from datetime import timedelta
from uuid import UUID, uuid5

import pytest
from applications_given import APPLICATION, JORDAN, MORGAN, NOW, TODAY, after, handed_in, nothing_submitted, told

from applications.letter_link import LetterLinked, Links, letter_link
from applications.sharing import AT_MOST, DAYS, EndLink, ShareLetter, end_link, share
from lectern.eventlog.errors import NotFound, Refused


def link(at: int = 1) -> UUID:
    return uuid5(UUID(int=0), f"link {at}")


def linked(at: int = 1, days_ago: int = 0) -> LetterLinked:
    until = TODAY + timedelta(days=DAYS - days_ago)
    return LetterLinked(application_id=APPLICATION, educator_id=JORDAN, link_id=link(at), until=until, linked_at=NOW)


def sharing(at: int = 1, by: object = JORDAN) -> ShareLetter:
    return ShareLetter(application_id=APPLICATION, educator_id=by, link_id=link(at), today=TODAY, now=NOW)


def ending(at: int = 1, by: object = JORDAN) -> EndLink:
    return EndLink(application_id=APPLICATION, educator_id=by, link_id=link(at), now=NOW)


def test_a_link_is_good_for_thirty_days() -> None:
    (fact,) = share(Links(), handed_in(), sharing())

    assert fact.until == TODAY + timedelta(days=30)


def test_only_for_what_is_submitted_and_ones_own() -> None:
    for handed, command in ((nothing_submitted(), sharing()), (handed_in(), sharing(by=MORGAN))):
        with pytest.raises(NotFound):
            share(Links(), handed, command)
    with pytest.raises(NotFound):
        end_link(after(letter_link, linked()), handed_in(), ending(by=MORGAN))


def test_five_are_enough_and_those_that_are_over_do_not_count() -> None:
    full = after(letter_link, *(linked(at) for at in range(AT_MOST)))
    over = after(letter_link, *(linked(at, days_ago=DAYS + 1) for at in range(AT_MOST)))

    with pytest.raises(Refused, match="five links"):
        share(full, handed_in(), sharing(9))
    assert told(share(over, handed_in(), sharing(9))) == ["LetterLinked"]


def test_ending_twice_is_nothing() -> None:
    once = after(letter_link, linked())
    (ended,) = end_link(once, handed_in(), ending())

    assert end_link(after(letter_link, linked(), ended), handed_in(), ending()) == []
