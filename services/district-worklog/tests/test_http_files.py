"""The copies that came with an application: shown on its page, handed out to its district, to nobody else."""

import asyncio
import re

import pytest
from files_given import pdf, png
from worklog_browsing import records_all, saves
from worklog_office import OURS, THEIRS, Office

from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres


async def test_a_copy_is_shown_with_the_application_and_handed_out(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    copy = await jordan.brings("My transcript.pdf", pdf())
    await jordan.brings("Contract.png", png(), "years", scanned=False)

    page, file = await dana.get(jordan.address), await dana.get(copy)

    assert "Unofficial copies from Jordan" in page.text
    assert "Transcript or degree · unofficial copy · PDF" in page.text
    assert "Checked for viruses" in page.text
    assert "Not scanned for viruses" in page.text
    assert file.content == pdf()
    assert file.headers["content-disposition"].startswith("attachment;")
    assert file.headers["content-security-policy"].startswith("default-src 'none'; sandbox")


async def test_an_application_without_files_says_nothing_of_them(office: Office) -> None:
    jordan = await (await office.educator()).submits()

    page = await (await office.dana()).get(jordan.address)

    assert "Unofficial copies" not in page.text


async def test_another_district_gets_no_file(office: Office) -> None:
    jordan = await (await office.educator()).submits(OURS)
    morgan = await (await office.educator("Morgan Lee")).submits(THEIRS)
    copy = await jordan.brings("transcript.pdf", pdf())
    kim = await office.kim()

    assert (await kim.get(copy)).status_code == 404
    assert (await kim.get(copy.replace(jordan.address, morgan.address))).status_code == 404
    async with office.running.read(district=THEIRS) as db:
        assert jordan.application_id not in {row["application_id"] for row in await db.fetch("select * from copies")}


async def test_a_file_that_is_not_there_any_more_is_no_page_without_end(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    copy = await jordan.brings("transcript.pdf", pdf())
    assert office.running.cabinet is not None
    async for each in office.running.cabinet.files.standing("applications"):
        if each.place.about == jordan.application_id:
            await office.running.cabinet.files.remove(each.place)

    assert (await (await office.dana()).get(copy)).status_code == 404


# ── what the district attests by


async def _own(person: Browsing, page: str, count: int = 1) -> list[str]:
    for _ in range(250):
        found = re.findall(r'href="(/work-log/[^"/]+/documents/[^"]+)"', (await person.get(page)).text)
        if len(found) == count:
            return found
        await asyncio.sleep(0.02)
    raise AssertionError("it was not looked at")


async def test_a_file_is_added_and_goes_with_the_attestation(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana, luis, kim = await office.dana(), await office.luis(), await office.kim()
    page = f"{jordan.address}/documents"
    led = await saves(dana, jordan, {"do": "documents", "development_hours": "30"})

    added = await dana.post_file(page, {"submission": "1", "criterion": "UPG-PD"}, "Plan.pdf", pdf())
    (link,) = await _own(dana, page)
    case, file = await luis.get(jordan.address), await luis.get(link)
    before = await office.types(jordan)
    await records_all(dana, jordan)
    await saves(dana, jordan, {"do": "send", "attest": "yes"})
    await office.level()
    after = await dana.get(page)

    assert led.headers["location"].startswith(page)
    assert added.status_code == 303
    assert "Plan.pdf" in case.text
    assert file.content == pdf()
    assert (await kim.get(link)).status_code == 404
    assert "EvidenceProvided" not in before
    assert (await office.types(jordan)).count("EvidenceProvided") == 1
    assert "DESE has it" in after.text
    assert "Add another file" not in after.text


async def test_a_file_is_removed_before_it_is_sent(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    page = f"{jordan.address}/documents"
    await dana.post_file(page, {"submission": "1", "criterion": "UPG-PD"}, "Plan.pdf", pdf())
    (link,) = await _own(dana, page)

    removed = await dana.post(f"{link}/remove", {"submission": "1"}, page=page)

    assert removed.status_code == 303
    assert (await dana.get(link)).status_code == 404
    assert "Plan.pdf" not in (await dana.get(page)).text


@pytest.mark.parametrize(
    ("fields", "name", "data", "words"),
    [
        ({"criterion": ""}, "a.pdf", pdf(), "Choose the criterion that this file shows"),
        ({"criterion": "EXT-TEACHING"}, "a.pdf", pdf(), "Choose the criterion that this file shows"),
        ({}, "a.pdf", b"MZ", "This file is not a PDF"),
        ({}, "a.svg", b"<svg/>", "Choose a PDF, JPEG or PNG file"),
        ({}, "", b"", "Choose a file"),
    ],
)
async def test_what_is_wrong_stands_at_its_field(
    office: Office, fields: dict[str, str], name: str, data: bytes, words: str
) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    said = {"submission": "1", "criterion": "UPG-PD"} | fields
    answer = await dana.post_file(f"{jordan.address}/documents", said, name, data)

    assert answer.status_code == 422
    assert words in answer.text
    assert office.running.cabinet is not None
    stored = [each async for each in office.running.cabinet.files.standing("district-worklog")]
    assert jordan.application_id not in {each.place.about for each in stored}


async def test_after_a_new_handing_in_the_page_says_so(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await jordan.corrects()

    answer = await dana.post_file(
        f"{jordan.address}/documents", {"submission": "1", "criterion": "UPG-PD"}, "a.pdf", pdf()
    )

    assert answer.status_code == 409
