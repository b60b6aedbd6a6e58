"""New Applications: the menu with its three links, and the start of an application."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import wording
from applications.certificates import CertificateRow
from applications.edge import ClaimedEducator, Edge, Educator
from applications.next_step import starting_points
from applications.overview import Overview, early, judged, last_report, overview
from applications.shortfalls import shortfalls
from lectern.contracts.values import CertificateId, Kind
from lectern.eventlog.errors import Refused
from lectern.rules import IN_FORCE
from lectern.rules.effects import Effect, effect
from lectern.web import Filled, FormModel, Says, blank, read_form, render, see_other, waits_for

MENU = "/new-applications"


class StartForm(FormModel):
    certificate_id: Annotated[UUID, Says(missing="Choose the certificate")]


@dataclass(frozen=True)
class StartingPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        fresh = [Depends(waits_for)]
        router.add_api_route(MENU, self.get_menu, methods=["GET"], dependencies=fresh)
        router.add_api_route(f"{MENU}/{{kind}}", self.get_start, methods=["GET"], dependencies=fresh)
        router.add_api_route(f"{MENU}/{{kind}}", self.post_start, methods=["POST"])
        return router

    async def get_menu(self, request: Request, educator: ClaimedEducator) -> Response:
        seen = await overview(self.edge, educator.person_id)
        return render(request, "new_applications.html", links=links(self.edge, seen))

    async def get_start(self, request: Request, educator: ClaimedEducator, kind: Kind) -> Response:
        return await self._page(request, educator, kind, blank(StartForm))

    async def post_start(self, request: Request, educator: ClaimedEducator, kind: Kind) -> Response:
        form = await read_form(request, StartForm)
        if not form.ok:
            return await self._page(request, educator, kind, form)
        certificate = CertificateId(form.value.certificate_id)
        try:
            account_id, person_id = educator.account_id, educator.person_id
            answer = await self.edge.drafts.start(account_id, person_id, kind, certificate, form.call())
        except Refused as refused:
            if live := refused.details.get("application_id"):
                return see_other(f"/drafts/{live}")
            return await self._page(request, educator, kind, form.refuse(refused))
        return see_other(f"/drafts/{answer.result['application_id']}", after=answer.position)

    async def _page(self, request: Request, educator: Educator, kind: Kind, form: Filled[StartForm]) -> Response:
        seen, today = await overview(self.edge, educator.person_id), self.edge.today()
        startable = starting_points(kind, seen.certificates, today)
        others = (each for each in IN_FORCE.kinds if each is not kind)
        return render(
            request,
            "start.html",
            kind=kind,
            said=wording.SAID[kind],
            asks=IN_FORCE.of(kind),
            form=form,
            seen=seen,
            live=seen.live(),
            startable=startable,
            other=next((each for each in others if starting_points(each, seen.certificates, today)), None),
            better=await self._better(kind, seen),
            effect=self._effect(kind, startable),
            judged=await judged(self.edge, seen, kind),
            warning=early(self.edge, seen, kind),
            fee=self.edge.fee(kind),
            today=today,
            words=wording,
        )

    def _effect(self, kind: Kind, startable: Sequence[CertificateRow]) -> Effect | None:
        """What an approval today would make of the certificate."""
        if not startable:
            return None
        return effect(IN_FORCE, kind, expires_on=startable[0].expires_on, approved_on=self.edge.today())

    async def _better(self, kind: Kind, seen: Overview) -> bool:
        """Whether somebody who looks at another kind meets an upgrade, by the last report."""
        if kind is not Kind.EXTENSION:
            return False
        today = self.edge.today()
        able = starting_points(Kind.UPGRADE, seen.certificates, today)
        if not able:
            return False
        return not shortfalls(Kind.UPGRADE, await last_report(self.edge, seen), today, able[0].held)


@dataclass(frozen=True)
class Link:
    """A line of the menu."""

    kind: Kind
    name: str
    hint: str
    fee: int
    tag: tuple[str, ...]


def links(edge: Edge, seen: Overview) -> list[Link]:
    """The menu of the instructions, each with whether it can be started."""
    found = []
    for kind, name in wording.LINK.items():
        tag = wording.NOW[kind][seen.now(kind, edge.today())]
        found.append(Link(kind, name, wording.SAID[kind].hint, edge.fee(kind), tag))
    return found
