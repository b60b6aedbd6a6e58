"""The home page of the Educator Certification System, and the help page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import wording
from applications.application_status import Holder
from applications.draft import Open, draft
from applications.edge import Edge, SignedIn
from applications.next_step import next_step
from applications.overview import Judged, Overview, early, judged, overview
from applications.pages_starting import links
from applications.payment import Outcome
from lectern.contracts.values import AccountId, Kind, PersonId, Verdict
from lectern.papers import ON_PAPER
from lectern.rules import IN_FORCE
from lectern.web import render, waits_for


@dataclass(frozen=True)
class HomePages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route("/", self.get_home, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route("/help", self.get_help, methods=["GET"])
        return router

    async def get_home(self, request: Request, principal: SignedIn) -> Response:
        edge = self.edge
        person = principal.person_id or await edge.accounts.linked(AccountId(principal.user_id))
        if person is None:
            return render(request, "unclaimed.html", name=principal.name)
        seen, today = await overview(edge, PersonId(person)), edge.today()
        paths = {kind: await judged(edge, seen, kind) for kind in IN_FORCE.kinds} if seen.may_choose else {}
        warning = early(edge, seen, Kind.UPGRADE)
        return render(
            request,
            "home.html",
            seen=seen,
            claimed="claimed" in request.query_params,
            today=today,
            now=edge.now(),
            step=next_step(
                seen.certificates,
                seen.open_drafts,
                seen.statuses,
                today,
                edge.fee(Kind.UPGRADE),
                fell_through=await self._fell_through(seen),
                untold=await self._untold(seen),
            ),
            links=links(edge, seen),
            paths=paths,
            recommended=_recommended(paths, early=warning is not None),
            warning=warning,
            fee=edge.fee(Kind.UPGRADE),
            tasks=lambda row: len(row.tasks(edge.fee(row.kind))) + 1,
            words=wording,
            on_paper=ON_PAPER,
        )

    async def _fell_through(self, seen: Overview) -> Outcome | None:
        """Only a draft that was to be paid once has a reference."""
        for row in seen.open_drafts:
            if row.reference is None:
                continue
            state = await self.edge.running.log.state(draft(row.application_id))
            if isinstance(state, Open) and state.fell_through:
                return state.fell_through
        return None

    async def _untold(self, seen: Overview) -> bool:
        """Whether a district that has an application named nobody who is told."""
        at = next((each.district for each in seen.statuses if each.holder is Holder.DISTRICT), None)
        return at is not None and not await self.edge.contacts(seen.districts.get(at))

    async def get_help(self, request: Request) -> Response:
        return render(request, "help.html")


def _recommended(paths: Mapping[Kind, Sequence[Judged]], *, early: bool) -> Kind | None:
    """The upgrade where it is open and its time has come; else the first other kind that is open."""
    open_ = [kind for kind, judged in paths.items() if judged[0].ruling.verdict is Verdict.MET]
    if Kind.UPGRADE in open_:
        return None if early else Kind.UPGRADE
    return next(iter(open_), None)
