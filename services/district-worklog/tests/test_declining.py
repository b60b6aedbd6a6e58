"""A district says that an application is not its to verify."""

import pytest
from worklog_commands import declining
from worklog_given import (
    THEIRS,
    approved,
    case_after,
    declined,
    item_after,
    requested,
    returned,
    verified,
    withdrawn,
)

from district_worklog.declining import REASONS, WORDS, decline
from lectern.contracts.values import DeclineReason
from lectern.eventlog.errors import NotFound, Refused


def test_goes_back_with_its_reason() -> None:
    given = item_after(requested())

    facts = decline(given, case_after(), declining())

    assert facts == [declined()]


@pytest.mark.parametrize("reason", [None, DeclineReason.DISTRICT_CLOSED])
def test_needs_a_reason_that_somebody_at_a_district_can_give(reason: DeclineReason | None) -> None:
    with pytest.raises(Refused, match="Choose why") as refused:
        decline(item_after(requested()), case_after(), declining(reason))
    assert refused.value.details["field"] == "reason"


def test_something_else_is_said_in_words() -> None:
    with pytest.raises(Refused, match="Say in the note") as refused:
        decline(item_after(requested()), case_after(), declining(DeclineReason.OTHER, note=""))
    assert refused.value.details["field"] == "note"


def test_whoever_declines_it_second_is_told() -> None:
    with pytest.raises(Refused, match="Your district declined") as refused:
        decline(item_after(requested(), declined()), case_after(), declining())
    assert refused.value.details["conflict"] == "declined"


def test_another_districts_item_looks_like_none_at_all() -> None:
    with pytest.raises(NotFound):
        decline(item_after(requested()), case_after(), declining(district=THEIRS))


def test_what_is_elsewhere_is_not_declined() -> None:
    for facts, case, words in (
        ((requested(), returned()), case_after(), "returned this application"),
        ((requested(), verified()), case_after(), "already sent to DESE"),
        ((requested(),), case_after(approved()), "DESE has decided"),
        ((requested(),), case_after(withdrawn()), "withdrew this application"),
    ):
        with pytest.raises(Refused, match=words):
            decline(item_after(*facts), case, declining())


def test_every_reason_has_its_words() -> None:
    assert {*WORDS} == {*DeclineReason}
    assert {*WORDS} - {*REASONS} == {DeclineReason.DISTRICT_CLOSED}
