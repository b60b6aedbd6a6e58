"""A district chooses once how its contacts hear of new applications; the page says what holds."""

import re
from datetime import date

import httpx
import pytest
from worklog_given import DANA, NOW, OURS
from worklog_office import Office

from district_worklog.choosing_notices import ChooseNotices, choose_notices
from district_worklog.district import Closed, Listed, Unlisted, evolve
from lectern.eventlog.errors import NotFound, Refused

HERE = Listed("INDEPENDENCE 30", "JACKSON")


def chosen(*, each_item: bool) -> ChooseNotices:
    return ChooseNotices(district=OURS, each_item=each_item, officer=DANA, now=NOW)


def test_it_is_said_when_it_changes() -> None:
    (fact,) = choose_notices(HERE, chosen(each_item=False))

    assert (fact.district, fact.each_item, fact.chosen_by) == (OURS, False, DANA)
    assert choose_notices(evolve(HERE, fact), chosen(each_item=False)) == []
    assert choose_notices(HERE, chosen(each_item=True)) == []


def test_only_a_district_that_gets_applications_chooses() -> None:
    with pytest.raises(Refused):
        choose_notices(Closed("A", "B", date(2026, 1, 1)), chosen(each_item=False))
    with pytest.raises(NotFound):
        choose_notices(Unlisted(), chosen(each_item=False))


@pytest.mark.postgres
async def test_the_page_says_what_holds(office: Office) -> None:
    dana = await office.dana()
    assert chosen_on(await dana.get("/people")) == ["each"]

    saved = await dana.post("/people", {"notices": "daily"})
    await office.level()

    assert saved.status_code == 303
    assert "Saved" in (await dana.get(saved.headers["location"])).text
    assert chosen_on(await dana.get("/people")) == ["daily"]
    await dana.post("/people", {"notices": "each"})


@pytest.mark.postgres
async def test_nothing_chosen_is_said_at_the_question(office: Office) -> None:
    dana = await office.dana()

    answer = await dana.post("/people", {})

    page = await dana.get(answer.headers["location"]) if answer.status_code == 303 else answer
    assert "Choose how your contacts hear of new applications" in page.text


def chosen_on(page: httpx.Response) -> list[str]:
    found = (re.search(r'value="(\w+)"', each) for each in re.findall(r"<input[^>]*checked[^>]*>", page.text))
    return [each[1] for each in found if each]
