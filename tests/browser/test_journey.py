"""An application from the educator's first visit to the certificate, as people do it, on a phone and on a desk."""

import asyncio

import dese_part as dese
import districts_part as district
import educators_part as educator
import httpx
import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

pytestmark = [pytest.mark.browser, pytest.mark.platform]


@pytest.mark.parametrize("width", [390, 1280])
async def test_an_application_goes_all_the_way(browse: Browse, people: Everybody, width: int) -> None:
    who = await people.unclaimed()
    async with browse(width, scripts=False) as phone, browse(width) as desk, browse(width) as state:
        await educator.claims(phone, people, who)
        await educator.starts(phone)
        await educator.answers(phone, people)
        await educator.submits(phone)
        reference = await educator.is_told(phone)

        await district.signs_in(desk, people)
        await district.opens(desk, reference, f"{who.first_name} {who.last_name}")
        await _leaves_something_out(desk)
        await district.checks_years(desk)
        await district.records(desk, hours="26")
        await _sends_too_little(desk)
        await district.attests(desk)
        await desk.look("District case, sent to DESE")
        await district.looks_at_lists(desk, people)

        await dese.signs_in(state, people)
        await dese.opens(state, people, reference)
        await dese.approves(state)
        await dese.looks_at_register(state, people, who.educator_number)

        await _sees_the_certificate(phone, people)
        await _has_mail(phone, people, reference)


async def _leaves_something_out(desk: Tab) -> None:
    await desk.press("Attest and send to DESE")
    await desk.says("things are left before you can send this")
    await desk.look("District case: things are left", status=422)


async def _sends_too_little(desk: Tab) -> None:
    """26 hours of 30 are recorded, and found out before anything is signed."""
    await desk.look("District case, 26 of 30 hours")
    await desk.press("Attest and send to DESE")
    await desk.look("District case: 26 of 30 hours", status=422)
    plan = district.card(district.CARDS[0])
    await desk.fill("Contact hours you can confirm", "30.25", within=plan)
    await desk.press("Save", within=plan)
    await desk.says("5 of 5 criteria confirmed")
    await desk.look("District case, ready to sign")


async def _sees_the_certificate(phone: Tab, people: Everybody) -> None:
    for _ in range(60):
        await phone.open(people.url("applications", "/"))
        if await phone.page.get_by_role("heading", name="Career Continuous Professional Certificate").count():
            break
        await asyncio.sleep(0.5)
    await phone.says("Valid until")
    await phone.look("Home, upgraded")
    await phone.follow("Application status", within="header")
    await phone.look("Application status")
    await phone.follow("Upgrade to a career certificate")
    await phone.says("Approved on", "Career Continuous Professional Certificate now")
    await phone.look("Status, approved")
    await phone.follow("Profile", within="header")
    await phone.look("Profile")


async def _has_mail(phone: Tab, people: Everybody, reference: str) -> None:
    """Each step told to whom it concerns, once."""
    wanted = {"submitted", "received", "new-item", "sent-to-dese", "application-ready", "decided"}
    found: set[str] = set()
    for _ in range(120):
        found = await _notices(people, reference)
        if found >= wanted:
            break
        await asyncio.sleep(0.5)
    assert found >= wanted, found
    await phone.open(people.url("mailbox", f"/?q={reference}"))
    await phone.says("ready for review", "waits in your work log")
    await phone.look("Mailbox")
    await phone.follow("")
    await phone.look("An email")


async def _notices(people: Everybody, reference: str) -> set[str]:
    """What was told in emails about this application, by the word of each notice."""
    found: set[str] = set()
    after = 0
    async with httpx.AsyncClient(trust_env=False, base_url=people.url("mailbox")) as client:
        while after is not None:
            page = (await client.get("/api/mails", params={"after": after})).json()
            found |= {each["notice"] for each in page["mails"] if reference in each["subject"]}
            after = page["next"]
    return found
