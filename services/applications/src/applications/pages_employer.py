"""Another district for an application that is handed in: searched and chosen as in a draft, and sent there at once."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.application_status import Holder, StatusRow
from applications.edge import ClaimedEducator, Edge, Educator
from applications.pages_district import SearchForm, choices
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.web import Filled, FormModel, Says, blank, read_form, read_query, render, see_other, waits_for


class EmployerForm(FormModel):
    seen: int | None = None
    """The submission that was on the page."""
    district: Annotated[
        str,
        Field(pattern=r"^\d{3}-\d{3}$"),
        Says(missing="Choose a district", wrong="Choose a district from the list"),
    ]
    q: Annotated[str, Field(max_length=100)] = ""
    """What was searched for, so that the list can be shown again."""


@dataclass(frozen=True)
class EmployerPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        path = "/applications/{application_id}/district"
        router.add_api_route(path, self.get_district, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route(path, self.post_district, methods=["POST"])
        return router

    async def get_district(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        status = await self.edge.status(educator, application_id)
        if not may_name_another(status):
            return see_other(f"/applications/{application_id}")
        search = read_query(request, SearchForm)
        form = blank(EmployerForm, seen=status.submission, q=search.value.q)
        return await self._page(request, educator, status, form)

    async def post_district(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        status = await self.edge.status(educator, application_id)
        form = await read_form(request, EmployerForm)
        if form.ok:
            said, of = form.value, ApplicationId(application_id)
            try:
                answer = await self.edge.drafts.change_employer(
                    educator.person_id, of, said.district, form.call(), seen=said.seen
                )
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/applications/{application_id}?moved=1", after=answer.position)
        return await self._page(request, educator, status, form)

    async def _page(
        self, request: Request, educator: Educator, status: StatusRow, form: Filled[EmployerForm]
    ) -> Response:
        async with self.edge.running.read(educator=educator.person_id) as db:
            found = await reading.find_districts(db, form["q"], self.edge.today())
            now = (await reading.districts(db, status.district)).get(status.district or "")
        return render(
            request,
            "employer.html",
            case=status,
            form=form,
            now=now,
            found=found,
            choices=choices(each for each in found if status.declined or each.code != status.district),
            most=reading.MOST_DISTRICTS,
            said=wording.SAID[status.kind],
            words=wording,
        )


def may_name_another(status: StatusRow) -> bool:
    """Whether the page has a use: with a district or back from one, not asked back, not ended. The rule says more."""
    open_ = status.decision is None and not status.withdrawing
    with_district = status.sent_on is None and status.holder in {Holder.DISTRICT, Holder.EDUCATOR}
    return open_ and status.district is not None and with_district
