"""The public look-up as anybody uses it, on a real Postgres: by number and by name, and only what is published."""

import re
from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest
from review_browsing import approves, text_of
from review_office import BASE, ReviewOffice, opened

from lectern.web.words import day

pytestmark = pytest.mark.postgres


async def looks_up(office: ReviewOffice, **fields: str) -> httpx.Response:
    """As somebody who never was here; the answer the redirect leads to."""
    browser = office.browser()
    answer = await browser.post("/look-up", fields)
    return await browser.get(answer.headers["location"]) if answer.status_code == 303 else answer


async def asks(office: ReviewOffice, **question: Any) -> httpx.Response:
    return await office.http.post(f"{BASE}/api/look-up", json=question, headers={"Origin": BASE})


async def test_somebody_is_found_by_educator_id_which_stands_in_no_address(office: ReviewOffice) -> None:
    jordan = await office.educator("Jordan Lookupson")
    browser = office.browser()

    answer = await browser.post("/look-up", {"number": f" {jordan.number[:3]}-{jordan.number[3:]} "})
    page = await browser.get(answer.headers["location"])

    assert (answer.status_code, answer.headers["location"]) == (303, f"/holders/{jordan.id}")
    assert page.headers["x-robots-tag"] == "noindex"
    words = text_of(page)
    for said in ("Jordan Lookupson", jordan.number, "Initial Professional Certificate", "Elementary Education 1-6"):
        assert said in words
    assert "January 16, 2023" in words
    assert "Active" in words


async def test_nothing_but_what_is_published_is_shown(office: ReviewOffice) -> None:
    jordan = await office.educator("Quiet Publicson")
    await jordan.registers("Other", "Selfsaid")
    await (await jordan.submits(1)).verified()

    pages = [
        await looks_up(office, number=jordan.number),
        await looks_up(office, last_name="Publicson"),
        await asks(office, educator_id=jordan.number),
        await office.http.get(f"{BASE}/api/holders/{jordan.id}"),
    ]

    for page in pages:
        assert page.status_code == 200
        assert "Publicson" in page.text
        for never in ("Selfsaid", "example.test", "1994", "0421", "2022-12-01", "December 1, 2022", "Independence",
                      "INDEPENDENCE", jordan.reference, str(jordan.application_id), "conduct"):  # fmt: skip
            assert never not in page.text, never
    assert set(pages[3].json()["holder"]) == {"holder", "first_name", "last_name", "educator_id", "certificates"}
    assert set(pages[3].json()["holder"]["certificates"][0]) == {
        "kind", "areas", "issued_on", "valid_from", "valid_to", "status",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("last", "first", "there"),
    [
        ("de la Vergara", "", True),
        ("VERGARA", "", True),
        ("verga", "jos", True),
        ("Vergará-Peña", "José", True),
        ("vergara pena", "luis", True),
        ("ergara", "", False),
        ("vergara", "uis", False),
        ("v%r", "", False),
        ("vergaraz", "", False),
    ],
)
async def test_a_name_is_found_by_beginnings_of_its_words(
    office: ReviewOffice, last: str, first: str, there: bool
) -> None:
    if not (await asks(office, last_name="Vergara")).json()["holders"]:
        await office.imports(office.person_row(first_name="José Luis", last_name="de la Vergara-Peña"))
        await office.level()

    page = await looks_up(office, last_name=last, first_name=first)

    assert ("José Luis de la Vergara-Peña" in page.text) is there, text_of(page)
    assert ("Nobody with this name is in the register" in page.text) is not there


async def test_a_short_last_name_is_taken_as_the_whole_of_it(office: ReviewOffice) -> None:
    await office.educator("Mei Qu")
    await office.educator("Rosa Qu Linton")
    await office.educator("Ann Quillfeather")

    found = (await asks(office, last_name="Qu")).json()["holders"]
    begun = (await asks(office, last_name="qui")).json()["holders"]

    assert [each["last_name"] for each in found] == ["Qu", "Qu Linton"]
    assert [each["last_name"] for each in begun] == ["Quillfeather"]


async def test_a_long_list_has_pages_and_an_end(office: ReviewOffice) -> None:
    lines = [office.person_row(first_name=f"N{n:03}", last_name="Manyfold") for n in range(103)]
    await office.imports(*lines)
    await office.level()

    seen, question = list[str](), dict[str, Any](last_name="Manyf")
    for _ in range(5):
        answer = (await asks(office, **question)).json()
        seen += [each["first_name"] for each in answer["holders"]]
        question = {"after": answer["next"]}
    browser = office.browser()
    first = await browser.get((await browser.post("/look-up", {"last_name": "manyfold"})).headers["location"])
    onward = re.search(r'rel="next" href="([^"]+)"', first.text)
    assert onward
    second = await browser.get(onward[1])

    assert seen == [f"N{n:03}" for n in range(100)]
    assert (answer["next"], answer["ended"]) == (None, True)
    assert "N019 Manyfold" in first.text
    assert "N020 Manyfold" not in first.text
    assert "N020 Manyfold" in second.text
    assert "anyfold" not in onward[1]
    assert [
        each["first_name"] for each in (await asks(office, last_name="manyfold", first_name="n102")).json()["holders"]
    ] == ["N102"]


