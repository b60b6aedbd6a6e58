"""The JSON API that works without pages."""

import re
import secrets
from typing import Any

import httpx
import pytest
from review_office import EXPLAINED, Educator, ReviewOffice

from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres


async def asks(browser: Browsing, path: str, body: object, key: str | None = None) -> httpx.Response:
    return await browser.post_json(f"/api{path}", body, key=key or secrets.token_hex(8))


async def case(browser: Browsing, who: Educator, after: int | None = None) -> Any:
    answer = await browser.get(f"/api{who.address}" + (f"?after={after}" if after else ""))
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_approves_once_and_says_so_again(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya, key = await office.priya(), secrets.token_hex(8)

    before = await case(priya, jordan)
    first = await asks(priya, f"{jordan.address}/approval", {"submission": 1, "cycle": 1}, key)
    again = await asks(priya, f"{jordan.address}/approval", {"submission": 1, "cycle": 1}, key)
    other = await asks(priya, f"{jordan.address}/approval", {}, key)

    assert (before["status"], before["ready"], before["disclosures"]) == ("ready", True, 0)
    assert first.json()["status"] == "approved"
    assert again.json() == first.json()
    assert other.status_code == 422
    assert (await case(priya, jordan, first.json()["after"]))["status"] == "approved"


async def test_a_disclosure_is_proposed_and_a_supervisor_agrees(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits(6)).verified()
    priya, theo = await office.priya(), await office.theo()

    unread = await asks(priya, f"{jordan.address}/approval", {})
    opened = await asks(priya, f"{jordan.address}/conduct", {})
    proposed = await asks(priya, f"{jordan.address}/approval", {})
    await asks(theo, f"{jordan.address}/conduct", {})
    agreed = await asks(theo, f"{jordan.address}/second", {"agree": True})

    assert unread.status_code == 409
    assert unread.json()["read"] == "conduct"
    assert [each["explanation"] for each in opened.json()["answers"] if each["yes"]] == [EXPLAINED]
    assert proposed.json()["status"] == "proposed"
    assert agreed.json()["status"] == "approved"


async def test_a_denial_is_proposed_sent_back_proposed_again_and_signed(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya, theo = await office.priya(), await office.theo()
    denial = {"reasons": ["other"], "note": "Please apply again in May."}

    await asks(priya, f"{jordan.address}/denial", denial)
    silent = await asks(theo, f"{jordan.address}/second", {"agree": False})
    back = await asks(theo, f"{jordan.address}/second", {"agree": False, "why": "Which reason?"})
    await asks(priya, f"{jordan.address}/denial", denial)
    by_reviewer = await asks(priya, f"{jordan.address}/second", {"agree": True})
    signed = await asks(theo, f"{jordan.address}/second", {"agree": True})
    late = await asks(theo, f"{jordan.address}/second", {"agree": False, "why": "late"})

    assert silent.status_code == 409
    assert back.json()["status"] == "ready"
    assert by_reviewer.status_code == 404
    assert signed.json()["status"] == "denied"
    assert late.status_code == 409


async def test_the_queue_is_paged(office: ReviewOffice) -> None:
    mine = {str((await (await (await office.educator()).submits()).verified()).application_id) for _ in range(3)}
    priya = await office.priya()

    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = (await priya.get(f"/api/queue?limit=2&after={after}")).json()
        assert len(page["cases"]) <= 2
        seen += [each["application_id"] for each in page["cases"]]
        after = page["next"]

    assert mine <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/approval", {"submission": 0}),
        ("/approval", {"cycle": "x"}),
        ("/approval", {"approve": True}),
        ("/denial", {"reasons": [], "note": "x"}),
        ("/denial", {"reasons": ["other"], "note": ""}),
        ("/second", {}),
    ],
)
async def test_what_can_not_be_read_is_a_problem(office: ReviewOffice, path: str, body: object) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    theo = await office.theo()

    answer = await asks(theo, jordan.address + path, body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_another_cycle_or_submission_is_refused(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()

    assert (await asks(priya, f"{jordan.address}/approval", {"cycle": 2})).status_code == 409
    assert (await asks(priya, f"{jordan.address}/approval", {"submission": 2})).status_code == 409


async def test_a_key_is_needed(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator()).submits()).verified()
    priya = await office.priya()

    assert (await priya.post_json(f"/api{jordan.address}/approval", {}, key="")).status_code == 400


async def test_the_api_describes_itself(office: ReviewOffice) -> None:
    document = (await office.http.get("http://127.0.0.1:8403/api/openapi.json")).json()

    assert "/api/cases/{application_id}/approval" in document["paths"]
    assert all(path.startswith("/api/") for path in document["paths"])
    assert not re.search(r"ssn_last4.*\d{4}", str(document["paths"]))
