"""A file is read row by row: what is wrong with one row takes no other with it."""

import pytest

from lectern_local.importing.kinds import DISTRICTS, STAFF
from lectern_local.importing.reading import BadFile, BadRow, Row, read

HEADER = "code,name,county\n"


def test_reads_rows_with_their_lines() -> None:
    content = (HEADER + '048-077,"INDEPENDENCE 30",Jackson\n\n083-005, PARK HILL ,Platte\n').encode()

    rows, bad = read(content, DISTRICTS)

    assert rows == [
        Row(2, {"code": "048-077", "name": "INDEPENDENCE 30", "county": "Jackson"}),
        Row(4, {"code": "083-005", "name": "PARK HILL", "county": "Platte"}),
    ]
    assert bad == []


def test_takes_a_mark_of_utf_8_and_optional_columns() -> None:
    content = "\ufeffcode,name,county,contact_email\r\n048-077,SAINT JOSÉ,Jackson,a@example.org\r\n".encode()

    rows, _ = read(content, DISTRICTS)

    assert rows[0].values["contact_email"] == "a@example.org"
    assert rows[0].values["name"] == "SAINT JOSÉ"


def test_says_which_row_has_another_number_of_values() -> None:
    rows, bad = read((HEADER + "048-077,INDEPENDENCE 30\n083-005,PARK HILL,Platte\n").encode(), DISTRICTS)

    assert bad == [BadRow(2, "", "This line has 2 values, the header 3.")]
    assert [each.line for each in rows] == [3]


def test_keeps_what_stands_before_a_line_that_is_no_csv() -> None:
    rows, bad = read((HEADER + '083-005,PARK HILL,Platte\n048-077,"INDEP"x,Jackson\n').encode(), DISTRICTS)

    assert [each.line for each in rows] == [2]
    assert bad[0].line == 3


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty"),
        (b"code,name\n", "The first line lacks county"),
        (b"code,name,county,colour\n", "names colour"),
        (b"code,name,county,code\n", "names code twice"),
        (b"code,name,county\n1,\xff\xfe,x\n", "Line 2 is not UTF-8"),
        (b"code,name,county\n1,\x00,x\n", "NUL"),
    ],
)
def test_refuses_a_file_that_is_not_of_the_kind(content: bytes, sentence: str) -> None:
    with pytest.raises(BadFile, match=sentence):
        read(content, DISTRICTS)


def test_staff_go_to_their_district_or_to_dese() -> None:
    assert STAFF.goes_to({"district_code": "048-077"}) == "district-worklog"
    assert STAFF.goes_to({"district_code": ""}) == "review"
