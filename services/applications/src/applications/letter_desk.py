"""What the pages and the API do with the proof letter of an application that is not decided."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from applications import reading
from applications.application import application
from applications.application_status import Holder, StatusRow
from applications.certificates import CertificateRow
from applications.districts import DistrictRow
from applications.edge import Edge
from applications.educators import EducatorRow
from applications.letter_link import letter_link
from applications.letter_links import LinkRow
from applications.sharing import EndLink, ShareLetter, end_link, share
from applications.wording import KIND
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, PersonId, PersonName
from lectern.eventlog.errors import NotFound
from lectern.eventlog.streams import Answer, Call
from lectern.papers import Letter
from lectern.rules.wording import MEANWHILE
from lectern.rules.words import day_words
from lectern.runtime.ids import new_id
from lectern.web import opened_state, sealed_state
from lectern.web.words import district as district_words

PURPOSE: Final = "letter-link"


@dataclass(frozen=True)
class LetterDesk:
    edge: Edge

    async def letter(self, person: PersonId, application_id: UUID) -> Letter:
        """As of today.

        Raises NotFound where it is absent, somebody else's, decided, its certificate taken, or its person erased.
        """
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
        if certificate.status.taken:
            raise NotFound("nobody may rely on its certificate")
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

    async def share(self, person: PersonId, of: ApplicationId, call: Call) -> Answer:
        """A new link; its id is in the answer. Raises Refused where there are enough."""
        link_id = new_id()
        command = ShareLetter(
            application_id=of, educator_id=person, link_id=link_id, today=self.edge.today(), now=self.edge.now()
        )
        refs = (letter_link(of, subject=person), application(of))
        return await self.edge.running.log.handle(refs, share, command, call.about(link_id=link_id))

    async def end(self, person: PersonId, of: ApplicationId, link_id: UUID, call: Call) -> Answer:
        command = EndLink(application_id=of, educator_id=person, link_id=link_id, now=self.edge.now())
        refs = (letter_link(of, subject=person), application(of))
        return await self.edge.running.log.handle(refs, end_link, command, call)

    async def links(self, person: PersonId, of: ApplicationId) -> list[tuple[LinkRow, str]]:
        """Those that open something today, with their addresses."""
        async with self.edge.running.read(educator=person) as db:
            found = await reading.letter_links(db, of)
        return [(each, self.address(each.link_id)) for each in found if each.until >= self.edge.today()]

    def address(self, link_id: UUID) -> str:
        base = self.edge.running.settings.url(self.edge.running.service.name)
        return f"{base}/shared-letter?link={sealed_state(self._secret, PURPOSE, {'link': str(link_id)})}"

    async def shared(self, link: str) -> tuple[LinkRow, Letter]:
        """What a link opens. Raises NotFound for one that was ended, is over, or never was."""
        opened = opened_state(self._secret, PURPOSE, link)
        async with self.edge.running.read(link=opened["link"] if opened else "") as db:
            row = await reading.letter_link(db, UUID(opened["link"])) if opened else None
        if row is None or row.until < self.edge.today():
            raise NotFound("no such link")
        return row, await self.letter(row.educator_id, row.application_id)

    @property
    def _secret(self) -> bytes:
        return self.edge.running.settings.command_key


def _held_by(status: StatusRow, district: DistrictRow | None) -> str:
    place = f"{district_words(district.name)} ({district.code})" if district else status.district or "The district"
    who = {
        Holder.DISTRICT: place,
        Holder.EDUCATOR: "The educator, to answer a question",
        Holder.DESE: "The Department of Elementary and Secondary Education",
        Holder.NOBODY: "Nobody",
    }[status.holder]
    return f"{who}, since {day_words(chicago_day(status.since))}"
