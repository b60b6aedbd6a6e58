"""The proof letter of an application that is not decided: on paper, and by a link that ends, for a principal or a
hiring district. Both say the same, as of the day they are read."""

from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.requests import Request
from starlette.responses import Response

from applications import reading
from applications.application import application
from applications.application_status import Holder, StatusRow
from applications.certificates import CertificateRow
from applications.districts import DistrictRow
from applications.edge import ClaimedEducator, Edge, Educator
from applications.educators import EducatorRow
from applications.letter_link import letter_link
from applications.sharing import DAYS, EndLink, ShareLetter, end_link, share
from applications.wording import KIND
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, PersonId, PersonName
from lectern.eventlog.errors import NotFound, Refused
from lectern.papers import Letter, LetterPaper, Press
from lectern.rules.wording import MEANWHILE
from lectern.rules.words import day_words
from lectern.runtime.ids import new_id
from lectern.web import (
    Fact,
    Filled,
    FormModel,
    attached_pdf,
    blank,
    opened_state,
    read_form,
    render,
    sealed_state,
    see_other,
    waits_for,
)
from lectern.web.words import district as district_words

PURPOSE: Final = "letter-link"
BASE: Final = "/applications/{application_id}/letter"


class LinkForm(FormModel):
    """A button."""


@dataclass(frozen=True)
class LetterPages:
    edge: Edge
    press: Press = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "press", Press(self.edge.running.settings.assets))

    def routes(self) -> APIRouter:
        router = APIRouter(include_in_schema=False)
        router.add_api_route(BASE, self.get_page, methods=["GET"], dependencies=[Depends(waits_for)])
        router.add_api_route(BASE, self.post_link, methods=["POST"])
        router.add_api_route(f"{BASE}/pdf", self.get_pdf, methods=["GET"])
        router.add_api_route(f"{BASE}/links/{{link_id}}/end", self.post_end, methods=["POST"])
        router.add_api_route("/shared-letter", self.get_shared, methods=["GET"])
        return router

    async def get_page(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        return await self._page(request, educator, ApplicationId(application_id), blank(LinkForm))

    async def get_pdf(self, educator: ClaimedEducator, application_id: UUID) -> Response:
        """Raises NotFound where it is decided, or somebody else's."""
        paper = LetterPaper(await self._letter(educator.person_id, application_id))
        return attached_pdf(await self.press.printed(paper), paper.file_name)

    async def post_link(self, request: Request, educator: ClaimedEducator, application_id: UUID) -> Response:
        form, of = await read_form(request, LinkForm), ApplicationId(application_id)
        if form.ok:
            command = ShareLetter(
                application_id=of,
                educator_id=educator.person_id,
                link_id=new_id(),
                today=self.edge.today(),
                now=self.edge.now(),
            )
            refs = (letter_link(of, subject=educator.person_id), application(of))
            try:
                answer = await self.edge.running.log.handle(refs, share, command, form.call())
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
        command = EndLink(application_id=of, educator_id=educator.person_id, link_id=link_id, now=self.edge.now())
        refs = (letter_link(of, subject=educator.person_id), application(of))
        answer = await self.edge.running.log.handle(refs, end_link, command, form.call())
        return see_other(f"/applications/{of}/letter#links", after=answer.position)

    async def get_shared(self, request: Request, link: str = "") -> Response:
        """Whoever has the link, signed in or not. Raises NotFound for one that was ended, is over, or never was."""
        opened = opened_state(self._secret, PURPOSE, link)
        async with self.edge.running.read(link=opened["link"] if opened else "") as db:
            row = await reading.letter_link(db, UUID(opened["link"])) if opened else None
        if row is None or row.until < self.edge.today():
            raise NotFound("no such link")
        letter = await self._letter(row.educator_id, row.application_id)
        return render(
            request,
            "shared_letter.html",
            headers={"X-Robots-Tag": "noindex"},
            letter=letter,
            rows=_facts(letter),
            until=row.until,
        )

    @property
    def _secret(self) -> bytes:
        return self.edge.running.settings.command_key

    async def _page(self, request: Request, educator: Educator, of: ApplicationId, form: Filled[LinkForm]) -> Response:
        letter = await self._letter(educator.person_id, of)
        async with self.edge.running.read(educator=educator.person_id) as db:
            found = await reading.letter_links(db, of)
        base = self.edge.running.settings.url(self.edge.running.service.name)
        links = [
            (each, f"{base}/shared-letter?link={sealed_state(self._secret, PURPOSE, {'link': str(each.link_id)})}")
            for each in found
            if each.until >= self.edge.today()
        ]
        return render(
            request, "letter.html", form=form, letter=letter, rows=_facts(letter), links=links, days=DAYS, of=of
        )

    async def _letter(self, person: PersonId, application_id: UUID) -> Letter:
        """As of today. Raises NotFound where it is absent, somebody else's, decided, or its person erased."""
        async with self.edge.running.read(educator=person) as db:
            status = await reading.status(db, person, application_id)
            certificates = await reading.certificates(db, person)
            who = await reading.educator(db, person)
            districts = await reading.districts(db, status.district) if status else {}
        certificate = next(
            (each for each in certificates if status and each.certificate_id == status.certificate_id), None
        )
        if status is None or certificate is None or who is None:
            raise self.edge.absent()
        if status.decision is not None or status.withdrawing:
            raise NotFound("it is decided")
        return await self._said(status, certificate, who, districts.get(status.district or ""))

    async def _said(
        self, status: StatusRow, certificate: CertificateRow, who: EducatorRow, district: DistrictRow | None
    ) -> Letter:
        keys = self.edge.running.keys
        name, number = await keys.open(who.name, PersonName), await keys.open(who.educator_number, str)
        if name is None or number is None:
            raise self.edge.absent()
        return Letter(
            name=str(name),
            number=number,
            application=KIND[status.kind],
            reference=status.reference,
            filed_on=status.submitted_on,
            held_by=_held_by(status, district),
            kind=certificate.kind,
            areas=certificate.areas,
            valid_to=certificate.expires_on,
            meanwhile=MEANWHILE,
            as_of=self.edge.today(),
            demo=self.edge.running.settings.demo,
        )


def _facts(letter: Letter) -> tuple[Fact, ...]:
    return tuple(Fact(label, words) for label, words in letter.rows)


def _held_by(status: StatusRow, district: DistrictRow | None) -> str:
    place = f"{district_words(district.name)} ({district.code})" if district else status.district or "The district"
    who = {
        Holder.DISTRICT: place,
        Holder.EDUCATOR: "The educator, to answer a question",
        Holder.DESE: "The Department of Elementary and Secondary Education",
        Holder.NOBODY: "Nobody",
    }[status.holder]
    return f"{who}, since {day_words(chicago_day(status.since))}"
