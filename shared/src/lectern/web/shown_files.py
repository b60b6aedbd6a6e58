"""A file of somebody else as a page lists it: where it is saved from, what it shows, whether it was scanned."""

from dataclasses import dataclass

from lectern.contracts.documents import Document, MediaType
from lectern.web.words import file_size

_WORDS = {MediaType.PDF: "PDF", MediaType.JPEG: "JPEG picture", MediaType.PNG: "PNG picture"}


@dataclass(frozen=True)
class ShownFile:
    href: str
    name: str
    about: str
    scanned: bool


def shown_file(href: str, document: Document | None, about: str, *, scanned: bool) -> ShownFile:
    """Without a link where it was erased."""
    if document is None:
        return ShownFile("", "Erased", "", scanned)
    parts = (about, "unofficial copy", _WORDS[document.media_type], file_size(document.size))
    return ShownFile(href, document.name, " · ".join(each for each in parts if each), scanned)
