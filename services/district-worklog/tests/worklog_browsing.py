"""What people at a district do on the pages, in tests over HTTP."""

import re
from typing import Any

import httpx
from worklog_office import Educator

from lectern.web.client import Browsing

ALL_YES: dict[str, str] = {
    "development_hours": "30",
    "plan_approved": "yes",
    "mentoring": "yes",
    "mentoring_checked": "Mentor log 2023-25",
    "assistance": "yes",
    "assistance_on": "6/14/2024",
    "evaluation": "yes",
}
FOUR_YEARS: dict[str, str] = {
    f"{name}_{at}": value
    for at in range(4)
    for name, value in {
        "school_year": str(2022 + at),
        "employer": "Independence 30",
        "position": "Teacher, grade 3",
        "counts": "teaching",
        "fte": "1.00",
        "share": "1.00",
        "checked_against": "Our contract",
    }.items()
}


async def saves(browser: Browsing, who: Educator, said: dict[str, Any], **more: Any) -> httpx.Response:
    """Sends the form as it stands on the page, with something entered."""
    await who.office.level()
    page = await browser.get(who.address)
    seen = re.findall(r'name="seen" value="([^"]+)"', page.text)
    fields = {"submission": str(who.submission), "seen": seen, "do": "save", **said}
    return await browser.post(who.address, fields, page=who.address, **more)


async def records_all(browser: Browsing, who: Educator) -> None:
    answer = await browser.post(f"{who.address}/years", {"submission": "1", "do": "save", **FOUR_YEARS})
    assert answer.status_code == 303, answer.text
    answer = await saves(browser, who, ALL_YES)
    assert answer.status_code == 303, answer.text


def text_of(response: httpx.Response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.text))
