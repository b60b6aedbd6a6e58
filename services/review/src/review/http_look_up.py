"""The public's pages: /look-up asks, /look-up/found/<sealed> lists, /holders/<person> shows; nobody signs in."""

from collections.abc import Sequence
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Depends
from fastapi.params import Depends as DependsOn
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from lectern.contracts.values import PersonId
from lectern.eventlog.errors import NotFound
from lectern.web import Allowance, Filled, FormDate, FormModel, Page, Says, blank, read_form, render, see_other
from review import look_up
from review.asked_day import asked_day
from review.look_up import PAGE, Asked, Found, Wrong
from review.messages import FORCES, PUBLISHED
from review.office import Office

NOT_THERE = (
    "No one with this Educator ID is in the register. Check the number, as it stands on the certificate, or look for "
    "the name"
)
NOT_INDEXED = {"X-Robots-Tag": "noindex"}
"""What the register publishes is asked here, as of today, and not found in a search engine years later."""
Name = Annotated[str | None, Field(max_length=100)]


class LookUpForm(FormModel):
    number: Annotated[str | None, Field(max_length=40), Says(label="Educator ID")] = None
    last_name: Annotated[Name, Says(label="Last name")] = None
    first_name: Annotated[Name, Says(label="First name")] = None
    on: FormDate | None = None


def routes(office: Office, allowance: Allowance) -> APIRouter:
    async def spend(request: Request) -> None:
        await allowance.spend(request, office.running.now())

    router = APIRouter(include_in_schema=False)
    _asking(router, office, [Depends(spend)])
    _showing(router, office, [Depends(spend)])
    return router


def _asking(router: APIRouter, office: Office, counted: Sequence[DependsOn]) -> None:
    @router.get("/look-up")
    async def get_look_up(request: Request) -> Response:
        return _page(request, blank(LookUpForm))

    @router.post("/look-up", dependencies=counted)
    async def post_look_up(request: Request) -> Response:
        """Sent as a form and not in an address: whom somebody looks for is personal."""
        form = await read_form(request, LookUpForm)
        if not form.ok:
            return _page(request, form)
        said = form.value
        try:
            wanted = look_up.asked(said.number, said.last_name, said.first_name, said.on, office.today())
        except Wrong as wrong:
            return _page(request, form.refuse_all(wrong.errors))
        if not wanted.number:
            return see_other(f"/look-up/found/{look_up.sealed(office, wanted)}")
        holder = await look_up.found_by_number(office, wanted)
        if holder is None:
            return _page(request, form.refuse(NOT_THERE, field="number"))
        return see_other(_address(holder.row.person_id, wanted))


def _showing(router: APIRouter, office: Office, counted: Sequence[DependsOn]) -> None:
    @router.get("/look-up/found/{letters}", dependencies=counted)
    async def get_found(request: Request, letters: str) -> Response:
        wanted = look_up.opened(office, letters)
        if wanted is None:
            raise NotFound("not sealed by us")
        found = await look_up.found_by_name(office, wanted)
        return render(
            request,
            "found.html",
            headers=NOT_INDEXED,
            found=found,
            day=wanted.on or office.today(),
            addresses=[_address(each.row.person_id, wanted) for each in found.holders],
            most=look_up.MOST,
            page=_pages(office, wanted, found),
            **_words(office),
        )

    @router.get("/holders/{person_id}", dependencies=counted)
    async def get_holder(request: Request, person_id: PersonId) -> Response:
        """On today's day, or the one in the address."""
        form, day = asked_day(request, office.today())
        holder = await look_up.found_by_id(office, person_id, day)
        return render(request, "holder.html", headers=NOT_INDEXED, form=form, holder=holder, day=day, **_words(office))


def _page(request: Request, form: Filled[LookUpForm]) -> Response:
    return render(request, "look_up.html", form=form)


def _words(office: Office) -> dict[str, Any]:
    return {"kinds": PUBLISHED, "forces": FORCES, "today": office.today()}


def _address(person: PersonId, wanted: Asked) -> str:
    query = f"?{urlencode({'on': wanted.on.isoformat()})}" if wanted.on else ""
    return f"/holders/{person}{query}"


def _pages(office: Office, wanted: Asked, found: Found) -> Page:
    onward = f"/look-up/found/{look_up.sealed(office, found.next)}" if found.next else ""
    if not wanted.before and not onward:
        return Page()
    first = look_up.sealed(office, Asked(last=wanted.last, first=wanted.first, on=wanted.on))
    return Page(
        previous=f"/look-up/found/{first}" if wanted.before else "",
        next=onward,
        note=f"Page {wanted.before // PAGE + 1}.",
    )
