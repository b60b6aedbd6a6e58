"""What a proof letter says, on paper that is tagged for those who have it read aloud."""

from dataclasses import replace
from datetime import date

import pytest
from papers_given import PAPER, read, root_of, tags_of, text_of

from lectern.contracts.values import CertificateKind
from lectern.files import admitted
from lectern.papers import Letter, LetterPaper, Press
from lectern.rules.wording import MEANWHILE
from lectern_local.assets import dist

LETTER = Letter(
    name="Jordan Avery",
    number="1048227",
    application="Upgrade to a career certificate",
    reference="LEC-2026-000412-6",
    filed_on=date(2026, 11, 25),
    held_by="Independence 30 (048-077), since November 25, 2026",
    kind=CertificateKind.IPC,
    areas=("Elementary Education, grades 1-6",),
    valid_to=date(2027, 1, 15),
    meanwhile=MEANWHILE,
    as_of=date(2026, 12, 2),
)


@pytest.fixture(scope="module")
def press() -> Press:
    return Press(dist())


async def test_it_says_what_was_filed_who_has_it_and_how_long_the_certificate_is_valid(press: Press) -> None:
    said = " ".join(text_of(await press.printed(LetterPaper(LETTER))).split())

    for _, words in LETTER.rows:
        assert words in said
    assert "November 25, 2026" in said
    assert "January 15, 2027" in said
    assert "As of December 2, 2026." in said
    assert "Our wording until the state confirms it." in said
    assert "Demonstration" not in said


async def test_a_demonstration_says_so(press: Press) -> None:
    said = " ".join(text_of(await press.printed(LetterPaper(replace(LETTER, demo=True)))).split())

    assert "this person is fictional" in said


@pytest.mark.parametrize("name", ["#panic() \\ $x$ *b*", "محمد الحسن", "Zoë 🎓 García", "W" * 120])
async def test_a_name_is_text_and_never_code(press: Press, name: str) -> None:
    pdf = await press.printed(LetterPaper(replace(LETTER, name=name)))

    assert read(pdf).metadata["/Title"] == f"Proof of application, {name}"  # type: ignore[index]


async def test_it_is_tagged_and_a_file_we_would_take_ourselves(press: Press) -> None:
    pdf = await press.printed(LetterPaper(LETTER))

    assert root_of(pdf)["/MarkInfo"]["/Marked"]
    assert {"H1", "H2", "Table"} <= {tag for tag, _ in tags_of(pdf)}
    assert admitted("proof.pdf", pdf).data == pdf


async def test_one_press_prints_both_papers(press: Press) -> None:
    first, second = await press.printed(PAPER), await press.printed(LetterPaper(LETTER))

    assert "Career Continuous" in text_of(first)
    assert "Proof of application" in text_of(second)
