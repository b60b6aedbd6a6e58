"""An educator withdraws: what it means is said first, district and DESE see it ended, and the money goes back."""

import pytest
from browser_tab import Browse
from everybody import Everybody

from lectern_local.demo.job import submitted
from lectern_local.demo.staff import OFFICER, REVIEWER
from lectern_local.demo.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.platform]


@pytest.mark.parametrize("scripts", [False])
async def test_an_application_is_withdrawn_and_paid_back(browse: Browse, people: Everybody, scripts: bool) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    async with browse(390, scripts=scripts) as educator, browse() as district, browse() as dese:
        await people.sign_in(educator, "applications", who.email)
        page = people.url("applications", f"/applications/{application}")
        await educator.open(page)
        await educator.follow("Withdraw this application")
        await educator.says("Your $25.00 goes back the way you paid.", "the decision stands")
        await educator.look("Withdraw, before it is confirmed")
        await educator.follow("Keep it")
        await educator.says("Nobody there has opened it yet")
        await educator.follow("Withdraw this application")
        await educator.press("Withdraw the application")

        async def went_back() -> bool:
            await educator.open(page)
            return "went back the way you paid on" in await educator.page.inner_text("main")

        await until("the refund", went_back, within=60)
        await educator.says("You withdrew it on", "start another application", "Returned")
        await educator.look("Status, withdrawn")
        await educator.open(page + "/withdraw")
        await educator.says("You withdrew it on")
        await educator.open(people.url("applications", "/"))
        await educator.look("Home, after a withdrawal")

        await people.sign_in(district, "district-worklog", OFFICER)
        await district.open(people.url("district-worklog", f"/work-log/{application}"))
        await district.says(f"{who.first_name} withdrew it", "Nothing is left to do here")
        await district.look("District case, withdrawn")
        await district.open(people.url("district-worklog", "/work-log?tab=closed"))
        await district.says("Withdrawn")
        await district.look("Work log, tab closed")

        await people.sign_in(dese, "review", REVIEWER)
        await dese.open(people.url("review", f"/cases/{application}"))
        await dese.says("Withdrawn by the educator", "the certificate stays as it is")
        await dese.look("DESE case, withdrawn")
    assert await people.count("applications", "PaymentRefunded", f"application/{application}") == 1
