"""Professional conduct: one question a page. Only DESE sees the answers."""

from dataclasses import dataclass
from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from applications.documents import of_page
from applications.draft_page import Elsewhere, OpenDraft, after_saving, open_draft
from applications.edge import ClaimedEducator, Edge, Educator, PageForm, tried, wants_check
from applications.pages_answering import by
from applications.tasks import open_conduct
from lectern.contracts.values import ApplicationId, ConductAnswer, Task
from lectern.eventlog.errors import NotFound
from lectern.eventlog.streams import Answer, Call
from lectern.rules.wording import CONDUCT_QUESTIONS, CONDUCT_STATUS, CONDUCT_WORDING, ConductQuestion
from lectern.web import Fact, Filled, Says, YesNo, blank, read_form, render, see_other
from lectern.web.words import either

BY_ID = {each.id: each for each in CONDUCT_QUESTIONS}


class ConductForm(PageForm):
    yes: Annotated[YesNo, Says(missing="Choose Yes or No")]
    explanation: str = ""
    wording: str
    """The version of the question that was read."""
    do: Literal["", "documents"] = ""
    """On to the files of this question, or to what comes next."""


@dataclass(frozen=True)
class ConductPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        base = "/drafts/{application_id}/conduct"
        router.add_api_route(base, self.get_next, methods=["GET"])
        router.add_api_route(f"{base}/{{question}}", self.get_question, methods=["GET"])
        router.add_api_route(f"{base}/{{question}}", self.post_question, methods=["POST"])
        return router

    async def get_next(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        """The first question that is not answered; when all are, the list of them."""
        draft = await open_draft(self.edge, educator, application_id, Task.CONDUCT)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        if unanswered := open_conduct(draft.answers):
            return see_other(f"/drafts/{application_id}/conduct/{unanswered[0]}")
        opened = await self.edge.drafts.opened(draft.answers)
        return render(
            request, "draft_conduct_done.html", draft=draft, questions=CONDUCT_QUESTIONS, answers=opened.conduct
        )

    async def get_question(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, question: str
    ) -> Response:
        asked = _asked(question)
        draft = await open_draft(self.edge, educator, application_id, Task.CONDUCT)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        answer = await self._answer(draft, question)
        form = blank(
            ConductForm,
            seen=draft.answers.revision(_page_of(question)),
            back=wants_check(request),
            wording=CONDUCT_WORDING,
            yes=answer.yes if answer else None,
            explanation=answer.explanation if answer else None,
        )
        return self._page(request, draft, asked, form)

    async def post_question(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, question: str
    ) -> Response:
        asked = _asked(question)

        async def save(given: ConductForm, call: Call) -> Answer:
            answer = ConductAnswer(question=question, yes=given.yes, explanation=given.explanation)
            return await self.edge.drafts.answer_conduct(
                by(educator, application_id, given), answer, given.wording, call
            )

        async def revision() -> int:
            answers = await self.edge.drafts.answers(educator.person_id, ApplicationId(application_id))
            return answers.revision(_page_of(question))

        done = await tried(await read_form(request, ConductForm), save, revision)
        draft = await open_draft(self.edge, educator, application_id, Task.CONDUCT)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        if done.answer:
            following = await self._following(educator, draft, done.form.value, question)
            return see_other(following, after=done.answer.position)
        saved = await self._answer(draft, question) if done.stale else None
        return self._page(request, draft, asked, done.form, saved)

    async def _following(self, educator: Educator, draft: OpenDraft, form: ConductForm, question: str) -> str:
        """The next question; after the last one as after every task. Or the files of this one."""
        of, unanswered, back = draft.answers.application_id, open_conduct(draft.answers), form.back
        if form.do == "documents":
            return f"/drafts/{of}/conduct/{question}/documents" + (f"?back={back}" if back else "")
        if unanswered and not back:
            return f"/drafts/{of}/conduct/{unanswered[0]}"
        return await after_saving(self.edge, educator, of, Task.CONDUCT, back)

    async def _answer(self, draft: OpenDraft, question: str) -> ConductAnswer | None:
        return await self.edge.running.keys.open(draft.answers.conduct.get(question), ConductAnswer)

    def _page(
        self,
        request: Request,
        draft: OpenDraft,
        asked: ConductQuestion,
        form: Filled[ConductForm],
        saved: ConductAnswer | None = None,
    ) -> Response:
        at = CONDUCT_QUESTIONS.index(asked)
        rows = (Fact("Your answer", either(saved.yes), saved.explanation),) if saved else ()
        return render(
            request,
            "draft_conduct.html",
            draft=draft,
            question=asked,
            number=at + 1,
            of=len(CONDUCT_QUESTIONS),
            previous=CONDUCT_QUESTIONS[at - 1] if at else None,
            form=form,
            saved=rows,
            unverified=CONDUCT_STATUS != "given",
            takes_files=self.edge.running.cabinet is not None,
            documents=len(list(of_page(draft.answers.documents, Task.CONDUCT, asked.id))),
        )


def _asked(question: str) -> ConductQuestion:
    if question not in BY_ID:
        raise NotFound("no such question")
    return BY_ID[question]


def _page_of(question: str) -> str:
    return f"{Task.CONDUCT.value}/{question}"
