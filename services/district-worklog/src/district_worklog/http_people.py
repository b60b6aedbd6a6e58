"""Who is who at the district (/people), and what counts for each criterion (/criteria)."""

from typing import Annotated

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.edge import Edge, SignedInOfficer
from lectern.contracts.values import EstablishedBy, StaffContact
from lectern.rules.criteria import CRITERIA
from lectern.web import render, waits_for

ROLES = {"verifier": "Certification officer", "district-administrator": "Administrator", "contact": "Contact"}


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

    @router.get("/criteria")
    async def criteria(request: Request, officer: SignedInOfficer) -> Response:
        await edge.place(officer)
        shown = [each for each in CRITERIA if each.established_by is EstablishedBy.DISTRICT]
        return render(request, "criteria.html", criteria=shown)

    return router
