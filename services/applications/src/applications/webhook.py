"""Where the provider says how a payment ended: signed, once for each event, in any order, as often as it likes."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Literal
from uuid import UUID

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from applications.payment import Outcome
from applications.payment_desk import PaymentDesk
from applications.provider_signature import HEADER, signed
from lectern.contracts.values import Cents, PaymentId
from lectern.eventlog.errors import KeyReused, NotFound, Refused
from lectern.eventlog.streams import Call
from lectern.runtime.running import Running
from lectern.web import correlation_of

PATH = "/payments/webhook"
PROVIDER = "payment-provider"
log = structlog.get_logger(__name__)


class EventType(StrEnum):
    APPROVED = "payment.approved"
    DECLINED = "payment.declined"
    CANCELLED = "payment.cancelled"

    @property
    def outcome(self) -> Outcome:
        return Outcome(self.value.removeprefix("payment."))


class Event(BaseModel):
    """What the provider sends. It may say more than we read."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    event_id: Annotated[str, Field(pattern=r"^[0-9A-Za-z_-]{1,100}$")]
    type: EventType
    key: UUID
    amount_cents: Cents
    currency: Literal["USD"]
    occurred_at: datetime


def routes(running: Running) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    desk = PaymentDesk(running)

    @router.post(PATH)
    async def post_event(request: Request) -> JSONResponse:
        body, secret = await request.body(), running.settings.payment_secret
        if secret is None or not signed(request.headers.get(HEADER), secret, body, running.now()):
            return _answer(401, "signature")
        try:
            event = Event.model_validate_json(body)
        except ValidationError:
            return _answer(422, "body")
        correlation = correlation_of(request.scope)
        call = Call(
            actor=PROVIDER,
            key=event.event_id,
            body=body,
            at=running.now(),
            correlation_id=correlation.id,
            traceparent=correlation.traceparent,
        )
        try:
            answer = await desk.settle(PaymentId(event.key), event.type.outcome, event.amount_cents, call)
        except NotFound:
            return _answer(404, "unknown")
        except (Refused, KeyReused) as contradiction:
            log.error("the provider contradicts what is known", event_id=event.event_id, error=repr(contradiction))  # noqa: TRY400 - a trace may hold personal data
            return _answer(409, "contradiction")
        return JSONResponse({"taken": True, "position": answer.position})

    return router


def _answer(status: int, error: str) -> JSONResponse:
    return JSONResponse({"error": error}, status)
