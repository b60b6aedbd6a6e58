"""Files of Jordan's draft, as facts about them say it."""

from uuid import UUID, uuid5

from applications_given import APPLICATION, JORDAN, NOW, sealed

from applications.document_facts import DocumentAttached, DocumentChecked
from lectern.contracts.applications import DocumentProvided, StateDocumentProvided
from lectern.contracts.documents import Checked, DocumentId, StoredBytes
from lectern.contracts.values import Task
from lectern.rules.wording import CONDUCT_QUESTIONS

QUESTION = CONDUCT_QUESTIONS[0].id


def file(at: int = 1) -> DocumentId:
    return DocumentId(uuid5(UUID(int=0), f"file {at}"))


def ready(at: int = 1, *, state: bool = False) -> DocumentProvided | StateDocumentProvided:
    type_ = StateDocumentProvided if state else DocumentProvided
    return type_(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=0,
        document_id=file(at),
        document=sealed(f"{type_.type_name()}.document", audience="state" if state else "district"),
        stored=StoredBytes(size=1, sha256="0" * 64),
        scanned=False,
        provided_at=NOW,
    )


def attached(at: int = 1, *, state: bool = False, replaces: DocumentId | None = None) -> DocumentAttached:
    return DocumentAttached(
        application_id=APPLICATION,
        task=Task.CONDUCT if state else Task.EDUCATION,
        about=QUESTION if state else "",
        replaces=replaces,
        ready=ready(at, state=state),
        saved_at=NOW,
    )


def looked(at: int = 1, checked: Checked = Checked.CLEAN) -> DocumentChecked:
    return DocumentChecked(application_id=APPLICATION, document_id=file(at), checked=checked, saved_at=NOW)
