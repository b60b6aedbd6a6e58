"""A file that a district attached is scanned, beside the pages, as often as it takes to get a word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from district_worklog.exhibit import ExhibitAttached, evidence_document, exhibit
from district_worklog.exhibiting import CheckExhibit, check
from district_worklog.work_item import work_item
from lectern.contracts.district_worklog import PUBLISHER
from lectern.contracts.documents import Document
from lectern.contracts.sealed import Sealed
from lectern.eventlog.streams import Reacting
from lectern.files import Place
from lectern.runtime.running import Running
from lectern.runtime.scanning import Looked, scanning
from lectern.runtime.service import Effect


def _where(file: ExhibitAttached) -> tuple[Place, Sealed[Document, Any]]:
    return Place(PUBLISHER, file.application_id, file.document_id), file.ready.document


def record(file: ExhibitAttached, looked: Looked, now: datetime) -> Reacting:
    command = CheckExhibit(
        application_id=file.application_id,
        document_id=file.document_id,
        checked=looked.checked,
        found=looked.found,
        now=now,
    )
    subject = file.ready.educator_id
    refs = (
        exhibit(file.application_id, subject=subject),
        work_item(file.application_id),
        evidence_document(file.application_id, subject=subject),
    )
    return Reacting(refs, check, command)


def exhibit_effects(running: Running) -> Sequence[Effect[Any, Any]]:
    """Raises SettingsError."""
    return scanning(running, ExhibitAttached, _where, record)
