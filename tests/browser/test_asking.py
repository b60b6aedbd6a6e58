"""DESE asks the educator, then the district, and decides when both have answered."""

import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

from lectern_local.demo.job import submitted
from lectern_local.demo.staff import OFFICER, REVIEWER

pytestmark = [pytest.mark.browser, pytest.mark.platform]
NOTE = "In which building did you teach in 2024?"
ANSWER = "At Oak Street Elementary, with Ms. Delgado."


async def test_dese_asks_and_both_answer(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.verify(application, 1)
    await parties.reviewer.ready(application, 1)
    case = people.url("review", f"/cases/{application}")
    async with browse() as tab, browse() as phone, browse() as desk:
        await people.sign_in(tab, "review", REVIEWER)
        await tab.open(case)
        await _asks(tab, who.first_name, "The school years taught")
        await tab.look("DESE case, asked of the educator")
        await tab.open(people.url("review", "/queue?tab=educator"))
        await tab.look("Queue, waiting on educator")

        await parties.educator.asked(application)
        await people.sign_in(phone, "applications", who.email)
        await phone.look("Home, asked by DESE")
        await phone.follow("See what DESE asks")
        await phone.says("You, since", "DESE asks you something", NOTE)
        await phone.look("Status, asked by DESE")
        await _answers(phone)

        await parties.reviewer.answered(application)
        await tab.open(case)
        await tab.says(ANSWER)
        await tab.look("DESE case, answered by the educator")
        await _asks(tab, "Independence 30", "The evaluations")
        await tab.look("DESE case, asked of the district")

        await parties.district.asked(application)
        await phone.open(people.url("applications", f"/applications/{application}"))
        await phone.says("DESE asked your district something")
        await phone.look("Status, DESE asked the district")
        await people.sign_in(desk, "district-worklog", OFFICER)
        await desk.open(people.url("district-worklog", f"/work-log/{application}"))
        await desk.says("DESE asks your district something", NOTE)
        await desk.look("District case, asked by DESE")
        await _attests_again(desk)

        await parties.reviewer.answered(application)
        await tab.open(case)
        await tab.says("Independence 30 answered", ANSWER)
        await tab.look("DESE case, answered by the district")
        await tab.follow("Approve")
        await tab.press("Approve and upgrade the certificate")
        await tab.says("has a Career Continuous Professional Certificate, valid from")
    assert await people.count("review", "ApplicationApproved", f"case/{application}") == 1


async def _asks(tab: Tab, whom: str, about: str) -> None:
    await tab.follow("ask " + whom if whom.startswith("Independence") else "Ask " + whom)
    await tab.look(f"Ask {'the district' if whom.startswith('Independence') else 'the educator'}")
    await tab.refused("Ask", f"Read what {whom} will get")
    await tab.tick(about)
    await tab.fill("Note to", NOTE)
    await tab.press(f"Read what {whom} will get")
    await tab.says(NOTE, about)
    await tab.look("Read before you ask")
    await tab.press("Change it")
    assert await tab.page.get_by_label("Note to").input_value() == NOTE
    await tab.press(f"Read what {whom} will get")
    await tab.press(f"Ask {whom}")
    await tab.says(f"Opens when {whom} has answered", NOTE)


async def _answers(phone: Tab) -> None:
    await phone.follow("Answer DESE")
    await phone.says("DESE asks you something", "0 of 2 tasks completed")
    await phone.look("Task list, asked by DESE")
    await phone.follow("Education and experience")
    await phone.look("Education and experience, asked by DESE")
    await phone.press("This is complete, continue")
    await phone.follow("Answer DESE")
    await phone.look("Answer DESE")
    await phone.refused("Answer DESE", "Send to DESE")
    await phone.fill("Your answer to DESE", ANSWER)
    await phone.press("Send to DESE")
    await phone.says("DESE has your answer", "DESE, since")
    await phone.look("Status, answered")


async def _attests_again(desk: Tab) -> None:
    await desk.page.get_by_role("button", name="Answer DESE").first.click()
    await desk.arrives("/work-log/[^/]+/answer")
    await desk.look("The district answers DESE")
    await desk.refused("The district answers DESE", "Attest and send to DESE")
    await desk.fill("Your district’s answer", ANSWER)
    await desk.tick("I attest, from the records")
    await desk.press("Attest and send to DESE")
    await desk.says("Sent to DESE", "Answered to DESE")
    await desk.look("District case, answered")
