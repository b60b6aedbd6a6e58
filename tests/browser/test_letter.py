"""The proof letter, without scripts: made by its educator, opened by a stranger, and ended again."""

import pytest
from browser_tab import Browse
from everybody import Everybody

from lectern_local.demo.job import submitted

pytestmark = [pytest.mark.browser, pytest.mark.platform]


async def test_a_principal_sees_what_was_filed_until_the_link_is_ended(browse: Browse, people: Everybody) -> None:
    who, parties = await people.with_account()
    application = await submitted(parties)
    async with browse(scripts=False) as phone, browse(scripts=False) as principal:
        await people.sign_in(phone, "applications", who.email)
        await phone.open(people.url("applications", f"/applications/{application}"))
        await phone.follow("Proof letter")
        await phone.says(who.last_name, "Valid to", "Download the letter (PDF)")
        await phone.look("Proof letter")
        await phone.press("Make a link")
        await phone.look("Proof letter, with a link")
        link = await phone.page.get_by_role("link", name="Link of").get_attribute("href")
        assert link

        await principal.open(link)
        await principal.says("Proof of application", who.last_name, "it is good until")
        await principal.look("Proof of application, by a link")

        await phone.page.get_by_role("button", name="End it").click()
        await phone.says("Make a link")
        await principal.open(link)
        await principal.says("We can’t find that page")
