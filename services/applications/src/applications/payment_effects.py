"""What leaves the building: a payment page is asked for, and how a payment ended. Only this process talks to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from applications.application import application
from applications.paying import AskOutcome, OpenPayment, SettlePayment, ask_outcome, open_payment, request_again, settle
from applications.payment import Outcome, PaymentOutcomeAsked, PaymentRequested, Teller, payment
from applications.payment_desk import streams_of
from applications.payments_pending import PendingPayment, payments_pending
from applications.provider import NeverHeard, PaymentProvider, Refunded, Refusal, Standing, Status, Wanted
from applications.provider_http import HttpProvider, client_for
from applications.refund import RefundRequested, refund
from applications.refunding import SettleRefund, settle_refund
from lectern.eventlog.streams import Reacting
from lectern.runtime.running import Running
from lectern.runtime.service import Deadline, Effect, NoAnswer
from lectern.runtime.settings import SettingsError

_ENDED = {
    Status.APPROVED: Outcome.APPROVED,
    Status.DECLINED: Outcome.DECLINED,
    Status.CANCELLED: Outcome.CANCELLED,
}

Answered = Standing | NeverHeard | Refusal | NoAnswer


@dataclass(frozen=True)
class PaymentEffects:
    """`own_url` is this service's public address: where the payer comes back to, and where the provider calls."""

    provider: PaymentProvider
    own_url: str

    async def open(self, intent: PaymentRequested, _: str) -> Standing | Refusal:
        """The payment's own id is the provider's key, so that no second intent can open a second page."""
        return await self.provider.create(
            Wanted(
                key=str(intent.payment_id),
                amount=intent.amount,
                method=intent.method,
                description=f"Upgrade application {intent.reference}",
                return_url=f"{self.own_url}/applications/{intent.application_id}/payment?returned=1",
                webhook_url=f"{self.own_url}/payments/webhook",
            )
        )

    async def opened_before(self, intent: PaymentRequested, key: str) -> Standing | None:
        found = await self.ask(intent, key)
        return None if isinstance(found, NeverHeard) else found

    async def ask(self, intent: PaymentRequested | PaymentOutcomeAsked, _: str) -> Standing | NeverHeard:
        return await self.provider.outcome(str(intent.payment_id))

    async def give_back(self, intent: RefundRequested, _: str) -> Refunded | Refusal:
        """The provider gives a payment back once, so asking what became of it is asking again."""
        return await self.provider.refund(str(intent.payment_id))

    def all(self) -> Sequence[Effect[Any, Any]]:
        return (
            Effect(intent=PaymentRequested, act=self.open, record=record, outcome=self.opened_before),
            Effect(intent=PaymentOutcomeAsked, act=self.ask, record=record, outcome=self.ask),
            Effect(intent=RefundRequested, act=self.give_back, record=record_refund, outcome=self.give_back),
        )


def record(intent: PaymentRequested | PaymentOutcomeAsked, answered: Answered, now: datetime) -> Reacting:
    """The command that an answer of the provider leads to."""
    refs = streams_of(intent.payment_id, intent.application_id, intent.educator_id)
    again = AskOutcome(payment_id=intent.payment_id, now=now)
    match answered:
        case NeverHeard():
            return Reacting((payment(intent.payment_id),), request_again, again)
        case Refusal():
            refused = SettlePayment(
                payment_id=intent.payment_id, outcome=Outcome.REFUSED, amount=None, told_by=Teller.QUERY, now=now
            )
            return Reacting(refs, settle, refused)
        case Standing(status=Status.PENDING | Status.PROCESSING):
            opened = OpenPayment(payment_id=intent.payment_id, pay_url=answered.pay_url, now=now)
            return Reacting((payment(intent.payment_id),), open_payment, opened)
        case Standing():
            ended = SettlePayment(
                payment_id=intent.payment_id,
                outcome=_ENDED[answered.status],
                amount=answered.amount,
                told_by=Teller.QUERY,
                now=now,
            )
            return Reacting(refs, settle, ended)
        case NoAnswer():
            return Reacting((payment(intent.payment_id),), _nothing, again)


def record_refund(intent: RefundRequested, answered: Refunded | Refusal | NoAnswer, now: datetime) -> Reacting:
    """Without an answer it stays open, and the provider is asked again."""
    refs = (refund(intent.application_id, subject=intent.educator_id), application(intent.application_id))
    refused = answered.why if isinstance(answered, Refusal) else None
    return Reacting(refs, settle_refund, SettleRefund(application_id=intent.application_id, refused=refused, now=now))


def _nothing(*_: object) -> list[Any]:
    """The deadline asks again."""
    return []


def effects(running: Running) -> Sequence[Effect[Any, Any]]:
    """None where nothing is owed and no provider is named. Raises SettingsError where one is needed and is not."""
    settings = running.settings
    if settings.fee_cents == 0 and settings.payment_url is None:
        return ()
    if settings.payment_url is None or settings.payment_secret is None:
        raise SettingsError("LECTERN_PAYMENT_URL and LECTERN_PAYMENT_SECRET are needed where a fee is taken.")
    provider = HttpProvider(client_for(settings.payment_url), settings.payment_secret, running.now)
    return PaymentEffects(provider, settings.url(running.service.name)).all()


def _ask(row: PendingPayment, now: datetime) -> Reacting:
    return Reacting((payment(row.payment_id),), ask_outcome, AskOutcome(payment_id=row.payment_id, now=now))


pending_too_long = Deadline(view=payments_pending, command=_ask)
"""A payment without an answer is asked about after 30 s, then less and less often."""
