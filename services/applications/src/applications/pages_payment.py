"""On the way to the payment page and back. What became of it is told by the provider, never by this browser."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.draft import AwaitingPayment, Draft, Open
from applications.edge import ClaimedEducator, Edge, Educator
from applications.measured import measured
from applications.payment import Payment, Pending
from lectern.contracts.values import ApplicationId
from lectern.rules import rule_set
from lectern.web import FormModel, read_form, render, see_other, waits_for

PATIENCE = 1.5
"""Seconds a page waits for news before it says that there are none yet."""
REFRESH = 2


@dataclass(frozen=True)
class PaymentPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        base = "/applications/{application_id}"
        router.add_api_route(f"{base}/payment", self.get_payment, methods=["GET"])
        router.add_api_route(f"{base}/payment/check", self.post_check, methods=["POST"])
        router.add_api_route(
            f"{base}/submitted", self.get_submitted, methods=["GET"], dependencies=[Depends(waits_for)]
        )
        return router

    async def get_payment(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        going, returned = "go" in request.query_params, "returned" in request.query_params
        draft, payment = await self._news(educator, ApplicationId(application_id), going=going, returned=returned)
        match draft:
            case AwaitingPayment():
                return self._waiting(request, draft, payment, going=going, returned=returned)
            case Open(fell_through=None):
                return see_other(f"/drafts/{application_id}")
            case Open():
                return render(
                    request, "payment_failed.html", draft=draft, fee=self.edge.fee(draft.answers.kind), words=wording
                )
            case _:
                return see_other(f"/applications/{application_id}/submitted")

    async def post_check(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        """Asks the provider now, instead of at the next deadline."""
        form = await read_form(request, FormModel)
        of = ApplicationId(application_id)
        draft = await self.edge.drafts.draft(educator.person_id, of)
        if form.ok and isinstance(draft, AwaitingPayment):
            await self.edge.payments.ask(draft.payment_id, form.call())
        return see_other(f"/applications/{of}/payment?returned=1")

    async def get_submitted(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        person = educator.person_id
        draft = await self.edge.drafts.draft(person, ApplicationId(application_id))
        if isinstance(draft, Open | AwaitingPayment):
            return see_other(f"/drafts/{application_id}")
        async with self.edge.running.read(educator=person) as db:
            status = await reading.status(db, person, application_id)
            district = (await reading.districts(db, status.district)).get(status.district or "") if status else None
            times = await measured(db, status.kind) if status else None
        if status is None:
            return _later(request)
        return render(
            request,
            "submitted.html",
            case=status,
            said=wording.SAID[status.kind],
            asks=rule_set(status.rules).of(status.kind),
            district=district,
            contacts=await self.edge.contacts(district),
            measured=times,
            words=wording,
        )

    async def _news(
        self, educator: Educator, of: ApplicationId, *, going: bool, returned: bool
    ) -> tuple[Draft, Payment | None]:
        """The draft and its payment; for somebody on the way, after a moment in which things may move."""
        until = asyncio.get_running_loop().time() + PATIENCE
        while True:
            draft = await self.edge.drafts.draft(educator.person_id, of)
            if not isinstance(draft, AwaitingPayment):
                return draft, None
            payment = await self.edge.payments.payment(draft.payment_id)
            opened = isinstance(payment, Pending) and payment.pay_url is not None
            if not (returned or (going and not opened)) or asyncio.get_running_loop().time() > until:
                return draft, payment
            await asyncio.sleep(0.05)

    def _waiting(
        self, request: Request, draft: AwaitingPayment, payment: Payment | None, *, going: bool, returned: bool
    ) -> Response:
        here = request.url.path
        url = payment.pay_url if isinstance(payment, Pending) else None
        if going and url is not None:
            return see_other(url)
        headers = {}
        if returned:
            headers["Refresh"] = f"{REFRESH}; url={here}?returned=1"
        elif url is None:
            headers["Refresh"] = f"{REFRESH}; url={here}?go=1"
        return render(
            request,
            "payment_waiting.html",
            headers=headers,
            draft=draft,
            pay_url=url,
            returned=returned,
            fee=draft.ready.fee,
            method=wording.METHOD[draft.answers.method] if draft.answers.method else "",
            words=wording,
        )


def _later(request: Request) -> Response:
    """The application is submitted; the page about it is a moment behind."""
    return render(
        request, "submitted_soon.html", status=503, headers={"Refresh": str(REFRESH), "Retry-After": str(REFRESH)}
    )
