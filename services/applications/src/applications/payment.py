"""A payment at the provider: asked for, waiting for the payer, settled once. Private; that money came is public."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, Cents, PaymentId, PaymentMethod, PersonId, Reference
from lectern.eventlog.streams import Noun


class Outcome(StrEnum):
    """How a payment ended. The provider decides once, for ever."""

    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    REFUSED = "refused"
    """The provider would not open a payment page."""


class Teller(StrEnum):
    """Who said how it ended; never the browser that came back."""

    WEBHOOK = "webhook"
    QUERY = "query"


class PaymentFact(PrivateFact):
    payment_id: PaymentId
    application_id: ApplicationId
    educator_id: PersonId


class PaymentRequested(PaymentFact):
    """An intent: have the provider open a payment page under the payment's id. Asking again opens no second one."""

    type: Literal["PaymentRequested"] = "PaymentRequested"
    amount: Cents
    method: PaymentMethod
    reference: Reference
    requested_at: AwareDatetime


class PaymentOpened(PaymentFact):
    """The provider waits for the payer at this address."""

    type: Literal["PaymentOpened"] = "PaymentOpened"
    pay_url: str
    opened_at: AwareDatetime


class PaymentOutcomeAsked(PaymentFact):
    """An intent: ask the provider what became of it. `time` counts the questions."""

    type: Literal["PaymentOutcomeAsked"] = "PaymentOutcomeAsked"
    time: int
    asked_at: AwareDatetime


class PaymentSettled(PaymentFact):
    """It ended."""

    type: Literal["PaymentSettled"] = "PaymentSettled"
    outcome: Outcome
    told_by: Teller
    settled_at: AwareDatetime


PaymentsFact: TypeAlias = PaymentRequested | PaymentOpened | PaymentOutcomeAsked | PaymentSettled


@dataclass(frozen=True)
class NoPayment: ...


@dataclass(frozen=True)
class Pending:
    payment_id: PaymentId
    application_id: ApplicationId
    educator_id: PersonId
    amount: Cents
    method: PaymentMethod
    reference: Reference
    requested_at: datetime
    pay_url: str | None = None
    """None until the provider opened the page."""
    asked: int = 0


@dataclass(frozen=True)
class Settled:
    payment: Pending
    outcome: Outcome


Payment: TypeAlias = NoPayment | Pending | Settled


def evolve(payment: Payment, fact: PaymentsFact) -> Payment:
    match fact:
        case PaymentRequested():
            if isinstance(payment, NoPayment):
                return Pending(
                    payment_id=fact.payment_id,
                    application_id=fact.application_id,
                    educator_id=fact.educator_id,
                    amount=fact.amount,
                    method=fact.method,
                    reference=fact.reference,
                    requested_at=fact.requested_at,
                )
            return payment
        case PaymentOpened():
            return replace(payment, pay_url=fact.pay_url) if isinstance(payment, Pending) else payment
        case PaymentOutcomeAsked():
            return replace(payment, asked=fact.time) if isinstance(payment, Pending) else payment
        case PaymentSettled():
            return Settled(payment, fact.outcome) if isinstance(payment, Pending) else payment
        case _:
            assert_never(fact)


payment = Noun[Payment](
    "payment", NoPayment(), evolve, facts=(PaymentRequested, PaymentOpened, PaymentOutcomeAsked, PaymentSettled)
)
