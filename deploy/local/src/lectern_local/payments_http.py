"""The sandbox over HTTP: the signed API for customers, and the page where somebody pays."""

import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse
from pydantic import ValidationError
from starlette.datastructures import UploadFile

from lectern.eventlog.errors import NotFound
from lectern.web import Fact, FormModel, blank, render
from lectern.web.words import money
from lectern_local.payments import Decision, Payment, Status, Wanted
from lectern_local.payments_signing import HEADER, signed
from lectern_local.payments_store import KeyReused, Payments


class PayForm(FormModel):
    """What the page offers to go wrong."""

    delay: str = "0"
    webhook: str = "once"


METHODS = {"card": "Card", "echeck": "Electronic check"}


def routes(sandbox: "Sandbox") -> APIRouter:
    router = APIRouter()
    at: list[tuple[str, str, Callable[..., Awaitable[Response]]]] = [
        ("POST", "/v1/payments", sandbox.post_payment),
        ("GET", "/v1/payments", sandbox.get_payments),
        ("GET", "/v1/payments/{key}", sandbox.get_payment),
        ("POST", "/v1/payments/{key}/refund", sandbox.post_refund),
        ("GET", "/pay/{id_}", sandbox.get_pay),
        ("POST", "/pay/{id_}", sandbox.post_pay),
    ]
    for method, path, endpoint in at:
        router.add_api_route(path, endpoint, methods=[method], response_model=None)
    return router


@dataclass(frozen=True)
class Sandbox:
    payments: Payments
    secret: bytes = field(repr=False)
    public: str
    """The sandbox's public base address."""
    decided: Callable[[], None]
    """Called after a payer's answer is kept."""
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    async def post_payment(self, request: Request) -> Response:
        body = await request.body()
        if not self._signed(request, body):
            return _error(401, "signature")
        try:
            wanted = Wanted.model_validate_json(body)
        except ValidationError as error:
            return _error(422, "body", fields=[".".join(map(str, each["loc"])) for each in error.errors()])
        if request.headers.get("Idempotency-Key") != wanted.key:
            return _error(422, "idempotency-key")
        try:
            payment, new = await self.payments.create(wanted)
        except KeyReused:
            return _error(409, "key-reused")
        return JSONResponse(payment.shown(self.public), 201 if new else 200)

    async def get_payment(self, request: Request, key: str) -> Response:
        if not self._signed(request, *_question(request)):
            return _error(401, "signature")
        payment = await self.payments.by_key(key)
        return _error(404, "unknown") if payment is None else JSONResponse(payment.shown(self.public))

    async def post_refund(self, request: Request, key: str) -> Response:
        if not self._signed(request, await request.body()):
            return _error(401, "signature")
        if request.headers.get("Idempotency-Key") != f"refund-{key}":
            return _error(422, "idempotency-key")
        payment = await self.payments.refund(key, self.now())
        if payment is None:
            return _error(404, "unknown")
        return _error(409, "not-paid") if payment.refunded_at is None else JSONResponse(payment.shown(self.public))

    async def get_payments(self, request: Request) -> Response:
        if not self._signed(request, *_question(request)):
            return _error(401, "signature")
        limit = request.query_params.get("limit", "200")
        if not re.fullmatch(r"[1-9]\d{0,2}|1000", limit):
            return _error(422, "limit")
        found = await self.payments.after(request.query_params.get("after"), int(limit))
        rows = [{**payment.shown(self.public), "webhooks": webhooks} for payment, webhooks in found]
        return JSONResponse({"payments": rows, "next": found[-1][0].id if len(rows) == int(limit) else None})

    async def get_pay(self, request: Request, id_: str) -> Response:
        payment = _there(await self.payments.by_id(id_))
        page = "payments_pay.html" if payment.status is Status.PENDING else "payments_decided.html"
        return render(
            request, page, payment=payment, rows=_rows(payment), form=blank(PayForm, delay="0", webhook="once")
        )

    async def post_pay(self, request: Request, id_: str) -> Response:
        payment = _there(await self.payments.by_id(id_))
        try:
            decision = Decision.model_validate(await _fields(request))
        except ValidationError:
            return await self.get_pay(request, id_)
        await self.payments.decide(id_, decision, self.now())
        self.decided()
        return RedirectResponse(payment.wanted.return_url, 303)

    def _signed(self, request: Request, *contents: bytes) -> bool:
        header = request.headers.get(HEADER)
        return any(signed(header, self.secret, content, self.now()) for content in contents)


def _rows(payment: Payment) -> tuple[Fact, ...]:
    wanted = payment.wanted
    return (
        Fact("For", wanted.description),
        Fact("Amount", money(wanted.amount_cents)),
        Fact("Payment method", METHODS[wanted.method]),
    )


def _question(request: Request) -> tuple[bytes, bytes]:
    """What a request without a body signs, with or without what is behind the question mark."""
    asked = f"{request.method} {request.url.path}"
    return asked.encode(), f"{asked}?{request.url.query}".encode()


def _error(status: int, error: str, **more: Any) -> Response:
    return JSONResponse({"error": error, **more}, status)


def _there(payment: Payment | None) -> Payment:
    if payment is None:
        raise NotFound("no such payment")
    return payment


async def _fields(request: Request) -> dict[str, str]:
    form = await request.form(max_files=0, max_fields=20)
    return {name: value for name, value in form.items() if not isinstance(value, UploadFile)}
