"""Turning a declined application into an extension: what it means is said first, and nothing is lost by looking."""

from dataclasses import dataclass
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import reading
from applications.application_status import StatusRow
from applications.edge import ClaimedEducator, Edge, Educator
from applications.starting_point import hindrance
from lectern.contracts.values import ApplicationId, Kind
from lectern.eventlog.errors import Refused
from lectern.rules import IN_FORCE, UPGRADE
from lectern.rules.effects import submit_by
from lectern.web import Filled, FormModel, blank, read_form, render, see_other, waits_for


@dataclass(frozen=True)
class TurningPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        path = "/applications/{application_id}/extension"
        router.add_api_route(path, self.get_extension, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route(path, self.post_extension, methods=["POST"])
        return router

    async def get_extension(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        status = await self.edge.status(educator, application_id)
        if not may_turn(status):
            return see_other(f"/applications/{application_id}")
        return await self._page(request, educator, status, blank(FormModel))

    async def post_extension(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        status = await self.edge.status(educator, application_id)
        form = await read_form(request, FormModel)
        if form.ok:
            try:
                answer = await self.edge.drafts.turn_into_extension(
                    educator.person_id, ApplicationId(application_id), form.call()
                )
            except Refused as refused:
                if there := refused.details.get("application_id"):
                    return see_other(f"/drafts/{there}")
                form = form.refuse(refused)
            else:
                return see_other(f"/drafts/{answer.result['application_id']}", after=answer.position)
        return await self._page(request, educator, status, form)

    async def _page(self, request: Request, educator: Educator, status: StatusRow, form: Filled[FormModel]) -> Response:
        async with self.edge.running.read(educator=educator.person_id) as db:
            certificates = await reading.certificates(db, educator.person_id)
        held = next((each for each in certificates if each.certificate_id == status.certificate_id), None)
        today = self.edge.today()
        hindering = hindrance(Kind.EXTENSION, held.held if held else None, today)
        return render(
            request,
            "turn.html",
            case=status,
            form=form,
            hindering=hindering,
            until=submit_by(IN_FORCE, Kind.EXTENSION, held.expires_on) if held else None,
            years=UPGRADE.extension_years,
            today=today,
        )


def may_turn(status: StatusRow) -> bool:
    """Whether the page has a use: an upgrade that a district declined, not asked back. The rule says the rest."""
    return status.kind is Kind.UPGRADE and status.declined is not None and not status.withdrawing
