"""What DESE asks, and the answer in words: /drafts/<application>/answer."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import Response

from applications import reading, wording
from applications.draft_page import Elsewhere, OpenDraft, open_draft
from applications.edge import ClaimedEducator, Edge, Educator
from applications.informing import Stale
from lectern.contracts.values import ApplicationId, Inquiry, Text
from lectern.eventlog.errors import Refused
from lectern.web import Filled, FormModel, Says, blank, read_form, render, see_other, waits_for


class AnswerForm(FormModel):
    request_id: UUID
    """The question that was on the page."""
    answer: Annotated[Text, Field(min_length=1), Says(missing="Write your answer to DESE")]


@dataclass(frozen=True)
class SupplyingPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        path = "/drafts/{application_id}/answer"
        router.add_api_route(path, self.get_answer, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route(path, self.post_answer, methods=["POST"])
        return router

    async def get_answer(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere) or not draft.asked:
            return see_other(draft.url if isinstance(draft, Elsewhere) else f"/drafts/{application_id}")
        return await self._page(request, educator, draft, blank(AnswerForm, request_id=draft.request_id))

    async def post_answer(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        form = await read_form(request, AnswerForm)
        of = ApplicationId(application_id)
        if form.ok:
            given = form.value
            try:
                answer = await self.edge.drafts.supply(
                    educator.person_id, of, given.answer, form.call(), request_id=given.request_id
                )
            except (Refused, Stale) as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/applications/{of}?sent=1", after=answer.position)
        draft = await open_draft(self.edge, educator, application_id)
        if isinstance(draft, Elsewhere) or not draft.asked:
            return see_other(draft.url if isinstance(draft, Elsewhere) else f"/drafts/{application_id}")
        return await self._page(request, educator, draft, form)

    async def _page(self, request: Request, educator: Educator, draft: OpenDraft, form: Filled[AnswerForm]) -> Response:
        return render(
            request,
            "draft_answer.html",
            draft=draft,
            form=form,
            inquiry=await question(self.edge, educator, draft.answers.application_id),
            words=wording,
        )


async def question(edge: Edge, educator: Educator, application_id: UUID) -> Inquiry | None:
    """What DESE asks now; None where nothing is asked, or it was erased."""
    async with edge.running.read(educator=educator.person_id) as db:
        status = await reading.status(db, educator.person_id, application_id)
    return await edge.running.keys.open(status.question, Inquiry) if status else None
