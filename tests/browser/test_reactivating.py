"""A reactivation by either route, from the educator's phone to the certificate that is good again."""

import asyncio

import dese_part as dese
import districts_part as district
import educators_part as educator
import pytest
import reactivation_part as reactivation
from browser_tab import Browse, Tab
from everybody import Everybody

from lectern.contracts.values import Route

pytestmark = [pytest.mark.browser, pytest.mark.platform]


async def test_by_a_course_it_goes_straight_to_dese(browse: Browse, people: Everybody) -> None:
    who = await people.on_record(expired=True)
    async with browse(390, scripts=False) as phone, browse(1280) as state:
        await educator.claims(phone, people, who)
        await reactivation.starts(phone)
        await reactivation.answers(phone, people, Route.COURSE)
        reference = await reactivation.submits(phone, Route.COURSE)

        await dese.signs_in(state, people)
        await dese.opens(state, people, reference)
        await reactivation.compares(state, people, who.educator_number)
        await reactivation.approves(state)

        await _is_good_again(phone, people, Route.COURSE)


async def test_when_hired_the_district_verifies_and_promises_contact_hours(browse: Browse, people: Everybody) -> None:
    who = await people.on_record(expired=True)
    async with browse(390, scripts=False) as phone, browse(1280) as desk, browse(1280) as state:
        await educator.claims(phone, people, who)
        await reactivation.starts(phone)
        await reactivation.answers(phone, people, Route.EMPLOYMENT)
        reference = await reactivation.submits(phone, Route.EMPLOYMENT)

        await district.signs_in(desk, people)
        await district.opens(desk, reference, f"{who.first_name} {who.last_name}", "0 of 2 criteria confirmed")
        await reactivation.verifies(desk)

        await dese.signs_in(state, people)
        await dese.opens(state, people, reference)
        await reactivation.approves(state)

        await _is_good_again(phone, people, Route.EMPLOYMENT)
        await reactivation.records_hours(desk, people, reference)


async def _is_good_again(phone: Tab, people: Everybody, route: Route) -> None:
    for _ in range(60):
        await phone.open(people.url("applications", "/"))
        if "Nothing is due now" in await phone.page.inner_text("body"):
            break
        await asyncio.sleep(0.5)
    await phone.says("Nothing is due now", "Initial Professional Certificate")
    await phone.follow("Reactivation of a certificate")
    await phone.says("Approved on", "It is good again, from")
    await phone.look(f"Reactivation by {route.value}, approved")
