"""The proof letter of an application that is not decided: on paper, and by a link that ends, for a principal or a
hiring district. Both say the same, as of the day they are read."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications.edge import ClaimedEducator, Edge, Educator
from applications.letter_desk import LetterDesk
from applications.sharing import DAYS
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import Refused
from lectern.papers import Letter, LetterPaper, Press
from lectern.web import (
    Fact,
    Filled,
    FormModel,
    attached_pdf,
    blank,
    read_form,
    render,
    see_other,
    waits_for,
)

BASE: Final = "/applications/{application_id}/letter"


class LinkForm(FormModel):
    """A button."""


@dataclass(frozen=True)
class LetterPages:
    edge: Edge
    desk: LetterDesk = field(init=False)
    press: Press = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "desk", LetterDesk(self.edge))
        object.__setattr__(self, "press", Press(self.edge.running.settings.assets))

    def routes(self) -> APIRouter:
        router = APIRouter()
        hidden = APIRouter(include_in_schema=False)
        hidden.add_api_route(BASE, self.get_page, methods=["GET"], dependencies=[Depends(waits_for)])
        hidden.add_api_route(BASE, self.post_link, methods=["POST"])
        hidden.add_api_route(f"{BASE}/pdf", self.get_pdf, methods=["GET"])
        hidden.add_api_route(f"{BASE}/links/{{link_id}}/end", self.post_end, methods=["POST"])
        hidden.add_api_route("/shared-letter", self.get_shared, methods=["GET"])
        router.include_router(hidden)
        router.add_api_route(f"/api{BASE}/pdf", self.get_pdf, methods=["GET"], response_class=Response)
        return router

    async def get_page(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        return await self._page(request, educator, ApplicationId(application_id), blank(LinkForm))

    async def get_pdf(self, educator: ClaimedEducator, application_id: UUID) -> Response:
        """The letter as a PDF. 404 where the application is decided, or somebody else's."""
        paper = LetterPaper(await self.desk.letter(educator.person_id, application_id))
        return attached_pdf(await self.press.printed(paper), paper.file_name)

    async def post_link(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        form, of = await read_form(request, LinkForm), ApplicationId(application_id)
        if form.ok:
            try:
                answer = await self.desk.share(educator.person_id, of, form.call())
                return see_other(f"/applications/{of}/letter#links", after=answer.position)
            except Refused as refused:
                form = form.refuse(refused)
        return await self._page(request, educator, of, form)

    async def post_end(
        self, request: Request, educator: ClaimedEducator, application_id: UUID, link_id: UUID
    ) -> Response:
        form, of = await read_form(request, LinkForm), ApplicationId(application_id)
        if not form.ok:
            return await self._page(request, educator, of, form)
        answer = await self.desk.end(educator.person_id, of, link_id, form.call())
        return see_other(f"/applications/{of}/letter#links", after=answer.position)

    async def get_shared(self, request: Request, link: str = "") -> Response:
        """Whoever has the link, signed in or not. Raises NotFound for one that was ended, is over, or never was."""
        row, letter = await self.desk.shared(link)
        return render(
            request,
            "shared_letter.html",
            headers={"X-Robots-Tag": "noindex"},
            letter=letter,
            rows=_facts(letter),
            until=row.until,
        )

    async def _page(self, request: Request, educator: Educator, of: ApplicationId, form: Filled[LinkForm]) -> Response:
        letter = await self.desk.letter(educator.person_id, of)
        links = await self.desk.links(educator.person_id, of)
        return render(
            request, "letter.html", form=form, letter=letter, rows=_facts(letter), links=links, days=DAYS, of=of
        )


def _facts(letter: Letter) -> tuple[Fact, ...]:
    return tuple(Fact(label, words) for label, words in letter.rows)
