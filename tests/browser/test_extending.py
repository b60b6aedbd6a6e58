"""An extension from the educator's phone to the new expiry date, as people do it."""

import asyncio

import dese_part as dese
import districts_part as district
import educators_part as educator
import extension_part as extension
import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

pytestmark = [pytest.mark.browser, pytest.mark.platform]


async def test_an_extension_goes_all_the_way(browse: Browse, people: Everybody) -> None:
    who = await people.on_record()
    async with browse(390, scripts=False) as phone, browse(1280) as desk, browse(1280) as state:
        await educator.claims(phone, people, who)
        await extension.starts(phone)
        await extension.answers(phone, people)
        reference = await extension.submits(phone)

        await district.signs_in(desk, people)
        await district.opens(desk, reference, f"{who.first_name} {who.last_name}", "0 of 1 criterion confirmed")
        await extension.verifies(desk)

        await dese.signs_in(state, people)
        await dese.opens(state, people, reference)
        await extension.approves(state)

        await _sees_the_new_day(phone, people)


async def _sees_the_new_day(phone: Tab, people: Everybody) -> None:
    for _ in range(60):
        await phone.open(people.url("applications", "/"))
        if "Nothing is due now" in await phone.page.inner_text("body"):
            break
        await asyncio.sleep(0.5)
    await phone.says("Nothing is due now", "Initial Professional Certificate")
    await phone.look("Home, extended")
    await phone.follow("Extension of a certificate")
    await phone.says("Approved on", "Its new period starts on its old expiry date")
    await phone.look("Extension status, approved")
