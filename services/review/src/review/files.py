"""Files of a case as its pages list and hand them out. What explains conduct is as closed as the explanations."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any

from lectern.contracts.applications import PUBLISHER as EDUCATORS
from lectern.contracts.district_worklog import PUBLISHER as DISTRICTS
from lectern.contracts.documents import Document, DocumentId
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import NotFound
from lectern.files import Place
from lectern.rules.documents import SHOWS, UNOFFICIAL
from lectern.web import ShownFile, shown_file
from review import queries
from review.casefile import CaseFile
from review.office import Office
from review.officer import Officer
from review.provided import ClosedFile, File, ProvidedRow


@dataclass(frozen=True)
class CaseFiles:
    copies: tuple[ShownFile, ...]
    evidence: tuple[ShownFile, ...]
    conduct: tuple[tuple[str, ShownFile], ...]
    """With the question each is about; only for an officer who opened the explanations."""


async def case_files(office: Office, file: CaseFile) -> CaseFiles:
    """What this officer sees of them now."""
    row = await _row(office, file.officer, file.rows.queue.application_id)
    criteria = {each.criterion.id: each.criterion.name for each in file.judged}
    copies = await _opened(office, row.copies)
    evidence = await _opened(office, row.evidence)
    conduct = await _opened(office, row.conduct) if file.conduct_read else []
    return CaseFiles(
        tuple(_shown(row, each, document, _about(document, SHOWS), UNOFFICIAL) for each, document in copies),
        tuple(_shown(row, each, document, _about(document, criteria)) for each, document in evidence),
        tuple(
            (document.shows if document else "", _shown(row, each, document, UNOFFICIAL)) for each, document in conduct
        ),
    )


async def to_hand_out(
    office: Office, officer: Officer, application_id: ApplicationId, document_id: DocumentId
) -> tuple[Document, AsyncIterator[bytes]]:
    """Raises NotFound also for what explains conduct, to an officer who did not open the explanations; Updating."""
    rows, row = await office.case(officer, application_id), await _row(office, officer, application_id)
    closed = row.conduct if officer.id in rows.page.conduct_read else ()
    places = [
        (Place(owner, application_id, each.document_id), each.document)
        for owner, files in ((EDUCATORS, row.copies), (EDUCATORS, closed), (DISTRICTS, row.evidence))
        for each in files
    ]
    place, sealed = next((each for each in places if each[0].id == document_id), (None, None))
    document = await office.running.keys.open(sealed, Document)
    cabinet = office.running.cabinet
    if place is None or document is None or cabinet is None:
        raise office.absent() if cabinet else NotFound("no files are taken")
    return document, cabinet.opened(place, document)


async def _row(office: Office, officer: Officer, application_id: ApplicationId) -> ProvidedRow:
    async with office.running.read(role=officer.role) as db:
        return await queries.provided_with(db, application_id)


async def _opened(
    office: Office, files: Sequence[File] | Sequence[ClosedFile]
) -> list[tuple[File | ClosedFile, Document | None]]:
    sealed: list[Any] = [each.document for each in files]
    return list(zip(files, await office.running.keys.open_all(sealed, Document), strict=True))


def _about(document: Document | None, words: dict[str, str]) -> str:
    return words.get(document.shows, "") if document else ""


def _shown(row: ProvidedRow, file: File | ClosedFile, document: Document | None, *about: str) -> ShownFile:
    href = f"/cases/{row.application_id}/documents/{file.document_id}"
    return shown_file(href, document, *about, scanned=file.scanned)
