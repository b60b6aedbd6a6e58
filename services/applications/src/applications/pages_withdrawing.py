"""Withdrawing an application: what it means is said first, and nothing happens before it is confirmed."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import reading
from applications.application_status import StatusRow
from applications.edge import ClaimedEducator, Edge, Educator
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.web import Filled, FormModel, blank, read_form, render, see_other, waits_for


@dataclass(frozen=True)
class WithdrawingPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        path = "/applications/{application_id}/withdraw"
        router.add_api_route(path, self.get_withdraw, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route(path, self.post_withdraw, methods=["POST"])
        return router

    async def get_withdraw(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        status = await self.edge.status(educator, application_id)
        if status.decision is not None or status.withdrawing or status.reconsidered:
            return see_other(f"/applications/{application_id}")
        return await self._page(request, educator, status, blank(FormModel))

    async def post_withdraw(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        status = await self.edge.status(educator, application_id)
        form = await read_form(request, FormModel)
        if not form.ok:
            return await self._page(request, educator, status, form)
        try:
            answer = await self.edge.drafts.withdraw(educator.person_id, ApplicationId(application_id), form.call())
        except Refused as refused:
            return await self._page(request, educator, status, form.refuse(refused))
        return see_other(f"/applications/{application_id}", after=answer.position)

    async def _page(self, request: Request, educator: Educator, status: StatusRow, form: Filled[FormModel]) -> Response:
        async with self.edge.running.read(educator=educator.person_id) as db:
            certificates = await reading.certificates(db, educator.person_id)
        about = next((each for each in certificates if each.certificate_id == status.certificate_id), None)
        return render(request, "withdraw.html", case=status, form=form, certificate=about, today=self.edge.today())
