"""A case on hold, in other hands, or closed as incomplete: /cases/<application>/hold, /reviewer and /closing."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from lectern.contracts.values import ApplicationId, OfficerId, Text
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Answer
from lectern.web import Filled, Says, blank, read_form, render, see_other, waits_for
from review.case_words import page_words
from review.casefile import CaseFile, case_file
from review.desk import On
from review.http_case import OnCase
from review.office import Office, SignedInOfficer
from review.officer import Officer

Fresh = Annotated[None, Depends(waits_for)]
Why = Annotated[Text, Field(min_length=1), Says(missing="Say why")]
BACK = "queue"
"""Chosen instead of a reviewer: for whoever takes it next."""


class HoldForm(OnCase):
    why: Why


class ReviewerForm(OnCase):
    to: Annotated[str, Says(missing="Choose who has it from now on")]
    why: Why


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/cases/{application_id}", include_in_schema=False)
    _holding(router, office)
    _reassigning(router, office)
    _closing(router, office)
    return router


def _holding(router: APIRouter, office: Office) -> None:
    @router.get("/hold")
    async def get_hold(request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh) -> Response:
        file = await case_file(office, officer, application_id)
        if file.own or not (file.ready or file.held):
            return RedirectResponse(f"/cases/{application_id}", 303)
        return await page(
            request, file, blank(HoldForm, submission=file.rows.queue.submission, cycle=file.rows.queue.cycle)
        )

    @router.post("/hold")
    async def post_hold(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        """Puts it on hold."""
        return await answered(request, application_id, officer, release=False)

    @router.post("/release")
    async def post_release(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        return await answered(request, application_id, officer, release=True)

    async def answered(request: Request, application_id: ApplicationId, officer: Officer, *, release: bool) -> Response:
        form = await read_form(request, HoldForm)
        if form.ok:
            on = On(officer, application_id, form.value.submission, form.call(), cycle_seen=form.value.cycle)
            try:
                verb = office.desk.release if release else office.desk.hold
                answer = await verb(on, form.value.why)
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}", after=answer.position)
        return await page(request, await case_file(office, officer, application_id), form)

    async def page(request: Request, file: CaseFile, form: Filled[HoldForm]) -> Response:
        return render(request, "hold.html", form=form, **await page_words(office, file))


def _reassigning(router: APIRouter, office: Office) -> None:
    @router.get("/reviewer")
    async def get_reviewer(
        request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        file = await case_file(office, officer, application_id)
        if not _choices(file):
            return RedirectResponse(f"/cases/{application_id}", 303)
        return await page(
            request, file, blank(ReviewerForm, submission=file.rows.queue.submission, cycle=file.rows.queue.cycle)
        )

    @router.post("/reviewer")
    async def post_reviewer(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, ReviewerForm)
        file = await case_file(office, officer, application_id)
        if form.ok and form.value.to not in dict(_choices(file)):
            form = form.refuse("Choose who has it from now on", field="to")
        if form.ok:
            try:
                answer = await _given(office, officer, application_id, form)
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}", after=answer.position)
        return await page(request, file, form)

    async def page(request: Request, file: CaseFile, form: Filled[ReviewerForm]) -> Response:
        return render(request, "reviewer.html", form=form, choices=_choices(file), **await page_words(office, file))


def _closing(router: APIRouter, office: Office) -> None:
    @router.get("/closing")
    async def get_closing(
        request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        file = await case_file(office, officer, application_id)
        if not file.may_close:
            return RedirectResponse(f"/cases/{application_id}", 303)
        return await page(
            request, file, blank(HoldForm, submission=file.rows.queue.submission, cycle=file.rows.queue.cycle)
        )

    @router.post("/closing")
    async def post_closing(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, HoldForm)
        if form.ok:
            on = On(officer, application_id, form.value.submission, form.call(), cycle_seen=form.value.cycle)
            try:
                answer = await office.desk.close(on, form.value.why)
            except Refused as refused:
                form = form.refuse(refused)
            else:
                return see_other(f"/cases/{application_id}", after=answer.position)
        return await page(request, await case_file(office, officer, application_id), form)

    async def page(request: Request, file: CaseFile, form: Filled[HoldForm]) -> Response:
        return render(request, "closing.html", form=form, **await page_words(office, file))


async def _given(office: Office, officer: Officer, id_: ApplicationId, form: Filled[ReviewerForm]) -> Answer:
    to = None if form.value.to == BACK else OfficerId(UUID(form.value.to))
    on = On(officer, id_, form.value.submission, form.call(), cycle_seen=form.value.cycle)
    return await office.desk.reassign(on, to, form.value.why)


def _choices(file: CaseFile) -> list[tuple[str, str]]:
    """The queue, and for a supervisor every colleague who has not got it; nothing once the case has ended."""
    found = [(BACK, "Nobody: back into the queue")] if file.may_put_back else []
    if file.officer.supervisor and file.rows.queue.decided_at is None:
        names = sorted(file.colleagues.names.items(), key=lambda each: each[1])
        found += [(str(id_), name) for id_, name in names if id_ != file.rows.queue.reviewer]
    return found
