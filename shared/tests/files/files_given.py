"""Small real files of the three types, and what can be done to them. Everything is made here; nothing is stored."""

import struct
import zlib


def png(wide: int = 4, high: int = 3, *, extra: bytes = b"", dots: bytes | None = None) -> bytes:
    """An RGB picture; `extra` are chunks before its dots."""
    rows = b"".join(b"\0" + bytes(3 * wide) for _ in range(high)) if dots is None else dots
    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(rows))
        + chunk(b"IEND", b"")
    )


def chunk(kind: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4) + kind + content + zlib.crc32(kind + content).to_bytes(4)


def jpeg(wide: int = 16, high: int = 16, *, extra: bytes = b"", frame: int = 0xC0) -> bytes:
    """The segments of a gray picture, with a few bytes of drawing."""
    return (
        b"\xff\xd8"
        + segment(0xE0, b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0")
        + extra
        + segment(0xDB, b"\0" + bytes([16] * 64))
        + segment(frame, b"\x08" + high.to_bytes(2) + wide.to_bytes(2) + b"\x01\x01\x11\0")
        + segment(0xC4, b"\0" + bytes([0, 1, 5, 1, 1, 1, 1, 1, 1] + [0] * 7) + bytes(range(12)))
        + segment(0xDA, b"\x01\x01\0\0\x3f\0")
        + b"\x12\xff\x00\x34\xff\xd0\x56"
        + b"\xff\xd9"
    )


def segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2) + content


def exif(orientation: int, *, secret: bytes = b"GPS 38.5767 N 92.1735 W") -> bytes:
    """As a camera writes it: which way up, and where it was taken."""
    entry = struct.pack("<HHIHH", 0x0112, 3, 1, orientation, 0)
    tiff = b"II*\0" + struct.pack("<I", 8) + struct.pack("<H", 1) + entry + bytes(4) + secret
    return segment(0xE1, b"Exif\0\0" + tiff)


def pdf(*, pages: int = 1, more: bytes = b"", content: bytes = b"BT /F1 12 Tf (Transcript) Tj ET") -> bytes:
    """Pages with a line of text each; `more` are objects beside them. Viewers mend the missing table of places."""
    kids = b" ".join(b"%d 0 R" % (10 + at) for at in range(pages))
    packed = zlib.compress(content)
    body = [
        b"1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj",
        b"2 0 obj\n<< /Type /Pages /Kids [" + kids + b"] /Count %d >>\nendobj" % pages,
        b"3 0 obj\n<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(packed) + packed + b"\nendstream\nendobj",
    ]
    body += [
        b"%d 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 3 0 R >>\nendobj" % (10 + at)
        for at in range(pages)
    ]
    return b"%PDF-1.7\n" + b"\n".join(body) + b"\n" + more + b"\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"


def packed_objects(objects: bytes, *, described: bytes = b"/Filter /FlateDecode", pack: bool = True) -> bytes:
    """Objects in a stream, where a reader who only looks at the surface does not see them."""
    stream = zlib.compress(objects) if pack else objects
    return (
        b"50 0 obj\n<< /Type /ObjStm /N 1 /First 4 " + described + b" /Length %d >>\nstream\n" % len(stream)
        + stream
        + b"\nendstream\nendobj"
    )  # fmt: skip


EICAR = b"".join((b"X5O!P%@AP[4\\PZX54(P^)7CC)7}", b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"))
"""The string every scanner knows, in two parts so that this file is none."""
