"""What tests of pages do with a case, and how they read one."""

import re

import httpx
from review_office import Educator

from lectern.web.client import Browsing


def text_of(response: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text.replace("&#39;", "'")))


def hidden(response: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', response.text)
    assert found, f"{name} is not on the page"
    return found[1]


async def approves(browser: Browsing, who: Educator) -> httpx.Response:
    await who.office.level()
    page = await browser.get(f"{who.address}/approval")
    fields = {name: hidden(page, name) for name in ("submission", "question", "effective_on")}
    return await browser.post(f"{who.address}/approval", fields, page=f"{who.address}/approval")
