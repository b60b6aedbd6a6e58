"""What the provider says about payments, on its way to the log."""

from dataclasses import dataclass
from typing import Any

from applications.application import application
from applications.draft import draft
from applications.paying import AskOutcome, SettlePayment, ask_outcome, settle
from applications.payment import NoPayment, Outcome, Payment, Settled, Teller, payment
from lectern.contracts.values import ApplicationId, Cents, PaymentId
from lectern.eventlog.errors import NotFound
from lectern.eventlog.streams import Answer, Call, StreamRef
from lectern.runtime.running import Running


@dataclass(frozen=True)
class PaymentDesk:
    running: Running

    async def payment(self, payment_id: PaymentId) -> Payment:
        return await self.running.log.state(payment(payment_id))

    async def settle(self, payment_id: PaymentId, outcome: Outcome, amount: Cents, call: Call) -> Answer:
        """A signed webhook. Raises NotFound for a payment nobody asked for, Refused for what contradicts it."""
        state = await self.payment(payment_id)
        if isinstance(state, NoPayment):
            raise NotFound("no such payment")
        known = state.payment if isinstance(state, Settled) else state
        command = SettlePayment(
            payment_id=payment_id, outcome=outcome, amount=amount, told_by=Teller.WEBHOOK, now=self.running.now()
        )
        return await self.running.log.handle(
            streams_of(payment_id, known.application_id, known.educator_id), settle, command, call
        )

    async def ask(self, payment_id: PaymentId, call: Call) -> Answer:
        """Has the provider asked how it ended."""
        command = AskOutcome(payment_id=payment_id, now=self.running.now())
        return await self.running.log.handle(payment(payment_id), ask_outcome, command, call)


def streams_of(payment_id: PaymentId, application_id: ApplicationId, educator_id: object) -> tuple[StreamRef[Any], ...]:
    """All that a settled payment moves."""
    return (
        payment(payment_id, subject=educator_id),
        draft(application_id, subject=educator_id),
        application(application_id, subject=educator_id),
    )
