"""Files of the district on their way in and out: stored before the fact that names them, handed out after a scan."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from district_worklog.application import application
from district_worklog.case import case
from district_worklog.exhibit import Exhibit, evidence_document, exhibit
from district_worklog.exhibiting import AttachExhibit, MayAttachExhibit, RemoveExhibit, attach, may_attach, remove
from district_worklog.officer import Officer
from district_worklog.work_item import work_item
from lectern.contracts.district_worklog import PUBLISHER, EvidenceProvided
from lectern.contracts.documents import KEPT, Document, DocumentId
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.errors import Busy, NotFound, Unanswered
from lectern.eventlog.streams import Answer, Call
from lectern.files import Cabinet, Filed, Place, Spool
from lectern.runtime.ids import new_id
from lectern.runtime.running import Running


@dataclass(frozen=True)
class Opened:
    """A file with what is sealed of it; None where it was erased. `told`: DESE has it."""

    id: DocumentId
    exhibit: Exhibit
    document: Document | None
    told: bool


@dataclass(frozen=True)
class At:
    """Who does it to which handing-in of an application."""

    officer: Officer
    application_id: ApplicationId
    submission: int


@dataclass(frozen=True)
class ExhibitDesk:
    running: Running

    @property
    def cabinet(self) -> Cabinet:
        """Raises NotFound where no files are taken: as if their pages were not there."""
        if self.running.cabinet is None:
            raise NotFound("no files are taken")
        return self.running.cabinet

    async def attach(self, at: At, educator_id: PersonId, spool: Spool, *, criterion: str, call: Call) -> Answer:
        """Raises NotAdmitted for a file that is not taken."""
        who, log = self._who(at), self.running.log
        refs = (
            exhibit(at.application_id, subject=educator_id),
            work_item(at.application_id),
            case(at.application_id),
            application(at.application_id),
        )
        may_attach(
            await log.state(refs[0]),
            await log.state(refs[1]),
            await log.state(refs[2]),
            await log.state(refs[3]),
            MayAttachExhibit(**who, criterion=criterion),
        )
        document_id = DocumentId(new_id())
        place = Place(PUBLISHER, at.application_id, document_id)
        filed = await self.cabinet.file(place, spool, criterion)
        ready = await self._ready(at, educator_id, document_id, filed)
        command = AttachExhibit(**who, criterion=criterion, document_id=document_id, ready=ready)
        try:
            answer = await log.handle(refs, attach, command, call.about(document_id=document_id))
        except Busy:
            raise  # it may have been recorded
        except Unanswered:
            await self._remove(place)
            raise
        if answer.result.get("document_id") != str(document_id):  # sent twice: the first one is attached
            await self._remove(place)
        return answer

    async def _ready(self, at: At, educator_id: PersonId, document_id: DocumentId, filed: Filed) -> EvidenceProvided:
        sealed = await self.running.keys.seal(
            filed.document, subject=educator_id, audience="district", origin="EvidenceProvided.document"
        )
        return EvidenceProvided(
            application_id=at.application_id,
            educator_id=educator_id,
            submission=at.submission,
            district=at.officer.district,
            document_id=document_id,
            document=sealed,
            stored=filed.stored,
            scanned=False,
            provided_at=self.running.now(),
        )

    async def remove(self, at: At, document_id: DocumentId, call: Call) -> Answer:
        refs = (
            exhibit(at.application_id),
            work_item(at.application_id),
            case(at.application_id),
            evidence_document(at.application_id),
        )
        command = RemoveExhibit(**self._who(at), document_id=document_id)
        answer = await self.running.log.handle(refs, remove, command, call)
        await self._remove(Place(PUBLISHER, at.application_id, document_id))
        return answer

    async def _remove(self, place: Place) -> None:
        """What stays is swept."""
        with contextlib.suppress(Busy):
            await self.cabinet.files.remove(place)

    async def opened(self, officer: Officer, application_id: ApplicationId) -> list[Opened]:
        """This district's, in order, with what is sealed."""
        found = await self.running.log.state(exhibit(application_id))
        told = (await self.running.log.state(evidence_document(application_id))).ids
        ours = {id_: each for id_, each in found.items() if each.district == officer.district}
        documents = await self.running.keys.open_all([each.ready.document for each in ours.values()], Document)
        return [
            Opened(id_, each, document, id_ in told)
            for (id_, each), document in zip(ours.items(), documents, strict=True)
        ]

    async def to_hand_out(
        self, officer: Officer, application_id: ApplicationId, document_id: DocumentId
    ) -> tuple[Document, AsyncIterator[bytes]] | None:
        """None for what is not this district's, waits for its scan, or did not pass it."""
        found = (await self.running.log.state(exhibit(application_id))).get(document_id)
        if found is None or found.district != officer.district or not found.released:
            return None
        document = await self.running.keys.open(found.ready.document, Document)
        if document is None:
            return None
        return document, self.cabinet.opened(Place(PUBLISHER, application_id, document_id), document)

    async def wanted(self, place: Place) -> bool:
        """Whether the log names this file, as one that may be handed out some day."""
        found = (await self.running.log.state(exhibit(place.about))).get(DocumentId(place.id))
        return found is not None and found.checked in KEPT

    def _who(self, at: At) -> dict[str, Any]:
        return {
            "application_id": at.application_id,
            "district": at.officer.district,
            "submission": at.submission,
            "officer": at.officer.id,
            "now": self.running.now(),
        }
