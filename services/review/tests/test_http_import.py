"""The imports over HTTP, on a real Postgres: by key, repeatable, good rows kept."""

import secrets
from typing import Any

import pytest
from review_office import PASSWORD, ReviewOffice

from lectern.contracts.matching import match_token, number_token
from lectern.contracts.review import PersonRecorded
from lectern.contracts.values import PersonName, StaffContact

pytestmark = pytest.mark.postgres


async def facts_of(office: ReviewOffice, number: str) -> list[str]:
    token = number_token(office.running.settings.match_key, number)
    async with office.process.pool.acquire() as db:
        rows = await db.fetch(
            "select type from fact where subject = (select subject from fact where stream = $1 limit 1) "
            "order by position",
            f"register-entry/{token}",
        )
    return [row["type"] for row in rows]


async def test_a_line_is_recorded_once_and_comes_again_without_harm(office: ReviewOffice) -> None:
    row = office.person_row()

    first = await office.imports(row)
    again = await office.imports(row)

    assert first.json()["results"] == [{"row": row["row"], "ok": True, "change": "new", "errors": []}]
    assert again.json()["results"][0]["change"] == "same"
    assert await facts_of(office, row["educator_number"]) == [
        "PersonEntered",
        "PersonRecorded",
        "ClearanceEntered",
        "BackgroundCheckCleared",
        "CertificateRecorded",
    ]


async def test_the_same_request_has_the_same_answer(office: ReviewOffice) -> None:
    row, key = office.person_row(), secrets.token_hex(8)

    first = await office.imports(row, key=key)
    again = await office.imports(row, key=key)

    assert first.json()["results"][0]["ok"]
    assert again.json()["results"][0]["ok"]
    assert len(await facts_of(office, row["educator_number"])) == 5


async def test_a_dry_run_records_nothing(office: ReviewOffice) -> None:
    row = office.person_row()

    answer = await office.imports(row, dry_run=True)

    assert answer.json()["results"][0]["change"] == "new"
    assert await facts_of(office, row["educator_number"]) == []


async def test_a_bad_line_takes_no_good_one_along(office: ReviewOffice) -> None:
    good, bad = office.person_row(), office.person_row(birth_date="06/05/1994", ssn_last4="")

    answer = (await office.imports(bad, good)).json()["results"]

    assert [each["ok"] for each in answer] == [True, False]
    assert {each["field"]: each["message"] for each in answer[1]["errors"]} == {
        "birth_date": "Write the date as 2027-01-15.",
        "ssn_last4": "It is missing.",
    }
    assert await facts_of(office, good["educator_number"])
    assert await facts_of(office, bad["educator_number"]) == []


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("educator_number", "12a"),
        ("educator_number", "1" * 13),
        ("first_name", ""),
        ("last_name", "'-"),
        ("last_name", "x" * 101),
        ("birth_date", "2999-01-01"),
        ("birth_date", "1994-02-30"),
        ("birth_date", "1800-01-01"),
        ("ssn_last4", "042"),
        ("ssn_last4", "٠٤٢١"),
        ("certificate_kind", "PCX"),
        ("areas", " ; "),
        ("issued_on", "2999-01-01"),
        ("issued_on", "1990-01-01"),
        ("expires_on", "2020-01-01"),
        ("status", "pending"),
        ("background_cleared_on", "2999-01-01"),
    ],
)
async def test_each_column_is_judged(office: ReviewOffice, column: str, text: str) -> None:
    (result,) = (await office.imports(office.person_row(**{column: text}), dry_run=True)).json()["results"]

    assert not result["ok"]
    assert column in {each["field"] for each in result["errors"]}
    assert all(each["message"].endswith(".") for each in result["errors"])


async def test_a_person_with_two_certificates_is_one_person(office: ReviewOffice) -> None:
    first = office.person_row()
    second = first | {"row": first["row"] + 1000, "issued_on": "2023-02-01", "areas": "Mathematics 9-12"}

    answer = await office.imports(first, second)

    assert [each["change"] for each in answer.json()["results"]] == ["new", "new"]
    types = await facts_of(office, first["educator_number"])
    assert types.count("PersonRecorded") == 1
    assert types.count("CertificateRecorded") == 2


