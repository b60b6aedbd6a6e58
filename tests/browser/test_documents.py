"""Files, without scripts: an educator's copies and explanation, a district's evidence, and who gets which of them."""

import pytest
from browser_tab import Browse, Tab
from everybody import Everybody
from files_given import exif, jpeg, pdf

from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern_local.demo.staff import OFFICER, REVIEWER
from lectern_local.demo.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.platform]
QUESTION = CONDUCT_QUESTIONS[0]


async def test_files_reach_those_they_are_for(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await parties.educator.begin()
    await parties.educator.answer(application)
    async with browse(scripts=False) as phone, browse(scripts=False) as desk, browse(scripts=False) as dese:
        await people.sign_in(phone, "applications", who.email)
        await phone.open(people.url("applications", f"/drafts/{application}/education"))
        await _adds_copies(phone)
        await phone.open(people.url("applications", f"/drafts/{application}/conduct/{QUESTION.id}"))
        await _explains(phone)
        await phone.open(people.url("applications", f"/drafts/{application}/check"))
        await phone.says("My transcript.pdf", "Letter of the board.jpg")
        await phone.look("Check your answers, with files")
        await parties.educator.submit(application)
        await parties.educator.pay(application)
        await parties.district.arrived(application, 1)

        await people.sign_in(desk, "district-worklog", OFFICER)
        item = people.url("district-worklog", f"/work-log/{application}")
        await _there(desk, item, "My transcript.pdf")
        await desk.hides("Letter of the board")
        await desk.look("District case, with copies")
        await _attests_by_a_file(desk, item)
        await parties.district.verify(application, 1)
        await desk.open(f"{item}/documents")
        await desk.says("DESE has it")
        await desk.look("Files of the district, at DESE")

        await people.sign_in(dese, "review", REVIEWER)
        case = people.url("review", f"/cases/{application}")
        await _there(dese, case, "Mentor log.pdf")
        await dese.says("My transcript.pdf")
        await dese.hides("Letter of the board")
        await dese.look("DESE case, with files")
        await dese.press(f"Open what {who.first_name} explained")
        await dese.says("Letter of the board.jpg")
        await dese.look("DESE conduct, with a file")

        await phone.open(people.url("applications", f"/applications/{application}/answers"))
        await phone.says("My transcript.pdf")
        await phone.look("What you submitted, with files")


async def _adds_copies(phone: Tab) -> None:
    await phone.look("Education and experience, no files")
    await phone.follow("Add a file")
    await phone.look("Unofficial copies, none")
    await phone.refused("Unofficial copies", "Add this file")
    await phone.select("What does it show?", "Mentoring")
    await _choose(phone, "My transcript.pdf", b"MZ and no PDF")
    await phone.press("Add this file")
    await phone.says("This file is not a PDF, whatever its name says.")
    assert await phone.page.get_by_label("What does it show?").input_value() == "mentoring"
    await phone.look("Unofficial copies, a file that is not taken", status=422)
    await phone.select("What does it show?", "Transcript or degree")
    await _choose(phone, "My transcript.pdf", pdf())
    await phone.press("Add this file")
    await _there(phone, phone.page.url, "Not scanned")
    await phone.look("Unofficial copies, one")
    await phone.select("What does it show?", "Mentoring")
    await _choose(phone, "A long name of a letter from an employer years ago.jpg", jpeg())
    await phone.press("Add this file")
    await phone.page.get_by_role("button", name="Remove A long name").click()
    await phone.says("My transcript.pdf")
    await phone.hides("A long name of a letter")
    await phone.follow("Replace")
    await phone.look("Unofficial copies, replacing one")
    await phone.follow("Continue")
    await phone.says("1 file added")
    await phone.look("Education and experience, with a file")


async def _explains(phone: Tab) -> None:
    await phone.choose(QUESTION.text, "Yes")
    await phone.fill("If yes, explain", "It was settled in 2019.")
    await phone.press("Save and add a file")
    await phone.says("Only DESE gets these files")
    await phone.look("Files for DESE, none")
    await phone.refused("Files for DESE", "Add this file")
    await _choose(phone, "Letter of the board.jpg", jpeg(extra=exif(6)))
    await phone.press("Add this file")
    await _there(phone, phone.page.url, "Not scanned")
    await phone.look("Files for DESE, one")


async def _attests_by_a_file(desk: Tab, item: str) -> None:
    await desk.press("Add a file")
    await desk.look("Files of the district, none")
    await desk.refused("Files of the district", "Add this file")
    await desk.page.get_by_label("Which criterion does it show?").select_option(value="UPG-MENTORING")
    await _choose(desk, "Mentor log.pdf", pdf(pages=3))
    await desk.press("Add this file")
    await _there(desk, f"{item}/documents", "Not scanned")
    await desk.look("Files of the district, one")
    await desk.follow("Back to the application")
    await desk.says("Mentor log.pdf")
    await desk.look("District case, with files of its own")


async def _choose(tab: Tab, name: str, data: bytes) -> None:
    await tab.page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "application/octet-stream", "buffer": data}
    )


async def _there(tab: Tab, page: str, words: str) -> None:
    """Opens a page until it says so: a file is looked at, and heard of, in a moment."""

    async def says() -> bool:
        await tab.open(page)
        return words in await tab.page.inner_text("main")

    await until(words, says, within=60)
