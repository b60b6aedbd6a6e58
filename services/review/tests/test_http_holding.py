"""A case on hold and in other hands, on pages and by the API."""

import secrets

import httpx
import pytest
from review_browsing import text_of
from review_office import Educator, ReviewOffice

from lectern.web.client import Browsing
from review.review_queue import Stage

pytestmark = pytest.mark.postgres
WHY = "We wait for a letter from Kansas."


async def ready(office: ReviewOffice, name: str) -> Educator:
    return await (await (await office.educator(name)).submits()).verified()


async def says(browser: Browsing, who: Educator, verb: str, page: str = "hold", **said: str) -> httpx.Response:
    return await browser.post(
        f"{who.address}/{verb}", {"submission": str(who.submission), **said}, page=f"{who.address}/{page}"
    )


async def test_a_case_is_held_and_released_each_with_a_reason(office: ReviewOffice) -> None:
    jordan, priya, ines = await ready(office, "Holda Fast"), await office.priya(), await office.ines()

    silent = await says(priya, jordan, "hold", why="")
    held = await says(priya, jordan, "hold", why=WHY)
    case, queue = await ines.get(jordan.address), await ines.get("/queue?tab=held&q=Holda")
    closed = await ines.get(f"{jordan.address}/approval")
    released = await says(ines, jordan, "release", why="It is here.")
    after = await priya.get(f"{jordan.address}/history")

    assert silent.status_code == 422
    assert "Say why" in silent.text
    assert held.status_code == 303
    assert "On hold at DESE since" in text_of(case)
    assert WHY in case.text
    assert jordan.reference in queue.text
    assert closed.status_code == 303
    assert released.status_code == 303
    assert await office.stage(jordan) is Stage.READY
    assert WHY in after.text
    assert (await office.types(jordan))[-2:] == ["HoldPlaced", "HoldReleased"]


async def test_a_supervisor_gives_it_to_a_reviewer_who_puts_it_back(office: ReviewOffice) -> None:
    jordan, theo, ines = await ready(office, "Given Away"), await office.theo(), await office.ines()
    priya = await office.priya()
    await priya.post(f"{jordan.address}/start", {"submission": "1"}, page=jordan.address)

    form = await theo.get(f"{jordan.address}/reviewer")
    to = form.text.split("Ines Calloway")[0].rpartition('value="')[2].partition('"')[0]
    given = await says(theo, jordan, "reviewer", "reviewer", to=to, why="Priya is on leave.")
    shut = await priya.get(f"{jordan.address}/reviewer")
    hers = await ines.get(jordan.address)
    nobody = await says(ines, jordan, "reviewer", "reviewer", to="somebody", why="Too much.")
    back = await says(ines, jordan, "reviewer", "reviewer", to="queue", why="I know her.")
    case, history = await priya.get(jordan.address), await priya.get(f"{jordan.address}/history")

    assert given.status_code == 303
    assert shut.status_code == 303
    assert "You have it" in text_of(hers)
    assert nobody.status_code == 422
    assert back.status_code == 303
    assert "Nobody has taken it" in text_of(case)
    assert "Priya is on leave." in history.text
    assert "I know her." in history.text


async def test_the_api_holds_releases_and_moves(office: ReviewOffice) -> None:
    jordan, theo, priya = await ready(office, "Apia Moves"), await office.theo(), await office.priya()

    async def ask(browser: Browsing, what: str, body: object) -> httpx.Response:
        return await browser.post_json(f"/api{jordan.address}/{what}", body, key=secrets.token_hex(8))

    held = await ask(priya, "hold", {"why": WHY})
    case = await priya.get(f"/api{jordan.address}?after={held.json()['after']}")
    early = await ask(priya, "approval", {})
    freed = await ask(priya, "release", {"why": "It is here."})
    unknown = await ask(theo, "reviewer", {"reviewer": "019e0000-0000-7000-8000-00000000dead", "why": "x"})
    nobody = await ask(theo, "reviewer", {"reviewer": None, "why": "x"})

    assert (held.json()["status"], case.json()["status"]) == ("on-hold", "on-hold")
    assert early.status_code == 409
    assert freed.json()["status"] == "ready"
    assert unknown.status_code == 409
    assert nobody.status_code == 409


async def test_what_was_returned_and_not_answered_is_closed_with_a_reason(office: ReviewOffice) -> None:
    jordan, priya = await (await office.educator("Close Incomplete")).submits(), await office.priya()
    early = await priya.get(f"{jordan.address}/closing")
    await jordan.returned()

    case = await priya.get(jordan.address)
    silent = await says(priya, jordan, "closing", "closing", why="")
    closed = await says(priya, jordan, "closing", "closing", why="You teach in Kansas now.")
    after, queue = await priya.get(jordan.address), await priya.get("/queue?tab=decided&q=Incomplete")

    assert early.status_code == 303
    assert "Close it as incomplete" in case.text
    assert silent.status_code == 422
    assert closed.status_code == 303
    assert "You teach in Kansas now." in after.text
    assert "Closed, incomplete" in text_of(queue)
    assert await office.stage(jordan) is Stage.CLOSED
    assert (await office.types(jordan))[-1] == "ApplicationClosedIncomplete"


async def test_the_api_closes_too(office: ReviewOffice) -> None:
    jordan, priya = await (await office.educator("Close Api")).submits(), await office.priya()
    path = f"/api{jordan.address}/closing"

    early = await priya.post_json(path, {"why": "x"}, key=secrets.token_hex(8))
    await jordan.returned()
    closed = await priya.post_json(path, {"why": "x"}, key=secrets.token_hex(8))

    assert early.status_code == 409
    assert closed.json()["status"] == "closed-incomplete"
