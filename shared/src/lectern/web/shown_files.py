"""A file of somebody else as a page lists it: where it is saved from, what it shows, whether it was scanned."""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.documents import Checked, Document, MediaType
from lectern.web.words import file_size

_WORDS = {MediaType.PDF: "PDF", MediaType.JPEG: "JPEG picture", MediaType.PNG: "PNG picture"}


@dataclass(frozen=True)
class ShownFile:
    href: str
    name: str
    about: str
    scanned: bool


def shown_file(href: str, document: Document | None, *about: str, scanned: bool) -> ShownFile:
    """`about` is said before its type and size. Without a link where it was erased."""
    if document is None:
        return ShownFile("", "Erased", "", scanned)
    parts = (*about, _WORDS[document.media_type], file_size(document.size))
    return ShownFile(href, document.name, " · ".join(each for each in parts if each), scanned)


# ── a file of somebody’s own: where its scan stands


@dataclass(frozen=True)
class ScanWords:
    """A tag's word and look, and what it means."""

    word: str
    look: str
    text: str = ""


SCAN: Final[dict[Checked | None, ScanWords]] = {
    None: ScanWords(
        "Being checked", "wait", "It is checked for viruses first. You can go on: it follows as soon as that is done."
    ),
    Checked.CLEAN: ScanWords("Checked", "ok"),
    Checked.NOT_SCANNED: ScanWords("Not scanned", "plain"),
    Checked.INFECTED: ScanWords(
        "Virus found", "no", "Nobody gets it. Remove it, and choose a copy from another device, or a picture of it."
    ),
    Checked.LOST: ScanWords("Not readable", "no", "It was damaged on our side. Remove it and add the same file again."),
}
