"""One platform, one browser and one record of what was looked at, for all tests here.

What the tests do with them is in modules beside them. LECTERN_TEST_PLATFORM=<data directory> uses a platform that runs;
LECTERN_TEST_SHOTS=<folder> keeps a picture of each page.
"""

import os
import secrets
import shutil
import sys
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest
from playwright.async_api import Browser, async_playwright

from lectern_local.installation import Installation

sys.path.insert(0, str(Path(__file__).parent))

from browser_tab import Browse, Tab, tab
from everybody import Everybody, everybody
from pages_seen import Record

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
NAMES = ("chromium", "chromium-browser", "google-chrome")
USED = "LECTERN_TEST_PLATFORM"
RECORD = Record()
RESULTS = Path(__file__).parents[2] / "test-results"


@pytest.fixture(scope="session")
async def chromium() -> AsyncIterator[Browser]:
    found = next((path for each in NAMES if (path := shutil.which(each))), None)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        await browser.close()


@pytest.fixture(scope="session")
def browse(chromium: Browser) -> Browse:
    """browse(): a tab of a browser of its own, whose pages are looked at in these widths; both, where none is said."""

    def one(*widths: int, scripts: bool = True) -> AbstractAsyncContextManager[Tab]:
        return tab(chromium, RECORD, *(widths or (390, 1280)), scripts=scripts)

    return one


@pytest.fixture(scope="session")
async def people(platform: Installation) -> AsyncIterator[Everybody]:
    async with everybody(platform, secrets.token_hex(3), new=USED not in os.environ) as found:
        yield found


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    if RECORD.seen:
        RECORD.keep(RESULTS)
        terminalreporter.write_line(f"Browser: {RECORD.line} See test-results/browser.md.")
