"""Deciding a case: approving, proposing a denial, and the second person's page."""

from dataclasses import replace
from datetime import date
from typing import Annotated, Literal, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lectern.contracts.values import ApplicationId, DenialReason
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Answer
from lectern.web import Filled, FormDate, Says, blank, read_form, render, see_other, waits_for
from review.case_words import page_words
from review.casefile import CaseFile, case_file
from review.desk import On
from review.http_case import OnCase
from review.messages import DENIAL_HINTS, DENIAL_REASONS
from review.office import Office, SignedInOfficer, Supervisor
from review.officer import Officer
from review.review_queue import Stage

F = TypeVar("F", bound="Deciding")
Fresh = Annotated[None, Depends(waits_for)]


class Deciding(OnCase):
    question: str = ""
    """What DESE had asked last when the page was read."""


class ApprovalForm(Deciding):
    effective_on: FormDate
    """The day the page showed: at midnight another one begins, and so does another certificate."""


class DenialForm(Deciding):
    reasons: Annotated[tuple[DenialReason, ...], Field(min_length=1), Says(missing="Choose at least one reason")]
    note: Annotated[str, Says(missing="Write a note for the educator")]


class SecondForm(Deciding):
    proposal_id: UUID
    effective_on: FormDate
    answer: Annotated[Literal["sign", "send-back"], Says(missing="Choose whether you sign")]
    why: Annotated[str | None, Says(label="why you send it back")] = None


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/cases/{application_id}", include_in_schema=False)
    _approving(router, office)
    _denying(router, office)
    _signing(router, office)
    return router


def _approving(router: APIRouter, office: Office) -> None:
    @router.get("/approval")
    async def get_approval(
        request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        file = await case_file(office, officer, application_id)
        if not file.decidable or file.unmet or file.taken:
            return RedirectResponse(f"/cases/{application_id}", 303)
        form = blank(ApprovalForm, submission=file.rows.queue.submission, cycle=file.rows.queue.cycle)
        return await page(request, file, form)

    @router.post("/approval")
    async def post_approval(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, ApprovalForm)
        if form.ok and form.value.effective_on == office.today():
            try:
                answer = await office.desk.approve(_on(officer, application_id, form))
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}", after=answer.position)
        elif form.ok:
            form = form.refuse("A new day has begun since you opened this page. Look at the dates, then approve.")
        return await page(request, await case_file(office, officer, application_id), form)

    async def page(request: Request, file: CaseFile, form: Filled[ApprovalForm]) -> Response:
        return render(request, "approval.html", form=_as_now(form, file), **await page_words(office, file))


def _denying(router: APIRouter, office: Office) -> None:
    @router.get("/denial")
    async def get_denial(
        request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        file = await case_file(office, officer, application_id)
        if not file.decidable:
            return RedirectResponse(f"/cases/{application_id}", 303)
        return await page(
            request, file, blank(DenialForm, submission=file.rows.queue.submission, cycle=file.rows.queue.cycle)
        )

    @router.post("/denial")
    async def post_denial(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, DenialForm)
        if form.ok:
            on = _on(officer, application_id, form)
            try:
                answer = await office.desk.propose_denial(on, form.value.reasons, form.value.note)
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}", after=answer.position)
        return await page(request, await case_file(office, officer, application_id), form)

    async def page(request: Request, file: CaseFile, form: Filled[DenialForm]) -> Response:
        choices = [(each.value, words, DENIAL_HINTS.get(each, "")) for each, words in DENIAL_REASONS.items()]
        form = _as_now(form, file)
        return render(request, "denial.html", form=form, choices=choices, **await page_words(office, file))


def _signing(router: APIRouter, office: Office) -> None:
    @router.get("/second")
    async def get_second(request: Request, application_id: ApplicationId, officer: Supervisor, _: Fresh) -> Response:
        file = await case_file(office, officer, application_id)
        if file.rows.queue.stage is not Stage.SECOND or file.proposal is None:
            return RedirectResponse(f"/cases/{application_id}", 303)
        form = blank(
            SecondForm,
            submission=file.rows.queue.submission,
            cycle=file.rows.queue.cycle,
            proposal_id=file.proposal.proposal_id,
        )
        return await page(request, file, form)

    @router.post("/second")
    async def post_second(request: Request, application_id: ApplicationId, officer: Supervisor) -> Response:
        form = _complete(await read_form(request, SecondForm), office.today())
        if form.ok:
            on = _on(officer, application_id, form)
            try:
                answer = await _answered(office, on, form.value)
            except Refused as refused:
                unread = refused.details.get("read") == "conduct"
                form = form.refuse(refused.message, field="conduct") if unread else form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}", after=answer.position)
        return await page(request, await case_file(office, officer, application_id), form)

    async def page(request: Request, file: CaseFile, form: Filled[SecondForm]) -> Response:
        return render(request, "second.html", form=_as_now(form, file), **await page_words(office, file))


def _complete(form: Filled[SecondForm], today: date) -> Filled[SecondForm]:
    """What the two answers need besides."""
    if not form.ok:
        return form
    if form.value.answer == "send-back":
        return form if form.value.why else form.refuse("Say why you send it back", field="why")
    if form.value.effective_on != today:
        return form.refuse("A new day has begun since you opened this page. Look at the dates, then sign.")
    return form


async def _answered(office: Office, on: On, said: SecondForm) -> Answer:
    if said.answer == "sign":
        return await office.desk.sign(on, said.proposal_id)
    return await office.desk.send_back(on, said.proposal_id, said.why or "")


def _on(officer: Officer, application_id: ApplicationId, form: Filled[F]) -> On:
    return On(officer, application_id, form.value.submission, form.call(), form.value.question, form.value.cycle)


def _as_now(form: Filled[F], file: CaseFile) -> Filled[F]:
    """What was typed, with the day and the last question as they are now: they stand on this page."""
    now = {"question": file.last_question, "effective_on": file.today.isoformat()}
    known = {name: [text] for name, text in now.items() if name in form.model.model_fields}
    return replace(form, typed={**form.typed, **known})