async def test_the_status_is_that_of_the_day_asked_for(office: ReviewOffice) -> None:
    today = office.running.now().date()
    jordan = await (await (await office.educator("Sta Tusson")).submits()).verified()
    await approves(await office.priya(), jordan)
    await office.level()
    address = f"/holders/{jordan.id}"

    now = await office.browser().get(address)
    before = await office.browser().get(f"{address}?on=2024-02-29")
    never = await office.browser().get(f"{address}?on=1/15/2023")
    api = await office.http.get(f"{BASE}/api/holders/{jordan.id}?on=2023-01-16")

    assert "Career Continuous Professional Certificate" in now.text
    words = text_of(before)
    assert "On February 29, 2024" in words
    assert "Initial Professional Certificate" in words
    assert day(today + timedelta(days=44)) in words
    assert "No certificate was issued by this day" in never.text
    assert [(each["kind"], each["status"]) for each in api.json()["holder"]["certificates"]] == [("IPC", "active")]


async def test_bad_input_is_said_on_the_page_and_in_the_api(office: ReviewOffice) -> None:
    jordan = await office.educator("Bad Inputson")
    tomorrow = (office.running.now() + timedelta(days=2)).date()

    nothing, unknown = await looks_up(office), await looks_up(office, number="999999999999")
    no_day = await looks_up(office, last_name="Inputson", on="31/31/2026")
    future = await office.browser().get(f"/holders/{jordan.id}?on={tomorrow}")
    garbage = await office.browser().get(f"/holders/{jordan.id}?on=nonsense&on=2")

    for page, said in (
        (nothing, "Enter an Educator ID or a last name"),
        (unknown, "No one with this Educator ID is in the register"),
        (no_day, "There is no day 31/31/2026"),
        (future, "Choose today or an earlier day"),
        (garbage, "Give one answer"),
    ):
        assert page.status_code == 422, said
        assert page.text.count(said) == 2, said
        assert "<title>Error: " in page.text
    for question, at in (
        ({}, "educator_id"),
        ({"first_name": "x"}, "last_name"),
        ({"last_name": "Avery", "on": str(tomorrow)}, "on"),
        ({"after": "AAAA"}, "after"),
        ({"last_name": "x" * 101}, "body/last_name"),
        ({"last_name": ["x"]}, "body/last_name"),
        ({"surname": "x"}, "body/surname"),
    ):
        answer = await asks(office, **question)
        assert (answer.status_code, answer.headers["content-type"]) == (422, "application/problem+json"), question
        assert answer.json()["errors"][0]["at"] == at


async def test_what_is_not_there_is_not_found(office: ReviewOffice) -> None:
    browser = office.browser()

    for path in (
        f"/holders/{uuid4()}",
        "/holders/1",
        "/look-up/found/AAAA",
        f"/look-up/found/{'A' * 3000}",
        f"/api/holders/{uuid4()}",
    ):
        assert (await browser.get(path)).status_code == 404, path
    assert (await asks(office, educator_id="999999999999")).json()["holders"] == []
    for strange in ("\x00'; drop table holders; --", "\\", "%_%"):
        assert (await asks(office, last_name=strange)).status_code in {200, 422}, strange
    lone = await office.http.post(
        f"{BASE}/api/look-up",
        content=rb'{"last_name": "\ud83d"}',
        headers={"Origin": BASE, "Content-Type": "application/json"},
    )
    assert lone.status_code in {400, 422}


async def test_another_name_in_the_register_takes_the_place_of_the_old_one(office: ReviewOffice) -> None:
    jordan = await office.educator("Maiden Namebefore Double")
    line = office.person_row(educator_number=jordan.number, first_name="Maiden", last_name="Nameafter")
    await office.imports(line)
    await office.level()

    assert [each["last_name"] for each in (await asks(office, last_name="nameafter")).json()["holders"]] == [
        "Nameafter"
    ]
    for old in ("namebefore", "double"):
        assert (await asks(office, last_name=old)).json()["holders"] == []


async def test_the_public_reads_two_tables_only(office: ReviewOffice) -> None:
    await (await office.educator("Row Policyson")).submits()
    tables = (
        "review_queue",
        "case_page",
        "case_history",
        "register_people",
        "register_certificates",
        "people",
        "staff_list",
    )

    async with office.running.read(role="public") as db:
        for table in tables:
            assert await db.fetchval(f"select count(*) from {table}") == 0, table
        for table in ("holders", "certificate_lives"):
            assert await db.fetchval(f"select count(*) from {table}") > 0, table
    for role in ("reviewer", "", "educator"):
        async with office.running.read(role=role) as db:
            assert await db.fetchval("select count(*) from holders") == 0, role


async def test_one_address_asks_so_often_a_minute_and_others_are_not_kept_waiting(postgres: str) -> None:
    async with opened(postgres, look_ups_a_minute=3) as office:
        jordan = await office.educator("Ofttimes Askedson")
        for _ in range(3):
            assert (await asks(office, educator_id=jordan.number)).status_code == 200
        transport = httpx.ASGITransport(app=office.app, client=("192.0.2.7", 1))
        async with httpx.AsyncClient(transport=transport) as elsewhere:
            api, page = (
                await asks(office, educator_id=jordan.number),
                await office.browser().get(f"/holders/{jordan.id}"),
            )
            other = await elsewhere.get(f"{BASE}/holders/{jordan.id}")

    assert (api.status_code, api.headers["content-type"]) == (429, "application/problem+json")
    assert (page.status_code, other.status_code) == (429, 200)
    assert "Too many requests from where you are" in page.text
    assert 1 <= int(page.headers["retry-after"]) <= 60
