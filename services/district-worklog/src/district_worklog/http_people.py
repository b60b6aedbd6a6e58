"""Who is who at the district (/people), what counts for each criterion (/criteria), and whom to turn to (/help)."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.kinds import SAID
from lectern.contracts.values import Kind, StaffContact
from lectern.rules import IN_FORCE
from lectern.web import render, waits_for

ROLES = {"verifier": "Certification officer", "district-administrator": "Administrator", "contact": "Contact"}


SHOWN = frozenset({Kind.UPGRADE})


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/people")
    async def people(request: Request, officer: SignedInOfficer, _: Annotated[None, Depends(waits_for)]) -> Response:
        place = await edge.place(officer)
        contacts = await edge.running.keys.open(place.contacts, tuple[StaffContact, ...]) or ()
        return render(
            request,
            "people.html",
            place=place,
            contacts=sorted(contacts, key=lambda each: each.name.casefold()),
            roles=ROLES,
        )

    @router.get("/help")
    async def help_(request: Request) -> Response:
        """Signed in or not: whoever can't sign in needs it, too."""
        return render(request, "help.html")

    @router.get("/criteria")
    async def criteria(request: Request, officer: SignedInOfficer) -> Response:
        await edge.place(officer)
        shown = {kind: of.criteria for kind, of in IN_FORCE.kinds.items() if kind in SHOWN}
        return render(request, "criteria.html", kinds=shown, words=SAID)

    return router
