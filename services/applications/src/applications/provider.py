"""The port to the payment provider: it opens a page where somebody pays, and says how that ended."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from lectern.contracts.values import Cents, PaymentMethod


class Status(StrEnum):
    PENDING = "pending"
    """Nobody has paid yet."""
    PROCESSING = "processing"
    """The payer decided; the provider is working it out."""
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class Standing:
    """How a payment stands at the provider."""

    status: Status
    amount: Cents
    pay_url: str


@dataclass(frozen=True)
class NeverHeard:
    """The provider knows no payment under this key."""


@dataclass(frozen=True)
class Refunded:
    """All of the money is on its way back."""


@dataclass(frozen=True)
class Refusal:
    """The provider will not do this."""

    why: str


@dataclass(frozen=True)
class Wanted:
    """What is to be paid. The same key opens the same page, however often it is asked for."""

    key: str
    amount: Cents
    method: PaymentMethod
    description: str
    return_url: str
    webhook_url: str


class PaymentProvider(Protocol):
    """What every implementation does; tests/test_provider.py holds each of them to it."""

    async def create(self, wanted: Wanted) -> Standing | Refusal:
        """Raises NotDone where it was surely not reached, NoAnswer where it did not say."""
        ...

    async def outcome(self, key: str) -> Standing | NeverHeard:
        """Raises NotDone or NoAnswer."""
        ...

    async def refund(self, key: str) -> Refunded | Refusal:
        """Gives back all of a payment, once, however often it is asked for. Raises NotDone or NoAnswer."""
        ...
