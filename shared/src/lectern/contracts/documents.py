"""Documents as facts carry them: what they are and where their bytes stand. The bytes themselves are in no fact."""

from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from pydantic import Field

from lectern.contracts.values import Value

DocumentId = NewType("DocumentId", UUID)


class MediaType(StrEnum):
    """What is taken: what every office can open."""

    PDF = "application/pdf"
    JPEG = "image/jpeg"
    PNG = "image/png"


class Document(Value):
    """A file that somebody handed in. Stands only in sealed fields: with it comes the key to its bytes."""

    document_id: UUID
    shows: str = Field(max_length=60)
    """What it is about: a part of the report, a question, a criterion."""
    name: str = Field(max_length=100)
    """As the sender called it, with an ending that says what it is."""
    media_type: MediaType
    size: int = Field(ge=1)
    """In bytes, as it is handed out."""
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    """Of the bytes as they are handed out."""
    key: str = Field(max_length=64)
    """Base64 of the key that encrypts this one file."""


class StoredBytes(Value):
    """What stands in the store: encrypted, so that this may be said in the clear and judged without any key."""

    size: int = Field(ge=1)
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")


class Checked(StrEnum):
    """What became of the look at a file."""

    CLEAN = "clean"
    NOT_SCANNED = "not-scanned"
    """There is no scanner, by configuration."""
    INFECTED = "infected"
    LOST = "lost"
    """Its bytes are not there, or not those that were stored."""


RELEASED: Final = frozenset({Checked.CLEAN, Checked.NOT_SCANNED})
"""Only these are handed out."""
KEPT: Final = RELEASED | {None}
"""Only of these, and of what waits for its look, there are bytes."""
