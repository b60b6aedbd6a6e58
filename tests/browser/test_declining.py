"""A district declines with a reason, and the educator names the right one; or it passes it on. All see who has it."""

import pytest
from browser_tab import Browse
from everybody import Everybody

from lectern_local.demo.job import submitted
from lectern_local.demo.staff import NEIGHBOURS_OFFICER, OFFICER, REVIEWER

pytestmark = [pytest.mark.browser, pytest.mark.platform]


async def test_a_declined_application_goes_to_the_district_that_is_named(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    item, case = f"/work-log/{application}", f"/cases/{application}"
    async with (
        browse(390, scripts=False) as educator,
        browse(1280) as district,
        browse(390) as neighbour,
        browse(1280) as dese,
    ):
        await people.sign_in(district, "district-worklog", OFFICER)
        await district.open(people.url("district-worklog", item))
        await district.press("Not your employee? Decline")
        await district.press(f"Read what {who.first_name} will get")
        await district.says("Choose why your district does not answer for this educator")
        await district.look("Decline, nothing chosen", status=422)
        await district.choose("Why do you decline it?", "No longer works here")
        await district.fill(f"Note to {who.first_name}", "Until June. We believe you are in Kansas City now.")
        await district.look("Decline", status=422)
        await district.press(f"Read what {who.first_name} will get")
        await district.says("gets this by email", "No longer works here", "Until June")
        await district.look("Decline, read before it goes")
        await district.press("Decline it")
        await district.says("Declined: No longer works here", "was asked to name the right district")
        await district.look("District case, declined")

        await people.sign_in(educator, "applications", who.email)
        await parties.educator.declined(application)
        await educator.open(people.url("applications", "/"))
        await educator.says("Name another district", "District needed")
        await educator.look("Home, declined by the district")
        await educator.follow("See why, and go on")
        await educator.says("You, since", "you no longer work there", "Until June")
        await educator.look("Status, declined by the district")
        await people.sign_in(dese, "review", REVIEWER)
        await dese.open(people.url("review", case))
        await dese.says("declined it, so another district has to be named")
        await dese.look("DESE case, declined by the district")
        await educator.follow("Name another district")
        await educator.look("Another district, before the search")
        await educator.fill("Search by name, county or code", "048-078")
        await educator.press("Search")
        await educator.press("Send it to this district")
        await educator.says("Choose a district")
        await educator.look("Another district, nothing chosen", status=422)
        await educator.press("Search")
        await educator.choose("1 district found", "Kansas City")
        await educator.press("Send it to this district")
        await educator.says("Sent to Kansas City", "You named another district")
        await educator.look("Status, sent to another district")

        await parties.neighbour.arrived(application, 2)
        await people.sign_in(neighbour, "district-worklog", NEIGHBOURS_OFFICER)
        await neighbour.open(people.url("district-worklog", item))
        await neighbour.says("Nobody has opened this application yet", "Your district was named")
        await neighbour.look("District case, named after a decline")
        await district.open(people.url("district-worklog", item))
        await district.says("Another district was named", "What becomes of it there is not shown to you")
        await district.look("District case, gone to another district")
        await district.open(people.url("district-worklog", "/work-log?tab=closed&ended=left"))
        await district.says("With another district")
        await district.look("Work log, closed, gone to another district")
        await dese.open(people.url("review", case))
        await dese.says("Another district named")
        await dese.look("DESE case, another district named")
    assert await people.count("applications", "EmployerChanged", f"application/{application}") == 1


async def test_a_district_that_knows_the_right_one_passes_it_on(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    item, case = f"/work-log/{application}", f"/cases/{application}"
    async with (
        browse(390, scripts=False) as educator,
        browse() as district,
        browse(390) as neighbour,
        browse(1280) as dese,
    ):
        await people.sign_in(district, "district-worklog", OFFICER)
        await district.open(people.url("district-worklog", item))
        await district.press("Another district’s? Pass it on")
        await district.look("Pass on, before the search")
        await district.fill("Search by name, county or code", "nowhere at all")
        await district.press("Search")
        await district.says("No other district matches")
        await district.look("Pass on, nothing found")
        await district.fill("Search by name, county or code", "048-078")
        await district.press("Search")
        await district.press(f"Read what {who.first_name} will get")
        await district.says("Choose a district")
        await district.look("Pass on, nothing chosen", status=422)
        await district.choose("1 district found", "Kansas City")
        await district.press(f"Read what {who.first_name} will get")
        await district.says("gets this by email", "passed it on, because it knows that you work there")
        await district.look("Pass on, read before it goes")
        await district.press("Pass it on")

        await parties.neighbour.arrived(application, 2)
        await people.sign_in(neighbour, "district-worklog", NEIGHBOURS_OFFICER)
        await neighbour.open(people.url("district-worklog", item))
        await neighbour.says("Nobody has opened this application yet")
        await neighbour.look("District case, passed on by another district")
        await district.open(people.url("district-worklog", item))
        await district.says("Passed on to another district", "What becomes of it there is not shown to you")
        await district.look("District case, passed on")
        await people.sign_in(educator, "applications", who.email)
        await educator.open(people.url("applications", f"/applications/{application}"))
        await educator.says("Kansas City", "Your district passed it on to another district")
        await educator.look("Status, passed on to another district")
        await people.sign_in(dese, "review", REVIEWER)
        await dese.open(people.url("review", case))
        await dese.says("Passed on to another district")
        await dese.look("DESE case, passed on to another district")
    assert await people.count("applications", "EmployerChanged", f"application/{application}") == 1


async def test_a_declined_upgrade_is_turned_into_an_extension(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.decline(application, 1)
    await parties.educator.declined(application)
    async with browse(390, scripts=False) as educator:
        await people.sign_in(educator, "applications", who.email)
        await educator.open(people.url("applications", f"/applications/{application}"))
        await educator.follow("Turn it into an extension")
        await educator.says("What you entered is kept", "your $25.00 goes back the way you paid")
        await educator.look("Turn into an extension, before it is begun")
        await educator.press("Begin the extension")
        await educator.says("It takes the place of your upgrade", "tasks completed")
        await educator.look("Draft in the place of a declined upgrade")
        await educator.open(people.url("applications", f"/applications/{application}"))
        await educator.says("Go on with the extension you have begun")
        await educator.look("Status, declined, an extension begun")
    assert await people.count("applications", "WithdrawalRequested", f"application/{application}") == 0
