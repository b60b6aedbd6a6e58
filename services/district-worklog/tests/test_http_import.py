"""Imports over HTTP: good rows are kept, bad ones say what to do, the same again changes nothing."""

import asyncio
import secrets
from typing import Any

import pytest
from worklog_office import OURS, PASSWORD, Office

from district_worklog.district import District, Listed, district
from lectern.contracts.values import StaffContact

pytestmark = pytest.mark.postgres


def code() -> str:
    return f"9{secrets.randbelow(90) + 10}-{secrets.randbelow(900) + 100}"


def row(number: int = 2, **cells: Any) -> dict[str, Any]:
    return {"row": number, **cells}


async def districts(office: Office, *rows: dict[str, Any], dry_run: bool = False, key: str | None = None) -> list[Any]:
    answer = await office.api("/api/import/districts", {"rows": list(rows), "dry_run": dry_run}, key)
    assert answer.status_code == 200, answer.text
    results: list[Any] = answer.json()["results"]
    return results


async def staff(office: Office, *rows: dict[str, Any], dry_run: bool = False) -> list[Any]:
    answer = await office.api("/api/import/staff", {"rows": list(rows), "dry_run": dry_run})
    assert answer.status_code == 200, answer.text
    results: list[Any] = answer.json()["results"]
    return results


def officer(**cells: str) -> dict[str, Any]:
    usual: dict[str, Any] = {
        "email": f"{secrets.token_hex(4)}@x.test",
        "first_name": "Ana",
        "last_name": "Reyes",
        "role": "verifier",
        "district_code": OURS,
        "password": PASSWORD,
    }
    return row(**(usual | cells))


async def contacts(office: Office, of: str) -> tuple[StaffContact, ...]:
    state = await office.running.log.state(district(of))
    assert isinstance(state, Listed)
    return await office.running.keys.open(state.contacts, tuple[StaffContact, ...]) or ()


async def test_lists_districts_once(office: Office) -> None:
    new = code()

    first = await districts(office, row(code=new, name=" ADAIR CO. R-I ", county="Adair"))
    again = await districts(office, row(code=new, name="ADAIR CO. R-I", county="Adair"))
    renamed = await districts(office, row(code=new, name="ADAIR CO. R-II", county="Adair"))

    assert [each[0]["change"] for each in (first, again, renamed)] == ["new", "same", "changed"]
    state: District = await office.running.log.state(district(new))
    assert state == Listed("ADAIR CO. R-II", "Adair")


async def test_a_bad_row_says_where_and_why_and_the_good_ones_are_kept(office: Office) -> None:
    good, other = code(), code()

    results = await districts(
        office,
        row(2, code=good, name="GOOD", county="Test"),
        row(3, code="48-77", name="SHORT", county="Test"),
        row(4, code=other, name="", county=None),
        row(5, code=other, name="x" * 201, county="Test"),
        row(6, code=other, name="A\x00B", county="Test"),
        row(7, code=other, name="OK", county="Test", color="red"),
        row(8, code=other, name="OK", county="Test", contact_name="Ana"),
        row(9, code=other, name="OK", county="Test", contact_name="Ana", contact_email="not an address"),
        row(10, code=other, name="OK", county="Test"),
    )

    assert [each["row"] for each in results] == list(range(2, 11))
    assert [each["ok"] for each in results] == [True, *[False] * 7, True]
    assert results[1]["errors"] == [
        {"field": "code", "message": "A county-district code has six digits, such as 048-078."}
    ]
    assert {each["field"] for each in results[2]["errors"]} == {"name", "county"}
    assert results[5]["errors"][0]["field"] == "color"
    assert "both a name and an email" in results[6]["errors"][0]["message"]
    assert results[7]["errors"][0]["field"] == "contact_email"
    state: District = await office.running.log.state(district(good))
    assert isinstance(state, Listed)


async def test_a_dry_run_says_the_same_and_records_nothing(office: Office) -> None:
    new = code()
    before = await office.running.log.head()

    results = await districts(
        office, row(code=new, name="DRY", county="Test", contact_name="Ana", contact_email="a@x.test"), dry_run=True
    )
    people = await staff(office, officer(), officer(password="short"), dry_run=True)

    assert results[0]["change"] == "new"
    assert [each["ok"] for each in people] == [True, False]
    assert await office.running.log.head() == before


