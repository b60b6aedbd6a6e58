"""PNG: its chunks walked one by one, and only those kept that draw the picture. Its dots are counted, never kept."""

import struct
import zlib
from collections.abc import Iterator
from typing import Final

from lectern.files.refusing import broken, too_many_dots

MOST_DOTS: Final = 40_000_000
_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"sRGB", b"cHRM", b"pHYs"})
_CHANNELS: Final = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS: Final = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_STEP: Final = 1 << 20


def bare_png(data: bytes) -> bytes:
    """Raises NotAdmitted."""
    out = bytearray(data[:8])
    dots = _Dots()
    first = True
    for kind, content, whole in _chunks(data):
        if first != (kind == b"IHDR"):
            raise broken("PNG picture")
        if first:
            dots.expect(content)
        first = False
        if kind == b"IDAT":
            dots.take(content)
        critical = not kind[0] & 0x20
        if kind in _KEPT:
            out += whole
        elif critical:
            raise broken("PNG picture")
    dots.end()
    return bytes(out)


def _chunks(data: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """Kind, content and whole chunk; up to the end of the picture and nothing behind it."""
    at = 8
    while True:
        length, kind = int.from_bytes(data[at : at + 4]), data[at + 4 : at + 8]
        end = at + 12 + length
        if len(kind) < 4 or end > len(data) or not kind.isalpha():
            raise broken("PNG picture")
        content = data[at + 8 : end - 4]
        if zlib.crc32(kind + content) != int.from_bytes(data[end - 4 : end]):
            raise broken("PNG picture")
        yield kind, content, data[at:end]
        if kind == b"IEND":
            return
        at = end


class _Dots:
    """Inflates the picture a piece at a time and keeps nothing of it: there are as many bytes as its size asks for."""

    def __init__(self) -> None:
        self._inflating = zlib.decompressobj()
        self._expected = 0
        self._found = 0

    def expect(self, header: bytes) -> None:
        if len(header) != 13:
            raise broken("PNG picture")
        wide, high, depth, colour, packing, filtering, interlaced = struct.unpack(">IIBBBBB", header)
        if not wide or not high or depth not in _DEPTHS.get(colour, ()) or packing or filtering or interlaced > 1:
            raise broken("PNG picture")
        if wide * high > MOST_DOTS:
            raise too_many_dots()
        bits = depth * _CHANNELS[colour]
        passes = _passes(wide, high) if interlaced else [(wide, high)]
        self._expected = sum(high * (1 + (wide * bits + 7) // 8) for wide, high in passes if wide and high)

    def take(self, content: bytes) -> None:
        left = content
        try:
            while left and self._found <= self._expected:
                self._found += len(self._inflating.decompress(left, _STEP))
                left = self._inflating.unconsumed_tail
        except zlib.error:
            raise broken("PNG picture") from None

    def end(self) -> None:
        if not self._inflating.eof or self._found != self._expected or self._inflating.unused_data:
            raise broken("PNG picture")


def _passes(wide: int, high: int) -> list[tuple[int, int]]:
    """The seven pictures of an interlaced one (Adam7)."""
    steps = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
    return [(-(-(wide - x) // dx), -(-(high - y) // dy)) for x, y, dx, dy in steps]
