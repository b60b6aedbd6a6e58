"""Whoever is stuck reads whom to turn to, with the name, address and hours the installation gives."""

from pathlib import Path

import pytest
from applications_office import PASSWORD, Office, opened

from lectern.web.words import reachable

pytestmark = pytest.mark.postgres

SUPPORT = "certification@dese.test, 573-555-0100, weekdays 8 to 5"
LINKED = reachable(SUPPORT)


async def test_every_dead_end_says_whom_to_turn_to(postgres: str, tmp_path: Path) -> None:
    async with opened(postgres, tmp_path, support=SUPPORT) as office:
        person, someone = office.anybody(), office.somebody()
        name = {"first_name": "Jordan", "last_name": "Avery"}
        await person.post("/register", {**name, "email": someone.email, "password": PASSWORD})
        claimed = await (await office.educator()).browser()

        dead_ends = [
            await person.get("/help"),
            await office.anybody().get("/sign-in"),
            await person.get("/claim"),
            await person.post("/claim", someone.proof()),
            await claimed.get("/no/such/page"),
        ]

        assert [LINKED in each.text for each in dead_ends] == [True] * len(dead_ends)
        assert SUPPORT in dead_ends[3].text


async def test_without_it_pages_name_the_section_only(office: Office) -> None:
    page = await office.anybody().get("/help")

    assert "DESE’s certification section. If the page" in page.text
