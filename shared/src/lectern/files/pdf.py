"""PDF: read as bytes, never drawn. Taken is what is only there to be looked at: no scripts, no programs, no files in
it, no password, and nothing that swells when it is unpacked. It is kept byte by byte.

This is the first of three doors: a virus scanner is the second, and the third is that a file is only ever handed out to
be saved, from an address where nothing may run.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Final

from lectern.files.refusing import NotAdmitted, broken

MOST_PAGES: Final = 100
MOST_UNPACKED: Final = 256 * 1024 * 1024
MOST_OBJECTS: Final = 16 * 1024 * 1024
_STEP: Final = 1 << 20
_BEGINS: Final = re.compile(rb"%PDF-[12]\.\d")
_ENDS: Final = re.compile(rb"%%EOF[\s\0]*\Z")
_ESCAPED: Final = re.compile(rb"#([0-9A-Fa-f]{2})")
_STREAM: Final = re.compile(rb"\bstream\r?\n")
_ACTS: Final = re.compile(
    rb"/(JavaScript|Launch|EmbeddedFiles?|RichMedia\w*|SubmitForm|ImportData|GoToE|Rendition|Movie)(?![A-Za-z])"
)
_SHORT_ACTS: Final = re.compile(rb"/(JS|XFA)(?![A-Za-z])")
"""Looked for only outside of packed bytes, where they would be met by chance."""
_PAGE: Final = re.compile(rb"/Type\s*/Page(?![A-Za-z])")
_FLATE: Final = re.compile(rb"/Fl(ateDecode)?(?![A-Za-z])")
_FILTER: Final = re.compile(
    rb"/(Fl|LZW|A85|AHx|RL|CCF|DCT|ASCIIHex|ASCII85|RunLength|Crypt|Flate)(Decode)?(?![A-Za-z])"
)
_HOLDS_OBJECTS: Final = re.compile(rb"/ObjStm(?![A-Za-z])")
_PAGES_IN_IT: Final = re.compile(rb"<\s*(html|script|svg|iframe)[\s>]", re.IGNORECASE)
_ARCHIVES: Final = (b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c")

ACTS: Final = (
    "This PDF holds a script, a form that sends itself, or another file. Print it to a new PDF and choose that."
)
LOCKED: Final = "This PDF is protected, so it can’t be checked. Print it to a new PDF, or choose a picture of it."
SWELLS: Final = "This PDF is far larger inside than it looks. Print it to a new PDF, or choose pictures of its pages."
MANY: Final = "This PDF has more than 100 pages. Choose only the pages that show what you report."


def read_pdf(data: bytes) -> bytes:
    """Raises NotAdmitted."""
    if not _BEGINS.match(data) or not _ENDS.search(data[-1024:]):
        raise broken("PDF")
    if _PAGES_IN_IT.search(data) or any(each in data[-70_000:] for each in _ARCHIVES):
        raise NotAdmitted(ACTS)
    everything = _unescaped(data)
    outside, streams = _taken_apart(data)
    plain = _unescaped(outside)
    hidden = len(_HOLDS_OBJECTS.findall(everything)) - sum(len(_HOLDS_OBJECTS.findall(words)) for words, _ in streams)
    if hidden or re.search(rb"/Encrypt(?![A-Za-z])", plain):
        raise NotAdmitted(LOCKED)  # or objects stand where a reader would not look for them
    inside = _unescaped(b"\n".join(_objects(streams)))
    if _ACTS.search(everything) or any(each.search(part) for each in (_ACTS, _SHORT_ACTS) for part in (plain, inside)):
        raise NotAdmitted(ACTS)
    pages = len(_PAGE.findall(plain)) + len(_PAGE.findall(inside))
    if not pages:
        raise broken("PDF")
    if pages > MOST_PAGES:
        raise NotAdmitted(MANY)
    return data


def _unescaped(data: bytes) -> bytes:
    """/J#61vaScript is a way to write /JavaScript."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), data) if b"#" in data else data


def _taken_apart(data: bytes) -> tuple[bytes, list[tuple[bytes, bytes]]]:
    """What is written in the clear, and the streams, each with what describes it."""
    outside, streams, at = bytearray(), [], 0
    while (found := _STREAM.search(data, at)) is not None:
        end = data.find(b"endstream", found.end())
        if end < 0:
            raise broken("PDF")
        before = data[at : found.start()]
        outside += before
        streams.append((_unescaped(before[before.rfind(b"obj") + 3 :]), data[found.end() : end]))
        at = end + len(b"endstream")
    return bytes(outside + data[at:]), streams


def _objects(streams: list[tuple[bytes, bytes]]) -> Iterator[bytes]:
    """The objects that stand packed in streams; everything packed is counted, so that nothing swells without end."""
    unpacked = held = 0
    for words, packed in streams:
        holds_objects, filters = _HOLDS_OBJECTS.search(words) is not None, _FILTER.findall(words)
        if holds_objects and (len(filters) > 1 or (filters and not _FLATE.search(words))):
            raise NotAdmitted(LOCKED)  # packed in a way we can't look into
        if not _FLATE.search(words):
            if holds_objects:
                yield packed
            continue
        objects = bytearray()
        for piece in _inflated(packed, strictly=holds_objects):
            unpacked += len(piece)
            held += len(piece) if holds_objects else 0
            if unpacked > MOST_UNPACKED or held > MOST_OBJECTS:
                raise NotAdmitted(SWELLS)
            if holds_objects:
                objects += piece
        yield bytes(objects)


def _inflated(packed: bytes, *, strictly: bool) -> Iterator[bytes]:
    """A piece at a time. What only draws may be cut: a viewer shows what it can."""
    inflating = zlib.decompressobj()
    left = packed
    try:
        while left and not inflating.eof:
            yield inflating.decompress(left, _STEP)
            left = inflating.unconsumed_tail
    except zlib.error:
        if strictly:
            raise NotAdmitted(LOCKED) from None
