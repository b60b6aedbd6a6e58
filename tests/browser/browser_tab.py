"""A tab of a real browser that people's hands move, and whose every page is looked at."""

import os
import re
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from pages_seen import Record, Seen
from playwright.async_api import Browser, CDPSession, ConsoleMessage, Locator, Page, Request, Response

PATIENCE_MS = 30_000
NARROWEST = 320
DESK = 600
HEIGHT = 844
AXE: dict[str, Any] = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    },
    "resultTypes": ["violations"],
}
MEASURED = """() => {
    const root = document.documentElement, ids = [...document.querySelectorAll("[id]")].map(each => each.id)
    const link = each => each.getAttribute("href").slice(1)
    return {
        wide: root.scrollWidth - root.clientWidth,
        twice: ids.filter((id, at) => ids.indexOf(id) !== at),
        h1: document.querySelectorAll("h1").length,
        language: root.lang,
        dead: [...document.querySelectorAll("a[href^='#']")].map(link).filter(id => !document.getElementById(id)),
        unsaid: [...document.querySelectorAll("main form[method=post]")].filter(each => !each.key).length,
        loaded: Math.round(performance.getEntriesByType("navigation")[0]?.duration ?? 0),
    }
}"""
WIDE = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
TITLE = re.compile(r"(Error: )?\S.* - Lectern")
ID = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|(?<=/pay/)[^/]+|(?<=/mails/)\d+")
OF_THE_PAGE = "Failed to load resource: the server responded with a status of"
SHOTS = os.environ.get("LECTERN_TEST_SHOTS")
"""A folder for a picture of each page."""


def measured(found: dict[str, Any]) -> list[str]:
    """What is wrong with a page's own measures."""
    return [
        *([f"{found['wide']} px too wide"] if found["wide"] > 0 else []),
        *([f"{found['h1']} h1"] if found["h1"] != 1 else []),
        *([] if found["language"] == "en" else ["no language"]),
        *[f"two of #{each}" for each in found["twice"]],
        *[f"a link to #{each}, which is not there" for each in found["dead"]],
        *([f"{found['unsaid']} forms without a key"] if found["unsaid"] else []),
    ]


def _starts(text: str) -> re.Pattern[str]:
    return re.compile(rf"^\s*{re.escape(text)}")


