"""A certificate is suspended by two at DESE while an application about it is under way, and reinstated."""

import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

from lectern_local.demo.job import submitted
from lectern_local.demo.staff import REVIEWER, SUPERVISOR

pytestmark = [pytest.mark.browser, pytest.mark.platform]
WHY = "By order of the State Board of Education."


async def test_a_certificate_is_suspended_and_reinstated(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    await parties.district.arrived(application, 1)
    await parties.district.verify(application, 1)
    await parties.reviewer.ready(application, 1)
    async with browse() as tab, browse() as second, browse() as phone, browse() as anybody:
        await people.sign_in(tab, "review", REVIEWER)
        await people.sign_in(second, "review", SUPERVISOR)
        await people.sign_in(phone, "applications", who.email)
        await _finds(tab, people, who.educator_number)
        await tab.follow("Change its status")
        await tab.says("One is open", "nobody outside DESE is told")
        await tab.look("Change a certificate’s status")
        await tab.refused("Change a certificate’s status", "Propose the change")
        await _proposes(tab, "Suspend it")
        await tab.says("Suspend it: waits for a second person")
        await tab.look("A person in the register, a change of status waits")
        await tab.follow("Read the proposal")
        await tab.says("You proposed this yourself")
        await tab.look("A proposed change of status, one’s own")

        await second.open(people.url("review", "/register"))
        await second.look("Register, a change of status waits")
        await second.page.locator("main table a").last.click()
        await second.arrives("/status/second")
        await second.says(WHY, "until it is reinstated")
        await second.look("Confirm a change of status")
        await second.refused("Confirm a change of status", "Send your answer")
        await second.choose("Do you confirm it?", "Yes, suspend it")
        await second.press("Send your answer")
        await second.says("Suspended", WHY)
        await second.look("A person in the register, certificate suspended")
        await second.open(people.url("review", f"/cases/{application}"))
        await second.says("Certificate suspended", "It can be approved once it is reinstated")
        await second.look("DESE case, certificate suspended")

        await phone.open(people.url("applications", "/"))
        for _ in range(60):
            if await phone.page.get_by_text("Suspended since").count():
                break
            await phone.open(people.url("applications", "/"))
        await phone.says("Suspended since", "No application about it can be handed in or approved")
        await phone.hides("State Board of Education")
        await phone.look("Home, certificate suspended")
        await phone.open(people.url("applications", "/profile"))
        await phone.look("Profile, certificate suspended")
        await _finds(anybody, people, who.educator_number, at="/look-up", button="Look up")
        await anybody.says("Suspended")
        await anybody.hides("State Board of Education")

        await tab.open(people.url("review", "/register"))
        await _finds(tab, people, who.educator_number)
        await tab.follow("Change its status")
        await tab.look("Reinstate a certificate")
        await _proposes(tab, "Reinstate it")
        await second.open(people.url("review", "/register"))
        await second.page.locator("main table a").last.click()
        await second.arrives("/status/second")
        await second.look("Confirm that a certificate is reinstated")
        await second.choose("Do you confirm it?", "Yes, reinstate it")
        await second.press("Send your answer")
        await second.open(people.url("review", f"/cases/{application}/approval"))
        await second.says("Approve and upgrade the certificate")


async def _finds(
    tab: Tab, people: Everybody, number: str, *, at: str = "/register", button: str = "Find the person"
) -> None:
    await tab.open(people.url("review", at))
    await tab.fill("Educator ID", number)
    await tab.press(button)


async def _proposes(tab: Tab, what: str) -> None:
    await tab.choose("What becomes of it?", what)
    await tab.fill("Reference of the order", "BOE 2026-117")
    await tab.fill("Why", WHY)
    await tab.press("Propose the change")