async def test_a_contact_of_the_list_is_told(office: Office) -> None:
    new = code()
    cells: dict[str, Any] = {
        "code": new,
        "name": "TOLD",
        "county": "Test",
        "contact_name": "Ana Reyes",
        "contact_email": "a@x.test",
    }

    first = await districts(office, row(**cells))
    again = await districts(office, row(**cells))
    other = await districts(office, row(**{**cells, "contact_name": "Ana Maria Reyes"}))

    assert [each[0]["change"] for each in (first, again, other)] == ["new", "same", "changed"]
    assert [(each.name, each.role) for each in await contacts(office, new)] == [("Ana Maria Reyes", "contact")]


async def test_a_district_closes_and_takes_no_more_staff(office: Office) -> None:
    new = code()
    cells: dict[str, Any] = {"code": new, "name": "CLOSING", "county": "Test"}
    await districts(office, row(**cells))

    closed = await districts(office, row(**cells, closed_on="2027-06-30"))
    again = await districts(office, row(**cells, closed_on="2027-06-30"))
    open_again = await districts(office, row(**cells))
    strange = await districts(office, row(**{**cells, "code": code()}, closed_on="soon"))
    people = await staff(office, officer(district_code=new))

    assert [each[0]["change"] for each in (closed, again)] == ["changed", "same"]
    assert "closed from 2027-06-30" in open_again[0]["errors"][0]["message"]
    assert strange[0]["errors"][0]["field"] == "closed_on"
    assert people[0]["errors"][0]["field"] == "district_code"


async def test_staff_can_sign_in_and_are_told(office: Office) -> None:
    new = officer()

    first = await staff(office, new)
    again = await staff(office, new)
    renamed = await staff(office, {**new, "last_name": "Ruiz"})

    assert [each[0]["change"] for each in (first, again, renamed)] == ["new", "same", "changed"]
    assert (await (await office.officer(str(new["email"]))).get("/work-log")).status_code == 200
    assert ("Ana Ruiz", new["email"]) in [(each.name, each.email) for each in await contacts(office, OURS)]


async def test_a_bad_row_of_staff_says_what_to_do(office: Office) -> None:
    known = officer()
    results = await staff(
        office,
        known,
        {**known, "role": "district-administrator"},
        officer(district_code="999-999"),
        officer(district_code=""),
        officer(role="reviewer"),
        officer(email="nobody"),
        officer(password="short"),
    )

    assert [each["ok"] for each in results] == [True, *[False] * 6]
    fields = [each["errors"][0]["field"] for each in results[1:]]
    assert fields == ["email", "district_code", "district_code", "role", "email", "password"]
    assert "No open district has the code 999-999." in results[2]["errors"][0]["message"]


async def test_two_imports_at_once_lose_nobody(office: Office) -> None:
    people = [officer() for _ in range(6)]

    await asyncio.gather(*(staff(office, each) for each in people))

    told = {each.email for each in await contacts(office, OURS)}
    assert {each["email"] for each in people} <= told


async def test_only_the_operator_imports(office: Office) -> None:
    body = {"rows": [row(code=code(), name="NO", county="Test")]}
    dana = await office.dana()

    signed_in = await dana.post_json("/api/import/districts", body, key="a")
    nobody = await office.http.post(
        "http://127.0.0.1:8402/api/import/districts", json=body, headers={"Idempotency-Key": "b"}
    )
    wrong = await office.http.post(
        "http://127.0.0.1:8402/api/import/districts",
        json=body,
        headers={"Idempotency-Key": "b", "Authorization": "Bearer guess"},
    )

    assert signed_in.status_code == 404
    assert nobody.status_code in {401, 403}
    assert wrong.status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        {"rows": [{"row": 2, "code": 5}] * 201},
        {"rows": "all"},
        {"rows": [["a"]]},
        {},
        {"rows": [], "force": True},
        [],
    ],
)
async def test_a_body_of_another_shape_is_a_problem(office: Office, body: object) -> None:
    answer = await office.api("/api/import/districts", body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_the_same_request_again_is_the_same_answer(office: Office) -> None:
    new, key = code(), secrets.token_hex(8)

    first = await districts(office, row(code=new, name="ONCE", county="Test"), key=key)
    head = await office.running.log.head()
    await districts(office, row(code=new, name="ONCE", county="Test"), key=key)

    assert first[0]["change"] == "new"
    assert await office.running.log.head() == head
