"""Asking an educator on pages: read before it goes, who has it, and the answer on the page of the case."""

import secrets

import httpx
import pytest
from review_browsing import approves, text_of
from review_office import Educator, ReviewOffice

from lectern.contracts.days import chicago_day
from lectern.web.client import Browsing
from review.review_queue import Stage

pytestmark = pytest.mark.postgres
NOTE = "In which building did you teach in 2024, and who was your principal?"
ANSWER = "At Oak Street Elementary, with Ms. Delgado."


async def asks(browser: Browsing, who: Educator, do: str = "send", **changed: str) -> httpx.Response:
    fields = {"submission": str(who.submission), "reasons": "conduct-unclear", "note": NOTE, "do": do}
    return await browser.post(f"{who.address}/information", fields | changed, page=f"{who.address}/information")


async def ready(office: ReviewOffice, name: str) -> Educator:
    return await (await (await office.educator(name)).submits()).verified()


async def test_what_is_asked_is_read_before_it_goes_and_answered_on_the_page(office: ReviewOffice) -> None:
    jordan, priya = await ready(office, "Askia Forthright"), await office.priya()

    preview = await asks(priya, jordan, "preview")
    changed = await asks(priya, jordan, "change")
    sent = await asks(priya, jordan)
    waiting, queue = await priya.get(jordan.address), await priya.get("/queue?tab=educator&q=Forthright")
    refused = await approves_at_once(priya, jordan)
    await jordan.supplies(ANSWER)
    answered, late = await priya.get(jordan.address), await approves_at_once(priya, jordan)

    assert NOTE in preview.text
    assert "Professional conduct" in text_of(preview)
    assert NOTE in changed.text
    assert sent.status_code == 303
    assert "Opens when Askia has answered" in text_of(waiting)
    assert "With Askia since" in text_of(waiting)
    assert "Asked by DESE" in text_of(queue)
    assert "can be decided when the answer is here" in text_of(refused)
    assert late.status_code == 422
    assert "DESE asked something about this case since you opened this page" in text_of(late)
    assert NOTE in answered.text
    assert ANSWER in answered.text
    assert await office.stage(jordan) is Stage.READY
    assert (await approves(priya, jordan)).status_code == 303
    assert "ApplicationApproved" in await office.types(jordan)


async def approves_at_once(browser: Browsing, who: Educator) -> httpx.Response:
    """From a page that was opened before the question."""
    today = chicago_day(who.office.running.now()).isoformat()
    fields = {"submission": str(who.submission), "effective_on": today}
    return await browser.post(f"{who.address}/approval", fields, page=who.address)


async def test_a_district_is_asked_and_attests_again(office: ReviewOffice) -> None:
    jordan, priya = await ready(office, "Askdistrict Records"), await office.priya()

    form = await priya.get(f"{jordan.address}/information?party=district")
    secret = await asks(priya, jordan, party="district")
    sent = await asks(priya, jordan, party="district", reasons="years-unclear")
    waiting, queue = await priya.get(jordan.address), await priya.get("/queue?tab=district&q=Askdistrict")
    await jordan.answered_by_district(ANSWER)
    answered = await priya.get(jordan.address)

    assert "Professional conduct" not in text_of(form)
    assert "Choose things to ask about from the list" in text_of(secret)
    assert sent.status_code == 303
    assert "Opens when Independence 30 has answered" in text_of(waiting)
    assert "Asked by DESE" in text_of(queue)
    assert ANSWER in answered.text
    assert "Independence 30 answered" in text_of(answered)
    assert (await approves(priya, jordan)).status_code == 303


async def test_nothing_is_asked_without_a_reason_and_a_note(office: ReviewOffice) -> None:
    jordan, priya = await ready(office, "Askme Nothing"), await office.priya()

    page = await asks(priya, jordan, "preview", reasons="", note="")

    assert page.status_code == 422
    assert "Choose at least one thing to ask about" in text_of(page)
    assert "Write what you need to know" in text_of(page)


async def test_while_it_is_asked_nobody_asks_again(office: ReviewOffice) -> None:
    jordan, priya, ines = await ready(office, "Askonly Once"), await office.priya(), await office.ines()
    await asks(priya, jordan)

    form = await ines.get(f"{jordan.address}/information")
    again = await ines.post(
        f"{jordan.address}/information",
        {"submission": "1", "reasons": "other", "note": NOTE, "do": "send"},
        page=jordan.address,
    )

    assert form.status_code == 303
    assert "DESE asked the educator something" in text_of(again)


async def test_the_api_asks_too(office: ReviewOffice) -> None:
    jordan, priya = await ready(office, "Askapi Machine"), await office.priya()

    said = {"reasons": ["years-unclear"], "note": NOTE}
    sent = await priya.post_json(f"/api{jordan.address}/information", said, key=secrets.token_hex(8))
    case = await priya.get(f"/api{jordan.address}?after={sent.json()['after']}")

    assert (sent.status_code, sent.json()["status"]) == (200, "waiting-for-educator")
    assert case.json()["status"] == "waiting-for-educator"
