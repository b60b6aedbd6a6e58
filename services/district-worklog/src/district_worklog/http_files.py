"""Files of an application, the educator's and the district's own: /work-log/{application_id}/documents."""

import re
from dataclasses import dataclass
from typing import Annotated, Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from district_worklog.case_reading import Case, Visit
from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.exhibit_desk import At, ExhibitDesk, Opened
from district_worklog.files import copy_to_hand_out
from district_worklog.http_conflict import conflict_page
from lectern.contracts.documents import DocumentId
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.files import ACCEPTED, NotAdmitted
from lectern.web import (
    FILE,
    Filled,
    FormModel,
    Says,
    attached_document,
    blank,
    read_form,
    read_upload,
    render,
    see_other,
    waits_for,
)
from lectern.web.shown_files import SCAN, ScanWords

UPLOADS: Final = re.compile(r"/work-log/[^/]+/documents")
"""Forms that bring a file."""


class FileForm(FormModel):
    submission: int
    criterion: Annotated[str, Says(missing="Choose the criterion that this file shows")]


class RemoveForm(FormModel):
    submission: int


@dataclass(frozen=True)
class Line:
    """A file of the district as its page shows it."""

    id: DocumentId
    name: str
    about: str
    size: int
    released: bool
    told: bool
    state: ScanWords


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)
    desk = ExhibitDesk(edge.running)

    @router.get("/documents")
    async def get_files(
        request: Request,
        application_id: ApplicationId,
        officer: SignedInOfficer,
        _: Annotated[None, Depends(waits_for)],
    ) -> Response:
        visit, _cabinet = Visit(edge, request, officer, application_id), desk.cabinet
        case = await visit.case()
        return await _page(desk, visit, case, _blank(case))

    @router.post("/documents")
    async def post_file(request: Request, application_id: ApplicationId, officer: SignedInOfficer) -> Response:
        return await _add(desk, Visit(edge, request, officer, application_id))

    @router.post("/documents/{document_id}/remove")
    async def post_remove(
        request: Request, application_id: ApplicationId, document_id: UUID, officer: SignedInOfficer
    ) -> Response:
        return await _remove(desk, Visit(edge, request, officer, application_id), DocumentId(document_id))

    @router.get("/documents/{document_id}")
    async def get_file(application_id: ApplicationId, document_id: UUID, officer: SignedInOfficer) -> Response:
        await edge.found(officer, application_id)
        id_ = DocumentId(document_id)
        own = await desk.to_hand_out(officer, application_id, id_)
        document, chunks = own or await copy_to_hand_out(edge, officer, application_id, id_)
        return await attached_document(document, chunks)

    return router


async def _add(desk: ExhibitDesk, visit: Visit) -> Response:
    """Stores what came and attaches it; what is wrong is said at its field."""
    _ = desk.cabinet
    case = await visit.case()
    async with read_upload(visit.request, FileForm) as upload:
        form = upload.form
        if form.ok and upload.file is not None:
            at = At(visit.officer, visit.application_id, form.value.submission)
            educator_id, criterion = case.found.line.row.educator_id, form.value.criterion
            try:
                answer = await desk.attach(at, educator_id, upload.file, criterion=criterion, call=form.call())
            except NotAdmitted as wrong:
                form = form.refuse(wrong.words, field=FILE)
            except Refused as refused:
                if "conflict" in refused.details:
                    return await conflict_page(visit, refused, [])
                form = form.refuse(refused, field=str(refused.details.get("field", FILE)))
            else:
                return see_other(f"{visit.address}/documents", after=answer.position)
    return await _page(desk, visit, case, form)


async def _remove(desk: ExhibitDesk, visit: Visit, document_id: DocumentId) -> Response:
    _ = desk.cabinet
    case = await visit.case()
    form = await read_form(visit.request, RemoveForm)
    if form.ok:
        at = At(visit.officer, visit.application_id, form.value.submission)
        try:
            answer = await desk.remove(at, document_id, form.call())
            return see_other(f"{visit.address}/documents", after=answer.position)
        except Refused as refused:
            if "conflict" in refused.details:
                return await conflict_page(visit, refused, [])
            form = form.refuse(refused)
    return await _page(desk, visit, case, _blank(case), form)


def _blank(case: Case) -> Filled[FileForm]:
    return blank(FileForm, submission=case.found.line.row.submission)


async def _page(
    desk: ExhibitDesk, visit: Visit, case: Case, form: Filled[FileForm], removing: Filled[RemoveForm] | None = None
) -> Response:
    names = {each.id: f"{each.number}. {each.title}" for each in case.cards.views}
    found = await desk.opened(visit.officer, visit.application_id)
    return render(
        visit.request,
        "documents.html",
        form=form,
        removing=removing,
        person=case.found.person,
        row=case.found.line.row,
        waits=case.waits,
        lines=[_line(each, names) for each in found],
        choices=tuple(names.items()),
        accept=ACCEPTED,
        scans=desk.running.settings.scanner != "none",
        address=visit.address,
    )


def _line(opened: Opened, names: dict[str, str]) -> Line:
    document, exhibit = opened.document, opened.exhibit
    return Line(
        id=opened.id,
        name=document.name if document else "Erased",
        about=names.get(exhibit.criterion, exhibit.criterion),
        size=document.size if document else 0,
        released=exhibit.released and document is not None,
        told=opened.told,
        state=SCAN[exhibit.checked],
    )
