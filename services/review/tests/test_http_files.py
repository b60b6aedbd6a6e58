"""Files on a case: the educator's copies, the district's evidence, and what explains conduct, closed until opened."""

import pytest
from files_given import pdf
from review_office import ReviewOffice

from lectern.rules.wording import CONDUCT_QUESTIONS

pytestmark = pytest.mark.postgres
QUESTION = CONDUCT_QUESTIONS[3].id


async def test_a_case_shows_and_hands_out_what_came_with_it(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()

    copy = await jordan.brings("My transcript.pdf", pdf(), "transcript", scanned=False)
    evidence = await jordan.shows_evidence("Plan.pdf", pdf(pages=2), "UPG-PD")
    page = await priya.get(jordan.address)
    first, second = await priya.get(copy), await priya.get(evidence)

    assert "Unofficial copies from Jordan" in page.text
    assert "My transcript.pdf" in page.text
    assert "Transcript or degree · unofficial copy · PDF" in page.text
    assert "Not scanned for viruses" in page.text
    assert "Plan.pdf" in page.text
    assert first.content == pdf()
    assert second.content == pdf(pages=2)
    assert first.headers["content-disposition"].startswith("attachment;")
    assert first.headers["content-security-policy"].startswith("default-src 'none'; sandbox")


async def test_a_file_about_conduct_is_as_closed_as_the_explanation(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits(4)).verified()
    priya, ines = await office.priya(), await office.ines()
    letter = await jordan.brings("Letter of the board.pdf", pdf(), QUESTION)

    case, before = await priya.get(jordan.address), await priya.get(letter)
    closed = await priya.get(f"{jordan.address}/conduct")
    await priya.post(f"{jordan.address}/conduct", {"submission": "1"}, page=f"{jordan.address}/conduct")
    await office.level()
    opened, after = await priya.get(f"{jordan.address}/conduct"), await priya.get(letter)
    colleague = await ines.get(letter)

    assert "Letter of the board" not in case.text + closed.text
    assert before.status_code == 404
    assert "Letter of the board.pdf" in opened.text
    assert after.content == pdf()
    assert colleague.status_code == 404


async def test_a_file_belongs_to_its_case(office: ReviewOffice) -> None:
    jordan, morgan = [await (await office.educator()).submits() for _ in range(2)]
    copy = await jordan.brings("transcript.pdf", pdf(), "transcript")
    priya = await office.priya()

    assert (await priya.get(copy)).status_code == 200
    assert (await priya.get(copy.replace(jordan.address, morgan.address))).status_code == 404


async def test_an_erased_file_is_named_so_and_not_handed_out(office: ReviewOffice) -> None:
    jordan = await (await office.educator()).submits()
    copy = await jordan.brings("transcript.pdf", pdf(), "transcript")
    await office.running.keys.erase(jordan.id)
    priya = await office.priya()

    page, file = await priya.get(jordan.address), await priya.get(copy)

    assert "transcript.pdf" not in page.text
    assert file.status_code == 404
