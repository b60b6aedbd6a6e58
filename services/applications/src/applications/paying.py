"""A payment on its way: the provider opened its page, is asked how it ended, and says so, by webhook or when asked."""

from typing import assert_never

from pydantic import AwareDatetime

from applications.application import Application, application
from applications.draft import AwaitingPayment, Draft, draft
from applications.draft_facts import PaymentFellThrough
from applications.payment import (
    NoPayment,
    Outcome,
    Payment,
    PaymentOpened,
    PaymentOutcomeAsked,
    PaymentRequested,
    PaymentSettled,
    Pending,
    Settled,
    Teller,
)
from applications.submitting import handing_in, submitted
from lectern.contracts.applications import PaymentReceived
from lectern.contracts.values import Cents, PaymentId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry


class OpenPayment(Command):
    payment_id: PaymentId
    pay_url: str
    now: AwareDatetime


def open_payment(payment: Payment, command: OpenPayment) -> list[PaymentOpened]:
    match payment:
        case NoPayment():
            raise NotFound("no such payment")
        case Pending(pay_url=None):
            return [
                PaymentOpened(
                    payment_id=payment.payment_id,
                    application_id=payment.application_id,
                    educator_id=payment.educator_id,
                    pay_url=command.pay_url,
                    opened_at=command.now,
                )
            ]
        case Pending() | Settled():
            return []
        case _:
            assert_never(payment)


class AskOutcome(Command):
    payment_id: PaymentId
    now: AwareDatetime


def ask_outcome(payment: Payment, command: AskOutcome) -> list[PaymentOutcomeAsked]:
    match payment:
        case NoPayment():
            raise NotFound("no such payment")
        case Pending():
            return [
                PaymentOutcomeAsked(
                    payment_id=payment.payment_id,
                    application_id=payment.application_id,
                    educator_id=payment.educator_id,
                    time=payment.asked + 1,
                    asked_at=command.now,
                )
            ]
        case Settled():
            return []
        case _:
            assert_never(payment)


def request_again(payment: Payment, command: AskOutcome) -> list[PaymentRequested]:
    """The provider has never heard of it: it is asked for once more, under the same id."""
    match payment:
        case NoPayment():
            raise NotFound("no such payment")
        case Pending():
            return [
                PaymentRequested(
                    payment_id=payment.payment_id,
                    application_id=payment.application_id,
                    educator_id=payment.educator_id,
                    amount=payment.amount,
                    method=payment.method,
                    reference=payment.reference,
                    requested_at=command.now,
                )
            ]
        case Settled():
            return []
        case _:
            assert_never(payment)


class SettlePayment(Command):
    payment_id: PaymentId
    outcome: Outcome
    amount: Cents | None
    """As the provider has it; None where it never took the payment."""
    told_by: Teller
    now: AwareDatetime


def settle(payment: Payment, awaiting: Draft, _: Application, command: SettlePayment) -> list[PaymentSettled | Entry]:
    """Money that came hands the application in, as of the day of Submit & Pay. Told again, it changes nothing."""
    match payment:
        case NoPayment():
            raise NotFound("no such payment")
        case Settled():
            if payment.outcome is not command.outcome:
                raise Refused("This payment ended otherwise.", outcome=payment.outcome)
            return []
        case Pending():
            if command.amount not in (None, payment.amount):
                raise Refused("The amount is not the one that was asked for.", amount=payment.amount)
            if not (isinstance(awaiting, AwaitingPayment) and awaiting.payment_id == payment.payment_id):
                raise Refused("Nothing waits for this payment.")
            return [_settled(payment, command), *_consequences(payment, awaiting, command)]
        case _:
            assert_never(payment)


def _settled(payment: Pending, command: SettlePayment) -> PaymentSettled:
    return PaymentSettled(
        payment_id=payment.payment_id,
        application_id=payment.application_id,
        educator_id=payment.educator_id,
        outcome=command.outcome,
        told_by=command.told_by,
        settled_at=command.now,
    )


def _consequences(payment: Pending, awaiting: AwaitingPayment, command: SettlePayment) -> list[Entry]:
    of_draft = draft(payment.application_id, subject=payment.educator_id)
    match command.outcome:
        case Outcome.APPROVED:
            ready = awaiting.ready.model_copy(update={"submitted_at": command.now})
            return [
                _received(payment, command),
                handing_in(ready),
                Entry(submitted(ready, command.now), of_draft),
            ]
        case Outcome.DECLINED | Outcome.CANCELLED | Outcome.REFUSED:
            fell_through = PaymentFellThrough(
                application_id=payment.application_id,
                payment_id=payment.payment_id,
                outcome=command.outcome,
                saved_at=command.now,
            )
            return [Entry(fell_through, of_draft)]
        case _:
            assert_never(command.outcome)


def _received(payment: Pending, command: SettlePayment) -> Entry:
    return Entry(
        PaymentReceived(
            application_id=payment.application_id,
            educator_id=payment.educator_id,
            submission=1,
            payment_id=payment.payment_id,
            amount=payment.amount,
            method=payment.method,
            received_at=command.now,
        ),
        application(payment.application_id, subject=payment.educator_id),
        claim=f"paid:{payment.application_id}",
    )
