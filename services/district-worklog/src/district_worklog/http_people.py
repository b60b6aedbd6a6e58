"""Who is who at the district (/people), what counts for each criterion (/criteria), and whom to turn to (/help)."""

from typing import Annotated, Literal

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.districts import DistrictRow
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.kinds import SAID
from lectern.contracts.values import StaffContact
from lectern.eventlog.errors import Refused
from lectern.rules import IN_FORCE
from lectern.web import Filled, FormModel, Says, blank, read_form, render, see_other, waits_for

ROLES = {"verifier": "Certification officer", "district-administrator": "Administrator", "contact": "Contact"}


MISSING = "Choose how your contacts hear of new applications"


class NoticesForm(FormModel):
    notices: Annotated[Literal["each", "daily"] | None, Says(wrong=MISSING)] = None


async def _page(edge: Edge, request: Request, place: DistrictRow, form: Filled[NoticesForm]) -> Response:
    contacts = await edge.running.keys.open(place.contacts, tuple[StaffContact, ...]) or ()
    return render(
        request,
        "people.html",
        place=place,
        contacts=sorted(contacts, key=lambda each: each.name.casefold()),
        roles=ROLES,
        form=form,
        saved="saved" in request.query_params,
    )


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(include_in_schema=False)

    @router.get("/people")
    async def people(request: Request, officer: SignedInOfficer, _: Annotated[None, Depends(waits_for)]) -> Response:
        place = await edge.place(officer)
        return await _page(edge, request, place, blank(NoticesForm, notices="each" if place.each_item else "daily"))

    @router.post("/people")
    async def choose(request: Request, officer: SignedInOfficer) -> Response:
        """How the district's contacts hear of new applications."""
        form = await read_form(request, NoticesForm)
        if form.ok and form.value.notices is None:
            form = form.refuse(MISSING, field="notices")
        if form.ok:
            try:
                each = form.value.notices == "each"
                answer = await edge.desk.choose_notices(officer, each_item=each, call=form.call())
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other("/people?saved=1", after=answer.position)
        return await _page(edge, request, await edge.place(officer), form)

    @router.get("/help")
    async def help_(request: Request) -> Response:
        """Signed in or not: whoever can't sign in needs it, too."""
        return render(request, "help.html")

    @router.get("/criteria")
    async def criteria(request: Request, officer: SignedInOfficer) -> Response:
        await edge.place(officer)
        shown = {kind: of.criteria for kind, of in IN_FORCE.kinds.items()}
        return render(request, "criteria.html", kinds=shown, words=SAID)

    return router
