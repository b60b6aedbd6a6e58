"""Arrivals over HTTP: one by one, from a file, and what waits for a person."""

import re
from datetime import timedelta
from typing import Any

import pytest
from review_office import ReviewOffice

from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres


async def marks(reviewer: Browsing, number: str, **changed: str) -> Any:
    """As on the page of arrivals, where its forms are."""
    said = {"number": number, "what": "transcript", "on": "11/2/2026", "college": "Lincoln University"}
    return await reviewer.post("/arrivals", said | changed)


async def test_a_transcript_is_marked_for_its_person_also_without_an_application(office: ReviewOffice) -> None:
    jordan = await office.educator()
    reviewer = await office.priya()

    answer = await marks(reviewer, jordan.number)
    page = await reviewer.get(answer.headers["location"])
    again = await marks(reviewer, jordan.number)

    assert answer.headers["location"].startswith(f"/register/{jordan.id}?became=received")
    assert "Received November 2, 2026" in page.text
    assert "Lincoln University" in page.text
    assert "became=same" in again.headers["location"]


async def test_what_is_about_nobody_waits_until_somebody_finds_the_person(office: ReviewOffice) -> None:
    jordan = await office.educator()
    reviewer = await office.priya()

    kept = await marks(reviewer, "888888888888", college="Ozark Plains University")
    waiting = await reviewer.get(kept.headers["location"])
    found = re.search(r'href="(/arrivals/[0-9a-f-]{36})"', waiting.text)
    assert found is not None
    nobody = await reviewer.post(f"{found[1]}/match", {"number": "777777777777"}, page=found[1])
    matched = await reviewer.post(f"{found[1]}/match", {"number": jordan.number}, page=found[1])
    page = await reviewer.get(matched.headers["location"])
    left = await reviewer.get("/arrivals")

    assert "888888888888" in waiting.text
    assert "Nobody in the register has this Educator ID" in nobody.text
    assert "Ozark Plains University" in page.text
    assert "888888888888" not in left.text


async def test_a_day_to_come_is_refused_at_its_field(office: ReviewOffice) -> None:
    jordan = await office.educator()
    reviewer = await office.priya()
    tomorrow = office.running.now() + timedelta(days=2)

    answer = await marks(reviewer, jordan.number, on=f"{tomorrow:%m/%d/%Y}")
    nothing = await marks(reviewer, jordan.number, college="")

    assert answer.status_code == 422
    assert "That day is still to come" in answer.text
    assert "Enter the college that sent the transcript" in nothing.text


async def test_by_the_api_each_says_what_became_of_it(office: ReviewOffice) -> None:
    jordan = await office.educator()
    reviewer = await office.priya()
    clearance = {"what": "clearance", "educator_number": jordan.number, "on": "2026-11-01"}
    unknown = {"what": "clearance", "educator_number": "666666666666", "on": "2026-11-01"}
    nameless = {"what": "transcript", "educator_number": jordan.number, "on": "2026-11-03"}

    body = {"arrivals": [clearance, clearance, unknown, nameless]}
    answer = await reviewer.post_json("/api/arrivals", body, key="several")

    assert [each["became"] for each in answer.json()["results"]] == ["received", "same", "waiting", None]
    assert "college" in answer.json()["results"][-1]["wrong"]


async def test_a_file_takes_the_good_lines_and_names_the_others(office: ReviewOffice) -> None:
    jordan = await office.educator()
    reviewer = await office.priya()
    lines = f"{jordan.number},transcript,2026-10-05,Ozark\n{jordan.number},letter,2026-10-05,\n"
    content = ("educator_number,what,on,college\n" + lines).encode()

    answer = await reviewer.post_file("/arrivals/file", {}, "arrivals.csv", content, page="/arrivals")

    assert answer.status_code == 200, answer.text
    assert "2 lines read" in answer.text
    assert "What arrived is transcript or clearance." in answer.text
