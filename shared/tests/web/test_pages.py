import re
from collections.abc import Callable
from types import ModuleType

import pytest
from fastapi import FastAPI

from lectern.web import NavLink, WebSettings, local_path, see_other
from lectern.web.client import Browsing
from lectern.web.pages import current


@pytest.fixture(scope="module")
def app(specimen: ModuleType, settings: WebSettings) -> FastAPI:
    found: FastAPI = specimen.specimen(settings)
    return found


@pytest.fixture
def browser(app: FastAPI, browsing: Callable[[FastAPI], Browsing]) -> Browsing:
    return browsing(app)


GOOD = {
    "name": "Jordan Avery", "email": "jordan@example.org", "hours": "26", "on": "1/4/2027", "agree": "no",
    "route": "hired", "areas": ["a", "b"], "source": "paper", "district": "048-077", "accept": "yes", "step": "3",
}  # fmt: skip


async def test_a_good_form_leads_on_and_waits_for_its_position(browser: Browsing) -> None:
    response = await browser.post("/form", GOOD)

    assert response.status_code == 303
    assert response.headers["location"] == "/status?after=7"


async def test_a_wrong_form_is_shown_again_with_what_was_typed_and_a_fresh_key(browser: Browsing) -> None:
    key = await browser.key("/form")

    response = await browser.post("/form", {**GOOD, "hours": "many <b>", "why": "so\nfar"}, key=key)

    assert response.status_code == 422
    assert "<title>Error: Every kind of field - Lectern</title>" in response.text
    assert 'role="alert"' in response.text
    assert response.text.count("Enter the hours as a number, such as 26 or 26.5") == 2
    assert '<a href="#hours">' in response.text
    assert 'value="many &lt;b&gt;"' in response.text
    assert ">\nso\nfar</textarea>" in response.text
    assert 'value="Jordan Avery"' in response.text
    assert 'aria-invalid="true"' in response.text
    assert key not in response.text


@pytest.mark.parametrize("key", ["", "x", "AAAAAAAAAAAAAAAAAAAAAA.AAAAAAAAAAAAAAAAAAAAAA"])
async def test_a_key_that_is_not_ours_shows_the_page_again(browser: Browsing, key: str) -> None:
    await browser.get("/form")

    response = await browser.post("/form", GOOD, key=key or "none")

    assert response.status_code == 422
    assert "This page was open for a long time, or in another session" in response.text
    assert 'value="Jordan Avery"' in response.text


async def test_another_browsers_key_shows_the_page_again(
    browser: Browsing, app: FastAPI, browsing: Callable[[FastAPI], Browsing]
) -> None:
    other = browsing(app)

    response = await browser.post("/form", GOOD, key=await other.key("/form"))

    assert response.status_code == 422
    assert (await browser.post("/form", GOOD)).status_code == 303


async def test_a_list_shows_although_a_filter_is_wrong(browser: Browsing) -> None:
    response = await browser.get("/work-log?sort=nonsense&q=Riley&utm=1")

    assert response.status_code == 200
    assert 'value="Riley"' in response.text


async def test_demonstration_and_banner_are_settings(
    specimen: ModuleType, browsing: Callable[[FastAPI], Browsing]
) -> None:
    plain = await browsing(specimen.specimen(WebSettings(secret=b"x", service="specimen"))).get("/")

    assert "Demonstration" not in plain.text
    assert "official website" not in plain.text


async def test_every_id_of_a_form_is_there_once(browser: Browsing) -> None:
    response = await browser.post("/form", {**GOOD, "hours": "x", "route": ""})

    ids = re.findall(r' id="([^"]+)"', response.text)
    described = {each for group in re.findall(r'aria-describedby="([^"]+)"', response.text) for each in group.split()}

    assert sorted(ids) == sorted(set(ids))
    assert described <= set(ids)


async def test_what_people_wrote_is_never_markup(browser: Browsing) -> None:
    nasty = "\"><script>alert(1)</script>{{ 7919*7907 }}'"

    response = await browser.post("/form", {**GOOD, "name": nasty, "why": nasty, "hours": "x"})

    assert "<script>alert" not in response.text
    assert "62615533" not in response.text


@pytest.mark.parametrize(
    ("asked", "led_to"),
    [
        ("/work-log?x=1", "/work-log?x=1"),
        (None, "/"),
        ("", "/"),
        ("//evil.test", "/"),
        ("/\\evil.test", "/"),
        ("https://evil.test", "/"),
        ("javascript:alert(1)", "/"),
        ("/a\nb", "/"),
        ("/\t/evil.test", "/"),
    ],
)
def test_sign_in_leads_nowhere_else(asked: str | None, led_to: str) -> None:
    assert local_path(asked, "/") == led_to


def test_after_joins_an_address() -> None:
    assert see_other("/a", after=3).headers["location"] == "/a?after=3"
    assert see_other("/a?b=1#c", after=3).headers["location"] == "/a?b=1&after=3#c"
    assert see_other("/a").headers["location"] == "/a"


def test_the_nearest_entry_is_the_current_one() -> None:
    links = [NavLink("Home", "/"), NavLink("Log", "/log"), NavLink("Closed", "/log/closed")]

    assert [here for _, here in current(links, "/log/closed")] == ["", "", "page"]
    assert [here for _, here in current(links, "/log/7")] == ["", "true", ""]
    assert [here for _, here in current(links, "/logs")] == ["", "", ""]
    assert [here for _, here in current(links, "/")] == ["page", "", ""]


async def test_markup_of_filters_stays_markup(browser: Browsing) -> None:
    page = (await browser.get("/status")).text

    assert '· <span class="tabular nowrap">LEC-2026-000412-6</span>' in page
    assert "&lt;span" not in page
