"""Every macro in a real browser: accessible, narrow enough, and without a word from the console."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import pytest
import uvicorn
from axe_playwright_python.async_playwright import Axe
from fastapi import FastAPI
from playwright.async_api import Browser, Page, async_playwright

from lectern.web import Accounts, Role, WebSettings, create_app

pytestmark = pytest.mark.browser

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
NARROW = ["/", "/tasks", "/status", "/form", "/nope", "/updating", "/broken"]
WIDE = ["/work-log", "/case", "/review"]
MEASURED = """() => {
    const root = document.documentElement, ids = [...document.querySelectorAll("[id]")].map(each => each.id)
    return [
        root.scrollWidth - root.clientWidth,
        ids.filter((id, at) => ids.indexOf(id) !== at),
        document.querySelectorAll("h1").length,
    ]
}"""
EXPECTED = "Failed to load resource: the server responded with a status of"  # of the page itself: 404, 422, 503
PASSWORD = "seven quiet otters by the river"


@pytest.fixture(scope="module")
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def served(app: FastAPI) -> AsyncIterator[str]:
    """An app behind a real server on a free port."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, lifespan="off", log_config=None, server_header=False))
    serving = asyncio.create_task(server.serve())
    while not server.started:
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await serving


@pytest.fixture(scope="module")
async def addresses(specimen: ModuleType, settings: WebSettings, assets: Path) -> AsyncIterator[dict[str, str]]:
    here = replace(settings, assets=assets, urls={})
    narrow, wide = specimen.specimen(here), specimen.specimen(here, wide=True)
    async with served(narrow) as first, served(wide) as second:
        yield {path: (first if path in NARROW else second) + path for path in (*NARROW, *WIDE)}


