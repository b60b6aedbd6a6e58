"""What is taken: PDF, JPEG and PNG, up to 10 MB, where the name's ending and the bytes say the same. Pure.

Pictures come out without what cameras and programs write beside them (where, when, with which device), and nothing is
kept behind the end of a file. HEIC is not taken: offices can't open it everywhere, and an iPhone sends JPEG where a
form asks for JPEG.
"""

import re
import unicodedata
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from lectern.contracts.documents import MediaType
from lectern.files.jpeg import bare_jpeg
from lectern.files.pdf import read_pdf
from lectern.files.png import bare_png
from lectern.files.refusing import NotAdmitted

__all__ = ["ACCEPTED", "MOST_BYTES", "Admitted", "NotAdmitted", "admitted"]

MOST_BYTES: Final = 10_000_000
ACCEPTED: Final = ".pdf,.jpg,.jpeg,.png,application/pdf,image/jpeg,image/png"
"""For a form's file field."""
TOO_LARGE: Final = "This file is larger than 10 MB. Scan it with fewer dots per inch or in gray, or send it in parts."
EMPTY: Final = "This file is empty. Choose it again, or save it again first."
OTHER: Final = "Choose a PDF, JPEG or PNG file."
HEIC: Final = (
    "HEIC pictures can’t be opened everywhere. On an iPhone choose Settings, Camera, Formats, Most Compatible and take "
    "the picture again, or save it as JPEG."
)
NAME: Final = (
    "The name of this file is not one we can take. Rename it with plain letters and digits, then choose it again."
)

_ENDINGS: Final = {
    ".pdf": MediaType.PDF,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".png": MediaType.PNG,
}
_ENDING: Final = {MediaType.PDF: ".pdf", MediaType.JPEG: ".jpg", MediaType.PNG: ".png"}
_WORDS: Final = {MediaType.PDF: "a PDF", MediaType.JPEG: "a JPEG picture", MediaType.PNG: "a PNG picture"}
_BEGINNINGS: Final = (
    (b"%PDF-", MediaType.PDF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
)
_RUNS: Final = re.compile(
    r"\.(app|bat|cmd|com|cpl|dll|exe|hta|html?|jar|jse?|lnk|msi|php|pif|ps1|py|scr|sh|svg|vbe?|wsf|xhtml|xml)(?=\.|$)",
    re.IGNORECASE,
)
"""Programs and pages: a name that holds one of these endings pretends to be something else."""
_SHOWN: Final = re.compile(r"[^\w .,()+&'’-]")


@dataclass(frozen=True)
class Admitted:
    name: str
    media_type: MediaType
    data: bytes


def admitted(name: str, data: bytes) -> Admitted:
    """The file as it is kept. Raises NotAdmitted: its words say what to do."""
    stem, said = _said(name)
    if not data:
        raise NotAdmitted(EMPTY)
    if len(data) > MOST_BYTES:
        raise NotAdmitted(TOO_LARGE)
    found = next((type_ for beginning, type_ in _BEGINNINGS if data.startswith(beginning)), None)
    if found is None:
        raise NotAdmitted(
            HEIC if data[4:8] == b"ftyp" else f"This file is not {_WORDS[said]}, whatever its name says. {OTHER}"
        )
    if found is not said:
        raise NotAdmitted(
            f"The name says {_WORDS[said]}, but the file is {_WORDS[found]}. Save it as {_WORDS[said]}, or rename it."
        )
    match found:
        case MediaType.PDF:
            kept = read_pdf(data)
        case MediaType.JPEG:
            kept = bare_jpeg(data)
        case MediaType.PNG:
            kept = bare_png(data)
    return Admitted(f"{stem}{_ENDING[found]}", found, kept)


def _said(name: str) -> tuple[str, MediaType]:
    """The name without folders and ending, fit to be shown, and the type it claims."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rpartition("/")[2]
    if any(unicodedata.category(each) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"} for each in plain):
        raise NotAdmitted(NAME)  # a NUL, a line's end, letters that turn the direction of reading
    path = PurePosixPath(plain)
    if path.suffix.lower() in {".heic", ".heif"}:
        raise NotAdmitted(HEIC)
    said = _ENDINGS.get(path.suffix.lower())
    if said is None:
        raise NotAdmitted(OTHER)
    if _RUNS.search(path.stem):
        raise NotAdmitted(NAME)
    stem = " ".join(_SHOWN.sub(" ", path.stem).split())[:90].strip(". ")
    return stem or "document", said
