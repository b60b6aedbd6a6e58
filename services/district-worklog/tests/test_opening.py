from collections.abc import Sequence

import pytest
from worklog_given import APPLICATION, OURS, SUBMITTED, corrected, heard, item_after, requested, returned, submitted

from district_worklog.application import NotSubmitted
from district_worklog.district import Closed, District, Listed, Unlisted
from district_worklog.opening import RequestVerification, open_item, reopen_item, request_verification
from lectern.contracts.values import Kind
from lectern.eventlog.errors import NotYet, Refused
from lectern.eventlog.streams import Entry, Reacting

LISTED = Listed("INDEPENDENCE 30", "Jackson")


def asked_by(reactions: Sequence[Reacting]) -> RequestVerification:
    (reaction,) = reactions
    assert isinstance(reaction.command, RequestVerification)
    return reaction.command


def test_opens_one_item_for_a_handing_in() -> None:
    given = item_after()

    when = asked_by(open_item(submitted()))

    assert request_verification(given, heard(), LISTED, when) == [Entry(requested(), claim=f"item:{APPLICATION}:1")]


def test_a_repeated_request_opens_nothing_more() -> None:
    given = item_after(requested())

    when = asked_by(open_item(submitted()))

    assert request_verification(given, heard(), LISTED, when) == []


def test_an_application_without_a_district_asks_nobody() -> None:
    assert open_item(submitted(district=None)) == []


def test_a_corrected_application_comes_back_to_the_work_log() -> None:
    given = item_after(requested(), returned())

    when = asked_by(reopen_item(corrected()))

    told = request_verification(given, heard(submitted(), corrected()), LISTED, when)
    assert told == [Entry(requested(submission=2), claim=f"item:{APPLICATION}:2")]


def test_an_older_handing_in_changes_nothing() -> None:
    given = item_after(requested(submission=2))

    when = asked_by(open_item(submitted()))

    assert request_verification(given, heard(), LISTED, when) == []


@pytest.mark.parametrize("place", [LISTED, Closed("INDEPENDENCE 30", "Jackson", SUBMITTED.date())])
def test_a_district_that_closed_since_is_still_asked(place: District) -> None:
    when = asked_by(open_item(submitted()))

    assert request_verification(item_after(), heard(), place, when)


def test_an_unknown_district_is_refused() -> None:
    when = asked_by(open_item(submitted(district="999-999")))

    with pytest.raises(Refused, match="No district has the code 999-999"):
        request_verification(item_after(), heard(), Unlisted(), when)


def test_waits_for_the_application_itself() -> None:
    when = asked_by(reopen_item(corrected()))

    with pytest.raises(NotYet):
        request_verification(item_after(), NotSubmitted(), LISTED, when)


def test_names_the_streams_it_is_judged_on() -> None:
    (when,) = open_item(submitted())

    assert [ref.stream for ref in when.refs] == [
        f"work-item/{APPLICATION}",
        f"application/{APPLICATION}",
        f"district/{OURS}",
    ]
    assert heard().kind is Kind.UPGRADE  # type: ignore[union-attr]
