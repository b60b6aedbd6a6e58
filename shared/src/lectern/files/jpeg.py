"""JPEG: its segments walked one by one, and only those kept that draw the picture. Nothing is decoded.

What a camera writes about place, time and device goes; which way up the picture is stays.
"""

import re
from collections.abc import Iterator
from typing import Final

from lectern.files.refusing import broken, too_many_dots

MOST_DOTS: Final = 64_000_000
"""A telephone takes up to 50 million."""
_SOI, _EOI, _SOS, _APP0, _APP1, _APP14, _COM = 0xD8, 0xD9, 0xDA, 0xE0, 0xE1, 0xEE, 0xFE
_FRAMES: Final = frozenset({0xC0, 0xC1, 0xC2})
"""Baseline, extended and progressive: what browsers draw."""
_DRAWS: Final = frozenset({_APP0, _APP14, 0xC4, 0xDB, 0xDD, _SOS}) | _FRAMES
_NEXT: Final = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
"""After a scan's data: the next marker that is no stuffed byte, no restart and no padding."""
_EXIF: Final = b"Exif\0\0"
_ORIENTATION: Final = 0x0112


def bare_jpeg(data: bytes) -> bytes:
    """Raises NotAdmitted."""
    out = bytearray(b"\xff\xd8")
    frames = scans = 0
    for marker, segment in _segments(data):
        if marker == _APP1 and (turned := _orientation(segment[4:])) and not frames:
            out += _turned(turned)
        if marker in _FRAMES:
            frames += 1
            _measure(segment)
        elif 0xC0 <= marker <= 0xCF and marker not in {0xC4, 0xC8, 0xCC}:
            raise broken("JPEG picture")
        scans += marker == _SOS
        if marker in _DRAWS:
            out += segment
    if frames != 1 or not scans:
        raise broken("JPEG picture")
    return bytes(out + b"\xff\xd9")


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Marker and whole segment, with a scan's data; up to the end of the picture and nothing behind it."""
    at = 2
    while True:
        while data[at : at + 2] == b"\xff\xff":
            at += 1
        if len(data) < at + 2 or data[at] != 0xFF:
            raise broken("JPEG picture")
        marker = data[at + 1]
        if marker == _EOI:
            return
        length = int.from_bytes(data[at + 2 : at + 4])
        end = at + 2 + length
        if length < 2 or end > len(data) or marker in {_SOI, 0x00, 0x01} or 0xD0 <= marker <= 0xD7:
            raise broken("JPEG picture")
        if marker == _SOS:
            found = _NEXT.search(data, end)
            if found is None:
                raise broken("JPEG picture")
            end = found.start()
        yield marker, data[at:end]
        at = end


def _measure(frame: bytes) -> None:
    high, wide = int.from_bytes(frame[5:7]), int.from_bytes(frame[7:9])
    if not high or not wide:
        raise broken("JPEG picture")
    if high * wide > MOST_DOTS:
        raise too_many_dots()


def _orientation(exif: bytes) -> int:
    """1 to 8 as a camera wrote it; 0 where it did not, or not readably."""
    if not exif.startswith(_EXIF):
        return 0
    tiff = exif[len(_EXIF) :]
    if tiff[:4] not in {b"II*\0", b"MM\0*"}:
        return 0

    def number(at: int, length: int) -> int:
        return int.from_bytes(tiff[at : at + length], "little" if tiff.startswith(b"II") else "big")

    first = number(4, 4)
    for each in range(min(number(first, 2), 64)):
        entry = first + 2 + 12 * each
        if number(entry, 2) == _ORIENTATION:
            found = number(entry + 8, 2)
            return found if 1 <= found <= 8 else 0
    return 0


def _turned(orientation: int) -> bytes:
    """A segment that says which way up, and nothing else."""
    entry = _ORIENTATION.to_bytes(2) + (3).to_bytes(2) + (1).to_bytes(4) + orientation.to_bytes(2) + bytes(2)
    tiff = b"MM\0*" + (8).to_bytes(4) + (1).to_bytes(2) + entry + bytes(4)
    said = _EXIF + tiff
    return b"\xff\xe1" + (len(said) + 2).to_bytes(2) + said
