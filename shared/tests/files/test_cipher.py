"""A file is encrypted in chunks, and whatever is done to them is noticed."""

import pytest

from lectern.files.cipher import CHUNK, Damaged, Opening, new_key, sealed
from lectern.files.spool import Spool

KEY = new_key()
NAME = "0192"


def _opened(data: bytes, *, key: bytes = KEY, name: str = NAME, step: int = 1000) -> bytes:
    opening = Opening(key, name)
    return b"".join(opening.take(data[at : at + step]) for at in range(0, len(data), step)) + opening.end()


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7])
def test_opens_what_was_sealed(size: int) -> None:
    plain = bytes(range(256)) * (size // 256) + bytes(size % 256)

    assert _opened(sealed(KEY, NAME, plain)) == plain


def test_notices_what_was_changed_cut_added_or_moved() -> None:
    box, length = sealed(KEY, NAME, bytes(3 * CHUNK)), CHUNK + 16
    flipped = box[:5] + bytes([box[5] ^ 1]) + box[6:]
    moved = box[length : 2 * length] + box[:length] + box[2 * length :]

    for each in (flipped, moved, box[:-1], box[:length], box[: 2 * length], box + b"x", box[length:], b""):
        with pytest.raises(Damaged):
            _opened(each)


def test_a_file_opens_with_its_own_key_and_name_only() -> None:
    box = sealed(KEY, NAME, b"x")

    with pytest.raises(Damaged):
        _opened(box, key=new_key())
    with pytest.raises(Damaged):
        _opened(box, name="0193")


def test_a_spool_gives_back_what_it_took_and_shows_nobody() -> None:
    with Spool("a.pdf") as spool:
        for _ in range(100):
            spool.add(b"personal data " * 1000)
        spool.end()

        assert spool.whole() == b"personal data " * 100_000
        assert spool.size == 1_400_000
        spool._file.seek(0)
        assert b"personal" not in spool._file.read()
