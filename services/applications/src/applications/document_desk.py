"""Files on their way in and out: stored before the fact that names them, and handed out only after a scan."""

import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from applications.attaching import AttachDocument, MayAttach, RemoveDocument, attach, may_attach, remove
from applications.documents import Attached
from applications.draft import Discarded, NoDraft, draft
from applications.draft_desk import By
from lectern.contracts.applications import DocumentProvided, StateDocumentProvided
from lectern.contracts.documents import KEPT, Document, DocumentId
from lectern.contracts.values import ApplicationId, PersonId, Task
from lectern.eventlog.errors import Busy, NotFound, Unanswered
from lectern.eventlog.streams import Answer, Call
from lectern.files import Cabinet, Filed, Place, Spool
from lectern.runtime.ids import new_id
from lectern.runtime.running import Running

OWNER = "applications"


@dataclass(frozen=True)
class OnPage:
    """Which page of a draft a file belongs to: a task, and for professional conduct its question."""

    task: Task
    about: str = ""


@dataclass(frozen=True)
class Opened:
    """A file with what is sealed of it; None where it was erased."""

    id: DocumentId
    attached: Attached
    document: Document | None


@dataclass(frozen=True)
class DocumentDesk:
    running: Running

    @property
    def cabinet(self) -> Cabinet:
        """Raises NotFound where no files are taken: as if their pages were not there."""
        if self.running.cabinet is None:
            raise NotFound("no files are taken")
        return self.running.cabinet

    async def attach(
        self, by: By, page: OnPage, spool: Spool, *, shows: str, call: Call, replaces: DocumentId | None = None
    ) -> Answer:
        """Raises NotAdmitted for a file that is not taken."""
        about = {**self._by(by), "task": page.task, "about": page.about, "replaces": replaces}
        may_attach(await self.running.log.state(draft(by.application_id)), MayAttach(**about))
        document_id = DocumentId(new_id())
        place = Place(OWNER, by.application_id, document_id)
        filed = await self.cabinet.file(place, spool, shows)
        command = AttachDocument(**about, ready=await self._ready(by, page, document_id, filed))
        try:
            answer = await self.running.log.handle(
                draft(by.application_id), attach, command, call.about(document_id=document_id)
            )
        except Busy:
            raise  # it may have been recorded
        except Unanswered:
            await self._remove(place)
            raise
        if answer.result.get("document_id") != str(document_id):  # sent twice: the first one is attached
            await self._remove(place)
        elif replaces is not None:
            await self._remove(Place(OWNER, by.application_id, replaces))
        return answer

    async def _ready(
        self, by: By, page: OnPage, document_id: DocumentId, filed: Filed
    ) -> DocumentProvided | StateDocumentProvided:
        for_state = page.task is Task.CONDUCT
        type_ = StateDocumentProvided if for_state else DocumentProvided
        sealed: Any = await self.running.keys.seal(
            filed.document,
            subject=by.educator_id,
            audience="state" if for_state else "district",
            origin=f"{type_.type_name()}.document",
        )
        return type_(
            application_id=by.application_id,
            educator_id=by.educator_id,
            submission=0,
            document_id=document_id,
            document=sealed,
            stored=filed.stored,
            scanned=False,
            provided_at=self.running.now(),
        )

    async def remove(self, by: By, document_id: DocumentId, call: Call) -> Answer:
        command = RemoveDocument(**self._by(by), document_id=document_id)
        answer = await self.running.log.handle(draft(by.application_id), remove, command, call)
        await self._remove(Place(OWNER, by.application_id, document_id))
        return answer

    async def _remove(self, place: Place) -> None:
        """What stays is swept."""
        with contextlib.suppress(Busy):
            await self.cabinet.files.remove(place)

    async def opened(self, documents: "dict[DocumentId, Attached]") -> list[Opened]:
        """In order, with what is sealed."""
        sealed: list[Any] = [each.ready.document for each in documents.values()]
        found = await self.running.keys.open_all(sealed, Document)
        return [Opened(id_, each, document) for (id_, each), document in zip(documents.items(), found, strict=True)]

    async def to_hand_out(
        self, educator_id: PersonId, application_id: ApplicationId, document_id: DocumentId
    ) -> tuple[Document, AsyncIterator[bytes]]:
        """Raises NotFound also for what waits for its scan or did not pass it."""
        state = await self.running.log.state(draft(application_id))
        if isinstance(state, NoDraft | Discarded) or state.answers.educator_id != educator_id:
            raise NotFound("no such draft")
        attached = state.answers.documents.get(document_id)
        if attached is None or not attached.released:
            raise NotFound("no such file")
        sealed: Any = attached.ready.document
        document = await self.running.keys.open(sealed, Document)
        if document is None:
            raise NotFound("erased")
        return document, self.cabinet.opened(Place(OWNER, application_id, document_id), document)

    async def wanted(self, place: Place) -> bool:
        """Whether the log names this file, as one that may be handed out some day."""
        state = await self.running.log.state(draft(place.about))
        if isinstance(state, NoDraft | Discarded):
            return False
        attached = state.answers.documents.get(DocumentId(place.id))
        return attached is not None and attached.checked in KEPT

    def _by(self, by: By) -> dict[str, Any]:
        return {
            "application_id": by.application_id,
            "educator_id": by.educator_id,
            "seen": None,
            "now": self.running.now(),
        }
