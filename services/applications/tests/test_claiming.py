"""A claim links an account to the one person whose four values match, once; everything else gets one answer."""

from typing import Any

import pytest
from applications_given import (
    ACCOUNT,
    JORDAN,
    MORGAN,
    NOW,
    TOKEN,
    after,
    claimed,
    known,
    later,
    opened,
    registered,
    sealed,
    told,
    unclaimed,
)

from applications.account import TRIES, Account, ClaimNotMatched, account
from applications.claim_tries import MOST, Tries
from applications.claiming import WAIT, ClaimRecord, MissClaim, claim_record, miss_claim
from applications.educator import Educator, Unregistered
from applications.person import Person, Unknown
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry

NUMBER = "beef" * 16


def claim(**changes: Any) -> ClaimRecord:
    command = ClaimRecord(
        account_id=ACCOUNT,
        person_id=JORDAN,
        token=TOKEN,
        number=NUMBER,
        contact=sealed("EducatorRegistered.contact"),
        now=NOW,
    )
    return command.model_copy(update=changes)


def missed(*seconds: float) -> Account:
    tried = (ClaimNotMatched(account_id=ACCOUNT, tried_at=later(each)) for each in seconds)
    return after(account, opened(), *tried)


def test_a_match_links_account_and_person() -> None:
    given = unclaimed(), Tries(), Unregistered(), known()

    decided = claim_record(*given, claim())

    assert told(decided) == ["EducatorRegistered", "EducatorLinked", "RecordClaimed"]


def test_a_person_is_claimed_once_in_the_whole_log() -> None:
    given = unclaimed(), Tries(), Unregistered(), known()

    first = claim_record(*given, claim())[0]

    assert isinstance(first, Entry)
    assert first.claim == f"person:{JORDAN}"


@pytest.mark.parametrize(
    ("educator", "person"),
    [(registered(), known()), (Unregistered(), known("beef" * 16)), (Unregistered(), Unknown())],
    ids=["somebody else has it", "the register has it otherwise now", "not heard of"],
)
def test_anything_else_looks_like_no_match(educator: Educator, person: Person) -> None:
    decided = claim_record(unclaimed(), Tries(), educator, person, claim())

    assert decided == miss_claim(unclaimed(), Tries(), MissClaim(account_id=ACCOUNT, number=NUMBER, now=NOW))


def test_a_second_click_links_nothing_twice() -> None:
    given = claimed(), Tries(), registered(), known()

    decided = claim_record(*given, claim())

    assert decided == []


def test_an_account_has_one_person_for_ever() -> None:
    given = claimed(by=MORGAN), Tries(), Unregistered(), known()

    with pytest.raises(Refused, match="already"):
        claim_record(*given, claim())


def test_after_some_misses_even_a_match_has_to_wait() -> None:
    given = missed(*range(TRIES)), Tries(), Unregistered(), known()

    with pytest.raises(Refused, match=WAIT):
        claim_record(*given, claim(now=later(60)))


def test_after_the_wait_it_goes_on() -> None:
    given = missed(*range(TRIES)), Tries(), Unregistered(), known()

    decided = claim_record(*given, claim(now=later(15 * 60 + 5)))

    assert "RecordClaimed" in told(decided)


def test_misses_are_counted_by_the_account_and_keep_nothing_that_was_entered() -> None:
    decided, _ = miss_claim(unclaimed(), Tries(), MissClaim(account_id=ACCOUNT, number=NUMBER, now=NOW))

    assert isinstance(decided, ClaimNotMatched)
    assert decided.model_dump() == {"type": "ClaimNotMatched", "account_id": ACCOUNT, "tried_at": NOW}


def test_without_an_account_there_is_nothing_to_claim_with() -> None:
    with pytest.raises(NotFound):
        claim_record(account.initial, Tries(), Unregistered(), known(), claim())


def test_many_accounts_together_have_to_wait_for_one_educator_id() -> None:
    given = unclaimed(), Tries(tuple(later(each) for each in range(MOST))), Unregistered(), known()

    with pytest.raises(Refused, match=WAIT):
        claim_record(*given, claim(now=later(60)))


def test_an_hour_later_it_goes_on() -> None:
    given = unclaimed(), Tries(tuple(later(each) for each in range(MOST))), Unregistered(), known()

    decided = claim_record(*given, claim(now=later(3700)))

    assert "RecordClaimed" in told(decided)


def test_a_miss_counts_for_the_account_and_for_the_educator_id() -> None:
    decided = miss_claim(unclaimed(), Tries(), MissClaim(account_id=ACCOUNT, number=NUMBER, now=NOW))

    assert told(decided) == ["ClaimNotMatched", "ClaimTried"]
