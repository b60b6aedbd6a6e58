"""What DESE's file said of the background check is told once, before the application, and only with it."""

from typing import Any

from applications_given import complete, held, listed, nothing_submitted, sealed, submission, told

from applications.clearance_told import ClearanceTold, clearance_told, telling
from applications.payment import NoPayment
from applications.submitting import submit
from lectern.contracts.applications import ClearanceJudged
from lectern.contracts.hearing import HEARS
from lectern.contracts.values import ClearanceWord
from lectern.eventlog.streams import Entry

WORD = sealed("ClearanceJudged.word")


def handing_in(before: ClearanceTold = clearance_told.initial, **changes: Any) -> list[Any]:
    states = (complete(), nothing_submitted(), [held()], listed(), NoPayment(), before)
    return telling(submit, WORD)(*states, submission(**changes))


def test_it_is_told_before_the_application_for_its_educator() -> None:
    first, *others = handing_in(fee=0)

    assert isinstance(first, Entry)
    assert isinstance(first.fact, ClearanceJudged)
    assert (first.fact.word, first.fact.application_id) == (WORD, submission().application_id)
    assert told(others) == ["ApplicationSubmitted", "DraftSubmitted"]


def test_it_is_told_once_and_not_without_an_application() -> None:
    assert told(handing_in(ClearanceTold(told=True), fee=0)) == ["ApplicationSubmitted", "DraftSubmitted"]
    assert told(handing_in()) == ["PaymentAwaited", "PaymentRequested"]


def test_the_notices_alone_hear_it_and_its_length_tells_nothing() -> None:
    assert [each for each, kinds in HEARS.items() if ("applications", "clearance") in kinds] == ["notifications"]
    assert {len(each) for each in ClearanceWord} == {7}
