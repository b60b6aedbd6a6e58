"""What a certificate says on paper, and that whoever has it read aloud hears it."""

from dataclasses import replace
from datetime import date

import pytest
from papers_given import PAPER, URL, named, read, root_of, tags_of, text_of

from lectern.contracts.values import CertificateKind, CertificateStatus
from lectern.papers import ON_PAPER, Press
from lectern_local.assets import dist

NAMES = {
    "plain": "Jordan Avery",
    "apostrophes and quotes": 'Siobhán “Sio” O’Brien-D\'Arcy "Jr."',
    "what would be code": "#panic() \\ $x^2$ *b* _i_ <label> @ref `raw` [c] {d} // no comment",
    "what would be JSON": 'A", "number": "0',
    "emoji": "Zoë 🎓 García",
    "80 characters": "Maria de los Ángeles Hernández-Villanueva y Montgomery-Fitzwilliam of Saint Louis",
    "80 letters without a space": "W" * 80,
    "from right to left": "محمد الحسن",
    "from right to left, too": "שרה כהן",
    "Vietnamese, Greek, Cyrillic": "Nguyễn Ὀδυσσεύς Петров",
}


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(dist())


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
async def test_a_name_comes_out_letter_by_letter(name: str, press: Press) -> None:
    pdf = await press.printed(named(name))

    assert name in text_of(pdf)
    assert read(pdf).metadata["/Title"] == f"Career Continuous Professional Certificate, {name}"  # type: ignore[index]


async def test_it_says_what_the_register_says(press: Press) -> None:
    said = text_of(await press.printed(PAPER))

    for words in ("Jordan Avery", "1048227", *PAPER.areas, "November 25, 2026", "November 24, 2125"):
        assert words in said
    assert "Valid from" not in said, "it is the day of issue"
    assert "Demonstration" not in said


async def test_another_first_day_of_validity_is_named(press: Press) -> None:
    said = text_of(await press.printed(replace(PAPER, issued_on=date(2020, 2, 29), demo=True)))

    assert "Valid from" in said
    assert "February 29, 2020" in said
    assert "this person is fictional" in said


async def test_it_is_tagged_for_those_who_hear_it(press: Press) -> None:
    pdf = await press.printed(PAPER)
    root = root_of(pdf)

    assert root["/Lang"] == "en-US"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    tags = tags_of(pdf)
    assert [tag for tag, _ in tags if tag in {"H1", "H2", "L", "Figure"}] == ["H1", "H2", "L", "Figure"]
    assert [alt for tag, alt in tags if tag == "Figure"] == [
        f"QR code that leads to {URL}, where the status of this certificate stands"
    ]
    assert "Span" not in [tag for tag, _ in tags], "every text is a paragraph, a heading or in a list"


async def test_its_date_is_the_day_of_the_record(press: Press) -> None:
    about = read(await press.printed(PAPER)).metadata

    assert about is not None
    assert about.creation_date is not None
    assert about.creation_date.date() == PAPER.recorded_on
    assert about.author == "Missouri Department of Elementary and Secondary Education"


async def test_many_areas_stand_on_one_page(press: Press) -> None:
    areas = tuple(f"Area {number}, grades K-12" for number in range(24))

    pdf = await press.printed(replace(PAPER, areas=areas, kind=CertificateKind.IPC))

    assert len(read(pdf).pages) == 1
    assert all(area in text_of(pdf) for area in areas)


def test_what_was_taken_away_is_not_handed_out() -> None:
    assert set(CertificateStatus) - ON_PAPER == {
        CertificateStatus.SUSPENDED,
        CertificateStatus.REVOKED,
        CertificateStatus.SURRENDERED,
    }