async def test_two_lines_about_one_certificate_that_differ_are_not_both_taken(office: ReviewOffice) -> None:
    first = office.person_row()
    second = first | {"row": first["row"] + 1000, "areas": "Mathematics 9-12"}

    answer = (await office.imports(first, second)).json()["results"]

    assert [each["ok"] for each in answer] == [True, False]
    assert "same certificate" in answer[1]["errors"][0]["message"]


async def test_changes_are_recorded(office: ReviewOffice) -> None:
    row = office.person_row()
    await office.imports(row)

    answer = await office.imports(row | {"last_name": "Avery-Stone", "status": "suspended"})

    assert answer.json()["results"][0]["change"] == "changed"
    assert (await facts_of(office, row["educator_number"]))[5:] == [
        "PersonEntered",
        "PersonRecorded",
        "CertificateRecorded",
    ]


async def test_the_token_is_what_a_claim_makes_and_ssn_digits_are_kept_nowhere(office: ReviewOffice) -> None:
    row = office.person_row(last_name="O’Brien", ssn_last4="9173")
    await office.imports(row)

    async with office.process.pool.acquire() as db:
        data = await db.fetchval("select data::text from fact where type = 'PersonRecorded' order by position desc")
        everything = await db.fetchval("select string_agg(data::text, '') from fact")
    fact = PersonRecorded.model_validate_json(data)
    key = office.running.settings.match_key
    assert fact.match_token == match_token(
        key, educator_number=row["educator_number"], last_name="O'BRIEN", birth_date=_day("1994-05-06"),
        ssn_last4="9173",
    )  # fmt: skip
    assert await office.running.keys.open(fact.name, PersonName) == PersonName(first="Jordan", last="O’Brien")
    for secret in ("O’Brien", row["educator_number"], "1994-05-06", '"9173"'):
        assert secret not in everything


def _day(text: str) -> Any:
    from datetime import date

    return date.fromisoformat(text)


async def test_only_the_operator_imports(office: ReviewOffice) -> None:
    priya = await office.priya()

    assert (await priya.post_json("/api/import/people", {"rows": []}, key="x")).status_code == 404
    assert (await office.browser().post_json("/api/import/people", {"rows": []}, key="x")).status_code == 401


@pytest.mark.parametrize("body", [{"rows": "x"}, {"rows": [{"row": "a"}]}, {"rows": [{"row": 1, "color": "red"}]}, []])
async def test_a_body_that_is_none_is_a_problem(office: ReviewOffice, body: object) -> None:
    answer = await office.api("/api/import/people", body)

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"


async def test_staff_get_an_account_and_are_told(office: ReviewOffice) -> None:
    row = {
        "row": 2, "email": "lee@dese.test", "first_name": "Lee", "last_name": "Tran", "role": "reviewer",
        "district_code": "", "password": PASSWORD,
    }  # fmt: skip

    first = await office.api("/api/import/staff", {"rows": [row]})
    again = await office.api("/api/import/staff", {"rows": [row]})

    assert first.json()["results"][0]["change"] == "new"
    assert (again.json()["results"][0]["change"], again.json()["after"]) == ("same", None)
    await office.level()
    async with office.running.read(role="reviewer") as db:
        from review.queries import staff_row

        listed = await staff_row(db)
    assert listed is not None
    contacts = await office.running.keys.open(listed.contacts, tuple[StaffContact, ...])
    assert "lee@dese.test" in {each.email for each in contacts or ()}
    assert (await (await office.officer("lee@dese.test")).get("/queue")).status_code == 200


@pytest.mark.parametrize(
    ("column", "text"),
    [("email", "nobody"), ("role", "king"), ("district_code", "048-077"), ("last_name", ""), ("password", "short")],
)
async def test_a_bad_staff_line_is_named(office: ReviewOffice, column: str, text: str) -> None:
    row = {
        "row": 2, "email": "bad@dese.test", "first_name": "Lee", "last_name": "Tran", "role": "reviewer",
        "district_code": "", "password": PASSWORD,
    }  # fmt: skip

    answer = await office.api("/api/import/staff", {"rows": [row | {column: text}]})

    (result,) = answer.json()["results"]
    assert not result["ok"]
    assert column in {each["field"] for each in result["errors"]}
