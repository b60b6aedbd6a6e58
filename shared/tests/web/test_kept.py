"""A refused form has a page of its own, which Back finds again: kept for half an hour, for this browser only."""

import re
from html import unescape
from types import ModuleType

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from lectern.web import Accounts, WebSettings, create_app
from lectern.web.accounts import kept_pages

from .conftest import ORIGIN, Asking, Clock

pytestmark = pytest.mark.postgres

KEY = re.compile(r'name="key" value="([^"]+)"')
CANARY = "canary@k12.example"


class Visiting:
    """A browser that says what browsers say when they send a form."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self._client, self.cookie = client, ""

    async def get(self, path: str) -> httpx.Response:
        answer = await self._client.get(path, headers={"Cookie": self.cookie})
        self.cookie = answer.headers.get("set-cookie", self.cookie).partition(";")[0]
        return answer

    async def sign_in_badly(self, page: str = "/sign-in?next=%2Fcase", **headers: str) -> httpx.Response:
        found = KEY.search((await self.get(page)).text)
        assert found
        said = {
            "Origin": ORIGIN, "Sec-Fetch-Mode": "navigate", "Referer": ORIGIN + page, "Cookie": self.cookie, **headers,
        }  # fmt: skip
        fields = {"login": CANARY, "password": "not mine", "key": unescape(found[1])}
        return await self._client.post("/sign-in", data=fields, headers={k: v for k, v in said.items() if v})


@pytest.fixture
async def visiting(
    specimen: ModuleType, settings: WebSettings, accounts: Accounts, pool: asyncpg.Pool, asking: Asking
) -> Visiting:
    await pool.execute("DELETE FROM web.kept_pages")
    app: FastAPI = create_app(specimen.site(wide=False), settings, routers=[specimen.routes()], accounts=accounts)
    return Visiting(asking(app))


async def test_a_refused_form_leads_to_a_page_that_can_be_opened_again(visiting: Visiting) -> None:
    answer = await visiting.sign_in_badly()
    address = answer.headers["location"]
    shown = [await visiting.get(address) for _ in range(2)]

    assert answer.status_code == 303
    assert address.startswith("/sign-in?next=%2Fcase&kept=")
    assert [each.status_code for each in shown] == [422, 422]
    assert f'value="{CANARY}"' in shown[0].text
    assert shown[0].text == shown[1].text
    assert shown[0].headers["cache-control"] == "no-store"


async def test_refused_again_the_address_names_only_the_last(visiting: Visiting) -> None:
    first = (await visiting.sign_in_badly()).headers["location"]
    second = (await visiting.sign_in_badly(first)).headers["location"]

    assert second.count("kept=") == 1
    assert second != first


async def test_another_browser_is_led_to_the_page_itself(visiting: Visiting) -> None:
    address = (await visiting.sign_in_badly()).headers["location"]
    visiting.cookie = ""

    answer = await visiting.get(address)

    assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in?next=%2Fcase")


async def test_after_half_an_hour_the_page_itself_is_shown(visiting: Visiting, clock: Clock) -> None:
    address = (await visiting.sign_in_badly()).headers["location"]
    clock.pass_(minutes=30)

    assert (await visiting.get(address)).status_code == 303


@pytest.mark.parametrize(
    "headers", [{"Sec-Fetch-Mode": ""}, {"Sec-Fetch-Mode": "cors"}, {"Referer": ""}, {"Referer": "https://evil.test/"}]
)
async def test_whoever_is_no_browser_on_our_page_is_answered_at_once(
    visiting: Visiting, headers: dict[str, str]
) -> None:
    assert (await visiting.sign_in_badly(**headers)).status_code == 422


async def test_while_the_database_is_away_the_answer_is_given_at_once(
    visiting: Visiting, accounts: Accounts, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def away(*_: object) -> str:
        raise asyncpg.ConnectionDoesNotExistError

    monkeypatch.setattr(accounts.kept_pages, "keep", away)
    answer = await visiting.sign_in_badly()

    assert answer.status_code == 422
    assert f'value="{CANARY}"' in answer.text


async def test_what_is_kept_is_sealed_and_bounded(
    visiting: Visiting, pool: asyncpg.Pool, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_pages, "AT_MOST", 3)
    addresses = []
    for _ in range(5):
        addresses.append((await visiting.sign_in_badly()).headers["location"])
        clock.pass_(minutes=1)
    rows = await pool.fetch("SELECT t::text FROM web.kept_pages t")

    assert len(rows) == 4  # the newest three, and the one just kept
    assert CANARY.encode().hex() not in str(rows)
    assert [(await visiting.get(each)).status_code for each in addresses] == [303, 422, 422, 422, 422]
