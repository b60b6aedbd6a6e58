"""A certificate's whole life in the register, how it stood on a day, and its paper."""

from datetime import timedelta
from uuid import uuid4

import pytest
from papers_given import tags_of
from papers_given import text_of as words_of
from review_browsing import approves, text_of
from review_office import BASE, ReviewOffice

from lectern.contracts.days import chicago_day
from lectern.web.words import short_day

pytestmark = pytest.mark.postgres


async def test_every_change_stands_there_with_its_day_and_decision(office: ReviewOffice) -> None:
    jordan = await (await (await office.educator("Jordan Lifeson")).submits()).verified()
    await approves(await office.priya(), jordan)
    await office.level()
    today = chicago_day(office.running.now())

    page = await (await office.theo()).get(f"/register/{jordan.id}")
    life = text_of(page).partition("Life of the certificate")[2].partition("Status on a day")[0]

    upgraded, recorded = life.index("Upgraded by a decision"), life.index("Recorded from the state’s records")
    assert upgraded < recorded, "the newest first"
    assert short_day(today) in life[:upgraded]
    assert jordan.reference in life[upgraded:recorded]
    assert f'href="/cases/{jordan.application_id}"' in page.text
    assert "Jan 16, 2023" in life[upgraded:]


async def test_it_says_how_a_certificate_stood_on_a_day(office: ReviewOffice) -> None:
    expired = (office.running.now() - timedelta(days=400)).date().isoformat()
    jordan = await office.educator("Jordan Dayson", expires_on=expired, status="expired")
    priya = await office.priya()

    before = text_of(await priya.get(f"/register/{jordan.id}?on=2/1/2024"))
    future = await priya.get(f"/register/{jordan.id}?on=1/1/2199")

    assert "Status on February 1, 2024" in before
    assert "Active" in before.partition("Status on February 1, 2024")[2].partition("Applications")[0]
    assert future.status_code == 422
    assert future.text.count("Choose today or an earlier day") == 2


async def test_dese_downloads_the_certificate_as_its_holder_does(office: ReviewOffice) -> None:
    jordan = await office.educator("Jordan Paperson")
    address = f"/register/{jordan.id}/certificates/{jordan.certificate_id}/pdf"
    priya = await office.priya()

    page, answer = await priya.get(f"/register/{jordan.id}"), await priya.get(address)

    assert f'href="{address}"' in page.text
    assert answer.headers["content-type"] == "application/pdf"
    said = words_of(answer.content)
    for each in ("Initial Professional Certificate", "Jordan Paperson", jordan.number, "January 16, 2023"):
        assert each in said
    assert f"{BASE}/holders/{jordan.id}" in dict(tags_of(answer.content))["Figure"]
    assert (await office.browser().get(address)).status_code == 303


async def test_a_paper_that_is_not_there_is_not_found(office: ReviewOffice) -> None:
    jordan, other = await office.educator("Jordan Noneson"), await office.educator("Other Noneson")
    revoked = await office.educator("Revoked Noneson", status="revoked")
    priya = await office.priya()

    for person, certificate in (
        (jordan.id, other.certificate_id),
        (other.id, jordan.certificate_id),
        (uuid4(), jordan.certificate_id),
        (jordan.id, uuid4()),
        (revoked.id, revoked.certificate_id),
    ):
        assert (await priya.get(f"/register/{person}/certificates/{certificate}/pdf")).status_code == 404
    assert "Download the certificate" not in (await priya.get(f"/register/{revoked.id}")).text


async def test_a_person_is_found_by_the_registers_name(office: ReviewOffice) -> None:
    samuel = await office.educator("Samuel Ortiz-Findson")
    priya = await office.priya()

    answer = await priya.post("/register", {"last_name": "findson", "first_name": "sam"}, page="/register")
    page = await priya.get(answer.headers["location"])
    nobody = await priya.post("/register", {"last_name": "Nosuchson"}, page="/register")
    neither = await priya.post("/register", {}, page="/register")

    assert "findson" not in answer.headers["location"].casefold()
    assert f'href="/register/{samuel.id}"' in page.text
    assert "Samuel Ortiz-Findson" in page.text
    assert "Nobody with this name is in the register" in (await priya.get(nobody.headers["location"])).text
    assert "Enter an Educator ID or a last name" in neither.text
    assert (await priya.get("/register/found/forged")).status_code == 404
