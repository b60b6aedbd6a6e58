"""A file that came with an application: /work-log/{application_id}/documents/{document_id}."""

from uuid import UUID

from fastapi import APIRouter
from starlette.responses import Response

from district_worklog.edge import Edge, SignedInOfficer
from district_worklog.files import copy_to_hand_out
from lectern.contracts.documents import DocumentId
from lectern.contracts.values import ApplicationId
from lectern.web import attached_document


def routes(edge: Edge) -> APIRouter:
    router = APIRouter(prefix="/work-log/{application_id}", include_in_schema=False)

    @router.get("/documents/{document_id}")
    async def get_file(application_id: ApplicationId, document_id: UUID, officer: SignedInOfficer) -> Response:
        document, chunks = await copy_to_hand_out(edge, officer, application_id, DocumentId(document_id))
        return await attached_document(document, chunks)

    return router
