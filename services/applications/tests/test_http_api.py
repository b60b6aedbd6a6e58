"""The educators' API: problems, keys, and what it says of itself."""

import secrets
from datetime import timedelta

import pytest
from applications_office import BASE, OURS, REPORT, TOKEN, Office

from lectern.contracts.values import Kind
from lectern.rules import IN_FORCE
from lectern.rules.calendar import add_months, add_years
from lectern.rules.wording import CONDUCT_QUESTIONS, RELEASE

pytestmark = pytest.mark.postgres
ONE = "/api/applications/{application_id}"


async def test_it_describes_itself(office: Office) -> None:
    found = (await office.http.get(f"{BASE}/api/openapi.json")).json()

    assert {ONE, f"{ONE}/submission", f"{ONE}/conduct/{{question}}", "/api/me", "/api/educators"} <= set(found["paths"])
    assert not [each for each in found["paths"] if not each.startswith("/api/")]


async def test_nobody_is_asked_to_sign_in(office: Office) -> None:
    answer = await office.anybody().get("/api/me")

    assert answer.status_code == 401
    assert answer.headers["content-type"] == "application/problem+json"


async def test_me_shows_certificates_and_applications(office: Office) -> None:
    someone, person, application = await office.submitted()

    me = (await person.get("/api/me")).json()

    assert me["educator_id"] == str(someone.id)
    assert me["certificates"][0]["certificate_id"] == str(someone.certificate_id)
    assert me["applications"][0]["application_id"] == application
    assert me["applications"][0]["stage"] == "submitted"


async def test_an_operator_is_no_educator(office: Office) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": "x"}

    answer = await office.http.post(f"{BASE}/api/applications", json={"certificate_id": OURS}, headers=headers)

    assert answer.status_code == 404


async def test_an_educator_registers_nobody_else(office: Office) -> None:
    person = await (await office.educator()).browser()

    answer = await person.post_json("/api/educators", {}, key=secrets.token_hex(4))

    assert answer.status_code == 404


async def test_a_request_without_a_key_is_a_problem(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()

    answer = await person._ask("POST", "/api/applications", json={"certificate_id": str(someone.certificate_id)})

    assert answer.status_code == 400
    assert answer.json()["title"] == "Idempotency-Key is missing"


async def test_the_same_key_with_another_body_is_a_problem(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    application = await person.starts(someone)
    path = f"/api/applications/{application}/payment-method"
    await person.put(path, {"method": "card"}, key="k1")

    again = await person.put(path, {"method": "card"}, key="k1")
    other = await person.put(path, {"method": "echeck"}, key="k1")

    assert (again.status_code, other.status_code) == (200, 422)


@pytest.mark.parametrize(
    "body",
    [
        {**REPORT, "surprise": 1},
        {**REPORT, "years": [{**REPORT["years"][0], "surprise": 1}]},
        {**REPORT, "years": [{**REPORT["years"][0], "fte_hundredths": 0}]},
        {**REPORT, "development_note": "x" * 4001},
        [],
        None,
    ],
)
async def test_a_body_that_is_not_one_is_a_problem(office: Office, body: object) -> None:
    someone = await office.educator()
    person = await someone.browser()
    application = await person.starts(someone)

    answer = await person.put(f"/api/applications/{application}/education", body)

    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("q", "found"),
    [
        ("indep", 1),
        ("JACKSON 30", 1),
        (OURS, 1),
        ("Independence School District", 1),
        ("Jackson County, Missouri", 1),
        ("school district", 0),
        ("%", 0),
        ("\0", 0),
        ("", 0),
    ],
)
async def test_districts_are_found_by_code_county_and_name(office: Office, q: str, found: int) -> None:
    person = await (await office.educator()).browser()

    answer = await person._client.get(
        f"{BASE}/api/districts", params={"q": q}, headers={"Cookie": f"__Host-applications={person.cookie}"}
    )

    assert answer.status_code == 200
    assert len(answer.json()) == found


async def test_a_certificate_has_one_application_at_a_time(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    application = await person.starts(someone)

    answer = await person.post_json("/api/applications", {"certificate_id": str(someone.certificate_id)}, key="other")

    assert answer.status_code == 409
    assert answer.json()["application_id"] == application


async def test_registering_by_the_operator_can_be_repeated(office: Office) -> None:
    someone = await office.somebody().recorded()
    body = {
        "email": someone.email,
        "password": "a gentle oak beside the river",
        "first_name": "Jordan",
        **someone.proof(),
    }

    answers = [await office.operator("/api/educators", body, key=f"register-{someone.number}") for _ in range(2)]

    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()


async def test_the_menu_says_what_each_kind_is_made_of_and_what_it_would_give(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()

    menu = {each["kind"]: each for each in (await person.get("/api/new-applications")).json()}

    expires = office.today() + timedelta(days=44)
    assert {name: each["now"] for name, each in menu.items()} == {
        "upgrade": "open",
        "extension": "open",
        "reactivation": "inactive",
    }
    assert [each["fee_cents"] for each in menu.values()] == [2500, 0, 0]
    assert set(menu["reactivation"]["routes"]) == {"course", "employment"}
    assert "payment" in menu["upgrade"]["steps"]
    assert "payment" not in menu["extension"]["steps"]
    assert len(menu["extension"]["purposes"]) == 3
    assert [each["criterion"] for each in menu["extension"]["criteria"]] == ["EXT-IPC", "EXT-TEACHING"]
    assert menu["extension"]["certificates"] == [
        {
            "certificate_id": str(someone.certificate_id),
            "submit_by": add_months(expires, 11).isoformat(),
            "would_be": {"kind": "IPC", "expires_on": add_years(expires, 4).isoformat()},
        }
    ]


async def test_an_extension_is_started_and_submitted_by_api_and_nothing_is_paid(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    body = {"kind": "extension", "certificate_id": str(someone.certificate_id)}
    application = (await person.post_json("/api/applications", body, key="start-extension")).json()["application_id"]
    base = f"/api/applications/{application}"
    purpose = IN_FORCE.of(Kind.EXTENSION).purposes[0].text
    for name, said in (
        ("personal", {}),
        ("education", {"years": REPORT["years"]}),
        *((f"conduct/{each.id}", {"yes": False}) for each in CONDUCT_QUESTIONS),
        ("purpose", {"purpose": purpose}),
        ("release", {"release": RELEASE.version}),
        ("district", {"district": OURS}),
    ):
        assert (await person.put(f"{base}/{name}", said)).status_code == 200, name

    paying = await person.put(f"{base}/payment-method", {"method": "card"})
    sent = await person.post_json(f"{base}/submission", {}, key="submit-extension")
    await office.level()
    standing = await person.standing(application)

    assert paying.status_code == 409
    assert (sent.status_code, sent.json()["payment_id"]) == (202, None)
    assert (standing["kind"], standing["stage"], standing["holder"]) == ("extension", "submitted", "district")


async def test_a_reactivation_starts_from_an_expired_certificate_only(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    body = {"kind": "reactivation", "certificate_id": str(someone.certificate_id)}

    answer = await person.post_json("/api/applications", body, key="start-reactivation")

    assert answer.status_code == 409
