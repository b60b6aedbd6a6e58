"""The payment sandbox: what a provider's payment is, and what becomes of it. No money moves."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

TRIES = 20
_WAITS = (1, 2, 4, 8, 16)
_LONGEST_WAIT = 30


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.username or parts.password:
        raise ValueError("is not an http or https address")
    return value


Address: TypeAlias = Annotated[str, Field(max_length=2000), AfterValidator(_address)]
Key: TypeAlias = Annotated[str, Field(pattern=r"^[0-9a-zA-Z:-]{1,100}$")]


class Wanted(BaseModel):
    """A customer asks for a payment."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    key: Key
    amount_cents: Annotated[int, Field(ge=1, le=10_000_000)]
    currency: Literal["USD"]
    method: Literal["card", "echeck"]
    description: Annotated[str, Field(min_length=1, max_length=200)]
    return_url: Address
    webhook_url: Address


class Status(StrEnum):
    PENDING = "pending"
    PROCESSING = "processing"
    """The payer decided; the result is being worked out."""
    APPROVED = "approved"
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Choice(StrEnum):
    """What the payer presses."""

    APPROVE = "approve"
    DECLINE = "decline"
    CANCEL = "cancel"


class Telling(StrEnum):
    """How often the outcome is told by webhook: never is a lost one, twice a duplicate."""

    ONCE = "once"
    NEVER = "never"
    TWICE = "twice"


OUTCOMES = {
    Choice.APPROVE: Status.APPROVED,
    Choice.DECLINE: Status.DECLINED,
    Choice.CANCEL: Status.CANCELLED,
}


class Decision(BaseModel):
    """The payer's answer, with what a sandbox can make go wrong."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    outcome: Choice
    delay: Annotated[int, Field(ge=0, le=600)] = 0
    """Seconds until there is a result."""
    webhook: Telling = Telling.ONCE


@dataclass(frozen=True)
class Payment:
    """One payment; a final status never changes again."""

    id: str
    wanted: Wanted
    status: Status
    decided_at: datetime | None
    refunded_at: datetime | None = None
    """When all of it was given back."""

    def shown(self, public: str) -> dict[str, object]:
        """As the API gives it; `public` is the sandbox's public base address."""
        return {
            "id": self.id,
            "key": self.wanted.key,
            "status": self.status.value,
            "amount_cents": self.wanted.amount_cents,
            "currency": self.wanted.currency,
            "method": self.wanted.method,
            "pay_url": f"{public}/pay/{self.id}",
            "decided_at": self.decided_at and self.decided_at.isoformat(),
            "refunded_at": self.refunded_at and self.refunded_at.isoformat(),
        }

    def event(self, event_id: str) -> bytes:
        """The webhook's body, the same bytes on every attempt. Only a decided payment has one."""
        if self.decided_at is None:
            raise ValueError("nothing is decided yet")
        return json.dumps(
            {
                "event_id": event_id,
                "type": f"payment.{self.status.value}",
                "key": self.wanted.key,
                "payment_id": self.id,
                "amount_cents": self.wanted.amount_cents,
                "currency": self.wanted.currency,
                "method": self.wanted.method,
                "occurred_at": self.decided_at.isoformat(),
            }
        ).encode()


def wait_after(attempts: int) -> timedelta | None:
    """How long to wait after so many attempts that were not taken; None: no further one."""
    if attempts >= TRIES:
        return None
    return timedelta(seconds=_WAITS[attempts - 1] if attempts <= len(_WAITS) else _LONGEST_WAIT)