@dataclass
class Tab:
    page: Page
    record: Record
    widths: tuple[int, ...]
    """Each page is looked at in all of them; people's hands move in the first."""
    scripts: bool
    debugger: CDPSession | None = None
    status: int = 0
    heard: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(PATIENCE_MS)
        self.page.on("console", self._said)
        self.page.on("pageerror", lambda error: self.heard.append(f"script: {error}"))
        self.page.on("request", self._asked)
        self.page.on("response", self._answered)

    # ── what a person does

    async def open(self, address: str) -> None:
        await self.page.goto(address)

    async def press(self, name: str, *, within: str = "main") -> None:
        """Chooses the button of this name, and waits for the page it leads to."""
        await self._lead(self.page.locator(within).get_by_role("button", name=name, exact=True))

    async def follow(self, name: str, *, within: str = "main") -> None:
        """Chooses the link that begins so, and waits for its page."""
        await self._lead(self.page.locator(within).get_by_role("link", name=_starts(name)).first)

    async def unfold(self, summary: str) -> None:
        """Opens everything that is folded under words that begin so."""
        folded = self.page.locator("main details:not([open]) > summary", has_text=_starts(summary))
        while await folded.count():
            await folded.first.click()

    async def fill(self, label: str, value: str, *, within: str = "main") -> None:
        await self.page.locator(within).get_by_label(_starts(label)).fill(value)

    async def choose(self, group: str, option: str, *, within: str = "main") -> None:
        """One of the answers to a question."""
        asked = self.page.locator(within).get_by_role("group", name=_starts(group))
        await asked.locator("label", has_text=_starts(option)).first.click()

    async def tick(self, label: str) -> None:
        await self.page.locator("main label", has_text=_starts(label)).first.click()

    async def select(self, label: str, option: str, *, within: str = "main") -> None:
        await self.page.locator(within).get_by_label(_starts(label)).select_option(label=option)

    async def arrives(self, path: str) -> None:
        """Waits until the address ends so (a pattern)."""
        await self.page.wait_for_url(re.compile(rf"{path}(\?[^/]*)?$"), timeout=PATIENCE_MS)

    async def says(self, *sentences: str) -> None:
        """Each of them stands on the page."""
        text = " ".join((await self.page.inner_text("body")).split())
        for each in sentences:
            assert each in text, f"“{each}” is not on {self.page.url}: {text[:3000]}"

    async def hides(self, *words: str) -> None:
        html = await self.page.content()
        for each in words:
            assert each not in html, f"“{each}” is on {self.page.url}"

    @property
    def id(self) -> str:
        """The id in the address."""
        found = ID.search(self.page.url)
        assert found, self.page.url
        return found[0]

    # ── looking

    async def look(self, name: str, *, status: int = 200) -> None:
        """Everything that must be right on every page, at each width; on a phone also at the narrowest."""
        wrong = [*self.heard] if self.status == status else [*self.heard, f"status {self.status}, not {status}"]
        self.heard.clear()
        for width in (*self.widths[1:], self.widths[0]):
            if len(self.widths) > 1:
                await self._resize(width)
            wrong += [f"{width} px: {each}" for each in await self._at(width, name)]
        assert not wrong, f"{name}, {self.page.url}: {wrong}"

    async def refused(self, name: str, button: str, *, within: str = "main") -> None:
        """Sends the form as it is: it comes back, says what is missing, and leads there."""
        await self.press(button, within=within)
        await self.look(f"{name}: not complete", status=422)
        assert (await self.page.title()).startswith("Error: ")
        assert await self.page.locator(".error-summary a, .error-summary li").count()

    async def _at(self, width: int, name: str) -> list[str]:
        found = await self.page.evaluate(MEASURED)
        rules, broken = await self._accessible()
        wrong = [*measured(found), *broken, *(await self._narrowest(width) if width < DESK else [])]
        title = await self.page.title()
        if not TITLE.fullmatch(title):
            wrong.append(f"title “{title}”")
        path = ID.sub("…", urlsplit(self.page.url).path)
        self.record.seen.append(
            Seen(name, path, width, self.scripts, self.status, rules, tuple(wrong), found["loaded"])
        )
        if SHOTS:
            file = Path(SHOTS) / f"{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')}-{width}.png"
            await self.page.screenshot(path=file, full_page=True)
        return wrong

    async def _narrowest(self, width: int) -> list[str]:
        await self._resize(NARROWEST)
        wide = await self.page.evaluate(WIDE)
        await self._resize(width)
        return [f"{wide} px too wide at {NARROWEST} px"] if wide > 0 else []

    async def _resize(self, width: int) -> None:
        await self.page.set_viewport_size({"width": width, "height": HEIGHT})

    async def _accessible(self) -> tuple[int, list[str]]:
        await self._let_scripts(run=True)
        found = (await Axe().run(self.page, options=AXE)).response
        await self._let_scripts(run=False)
        broken = [f"axe {each['id']}: {[n['html'][:160] for n in each['nodes']]}" for each in found["violations"]]
        return len(found["passes"]), broken

    async def _let_scripts(self, *, run: bool) -> None:
        """axe is a script: where the page may run none, it alone may, after the page has loaded."""
        if self.debugger:
            await self.debugger.send("Emulation.setScriptExecutionDisabled", {"value": True})
            if run:
                await self.debugger.send("Emulation.setScriptExecutionDisabled", {"value": False})

    # ── listening

    def _said(self, message: ConsoleMessage) -> None:
        own = message.text.startswith(OF_THE_PAGE) and message.location["url"] == self.page.url
        if message.type in {"error", "warning"} and not own:
            self.heard.append(f"console: {message.text}")

    def _asked(self, request: Request) -> None:
        """A page asks its own service and nobody else."""
        here, there = urlsplit(self.page.url), urlsplit(request.url)
        if request.is_navigation_request() or there.scheme == "data" or here.netloc == there.netloc:
            return
        self.heard.append(f"a request to {request.url}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request():
            self.status = response.status

    async def _lead(self, where: Locator) -> None:
        async with self.page.expect_navigation(timeout=PATIENCE_MS):
            await where.click()


class Browse(Protocol):
    """Opens a tab of a browser of its own, whose pages are looked at in these widths; both, where none is said."""

    def __call__(self, *widths: int, scripts: bool = True) -> AbstractAsyncContextManager[Tab]: ...


@asynccontextmanager
async def tab(browser: Browser, record: Record, *widths: int, scripts: bool = True) -> AsyncIterator[Tab]:
    """A browser of its own, with no cookies."""
    context = await browser.new_context(viewport={"width": widths[0], "height": HEIGHT}, java_script_enabled=scripts)
    try:
        page = await context.new_page()
        yield Tab(page, record, widths, scripts, None if scripts else await context.new_cdp_session(page))
    finally:
        await context.close()


async def another(one: Tab) -> Tab:
    """One more tab of the same browser."""
    return Tab(await one.page.context.new_page(), one.record, one.widths, one.scripts)
