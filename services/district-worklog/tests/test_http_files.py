"""The copies that came with an application: shown on its page, handed out to its district, to nobody else."""

import pytest
from files_given import pdf, png
from worklog_office import OURS, THEIRS, Office

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
