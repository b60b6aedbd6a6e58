"""The JSON API of a certificate's status: one at DESE proposes a change, another one confirms it."""

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field

from lectern.contracts.values import CertificateId, CertificateStatus, StatusOrder, Text
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Call
from lectern.web import ApiModel, api_call
from review.office import Office, SignedInOfficer, Supervisor
from review.status_desk import StatusDesk

OfficersCall = Annotated[Call, Depends(api_call)]


class NewStatus(ApiModel):
    status: CertificateStatus
    """What it becomes; active means reinstated."""
    effective_on: date
    reference: Annotated[str, Field(min_length=1, max_length=100)]
    """Of the order."""
    why: Annotated[Text, Field(min_length=1)]


class StatusAnswer(ApiModel):
    change_id: UUID
    """The proposal that was read."""
    agree: bool
    why: str = ""
    """Needed where not agreed."""


class StatusAfter(ApiModel):
    after: int
    change_id: UUID | None = None
    """What waits now for a second person."""


def routes(_: Office, desk: StatusDesk) -> APIRouter:
    router = APIRouter(prefix="/api/certificates/{certificate_id}/status", tags=["register"])

    @router.post("")
    async def propose_status(
        certificate_id: CertificateId, body: NewStatus, officer: SignedInOfficer, call: OfficersCall
    ) -> StatusAfter:
        """Proposes that a certificate is suspended, revoked, surrendered or reinstated."""
        order = StatusOrder(reference=body.reference, why=body.why)
        answer = await desk.propose(officer, certificate_id, body.status, body.effective_on, order, call)
        return StatusAfter(after=answer.position, change_id=await desk.waiting(certificate_id))

    @router.post("/second")
    async def confirm_status(
        certificate_id: CertificateId, body: StatusAnswer, officer: Supervisor, call: OfficersCall
    ) -> StatusAfter:
        """A supervisor confirms what was proposed, or sends it back."""
        if body.agree:
            answer = await desk.confirm(officer, certificate_id, body.change_id, call)
        elif not body.why.strip():
            raise Refused("Say why you send it back.", field="why")
        else:
            answer = await desk.send_back(officer, certificate_id, body.change_id, body.why.strip(), call)
        return StatusAfter(after=answer.position)

    return router
