"""A payment ends once, as the provider says; money hands the application in as of the day of Submit & Pay."""

from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    FEE,
    PAYMENT,
    REFERENCE,
    TODAY,
    after,
    awaiting,
    awaiting_facts,
    complete,
    held,
    later,
    listed,
    nothing_submitted,
    only,
    submission,
    submit_complete,
    submitted,
    told,
)

from applications.draft import Open, draft
from applications.draft_facts import PaymentFellThrough
from applications.paying import (
    AskOutcome,
    OpenPayment,
    SettlePayment,
    ask_outcome,
    open_payment,
    request_again,
    settle,
)
from applications.payment import NoPayment, Outcome, Payment, PaymentRequested, Teller, payment
from applications.submitting import submit
from lectern.contracts.applications import ApplicationSubmitted, PaymentReceived
from lectern.contracts.facts import Fact
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry

REQUESTED = only(submit_complete(), PaymentRequested)


def pending(*facts: Fact) -> Payment:
    return after(payment, REQUESTED, *facts)


def told_that(outcome: Outcome = Outcome.APPROVED, **changes: Any) -> SettlePayment:
    command = SettlePayment(
        payment_id=PAYMENT, outcome=outcome, amount=FEE, told_by=Teller.WEBHOOK, now=later(days=1, seconds=60)
    )
    return command.model_copy(update=changes)


def settled(outcome: Outcome = Outcome.APPROVED) -> Payment:
    decided = settle(pending(), awaiting(), nothing_submitted(), told_that(outcome))
    return pending(decided[0].fact if isinstance(decided[0], Entry) else decided[0])


def test_money_hands_the_application_in() -> None:
    decided = settle(pending(), awaiting(), nothing_submitted(), told_that())

    assert told(decided) == ["PaymentSettled", "PaymentReceived", "ApplicationSubmitted", "DraftSubmitted"]


def test_it_counts_as_of_the_day_of_submit_and_pay() -> None:
    decided = settle(pending(), awaiting(), nothing_submitted(), told_that())

    fact = only(decided, ApplicationSubmitted)

    assert (fact.submitted_on, fact.submitted_at) == (TODAY, later(days=1, seconds=60))


def test_an_application_is_paid_once_in_the_whole_log() -> None:
    decided = settle(pending(), awaiting(), nothing_submitted(), told_that())

    [entry] = [each for each in decided if isinstance(each, Entry) and isinstance(each.fact, PaymentReceived)]

    assert entry.claim == f"paid:{APPLICATION}"


@pytest.mark.parametrize("outcome", [Outcome.DECLINED, Outcome.CANCELLED, Outcome.REFUSED])
def test_without_money_the_draft_is_open_again(outcome: Outcome) -> None:
    decided = settle(pending(), awaiting(), nothing_submitted(), told_that(outcome))

    given = after(draft, *awaiting_facts(), only(decided, PaymentFellThrough))

    assert isinstance(given, Open)
    assert (given.reference, given.fell_through) == (REFERENCE, outcome)


def test_after_a_decline_it_can_be_tried_again_with_another_payment() -> None:
    decided = settle(pending(), awaiting(), nothing_submitted(), told_that(Outcome.DECLINED))
    given = after(draft, *awaiting_facts(), only(decided, PaymentFellThrough))

    again = submit(given, nothing_submitted(), [held()], listed(), NoPayment(), submission())

    assert told(again) == ["PaymentAwaited", "PaymentRequested"]


def test_told_twice_it_changes_nothing() -> None:
    given = settled(), submitted(), nothing_submitted()

    assert settle(*given, told_that(told_by=Teller.QUERY)) == []


def test_a_provider_that_contradicts_itself_is_not_believed() -> None:
    given = settled(Outcome.DECLINED), complete(), nothing_submitted()

    with pytest.raises(Refused, match="otherwise"):
        settle(*given, told_that(Outcome.APPROVED))


def test_another_amount_is_not_this_payment() -> None:
    given = pending(), awaiting(), nothing_submitted()

    with pytest.raises(Refused, match="amount"):
        settle(*given, told_that(amount=1))


def test_a_payment_nobody_asked_for_is_not_there() -> None:
    with pytest.raises(NotFound):
        settle(payment.initial, awaiting(), nothing_submitted(), told_that())


def test_the_page_of_the_provider_is_recorded_once() -> None:
    command = OpenPayment(payment_id=PAYMENT, pay_url="https://pay.example/1", now=later(1))

    first = open_payment(pending(), command)

    assert told(first) == ["PaymentOpened"]
    assert open_payment(pending(*first), command) == []


def test_a_pending_payment_is_asked_about_and_the_questions_are_counted() -> None:
    command = AskOutcome(payment_id=PAYMENT, now=later(30))
    [first] = ask_outcome(pending(), command)

    [second] = ask_outcome(pending(first), command)

    assert (first.time, second.time) == (1, 2)


def test_a_settled_payment_is_asked_about_no_more() -> None:
    assert ask_outcome(settled(), AskOutcome(payment_id=PAYMENT, now=later(30))) == []


def test_a_payment_the_provider_never_heard_of_is_asked_for_again_as_it_was() -> None:
    [again] = request_again(pending(), AskOutcome(payment_id=PAYMENT, now=later(30)))

    assert again.model_copy(update={"requested_at": REQUESTED.requested_at}) == REQUESTED
