"""An educator asks for an application back, once; what was paid goes back, once."""

import pytest
from applications_given import (
    APPLICATION,
    JORDAN,
    MORGAN,
    NOW,
    after,
    handed_in,
    handed_in_fact,
    nothing_submitted,
    returned,
    sealed,
    told,
)

from applications.application import application
from applications.application_status import Decision, Holder, application_status
from applications.correcting import CorrectApplication, correct
from applications.ending import EndApplying, end_applying, when_withdrawn
from applications.refund import NoRefund, RefundRequested, refund
from applications.refunding import RequestRefund, SettleRefund, request_refund, settle_refund
from applications.timeline import Happened, timeline
from applications.withdrawing import WithdrawApplication, withdraw
from lectern.contracts.applications import PaymentReceived, PaymentRefunded, WithdrawalRequested
from lectern.contracts.review import ApplicationWithdrawn
from lectern.contracts.values import PaymentId, PaymentMethod
from lectern.eventlog.errors import NotFound, NotYet, Refused
from lectern.runtime.ids import new_id

PAYMENT = PaymentId(new_id())
ASKING = WithdrawApplication(application_id=APPLICATION, educator_id=JORDAN, now=NOW)
ASKED = WithdrawalRequested(application_id=APPLICATION, educator_id=JORDAN, submission=1, requested_at=NOW)
WITHDRAWN = ApplicationWithdrawn(
    application_id=APPLICATION, educator_id=JORDAN, submission=1, cycle=1, withdrawn_at=NOW
)
PAID = PaymentReceived(
    application_id=APPLICATION, educator_id=JORDAN, submission=1, payment_id=PAYMENT, amount=2500,
    method=PaymentMethod.CARD, received_at=NOW,
)  # fmt: skip
WANTED = RefundRequested(
    application_id=APPLICATION, educator_id=JORDAN, payment_id=PAYMENT, amount=2500, requested_at=NOW
)
GIVEN_BACK = PaymentRefunded(
    application_id=APPLICATION, educator_id=JORDAN, submission=1, payment_id=PAYMENT, amount=2500, refunded_at=NOW
)


def test_a_submitted_application_is_asked_back() -> None:
    assert withdraw(handed_in(), ASKING) == [ASKED]


def test_a_second_click_is_nothing() -> None:
    assert withdraw(after(application, handed_in_fact(), ASKED), ASKING) == []


def test_nothing_submitted_and_somebody_elses_look_alike() -> None:
    with pytest.raises(NotFound):
        withdraw(nothing_submitted(), ASKING)
    with pytest.raises(NotFound):
        withdraw(handed_in(), ASKING.model_copy(update={"educator_id": MORGAN}))


def test_what_was_asked_back_is_not_sent_again() -> None:
    again = CorrectApplication(
        application_id=APPLICATION,
        educator_id=JORDAN,
        seen=0,
        for_district=sealed("ApplicationCorrected.for_district", audience="district"),
        for_state=sealed("ApplicationCorrected.for_state", audience="state"),
        now=NOW,
    )

    with pytest.raises(Refused, match="withdrew"):
        correct(returned(), after(application, handed_in_fact(), ASKED), again)


def test_the_certificate_is_free_and_what_was_paid_is_owed_back() -> None:
    reactions = when_withdrawn(WITHDRAWN)

    assert [each.decide for each in reactions] == [end_applying, request_refund]
    assert isinstance(reactions[0].command, EndApplying)


def test_all_that_was_paid_is_asked_back_once() -> None:
    paid = after(application, PAID, handed_in_fact())
    command = RequestRefund(application_id=APPLICATION, now=NOW)

    assert request_refund(NoRefund(), paid, command) == [WANTED]
    assert request_refund(after(refund, WANTED), paid, command) == []


def test_without_a_payment_nothing_is_owed() -> None:
    assert request_refund(NoRefund(), handed_in(), RequestRefund(application_id=APPLICATION, now=NOW)) == []


def test_a_refund_waits_for_the_application() -> None:
    with pytest.raises(NotYet):
        request_refund(NoRefund(), nothing_submitted(), RequestRefund(application_id=APPLICATION, now=NOW))


def test_a_refund_that_was_made_is_told_once() -> None:
    paid, made = (
        after(application, PAID, handed_in_fact()),
        SettleRefund(application_id=APPLICATION, refused=None, now=NOW),
    )

    facts = settle_refund(after(refund, WANTED), paid, made)

    assert told(facts) == ["RefundMade", "PaymentRefunded"]
    assert settle_refund(after(refund, WANTED, facts[0]), paid, made) == []  # type: ignore[arg-type]


def test_a_provider_that_will_not_is_recorded() -> None:
    refused = SettleRefund(application_id=APPLICATION, refused="409: not-paid", now=NOW)

    assert told(settle_refund(after(refund, WANTED), handed_in(), refused)) == ["RefundRefused"]


def test_the_status_says_what_became_of_it_and_of_the_money() -> None:
    row = None
    for fact in (handed_in_fact(), ASKED, WITHDRAWN, GIVEN_BACK):
        row = application_status.fold(row, fact)

    assert row is not None
    assert (row.decision, row.holder, row.withdrawing, row.refunded_at) == (
        Decision.WITHDRAWN, Holder.NOBODY, True, NOW,
    )  # fmt: skip


def test_the_story_tells_it_in_order() -> None:
    row = None
    for fact in (handed_in_fact(), ASKED, WITHDRAWN, GIVEN_BACK):
        row = timeline.fold(row, fact)

    assert row is not None
    assert [each.what for each in row.entries] == [
        Happened.SUBMITTED, Happened.WITHDRAWAL_REQUESTED, Happened.WITHDRAWN, Happened.REFUNDED,
    ]  # fmt: skip
