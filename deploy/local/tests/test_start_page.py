from pathlib import Path

import httpx
import pytest

from lectern.web import WebSettings, create_app
from lectern_local.start_page import START, routes
from lectern_local.welcome import SignIn, Unclaimed, Welcome, keep

URLS = {"start": "http://127.0.0.1:8400", "review": "http://127.0.0.1:8403", "mailbox": "http://127.0.0.1:8406"}


@pytest.fixture
def page(folder: Path) -> httpx.AsyncClient:
    web = WebSettings(secret=b"s" * 32, demo=True, official_banner="", assets=None, urls=URLS, service="start")
    app = create_app(START, web, routers=[routes(folder, URLS)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=URLS["start"])


async def test_it_leads_to_every_page_there_is(page: httpx.AsyncClient) -> None:
    answer = await page.get("/")

    assert answer.status_code == 200
    assert 'href="http://127.0.0.1:8403"' in answer.text
    assert 'href="http://127.0.0.1:8406"' in answer.text
    assert 'href="http://127.0.0.1:8403/look-up"' in answer.text
    assert "District staff" not in answer.text


async def test_it_says_with_what_to_sign_in_and_which_records_are_free(page: httpx.AsyncClient, folder: Path) -> None:
    keep(
        folder,
        Welcome(
            (SignIn("DESE reviewer", URLS["review"], "priya@dese.example", "beacon <reed>"),),
            (Unclaimed("1048227", "Avery", "1994-05-06", "4417"),),
        ),
    )

    answer = await page.get("/")

    assert "priya@dese.example" in answer.text.replace("<wbr>", "")
    assert "beacon &lt;reed&gt;" in answer.text
    assert all(each in answer.text for each in ("1048227", "Avery", "5/6/1994", "4417"))