class Watched:
    """A page, and all that should not have happened on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", lambda said: self._heard(said.type, said.text))
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda request: self._asked(request.url))

    def _heard(self, kind: str, text: str) -> None:
        if kind in {"error", "warning"} and not text.startswith(EXPECTED):
            self.wrong.append(text)

    def _asked(self, url: str) -> None:
        if not url.startswith(("http://127.0.0.1:", "data:")):
            self.wrong.append(f"a request to {url}")

    async def judged(self, *widths: int) -> list[str]:
        """At each width (or the present one): what axe finds, and whether the page is too wide. And what was heard."""
        found = []
        for width in widths or [0]:
            if width:
                await self.page.set_viewport_size({"width": width, "height": 900})
            found += [f"{width} px: {each}" for each in await self._at_this_width()]
        return [*self.wrong, *found]

    async def _at_this_width(self) -> list[str]:
        found = (await Axe().run(self.page)).response["violations"]
        rules = [f"axe {each['id']}: {[node['html'][:120] for node in each['nodes']]}" for each in found]
        overflow, ids, headings = await self.page.evaluate(MEASURED)
        return [
            *rules,
            *([f"{overflow} px too wide"] if overflow > 0 else []),
            *[f"two of #{each}" for each in ids],
            *([f"{headings} h1"] if headings != 1 else []),
        ]


@asynccontextmanager
async def watched(browser: Browser, width: int = 1280, *, scripts: bool = True) -> AsyncIterator[Watched]:
    context = await browser.new_context(viewport={"width": width, "height": 900}, java_script_enabled=scripts)
    try:
        yield Watched(await context.new_page())
    finally:
        await context.close()


@pytest.mark.parametrize("path", [*NARROW, *WIDE])
async def test_every_page_is_accessible_and_fits(chromium: Browser, addresses: dict[str, str], path: str) -> None:
    async with watched(chromium) as seen:
        await seen.page.goto(addresses[path])
        await seen.page.route(addresses[path], lambda route: route.fulfill(status=204))  # it refreshes by itself

        assert await seen.judged(1280, 390, 320) == []


@pytest.mark.parametrize("path", ["/form", "/case"])
async def test_every_error_state_is_accessible_and_fits(
    chromium: Browser, addresses: dict[str, str], path: str
) -> None:
    async with watched(chromium) as seen:
        await seen.page.goto(addresses[path])
        await seen.page.locator("main form[method=post] .usa-button").first.click()
        await seen.page.locator(".error-summary").wait_for()

        assert await seen.judged(1280, 390, 320) == []
        assert (await seen.page.title()).startswith("Error: ")
        for link in await seen.page.locator(".error-summary a").all():
            target = await link.get_attribute("href")
            assert await seen.page.locator(f"[id='{(target or '#')[1:]}']").count() == 1


async def test_a_page_holds_at_twice_the_size(chromium: Browser, addresses: dict[str, str]) -> None:
    async with watched(chromium, 640) as seen:
        await seen.page.goto(addresses["/case"])
        await seen.page.evaluate("document.documentElement.style.zoom = 2")

        assert await seen.judged() == []


async def test_a_form_works_without_scripts(chromium: Browser, addresses: dict[str, str]) -> None:
    async with watched(chromium, 390, scripts=False) as seen:
        page = seen.page
        await page.goto(addresses["/form"])
        await page.fill("#name", "Jordan Avery")
        await page.get_by_text("Save and continue").click()
        assert (await page.title()).startswith("Error: ")
        assert await page.input_value("#name") == "Jordan Avery"

        await page.fill("#email", "jordan@example.org")
        await page.fill("#hours", "26.5")
        await page.fill("#on", "January 4, 2027")
        await page.fill("#why", "two\nlines")
        for label in ("No", "A new position", "Special Education, grades K to 12"):
            await page.get_by_text(label, exact=True).click()
        await page.select_option("#source", "paper")
        await page.select_option("#district", "048-077")
        await page.get_by_text("I accept that my district").click()
        await page.get_by_text("Save and continue").click()

        assert page.url.endswith("/status?after=7")
        assert seen.wrong == []


async def test_the_keyboard_finds_the_content_first(chromium: Browser, addresses: dict[str, str]) -> None:
    async with watched(chromium, 390) as seen:
        await seen.page.goto(addresses["/form"])
        await seen.page.keyboard.press("Tab")
        assert await seen.page.evaluate("document.activeElement.textContent") == "Skip to main content"
        await seen.page.wait_for_timeout(400)  # it slides in
        assert await seen.page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0

        await seen.page.keyboard.press("Enter")

        assert await seen.page.evaluate("document.activeElement.id") == "main"


@pytest.fixture
async def with_accounts(
    specimen: ModuleType, settings: WebSettings, assets: Path, accounts: Accounts
) -> AsyncIterator[str]:
    """The address of a specimen where Dana can sign in."""
    await accounts.create_user(login="dana", password=PASSWORD, role=Role.VERIFIER, name="Dana Whitfield")
    here = replace(settings, assets=assets, urls={})
    app = create_app(specimen.site(wide=True), here, routers=[specimen.routes()], accounts=accounts)
    async with served(app) as address:
        yield address


@pytest.mark.postgres
async def test_a_session_tells_when_it_ends_and_can_be_extended(chromium: Browser, with_accounts: str) -> None:
    async with watched(chromium) as seen:
        page = seen.page
        await page.goto(f"{with_accounts}/sign-in?next=/case")
        assert await seen.judged(1280, 390) == []
        await page.fill("#login", "dana")
        await page.fill("#password", PASSWORD)
        await page.get_by_role("button", name="Show password").click()
        assert await page.get_attribute("#password", "type") == "text"
        await page.get_by_role("button", name="Sign in").click()

        assert page.url == f"{with_accounts}/case"
        assert not await page.get_by_text("You will be signed out").is_visible()
        assert await seen.judged(1280, 320) == []

        await page.evaluate("document.querySelector('.lec-ending').getAnimations().forEach(each => each.finish())")
        assert await page.get_by_text("You will be signed out").is_visible()
        assert await seen.judged(1280, 390, 320) == []

        async with page.context.expect_page() as opening:
            await page.get_by_role("link", name="Stay signed in").click()
        extra = Watched(await opening.value)
        await extra.page.get_by_text("Your session lasts until").wait_for()
        assert await extra.judged() == []

        await page.goto(f"{with_accounts}/account/password")
        assert await seen.judged() == []
        await page.get_by_role("button", name="Sign out").click()
        assert page.url.startswith(f"{with_accounts}/sign-in")
        assert await page.get_by_text("You are signed out", exact=True).is_visible()
        assert await seen.judged() == []
