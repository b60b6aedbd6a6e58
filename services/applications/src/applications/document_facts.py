"""Files of a draft: attached, looked at by a scanner, removed. Private; what others hear of one is DocumentProvided."""

from typing import Annotated, Literal, TypeAlias

from pydantic import AwareDatetime, Field

from lectern.contracts.applications import DocumentProvided, StateDocumentProvided
from lectern.contracts.documents import Checked, DocumentId
from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, Task

Ready: TypeAlias = Annotated[DocumentProvided | StateDocumentProvided, Field(discriminator="type")]
"""What will be told of a file, sealed for those who may see it; its handing-in and its scan are filled in then."""


class DocumentFact(PrivateFact):
    application_id: ApplicationId
    saved_at: AwareDatetime


class DocumentAttached(DocumentFact):
    """An intent: the bytes are stored; have them scanned. Until then nobody gets them."""

    type: Literal["DocumentAttached"] = "DocumentAttached"
    task: Task
    about: str
    """The question on professional conduct; empty for education and experience."""
    replaces: DocumentId | None
    ready: Ready


class DocumentRemoved(DocumentFact):
    """The educator took it back, before it was handed in. Its bytes go within the hour."""

    type: Literal["DocumentRemoved"] = "DocumentRemoved"
    task: Task
    document_id: DocumentId


class DocumentChecked(DocumentFact):
    """What the scanner said."""

    type: Literal["DocumentChecked"] = "DocumentChecked"
    document_id: DocumentId
    checked: Checked
    found: str = ""


DocumentsFact: TypeAlias = DocumentAttached | DocumentRemoved | DocumentChecked
DOCUMENT_FACTS = (DocumentAttached, DocumentRemoved, DocumentChecked)
"""For `isinstance`, and for the nouns and views that fold them."""
