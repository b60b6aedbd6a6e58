"""An educator's certificates on paper: /certificates/<certificate>/pdf, their own ones only."""

from dataclasses import dataclass, field

from fastapi import APIRouter
from starlette.responses import Response

from applications import reading
from applications.certificates import CertificateRow
from applications.edge import ClaimedEducator, Edge
from applications.educators import EducatorRow
from lectern.contracts.values import CertificateId, PersonName
from lectern.papers import ON_PAPER, CertificatePaper, Press, holders_page
from lectern.web import attached_pdf


@dataclass(frozen=True)
class CertificatePages:
    edge: Edge
    press: Press = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "press", Press(self.edge.running.settings.assets))

    def routes(self) -> APIRouter:
        router = APIRouter()
        router.add_api_route(
            "/certificates/{certificate_id}/pdf", self.get_pdf, methods=["GET"], include_in_schema=False
        )
        router.add_api_route(
            "/api/certificates/{certificate_id}/pdf", self.get_pdf, methods=["GET"], response_class=Response
        )
        return router

    async def get_pdf(self, certificate_id: CertificateId, educator: ClaimedEducator) -> Response:
        """The certificate as a PDF. Another's, and one that was suspended, revoked or surrendered, is not there."""
        async with self.edge.running.read(educator=educator.person_id) as db:
            held = await reading.certificates(db, educator.person_id)
            person = await reading.educator(db, educator.person_id)
        certificate = next(
            (each for each in held if each.certificate_id == certificate_id and each.status in ON_PAPER), None
        )
        if certificate is None or person is None:
            raise self.edge.absent()
        paper = await self._paper(certificate, person)
        return attached_pdf(await self.press.printed(paper), paper.file_name)

    async def _paper(self, certificate: CertificateRow, person: EducatorRow) -> CertificatePaper:
        """With the name the register has, whatever the educator goes by."""
        running = self.edge.running
        name = await running.keys.open(person.name, PersonName)
        number = await running.keys.open(person.educator_number, str)
        if name is None or number is None:
            raise self.edge.absent()
        return CertificatePaper(
            kind=certificate.kind,
            name=str(name),
            number=number,
            areas=certificate.areas,
            issued_on=certificate.issued_on,
            valid_from=certificate.issued_on,
            valid_to=certificate.expires_on,
            recorded_on=certificate.recorded_on,
            check_url=holders_page(running.settings.url("review"), person.educator_id),
            demo=running.settings.demo,
        )
