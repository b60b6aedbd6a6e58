"""The work log's API: what the demo, the bench and other programs do, by the same rules as the pages."""

import secrets
from typing import Any
from uuid import uuid4

import httpx
import pytest
from worklog_office import REPORT, Educator, Office

from district_worklog.work_log import Stage
from lectern.contracts.values import Kind
from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres

EVIDENCE: dict[str, Any] = {
    "years": [each.model_dump() for each in REPORT.years],
    "development_quarter_hours": 120,
    "plan_approved": True,
    "mentoring_school_years": 2,
    "bta_completed_on": "2024-06-14",
    "bta_provider": "Ozark Plains University",
    "established": [
        {"criterion": each, "met": True, "checked": "Our files"}
        for each in ("UPG-TEACHING", "UPG-PD", "UPG-MENTORING", "UPG-BTA", "UPG-PBTE")
    ],
}


NO_REASON = {"criterion": "UPG-PBTE", "met": False}


async def ask(browser: Browsing, method: str, path: str, body: object = None, key: str | None = None) -> httpx.Response:
    headers = {"Idempotency-Key": key or secrets.token_hex(8)} if method != "GET" else {}
    return await browser._ask(method, path, json=body, headers=headers)


def api(who: Educator, what: str = "") -> str:
    return f"/api/work-log/{who.application_id}{what}"


