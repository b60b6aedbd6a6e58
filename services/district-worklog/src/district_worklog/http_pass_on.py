"""Another district's: /work-log/{application_id}/pass-on. Searched and chosen, read once more before it goes."""

from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from district_worklog import finding
from district_worklog.case_reading import Case, Visit
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.http_conflict import conflict_page
from district_worklog.neighbours import NeighbourRow
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.web import Filled, FormModel, Says, blank, read_form, read_query, render, see_other, waits_for
from lectern.web.words import district as district_words

UNKNOWN = "Search for the district that employs the educator, and choose it from the list"


class SearchForm(FormModel):
    q: Annotated[str, Field(max_length=100)] = ""


class PassOnForm(SearchForm):
    submission: int
    do: Literal["preview", "change", "send"] = "preview"
    district: Annotated[
        str,
        Field(pattern=r"^\d{3}-\d{3}$"),
        Says(missing="Choose a district", wrong="Choose a district from the list"),
    ]


@dataclass(frozen=True)
class PassOnPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)
        router.add_api_route("/pass-on", self.get, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route("/pass-on", self.post, methods=["POST"])
        return router

    async def get(self, request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        visit = Visit(self.edge, request, officer, application_id)
        case = await visit.case()
        if not case.waits or case.asked:
            return see_other(visit.address)
        search = read_query(request, SearchForm)
        form = blank(PassOnForm, submission=case.found.line.row.submission, q=search.value.q)
        return await self._page(visit, case, form)

    async def post(self, request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        visit = Visit(self.edge, request, officer, application_id)
        form = await read_form(request, PassOnForm)
        to = await self._named(visit, form.value.district) if form.ok else None
        if form.ok and to is None:
            form = form.refuse_all({"district": UNKNOWN})
        if to is None or form.value.do == "change":
            return await self._page(visit, await visit.case(), form)
        if form.value.do == "preview":
            case = await visit.case()
            here, there = district_words((await self.edge.place(officer)).name), district_words(to.name)
            return self._render(visit, case, form, "pass_on_preview.html", here=here, there=there, to=to)
        return await self._sent(visit, form, to)

    async def _sent(self, visit: Visit, form: Filled[PassOnForm], to: NeighbourRow) -> Response:
        said = form.value
        try:
            answer = await self.edge.desk.pass_on(
                visit.officer, visit.application_id, said.submission, said.district, form.call()
            )
        except Refused as refused:
            if "conflict" in refused.details:
                yours = [("Your answer", {"Pass it on to": f"{district_words(to.name)} ({to.code})"})]
                return await conflict_page(visit, refused, [], yours=yours)
            return await self._page(visit, await visit.case(), form.refuse(refused))
        return see_other(visit.address, after=answer.position)

    async def _page(self, visit: Visit, case: Case, form: Filled[PassOnForm]) -> Response:
        today, ours = chicago_day(self.edge.running.now()), visit.officer.district
        async with self.edge.running.read(district=ours) as db:
            found = await finding.others(db, form["q"], today, ours)
        choices = [
            (each.code, district_words(each.name), f"{each.code}, {district_words(each.county)} County")
            for each in found
        ]
        return self._render(
            visit, case, form, "pass_on.html", choices=choices, more=len(found) == finding.MOST, most=finding.MOST
        )

    async def _named(self, visit: Visit, code: str) -> NeighbourRow | None:
        async with self.edge.running.read(district=visit.officer.district) as db:
            return await finding.named(db, code)

    def _render(self, visit: Visit, case: Case, form: Filled[PassOnForm], template: str, **more: Any) -> Response:
        found = case.found
        return render(
            visit.request, template, form=form, person=found.person, row=found.line.row, address=visit.address, **more
        )


def routes(edge: Edge) -> APIRouter:
    return PassOnPages(edge).routes()
