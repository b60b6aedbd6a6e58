"""A district asks for something, the educator answers, and the district goes on where it stopped."""

import districts_part as district
import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

from lectern_local.demo.job import submitted
from lectern_local.demo.people import Person
from lectern_local.demo.staff import OFFICER

pytestmark = [pytest.mark.browser, pytest.mark.platform]
ANSWER = "The hours of June were missing."
NOTE = "I found records for 26 of the 30 contact hours. Could you add a record for the other 4?"


async def test_a_returned_application_comes_back_under_its_reference(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    async with browse() as desk, browse() as phone:
        await people.sign_in(desk, "district-worklog", OFFICER)
        await desk.open(people.url("district-worklog", f"/work-log/{application}"))
        await desk.look("District case, nobody has opened it")
        await desk.press("Open this application")
        await _records_mentoring(desk)
        await _returns(desk, who)

        await people.sign_in(phone, "applications", who.email)
        await phone.look("Home, returned")
        await phone.follow("See what your district asks")
        await phone.says("You, since", "Your contact hours of professional development", NOTE)
        await phone.look("Status, returned")
        await _corrects(phone)

        await desk.open(people.url("district-worklog", f"/work-log/{application}"))
        await parties.district.arrived(application, 2)
        await desk.page.reload()
        await desk.says("handed this in again", "33.25 of 30 contact hours", "Mentor log", ANSWER)
        await desk.look("District case, handed in again")
        await desk.press("All of what we recorded before is still right")
        await district.checks_years(desk)
        await district.records(desk, but=["A mentoring program"])
        await district.attests(desk)
    assert await people.count("applications", "ApplicationCorrected", f"application/{application}") == 1


async def _records_mentoring(desk: Tab) -> None:
    card = district.card("A mentoring program")
    await desk.choose("Do your records show two school years", "Yes", within=card)
    await desk.fill("What you checked", "Mentor log", within=card)
    await desk.press("Save", within=card)
    await desk.says("1 of 5 criteria confirmed")


async def _returns(desk: Tab, who: Person) -> None:
    await desk.press(f"Return to {who.first_name}")
    await desk.look("Return to the educator")
    await desk.refused("Return to the educator", f"Read what {who.first_name} will get")
    await desk.tick("Contact hours of professional development are missing")
    await desk.fill("Note to", NOTE)
    await desk.press(f"Read what {who.first_name} will get")
    await desk.says(NOTE)
    await desk.look("Read before you return it")
    await desk.press("Change it")
    assert await desk.page.get_by_label("Note to").input_value() == NOTE
    await desk.press(f"Read what {who.first_name} will get")
    await desk.press(f"Return it to {who.first_name}")
    await desk.says(f"Returned to {who.first_name}", NOTE)
    await desk.look("District case, returned")
    await desk.follow("Back to the work log")
    await desk.follow("Returned")
    await desk.look("Work log, tab returned, with one")


async def _corrects(phone: Tab) -> None:
    await phone.follow("Answer and send again")
    await phone.says("Your district asks you something", "0 of 2 tasks completed")
    await phone.look("Task list, returned")
    await phone.follow("Education and experience")
    await phone.look("Education and experience, returned")
    await phone.follow("Change them")
    await phone.fill("Contact hours", "33.25")
    await phone.press("Save")
    await phone.press("This is complete, continue")
    await phone.follow("Check your answers")
    await phone.look("Check your answers, returned")
    await phone.refused("Check your answers, returned", "Send it again")
    await phone.fill("Your answer to your district", ANSWER)
    await phone.tick("What I have entered is true")
    await phone.press("Send it again")
    await phone.says("Sent again", "Independence 30, since")
    await phone.look("Status, sent again")
