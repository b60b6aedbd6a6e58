"""Employing school district: searched by code, county or name, without scripts, and chosen from what was found."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from applications import reading
from applications.districts import DistrictRow
from applications.draft_page import Elsewhere, OpenDraft, after_saving, open_draft
from applications.edge import ClaimedEducator, Edge, PageForm, tried, wants_check
from applications.pages_answering import by
from lectern.contracts.values import ApplicationId, Task
from lectern.eventlog.streams import Answer, Call
from lectern.web import Fact, Filled, FormModel, Says, blank, read_form, read_query, render, see_other
from lectern.web.words import district as in_title_case


class SearchForm(FormModel):
    q: Annotated[str, Field(max_length=100)] = ""
    back: str = ""


class DistrictForm(PageForm):
    district: Annotated[
        str,
        Field(pattern=r"^\d{3}-\d{3}$"),
        Says(missing="Choose a district", wrong="Choose a district from the list"),
    ]
    q: Annotated[str, Field(max_length=100)] = ""
    """What was searched for, so that the list can be shown again."""


@dataclass(frozen=True)
class DistrictPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        path = "/drafts/{application_id}/district"
        router.add_api_route(path, self.get_district, methods=["GET"])
        router.add_api_route(path, self.post_district, methods=["POST"])
        return router

    async def get_district(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id, Task.DISTRICT)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        search = read_query(request, SearchForm)
        form = blank(
            DistrictForm,
            seen=draft.answers.revision(Task.DISTRICT.value),
            back=wants_check(request),
            q=search.value.q,
            district=draft.answers.district,
        )
        return await self._page(request, draft, form)

    async def post_district(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        async def save(given: DistrictForm, call: Call) -> Answer:
            return await self.edge.drafts.choose_district(by(educator, application_id, given), given.district, call)

        async def revision() -> int:
            answers = await self.edge.drafts.answers(educator.person_id, ApplicationId(application_id))
            return answers.revision(Task.DISTRICT.value)

        done = await tried(await read_form(request, DistrictForm), save, revision)
        if done.answer:
            back = done.form.value.back
            following = await after_saving(self.edge, educator, application_id, Task.DISTRICT, back)
            return see_other(following, after=done.answer.position)
        draft = await open_draft(self.edge, educator, application_id, Task.DISTRICT)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        return await self._page(request, draft, done.form, stale=done.stale)

    async def _page(
        self, request: Request, draft: OpenDraft, form: Filled[DistrictForm], *, stale: bool = False
    ) -> Response:
        async with self.edge.running.read() as db:
            found = await reading.find_districts(db, form["q"], self.edge.today())
            chosen = (await reading.districts(db, draft.answers.district)).get(draft.answers.district or "")
        return render(
            request,
            "draft_district.html",
            draft=draft,
            form=form,
            found=found,
            chosen=chosen,
            contacts=await self.edge.contacts(chosen),
            saved=(Fact("District", place(chosen)),) if stale else (),
            choices=choices(found),
            most=reading.MOST_DISTRICTS,
        )


def choices(found: Iterable[DistrictRow]) -> list[tuple[str, str, str]]:
    return [(each.code, in_title_case(each.name), _about(each)) for each in found]


def county(row: DistrictRow) -> str:
    return f"{in_title_case(row.county)} County"


def _about(row: DistrictRow) -> str:
    told = "" if row.contacts else ". It has named nobody to us yet"
    return f"{row.code}, {county(row)}{told}"


def place(row: DistrictRow | None) -> str:
    """Independence 30 (048-077), Jackson County."""
    return f"{in_title_case(row.name)} ({row.code}), {county(row)}" if row else "None"
