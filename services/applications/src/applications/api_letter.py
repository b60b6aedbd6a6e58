"""The educators' API for the proof letter: what it says, and the links by which somebody without an account sees it."""

from dataclasses import dataclass, field
from typing import Annotated, Any, Final
from uuid import UUID

from fastapi import APIRouter, Depends

from applications.edge import ClaimedEducator, Edge
from applications.letter_desk import LetterDesk
from lectern.contracts.values import ApplicationId
from lectern.eventlog.streams import Call
from lectern.web import api_call, waits_for

BASE: Final = "/applications/{application_id}/letter"
Asked = Annotated[Call, Depends(api_call)]


@dataclass(frozen=True)
class LetterApi:
    edge: Edge
    desk: LetterDesk = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "desk", LetterDesk(self.edge))

    def routes(self) -> APIRouter:
        router = APIRouter(prefix="/api", tags=["educators"])
        router.add_api_route(BASE, self.get_letter, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route(f"{BASE}/links", self.post_link, methods=["POST"], status_code=201)
        router.add_api_route(f"{BASE}/links/{{link_id}}", self.delete_link, methods=["DELETE"])
        return router

    async def get_letter(self, educator: ClaimedEducator, application_id: UUID) -> dict[str, Any]:
        """What the letter says today, and the links that open it. 404 once the application is decided."""
        letter = await self.desk.letter(educator.person_id, application_id)
        links = await self.desk.links(educator.person_id, ApplicationId(application_id))
        return {
            "says": dict(letter.rows),
            "links": [{"link_id": each.link_id, "until": each.until, "url": url} for each, url in links],
        }

    async def post_link(self, educator: ClaimedEducator, application_id: UUID, call: Asked) -> dict[str, Any]:
        """Makes a link that shows the letter to whoever has it, for thirty days."""
        answer = await self.desk.share(educator.person_id, ApplicationId(application_id), call)
        link_id = UUID(answer.result["link_id"])
        return {"link_id": link_id, "url": self.desk.address(link_id), "after": answer.position}

    async def delete_link(
        self, educator: ClaimedEducator, application_id: UUID, link_id: UUID, call: Asked
    ) -> dict[str, int]:
        """Ends a link; a second time is nothing."""
        answer = await self.desk.end(educator.person_id, ApplicationId(application_id), link_id, call)
        return {"after": answer.position}
