"""Files of an application as its page lists and hands them out: read as the district's reader role, opened here."""

from collections.abc import AsyncIterator

from district_worklog import work_log_queries as queries
from district_worklog.edge import Edge
from district_worklog.exhibit_desk import ExhibitDesk
from district_worklog.officer import Officer
from lectern.contracts.applications import PUBLISHER as EDUCATORS
from lectern.contracts.documents import Checked, Document, DocumentId
from lectern.contracts.values import ApplicationId
from lectern.eventlog.errors import NotFound
from lectern.files import Place
from lectern.rules.documents import SHOWS, UNOFFICIAL
from lectern.web import ShownFile, shown_file


async def copies_shown(edge: Edge, officer: Officer, application_id: ApplicationId) -> list[ShownFile]:
    """The educator's copies, the latest first."""
    async with edge.running.read(district=officer.district) as db:
        found = (await queries.copies_of(db, application_id)).copies[::-1]
    opened = await edge.running.keys.open_all([each.document for each in found], Document)
    base = f"/work-log/{application_id}/documents"
    return [
        shown_file(
            f"{base}/{copy.document_id}", document, SHOWS.get(document.shows, "") if document else "", UNOFFICIAL,
            scanned=copy.scanned,
        )
        for copy, document in zip(found, opened, strict=True)
    ]  # fmt: skip


async def own_shown(edge: Edge, officer: Officer, application_id: ApplicationId) -> list[ShownFile]:
    """What the district itself attached, as far as it may be looked at."""
    found = await ExhibitDesk(edge.running).opened(officer, application_id)
    return [
        shown_file(
            f"/work-log/{application_id}/documents/{each.id}" if each.exhibit.released else "",
            each.document,
            scanned=each.exhibit.checked is Checked.CLEAN,
        )
        for each in found
    ]


async def copy_to_hand_out(
    edge: Edge, officer: Officer, application_id: ApplicationId, document_id: DocumentId
) -> tuple[Document, AsyncIterator[bytes]]:
    """Raises NotFound for what is absent and for what is another district's, alike; Updating while views lag."""
    await edge.found(officer, application_id)
    async with edge.running.read(district=officer.district) as db:
        found = (await queries.copies_of(db, application_id)).copies
    copy = next((each for each in found if each.document_id == document_id), None)
    document = await edge.running.keys.open(copy.document, Document) if copy else None
    cabinet = edge.running.cabinet
    if document is None or cabinet is None:
        raise edge.absent() if document is None else NotFound("no files are taken")
    return document, cabinet.opened(Place(EDUCATORS, application_id, document_id), document)
