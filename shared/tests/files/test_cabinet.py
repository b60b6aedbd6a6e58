"""A file is judged, put away under a key of its own, and opened with it again."""

import hashlib
from pathlib import Path
from uuid import uuid4

import pytest
from files_given import exif, jpeg, pdf

from lectern.files import Cabinet, NotAdmitted, Place, Spool, files_at
from lectern.files.cipher import Damaged


def _spool(name: str, data: bytes) -> Spool:
    spool = Spool(name)
    spool.add(data)
    spool.end()
    return spool


async def test_what_is_filed_is_opened_as_it_was_admitted(tmp_path: Path) -> None:
    cabinet = Cabinet(files_at(f"file://{tmp_path}"), "applications")
    place = Place("applications", uuid4(), uuid4())

    filed = await cabinet.file(place, _spool("My photo.JPG", jpeg(extra=exif(3))), "transcript")
    plain = b"".join([chunk async for chunk in cabinet.opened(place, filed.document)])

    assert filed.document.name == "My photo.jpg"
    assert filed.document.size == len(plain)
    assert filed.document.sha256 == hashlib.sha256(plain).hexdigest()
    assert b"GPS" not in plain


async def test_the_store_holds_what_the_fact_says_and_nothing_readable(tmp_path: Path) -> None:
    cabinet = Cabinet(files_at(f"file://{tmp_path}"), "applications")
    place = Place("applications", uuid4(), uuid4())

    filed = await cabinet.file(place, _spool("a.pdf", pdf()), "transcript")

    stored = (tmp_path / place.path).read_bytes()
    assert (filed.stored.size, filed.stored.sha256) == (len(stored), hashlib.sha256(stored).hexdigest())
    assert b"PDF" not in stored


async def test_a_changed_file_does_not_open(tmp_path: Path) -> None:
    cabinet = Cabinet(files_at(f"file://{tmp_path}"), "applications")
    place = Place("applications", uuid4(), uuid4())
    filed = await cabinet.file(place, _spool("a.pdf", pdf()), "transcript")
    stored = bytearray((tmp_path / place.path).read_bytes())
    stored[10] ^= 1
    (tmp_path / place.path).write_bytes(bytes(stored))

    with pytest.raises(Damaged):
        _ = [chunk async for chunk in cabinet.opened(place, filed.document)]


async def test_what_is_not_admitted_is_not_put_away(tmp_path: Path) -> None:
    cabinet = Cabinet(files_at(f"file://{tmp_path}"), "applications")

    with pytest.raises(NotAdmitted):
        await cabinet.file(Place("applications", uuid4(), uuid4()), _spool("a.pdf", b"MZ"), "transcript")

    assert [each async for each in cabinet.files.standing("applications")] == []
