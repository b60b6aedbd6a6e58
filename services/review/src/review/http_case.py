"""One case: /cases/<application>, its history, its notes and what was explained about professional conduct."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from lectern.contracts.documents import DocumentId
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.web import (
    Filled,
    FormModel,
    Says,
    Ticked,
    attached_document,
    blank,
    read_form,
    render,
    see_other,
    waits_for,
)
from review.case_words import page_words
from review.casefile import CaseFile, case_file
from review.desk import On
from review.files import to_hand_out
from review.office import Office, SignedInOfficer
from review.officer import Officer


class OnCase(FormModel):
    """A form on a case says which handing-in and which cycle it was shown with."""

    submission: int
    cycle: int | None = None
    """One that was decided since, and opened again, is another one."""


class StartForm(OnCase):
    take_over: Ticked | bool = False


class NoteForm(OnCase):
    note: Annotated[str, Says(label="a note")]


Fresh = Annotated[None, Depends(waits_for)]


def routes(office: Office) -> APIRouter:
    router = APIRouter(prefix="/cases/{application_id}", include_in_schema=False)
    _case(router, office)
    _conduct(router, office)
    return router


def _case(router: APIRouter, office: Office) -> None:
    @router.get("")
    async def get_case(request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh) -> Response:
        return await show(request, office, officer, application_id)

    @router.post("/start")
    async def post_start(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, StartForm)
        if not form.ok:
            return await show(request, office, officer, application_id, form)
        on = On(officer, application_id, form.value.submission, form.call(), cycle_seen=form.value.cycle)
        try:
            answer = await office.desk.start(on, take_over=bool(form.value.take_over))
        except Refused as refused:
            return await show(request, office, officer, application_id, form.refuse(refused))
        return see_other(f"/cases/{application_id}", after=answer.position)

    @router.post("/notes")
    async def post_note(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, NoteForm)
        if not form.ok:
            return await show(request, office, officer, application_id, form)
        answer = await office.desk.note(
            On(officer, application_id, form.value.submission, form.call(), cycle_seen=form.value.cycle),
            form.value.note,
        )
        return see_other(f"/cases/{application_id}#notes", after=answer.position)

    @router.get("/documents/{document_id}")
    async def get_file(application_id: ApplicationId, document_id: UUID, officer: SignedInOfficer) -> Response:
        document, chunks = await to_hand_out(office, officer, application_id, DocumentId(document_id))
        return await attached_document(document, chunks)

    @router.get("/history")
    async def get_history(
        request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        file = await case_file(office, officer, application_id)
        return render(request, "history.html", **await page_words(office, file))


def _conduct(router: APIRouter, office: Office) -> None:
    @router.get("/conduct")
    async def get_conduct(
        request: Request, application_id: ApplicationId, officer: SignedInOfficer, _: Fresh
    ) -> Response:
        """Explanations stand here only after an opening that is written to the history."""
        file = await case_file(office, officer, application_id)
        return render(request, "conduct.html", form=_on(file), **await page_words(office, file))

    @router.post("/conduct")
    async def post_conduct(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        form = await read_form(request, OnCase)
        if not form.ok:
            return await show(request, office, officer, application_id, form)
        try:
            answer = await office.desk.open_conduct(
                On(officer, application_id, form.value.submission, form.call(), cycle_seen=form.value.cycle)
            )
        except Refused as refused:
            return await show(request, office, officer, application_id, form.refuse(refused))
        return see_other(f"/cases/{application_id}/conduct", after=answer.position)


async def show(
    request: Request,
    office: Office,
    officer: Officer,
    application_id: ApplicationId,
    wrong: Filled[StartForm] | Filled[NoteForm] | Filled[OnCase] | None = None,
) -> Response:
    """The case, with whatever is wrong in the form that was sent from it."""
    file = await case_file(office, officer, application_id)
    note = wrong if wrong is not None and wrong.model is NoteForm else blank(NoteForm, **_shown(file))
    other = wrong if wrong is not None and wrong.model is not NoteForm else None
    return render(request, "case.html", form=_on(file), note=note, wrong=other, **await page_words(office, file))


def _on(file: CaseFile) -> Filled[OnCase]:
    return blank(OnCase, **_shown(file))


def _shown(file: CaseFile) -> dict[str, int]:
    return {"submission": file.rows.queue.submission, "cycle": file.rows.queue.cycle}
