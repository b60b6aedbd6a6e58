"""Money that goes back to whoever paid: asked for once, and done once. Private; that it is done is public."""

from dataclasses import dataclass
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, Cents, PaymentId, PersonId
from lectern.eventlog.streams import Noun


class RefundFact(PrivateFact):
    application_id: ApplicationId
    educator_id: PersonId
    payment_id: PaymentId


class RefundRequested(RefundFact):
    """An intent: have the provider give back all that was paid. Asking again gives nothing back twice."""

    type: Literal["RefundRequested"] = "RefundRequested"
    amount: Cents
    requested_at: AwareDatetime


class RefundMade(RefundFact):
    """The provider gave it back."""

    type: Literal["RefundMade"] = "RefundMade"
    made_at: AwareDatetime


class RefundRefused(RefundFact):
    """The provider will not; a person has to see to it."""

    type: Literal["RefundRefused"] = "RefundRefused"
    why: str
    refused_at: AwareDatetime


@dataclass(frozen=True)
class NoRefund: ...


@dataclass(frozen=True)
class Wanted:
    intent: RefundRequested


@dataclass(frozen=True)
class Ended:
    made: bool


Refund: TypeAlias = NoRefund | Wanted | Ended
RefundsFact: TypeAlias = RefundRequested | RefundMade | RefundRefused


def evolve(_: Refund, fact: RefundsFact) -> Refund:
    match fact:
        case RefundRequested():
            return Wanted(fact)
        case RefundMade():
            return Ended(made=True)
        case RefundRefused():
            return Ended(made=False)
        case _:
            assert_never(fact)


refund = Noun[Refund]("refund", NoRefund(), evolve, facts=(RefundRequested, RefundMade, RefundRefused))
