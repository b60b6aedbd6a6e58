"""The pages with one answer each: personal information, purpose, payment method, release."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from applications import wording
from applications.draft_desk import By
from applications.draft_page import Elsewhere, OpenDraft, after_saving, open_draft
from applications.edge import ClaimedEducator, Edge, Educator, PageForm, Tried, tried, wants_check
from applications.personal_form import PersonalForm, as_facts, filled_in
from lectern.contracts.values import ApplicationId, PaymentMethod, Task
from lectern.eventlog.streams import Answer, Call
from lectern.rules.wording import RELEASE, RELEASE_BUTTON
from lectern.web import Fact, Filled, Says, blank, read_form, render, see_other


class PurposeForm(PageForm):
    purpose: Annotated[str, Says(missing="Choose the purpose of this application")]


class MethodForm(PageForm):
    method: Annotated[PaymentMethod, Says(missing="Choose how you want to pay", wrong="Choose how you want to pay")]


class ReleaseForm(PageForm):
    release: str
    """The version of the text that was shown."""


def by(educator: Educator, application_id: UUID, form: PageForm) -> By:
    return By(educator.person_id, ApplicationId(application_id), form.seen)


@dataclass(frozen=True)
class AnsweringPages:
    edge: Edge

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        for name, get, post in (
            ("personal", self.get_personal, self.post_personal),
            ("purpose", self.get_purpose, self.post_purpose),
            ("payment-method", self.get_method, self.post_method),
            ("release", self.get_release, self.post_release),
        ):
            router.add_api_route(f"/drafts/{{application_id}}/{name}", get, methods=["GET"])
            router.add_api_route(f"/drafts/{{application_id}}/{name}", post, methods=["POST"])
        return router

    # ── personal information

    async def get_personal(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id, Task.PERSONAL)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        details, revision = await self.edge.accounts.contact(educator.person_id)
        form = filled_in(details, revision, wants_check(request))
        return _page(request, "personal", draft, form, login=await self._login(educator))

    async def post_personal(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        details, revision = await self.edge.accounts.contact(educator.person_id)

        async def save(given: PersonalForm, call: Call) -> Answer:
            changed = given.details() if given.details() != details else None
            return await self.edge.drafts.review_personal(by(educator, application_id, given), changed, call)

        async def now() -> int:
            return revision

        done = await tried(await read_form(request, PersonalForm), save, now)
        if done.answer:
            await self.edge.running.accounts.rename(educator.account_id, str(done.form.value.details().name))
            return await self._onward(educator, application_id, Task.PERSONAL, done)
        draft = await open_draft(self.edge, educator, application_id, Task.PERSONAL)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        saved = as_facts(details) if done.stale else ()
        return _page(request, "personal", draft, done.form, saved, login=await self._login(educator))

    async def _onward(self, educator: Educator, application_id: UUID, task: Task, done: Tried[Any]) -> Response:
        following = await after_saving(self.edge, educator, application_id, task, done.form.value.back)
        return see_other(following, after=done.answer.position if done.answer else None)

    async def _login(self, educator: Educator) -> str:
        return await self.edge.running.accounts.login_of(educator.account_id)

    # ── purpose

    async def get_purpose(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id, Task.PURPOSE)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        seen = draft.answers.revision(Task.PURPOSE.value)
        form = blank(PurposeForm, seen=seen, back=wants_check(request), purpose=draft.answers.purpose)
        return _page(request, "purpose", draft, form)

    async def post_purpose(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        async def save(given: PurposeForm, call: Call) -> Answer:
            return await self.edge.drafts.state_purpose(by(educator, application_id, given), given.purpose, call)

        form = await read_form(request, PurposeForm)
        return await self._saved(request, educator, application_id, task=Task.PURPOSE, form=form, save=save)

    # ── payment method

    async def get_method(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id, Task.PAYMENT)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        seen = draft.answers.revision(Task.PAYMENT.value)
        form = blank(MethodForm, seen=seen, back=wants_check(request), method=draft.answers.method)
        return _page(request, "payment_method", draft, form, fee=self.edge.fee(draft.kind))

    async def post_method(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        async def save(given: MethodForm, call: Call) -> Answer:
            return await self.edge.drafts.choose_method(by(educator, application_id, given), given.method, call)

        form = await read_form(request, MethodForm)
        return await self._saved(request, educator, application_id, task=Task.PAYMENT, form=form, save=save)

    # ── release

    async def get_release(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        draft = await open_draft(self.edge, educator, application_id, Task.RELEASE)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        seen = draft.answers.revision(Task.RELEASE.value)
        form = blank(ReleaseForm, seen=seen, back=wants_check(request), release=RELEASE.version)
        return _page(request, "release", draft, form)

    async def post_release(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        async def save(given: ReleaseForm, call: Call) -> Answer:
            return await self.edge.drafts.accept_release(by(educator, application_id, given), given.release, call)

        form = await read_form(request, ReleaseForm)
        return await self._saved(request, educator, application_id, task=Task.RELEASE, form=form, save=save)

    async def _saved(
        self, request: Request, educator: Educator, application_id: UUID, *, task: Task, form: Filled[Any], save: Any
    ) -> Response:
        async def revision() -> int:
            answers = await self.edge.drafts.answers(educator.person_id, ApplicationId(application_id))
            return answers.revision(task.value)

        done = await tried(form, save, revision)
        if done.answer:
            return await self._onward(educator, application_id, task, done)
        draft = await open_draft(self.edge, educator, application_id, task)
        if isinstance(draft, Elsewhere):
            return see_other(draft.url)
        template = wording.PAGE[task].replace("-", "_")
        saved = (_saved_now(draft, task),) if done.stale else ()
        return _page(request, template, draft, done.form, saved, fee=self.edge.fee(draft.kind))


def _saved_now(draft: OpenDraft, task: Task) -> Fact:
    answers = draft.answers
    if task is Task.PURPOSE:
        return Fact("Purpose", answers.purpose or "None")
    if task is Task.PAYMENT:
        return Fact("Payment method", wording.METHOD[answers.method] if answers.method else "None")
    return Fact("Release", "Accepted" if answers.release else "Not accepted")


def _page(
    request: Request, name: str, draft: OpenDraft, form: Filled[Any], saved: tuple[Fact, ...] = (), **more: Any
) -> Response:
    return render(
        request, f"draft_{name}.html", draft=draft, form=form, saved=saved, words=wording,
        release=RELEASE, release_button=RELEASE_BUTTON, **more,
    )  # fmt: skip
