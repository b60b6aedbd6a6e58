"""Bytes of a server's answers are swapped, wherever they are cut into pieces, and no answer is held back."""

from lectern_local.kills.door import named
from lectern_local.proxy import SURELY, swapped

OLD, NEW = named(9092), named(19092)


def test_swaps_within_a_piece() -> None:
    assert swapped(b"a" + OLD + b"b", (OLD, NEW)) == (b"a" + NEW + b"b", b"")


def test_keeps_the_beginning_until_the_rest_comes() -> None:
    data, kept = swapped(b"a" + OLD[:SURELY], (OLD, NEW))

    assert (data, kept) == (b"a", OLD[:SURELY])
    assert swapped(kept + OLD[SURELY:] + b"b", (OLD, NEW)) == (NEW + b"b", b"")


def test_never_holds_back_an_answer_that_ends_like_a_beginning() -> None:
    assert swapped(b"answer\x00\x09", (OLD, NEW)) == (b"answer\x00\x09", b"")
