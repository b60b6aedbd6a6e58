"""Anybody looks up a certificate by name and number, and on another day; its holder and DESE take the paper away."""

import pytest
from browser_tab import Browse, Tab
from everybody import Everybody

from lectern_local.demo.staff import REVIEWER
from lectern_local.demo.waiting import until

pytestmark = [pytest.mark.browser, pytest.mark.platform]


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])
async def test_anybody_looks_up_a_certificate(browse: Browse, people: Everybody, scripts: bool) -> None:
    who = await people.on_record()
    async with browse(scripts=scripts) as tab:
        await tab.open(people.url("applications", "/help"))
        await tab.follow("Look up a certificate", within="footer")
        await tab.look("Look up a certificate")
        await tab.refused("Look up a certificate", "Look up")
        await tab.fill("Last name", "Nobodyatall")
        await tab.press("Look up")
        await tab.says("Nobody with this name is in the register")
        await tab.look("Look up: nobody found")

        async def found() -> bool:
            await tab.open(people.url("review", "/look-up"))
            await tab.fill("Last name", who.last_name.upper())
            await tab.fill("First name", who.first_name[:3])
            await tab.press("Look up")
            return who.educator_number in await tab.page.inner_text("main")

        await until("the register to show them", found, within=30)
        await tab.look("Look up: people with a name")
        await tab.open(people.url("review", "/look-up"))
        await tab.fill("Educator ID", who.educator_number)
        await tab.press("Look up")
        await tab.arrives("/holders/[^/]+")
        await tab.says(f"{who.first_name} {who.last_name}", "Initial Professional Certificate", "Active")
        await tab.hides(who.birth_date.isoformat(), who.email, str(who.birth_date.year))
        await tab.look("A holder of certificates")
        await tab.fill("Day", "1/1/1990")
        await tab.press("Show")
        await tab.says("On January 1, 1990", "No certificate was issued by this day.")
        await tab.look("A holder of certificates, on another day")
        await tab.fill("Day", "soon")
        await tab.press("Show")
        await tab.look("A holder of certificates: no such day", status=422)


async def test_the_paper_is_taken_away(browse: Browse, people: Everybody) -> None:
    who, _ = await people.with_account()
    async with browse() as educator, browse() as dese:
        await people.sign_in(educator, "applications", who.email)
        await educator.look("Home, with a certificate to download")
        assert (await _download(educator, "Download your certificate (PDF)")) == "teaching-certificate-ipc.pdf"
        await educator.open(people.url("applications", "/profile"))
        await educator.look("Profile, with a certificate to download")

        await people.sign_in(dese, "review", REVIEWER)
        await dese.open(people.url("review", "/register"))
        await dese.fill("Educator ID", who.educator_number)
        await dese.press("Find the person")
        await dese.says("Life of the certificate", "Recorded from the state’s records")
        assert (await _download(dese, "Download the certificate (PDF)")) == "teaching-certificate-ipc.pdf"
        await dese.fill("Day", "1/1/1990")
        await dese.press("Show")
        await dese.says("Status on January 1, 1990")
        await dese.look("A person in the register, on a day")


async def _download(tab: Tab, link: str) -> str:
    """The name of the file, which is a PDF."""
    async with tab.page.expect_download() as coming:
        await tab.page.locator("main").get_by_role("link", name=link).first.click()
    download = await coming.value
    path = await download.path()
    assert path.read_bytes().startswith(b"%PDF-1.7")
    return download.suggested_filename
