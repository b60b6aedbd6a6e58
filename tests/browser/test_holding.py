"""A case on hold and in other hands, and one that is closed as incomplete because no answer came."""

import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

from lectern_local.demo.job import submitted
from lectern_local.demo.staff import REVIEWER, SUPERVISOR

pytestmark = [pytest.mark.browser, pytest.mark.platform]
WHY = "We wait for a letter from Kansas."


async def test_a_case_is_held_moved_and_released(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.verify(application, 1)
    await parties.reviewer.ready(application, 1)
    async with browse() as tab, browse() as phone:
        await people.sign_in(tab, "review", SUPERVISOR)
        await tab.open(people.url("review", f"/cases/{application}"))
        await tab.follow("Put it on hold")
        await tab.look("Put on hold")
        await tab.refused("Put on hold", "Put it on hold")
        await tab.fill("Why you put it on hold", WHY)
        await tab.press("Put it on hold")
        await tab.says("On hold at DESE since", WHY)
        await tab.look("DESE case, on hold")
        await tab.open(people.url("review", "/queue?tab=held"))
        await tab.look("Queue, on hold")
        await people.sign_in(phone, "applications", who.email)
        await phone.open(people.url("applications", f"/applications/{application}"))
        await phone.says("DESE put your application on hold")
        await phone.hides("Kansas")
        await phone.look("Status, on hold")

        await tab.open(people.url("review", f"/cases/{application}"))
        await _gives_it_to_a_reviewer(tab)
        await tab.follow("Release the hold")
        await tab.look("Release the hold")
        await tab.fill("Why you release it", "The letter is here.")
        await tab.press("Release the hold")
        await tab.says("Ready for your decision")


async def _gives_it_to_a_reviewer(tab: Tab) -> None:
    await tab.follow("Give it to somebody else")
    await tab.look("Give to somebody else")
    await tab.refused("Give to somebody else", "Confirm")
    await tab.choose("Who has it from now on?", "Priya Raman")
    await tab.fill("Why", "She knows the school.")
    await tab.press("Confirm")
    await tab.says("Priya Raman has it")


async def test_what_nobody_answers_is_closed(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.send_back(application, 1)
    await parties.reviewer.returned(application)
    async with browse() as tab, browse() as phone:
        await people.sign_in(tab, "review", REVIEWER)
        await tab.open(people.url("review", f"/cases/{application}"))
        await tab.look("DESE case, returned")
        await tab.follow("Close it as incomplete")
        await tab.look("Close as incomplete")
        await tab.refused("Close as incomplete", "Close it")
        await tab.fill("Why, for", "You told us that you teach in Kansas now.")
        await tab.press("Close it")
        await tab.says("Closed as incomplete", "teach in Kansas now")
        await tab.look("DESE case, closed as incomplete")
        assert await parties.educator.decided(application) == "closed"
        await people.sign_in(phone, "applications", who.email)
        await phone.open(people.url("applications", f"/applications/{application}"))
        await phone.says("Closed as incomplete on", "teach in Kansas now", "start another application")
        await phone.look("Status, closed as incomplete")
        await phone.open(people.url("applications", f"/drafts/{application}"))
        await phone.says("Closed as incomplete on")
    assert await people.count("review", "ApplicationClosedIncomplete", f"case/{application}") == 1
