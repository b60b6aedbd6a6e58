"""A CSV of arrivals: good lines are taken, and each bad one says what is wrong with it."""

from datetime import date

import pytest

from review.arrival import What
from review.arrivals_file import MOST_LINES, lines_of

TODAY = date(2026, 11, 25)
HEAD = "educator_number,what,on,college\n"


def read(*lines: str, head: str = HEAD) -> list[tuple[int, str]]:
    return [(each.row, each.wrong) for each in lines_of((head + "\n".join(lines)).encode(), TODAY)]


def test_good_lines_are_read_whatever_the_others_are() -> None:
    lines = (
        "1048227,transcript,2026-11-02,Lincoln University",
        "x,clearance,2026-11-02,",
        "104-8227,Clearance,2026-11-25,",
    )

    first, second, third = lines_of((HEAD + "\n".join(lines)).encode(), TODAY)

    assert first.said is not None
    assert third.said is not None
    assert (first.what, first.said.number, first.said.college) == (What.TRANSCRIPT, "1048227", "Lincoln University")
    assert (third.what, third.said.number, third.said.on) == (What.CLEARANCE, "1048227", TODAY)
    assert (second.row, second.said) == (3, None)


@pytest.mark.parametrize(
    ("line", "wrong"),
    [
        ("abc,transcript,2026-11-02,Ozark", "Educator ID"),
        (",transcript,2026-11-02,Ozark", "Educator ID"),
        ("1,letter,2026-11-02,Ozark", "transcript or clearance"),
        ("1,transcript,11/2/2026,Ozark", "2027-01-15"),
        ("1,transcript,2026-02-30,Ozark", "2027-01-15"),
        ("1,transcript,2026-11-26,Ozark", "future"),
        ("1,transcript,2026-11-02,", "college"),
        (f"1,transcript,2026-11-02,{'x' * 201}", "200 letters"),
        ("1,transcript", "columns"),
        ("1,transcript,2026-11-02,Ozark,more", "columns"),
    ],
)
def test_what_is_wrong_with_a_line_is_said(line: str, wrong: str) -> None:
    [(row, said)] = read(line)

    assert row == 2
    assert wrong in said


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xfe", "UTF-8"),
        (b"", "first line"),
        (b"number,what,on,college\n1,transcript,2026-11-02,Ozark", "first line"),
        (HEAD.encode(), "no lines"),
        ((HEAD + "1,clearance,2026-11-02,\n" * (MOST_LINES + 1)).encode(), "more than"),
    ],
)
def test_what_is_no_such_file_is_said(content: bytes, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        lines_of(content, TODAY)
