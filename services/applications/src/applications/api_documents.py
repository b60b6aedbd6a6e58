"""The educators' API for files: a draft's own, and an application's that were handed in."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications.document_desk import OnPage
from applications.documents import Attached
from applications.draft import Discarded, NoDraft
from applications.draft_desk import By
from applications.draft_page import Elsewhere, open_draft
from applications.edge import ClaimedEducator, Edge
from applications.pages_documents import shows
from lectern.contracts.documents import Document, DocumentId
from lectern.contracts.values import ApplicationId, Task
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Call
from lectern.files import NotAdmitted
from lectern.web import (
    ApiModel,
    Problem,
    api_call,
    attached_document,
    idempotency_key,
    read_api_upload,
    upload_schema,
    waits_for,
)

BASE = "/applications/{application_id}/documents"
CLOSED = "This application takes no files now."


class DocumentGiven(ApiModel):
    """`shows` says what a copy beside education and experience shows; `question` names the answer on professional
    conduct that the file explains. One of the two."""

    shows: str = ""
    question: str = ""
    replaces: UUID | None = None


@dataclass(frozen=True)
class DocumentApi:
    edge: Edge

    def routes(self) -> APIRouter:
        router, fresh = APIRouter(prefix="/api", tags=["educators"]), [Depends(waits_for)]
        router.add_api_route(BASE, self.get_documents, methods=["GET"], dependencies=fresh)
        router.add_api_route(
            BASE, self.post_document, methods=["POST"], status_code=201, openapi_extra=upload_schema(DocumentGiven)
        )
        one = f"{BASE}/{{document_id}}"
        router.add_api_route(one, self.get_document, methods=["GET"], response_class=Response)
        router.add_api_route(one, self.delete_document, methods=["DELETE"])
        return router

    async def get_documents(self, educator: ClaimedEducator, application_id: UUID) -> list[dict[str, Any]]:
        """All files of an application, in the order they came. `scan` is null while it is awaited."""
        state = await self.edge.drafts.draft(educator.person_id, ApplicationId(application_id))
        if isinstance(state, NoDraft | Discarded):
            raise self.edge.absent()
        opened = await self.edge.documents.opened(dict(state.answers.documents))
        return [_shown(each.id, each.attached, each.document) for each in opened]

    async def post_document(
        self,
        request: Request,
        educator: ClaimedEducator,
        application_id: UUID,
        key: Annotated[str, Depends(idempotency_key)],
    ) -> dict[str, Any]:
        """Attaches a PDF, JPEG or PNG of at most 10 MB. Nobody gets it before its scan."""
        async with read_api_upload(request, DocumentGiven, key) as sent:
            given = sent.fields
            page = OnPage(Task.CONDUCT, given.question) if given.question else OnPage(Task.EDUCATION)
            draft = await open_draft(self.edge, educator, application_id, page.task)
            if isinstance(draft, Elsewhere):
                raise Refused(CLOSED)
            choices = [code for code, _ in shows(draft.asks)]
            if not given.question and given.shows not in choices:
                raise Refused(f"Send shows, one of {', '.join(choices)}; or question.", field="shows")
            try:
                answer = await self.edge.documents.attach(
                    By(educator.person_id, ApplicationId(application_id)),
                    page,
                    sent.file,
                    shows=given.question or given.shows,
                    call=sent.call,
                    replaces=DocumentId(given.replaces) if given.replaces else None,
                )
            except NotAdmitted as wrong:
                raise Problem(422, "This file is not taken", wrong.words) from None
        return {**answer.result, "after": answer.position}

    async def get_document(self, educator: ClaimedEducator, application_id: UUID, document_id: UUID) -> Response:
        """The file itself; 404 until its scan has passed."""
        document, chunks = await self.edge.documents.to_hand_out(
            educator.person_id, ApplicationId(application_id), DocumentId(document_id)
        )
        return await attached_document(document, chunks)

    async def delete_document(
        self,
        educator: ClaimedEducator,
        application_id: UUID,
        document_id: UUID,
        call: Annotated[Call, Depends(api_call)],
    ) -> dict[str, int]:
        """Takes a file back that was not handed in yet."""
        by = By(educator.person_id, ApplicationId(application_id))
        return {"after": (await self.edge.documents.remove(by, DocumentId(document_id), call)).position}


def _shown(id_: DocumentId, attached: Attached, document: Document | None) -> dict[str, Any]:
    """Without name and size where it was erased."""
    return {
        "document_id": id_,
        "name": document.name if document else None,
        "size": document.size if document else None,
        "shows": document.shows if document and not attached.about else None,
        "question": attached.about or None,
        "scan": attached.checked,
        "submission": attached.submission,
    }