async def test_verifies_one_application(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    claim = await ask(dana, "POST", api(jordan, "/claim"), {"submission": 1})
    put = await ask(dana, "PUT", api(jordan, "/evidence"), {"submission": 1, "evidence": EVIDENCE})
    item = await ask(dana, "GET", f"{api(jordan)}?after={put.json()['after']}")
    sent = await ask(dana, "POST", api(jordan, "/verification"), {"submission": 1, "attested": True})

    assert (claim.status_code, put.status_code, sent.status_code) == (200, 200, 200)
    assert item.json()["status"] == "waiting"
    assert {each["verdict"] for each in item.json()["rulings"]} == {"met"}
    assert len(item.json()["records"]) == 5
    assert await office.stage(jordan) is Stage.SENT
    assert (await office.types(jordan))[-1] == "DistrictVerified"


async def test_a_repetition_with_the_same_key_is_the_same_answer(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    for what, method, body in (
        ("/claim", "POST", {"submission": 1}),
        ("/evidence", "PUT", {"submission": 1, "evidence": EVIDENCE}),
        ("/verification", "POST", {"submission": 1, "attested": True}),
    ):
        key = secrets.token_hex(8)
        first = await ask(dana, method, api(jordan, what), body, key)
        again = await ask(dana, method, api(jordan, what), body, key)
        assert first.status_code == again.status_code == 200, again.text
        assert first.json() == again.json()

    assert len(await office.types(jordan)) == 8


async def test_returns_one_application(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    body = {"submission": 1, "reasons": ["hours-missing"], "note": "Four hours."}
    answer = await ask(dana, "POST", api(jordan, "/return"), body)
    item = await ask(dana, "GET", f"{api(jordan)}?after={answer.json()['after']}")

    assert item.json()["status"] == "returned"


async def test_lists_what_waits_a_page_at_a_time(office: Office) -> None:
    people = [await (await office.educator()).submits() for _ in range(3)]
    dana = await office.dana()

    seen: list[str] = []
    cursor: str | None = ""
    while cursor is not None:
        answer = await ask(dana, "GET", f"/api/work-log?status=waiting&limit=2&after={cursor}")
        seen += [each["reference"] for each in answer.json()["items"]]
        cursor = answer.json()["next"]

    assert {each.reference for each in people} <= set(seen)
    assert len(seen) == len(set(seen))


@pytest.mark.parametrize(
    ("method", "what", "body"),
    [
        ("GET", "", None),
        ("POST", "/claim", {"submission": 1}),
        ("PUT", "/evidence", {"submission": 1, "evidence": EVIDENCE}),
        ("POST", "/verification", {"submission": 1, "attested": True}),
        ("POST", "/return", {"submission": 1, "reasons": ["hours-missing"]}),
    ],
)
async def test_another_districts_item_answers_like_none(office: Office, method: str, what: str, body: object) -> None:
    jordan = await (await office.educator()).submits()
    kim = await office.kim()

    foreign = await ask(kim, method, api(jordan, what), body)
    absent = await ask(kim, method, f"/api/work-log/{uuid4()}{what}", body)

    for each in (foreign, absent):
        assert each.status_code == 404
        assert each.headers["content-type"] == "application/problem+json"
    same = ("type", "title", "status", "detail")
    assert [foreign.json()[name] for name in same] == [absent.json()[name] for name in same]
    assert await office.types(jordan) == ["VerificationRequested"]


@pytest.mark.parametrize(
    ("what", "method", "body", "status"),
    [
        ("/claim", "POST", {"submission": 0}, 422),
        ("/claim", "POST", {"submission": 1, "force": True}, 422),
        ("/claim", "POST", {"submission": 2}, 409),
        ("/verification", "POST", {"submission": 1, "attested": True}, 409),
        ("/return", "POST", {"submission": 1, "reasons": []}, 409),
        ("/return", "POST", {"submission": 1, "reasons": ["because"]}, 422),
        ("/return", "POST", {"submission": 1, "reasons": ["hours-missing"], "note": "x" * 4001}, 422),
        ("/evidence", "PUT", {"submission": 1, "evidence": {"development_quarter_hours": -1}}, 422),
        (
            "/evidence",
            "PUT",
            {"submission": 1, "evidence": {"established": [{"criterion": "UPG-PBTE", "met": False}]}},
            409,
        ),
        (
            "/evidence",
            "PUT",
            {
                "submission": 1,
                "evidence": {
                    "bta_completed_on": "2090-01-01",
                    "established": [{"criterion": "UPG-BTA", "met": True, "checked": "x"}],
                },
            },
            409,
        ),
        ("/evidence", "PUT", {"submission": 1, "evidence": {"conduct": []}}, 422),
    ],
)
async def test_bad_input_is_a_problem_and_changes_nothing(
    office: Office, what: str, method: str, body: object, status: int
) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    answer = await ask(dana, method, api(jordan, what), body)

    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_says_which_criteria_are_missing(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()
    await ask(dana, "PUT", api(jordan, "/evidence"), {"submission": 1, "evidence": {**EVIDENCE, "plan_approved": None}})

    answer = await ask(dana, "POST", api(jordan, "/verification"), {"submission": 1, "attested": True})

    assert answer.status_code == 409
    assert answer.json()["criteria"] == ["UPG-PD"]


async def test_a_request_without_a_key_changes_nothing(office: Office) -> None:
    jordan = await (await office.educator()).submits()
    dana = await office.dana()

    answer = await dana._ask("POST", api(jordan, "/claim"), json={"submission": 1})

    assert answer.status_code == 400
    assert await office.types(jordan) == ["VerificationRequested"]


async def test_describes_itself(office: Office) -> None:
    document = (await office.http.get("http://127.0.0.1:8402/api/openapi.json")).json()

    assert {each for each in document["paths"] if each.startswith("/api/work-log")} == {
        "/api/work-log",
        "/api/work-log/{application_id}",
        "/api/work-log/{application_id}/claim",
        "/api/work-log/{application_id}/evidence",
        "/api/work-log/{application_id}/verification",
        "/api/work-log/{application_id}/return",
        "/api/work-log/{application_id}/decline",
        "/api/work-log/{application_id}/pass-on",
    }
    assert "/api/import/districts" in document["paths"]


async def test_an_extension_is_recorded_and_verified(office: Office) -> None:
    jordan = await (await office.educator()).submits(kind=Kind.EXTENSION)
    dana = await office.dana()
    evidence = {
        "teaching_now": {"since": "2026-08-12", "position": "Grade 3", "fte_hundredths": 100},
        "established": [{"criterion": "EXT-TEACHING", "met": True, "checked": "Contract"}],
    }

    put = await ask(dana, "PUT", api(jordan, "/evidence"), {"submission": 1, "evidence": evidence})
    sent = await ask(dana, "POST", api(jordan, "/verification"), {"submission": 1, "attested": True})

    assert (put.status_code, sent.status_code) == (200, 200)
    assert await office.stage(jordan) is Stage.SENT


async def test_hours_are_no_evidence_of_an_extension(office: Office) -> None:
    jordan = await (await office.educator()).submits(kind=Kind.EXTENSION)
    dana = await office.dana()

    body = {"submission": 1, "evidence": {"development_quarter_hours": 120}}
    put = await ask(dana, "PUT", api(jordan, "/evidence"), body)

    assert put.status_code == 409
    assert put.json()["criteria"] == ["UPG-PD"]
