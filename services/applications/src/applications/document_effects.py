"""A file that was attached is scanned by the effects process, as often as it takes to get a word."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from applications.document_desk import OWNER
from applications.document_facts import DocumentAttached
from applications.providing import CheckDocument, check, streams_of
from lectern.contracts.documents import Document
from lectern.contracts.sealed import Sealed
from lectern.eventlog.streams import Reacting
from lectern.files import Place
from lectern.runtime.running import Running
from lectern.runtime.scanning import Looked, scanning
from lectern.runtime.service import Effect


def _where(file: DocumentAttached) -> tuple[Place, Sealed[Document, Any]]:
    sealed: Any = file.ready.document
    return Place(OWNER, file.application_id, file.ready.document_id), sealed


def record(file: DocumentAttached, looked: Looked, now: datetime) -> Reacting:
    command = CheckDocument(
        application_id=file.application_id,
        document_id=file.ready.document_id,
        checked=looked.checked,
        found=looked.found,
        now=now,
    )
    return Reacting(streams_of(file.application_id, file.ready.educator_id), check, command)


def document_effects(running: Running) -> Sequence[Effect[Any, Any]]:
    """Raises SettingsError."""
    return scanning(running, DocumentAttached, _where, record)
