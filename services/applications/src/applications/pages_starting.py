"""New Applications: the menu with its three links, and the start of an Upgrade."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import wording
from applications.edge import ClaimedEducator, Edge, Educator
from applications.overview import early, judged, overview
from lectern.contracts.values import CertificateId, Kind
from lectern.eventlog.errors import Refused
from lectern.rules import IN_FORCE
from lectern.web import Filled, FormModel, Says, blank, read_form, render, see_other, waits_for

MENU = "/new-applications"
UPGRADE = f"{MENU}/{Kind.UPGRADE.value}"


class StartForm(FormModel):
    certificate_id: Annotated[UUID, Says(missing="Choose the certificate to upgrade")]


@dataclass(frozen=True)
class StartingPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        fresh = [Depends(waits_for)]
        router.add_api_route(MENU, self.get_menu, methods=["GET"], dependencies=fresh)
        router.add_api_route(UPGRADE, self.get_upgrade, methods=["GET"], dependencies=fresh)
        router.add_api_route(UPGRADE, self.post_upgrade, methods=["POST"])
        router.add_api_route(f"{MENU}/{{kind}}", self.get_not_yet, methods=["GET"])
        return router

    async def get_menu(self, request: Request, educator: ClaimedEducator) -> Response:
        seen = await overview(self.edge, educator.person_id)
        return render(
            request,
            "new_applications.html",
            now={kind: seen.now(kind, self.edge.today()) for kind in IN_FORCE.kinds},
            fee=self.edge.fee(Kind.UPGRADE),
            words=wording,
        )

    async def get_upgrade(self, request: Request, educator: ClaimedEducator) -> Response:
        return await self._page(request, educator, blank(StartForm))

    async def post_upgrade(self, request: Request, educator: ClaimedEducator) -> Response:
        form = await read_form(request, StartForm)
        if not form.ok:
            return await self._page(request, educator, form)
        certificate = CertificateId(form.value.certificate_id)
        try:
            answer = await self.edge.drafts.start(
                educator.account_id, educator.person_id, Kind.UPGRADE, certificate, form.call()
            )
        except Refused as refused:
            if live := refused.details.get("application_id"):
                return see_other(f"/drafts/{live}")
            return await self._page(request, educator, form.refuse(refused))
        return see_other(f"/drafts/{answer.result['application_id']}", after=answer.position)

    async def get_not_yet(self, request: Request, educator: ClaimedEducator, kind: Kind) -> Response:
        return render(request, "not_yet.html", kind=kind, name=educator.name, words=wording)

    async def _page(self, request: Request, educator: Educator, form: Filled[StartForm]) -> Response:
        seen = await overview(self.edge, educator.person_id)
        return render(
            request,
            "start_upgrade.html",
            form=form,
            seen=seen,
            live=seen.live(),
            judged=await judged(self.edge, seen, Kind.UPGRADE),
            warning=early(self.edge, seen),
            fee=self.edge.fee(Kind.UPGRADE),
            words=wording,
        )
