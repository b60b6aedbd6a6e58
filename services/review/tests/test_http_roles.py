"""Who may come through which door: every route of this service has a row here."""

from typing import Any
from uuid import uuid4

import pytest
from review_office import BASE, TOKEN, ReviewOffice

from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres

OPEN, DESE, SUPERVISOR, OPERATOR = "open", "dese", "supervisor", "operator"
MATRIX = {
    ("GET", "/"): OPEN,
    ("GET", "/queue"): DESE,
    ("POST", "/queue/next"): DESE,
    ("GET", "/cases/{application_id}"): DESE,
    ("POST", "/cases/{application_id}/start"): DESE,
    ("POST", "/cases/{application_id}/notes"): DESE,
    ("GET", "/cases/{application_id}/history"): DESE,
    ("GET", "/cases/{application_id}/documents/{document_id}"): DESE,
    ("GET", "/cases/{application_id}/conduct"): DESE,
    ("POST", "/cases/{application_id}/conduct"): DESE,
    ("GET", "/cases/{application_id}/course"): DESE,
    ("POST", "/cases/{application_id}/course"): DESE,
    ("GET", "/arrivals"): DESE,
    ("POST", "/arrivals"): DESE,
    ("POST", "/arrivals/file"): DESE,
    ("GET", "/arrivals/{arrival_id}"): DESE,
    ("POST", "/arrivals/{arrival_id}/match"): DESE,
    ("POST", "/arrivals/{arrival_id}/aside"): DESE,
    ("POST", "/api/arrivals"): DESE,
    ("POST", "/api/cases/{application_id}/course"): DESE,
    ("GET", "/cases/{application_id}/approval"): DESE,
    ("POST", "/cases/{application_id}/approval"): DESE,
    ("GET", "/cases/{application_id}/denial"): DESE,
    ("POST", "/cases/{application_id}/denial"): DESE,
    ("GET", "/cases/{application_id}/information"): DESE,
    ("GET", "/cases/{application_id}/closing"): DESE,
    ("POST", "/cases/{application_id}/closing"): DESE,
    ("POST", "/api/cases/{application_id}/closing"): DESE,
    ("GET", "/cases/{application_id}/hold"): DESE,
    ("POST", "/cases/{application_id}/hold"): DESE,
    ("POST", "/cases/{application_id}/release"): DESE,
    ("GET", "/cases/{application_id}/reviewer"): DESE,
    ("POST", "/cases/{application_id}/reviewer"): DESE,
    ("POST", "/api/cases/{application_id}/hold"): DESE,
    ("POST", "/api/cases/{application_id}/release"): DESE,
    ("POST", "/api/cases/{application_id}/reviewer"): DESE,
    ("POST", "/cases/{application_id}/information"): DESE,
    ("GET", "/cases/{application_id}/second"): SUPERVISOR,
    ("POST", "/cases/{application_id}/second"): SUPERVISOR,
    ("GET", "/register"): DESE,
    ("POST", "/register"): DESE,
    ("GET", "/register/found/{letters}"): DESE,
    ("GET", "/register/{person_id}"): DESE,
    ("GET", "/register/{person_id}/certificates/{certificate_id}/pdf"): DESE,
    ("GET", "/register/{person_id}/certificates/{certificate_id}/status"): DESE,
    ("POST", "/register/{person_id}/certificates/{certificate_id}/status"): DESE,
    ("GET", "/register/{person_id}/certificates/{certificate_id}/status/second"): DESE,
    ("POST", "/register/{person_id}/certificates/{certificate_id}/status/second"): SUPERVISOR,
    ("POST", "/api/certificates/{certificate_id}/status"): DESE,
    ("POST", "/api/certificates/{certificate_id}/status/second"): SUPERVISOR,
    ("GET", "/look-up"): OPEN,
    ("POST", "/look-up"): OPEN,
    ("GET", "/look-up/found/{letters}"): OPEN,
    ("GET", "/holders/{person_id}"): OPEN,
    ("POST", "/api/look-up"): OPEN,
    ("GET", "/api/holders/{person_id}"): OPEN,
    ("GET", "/api/queue"): DESE,
    ("GET", "/api/cases/{application_id}"): DESE,
    ("POST", "/api/cases/{application_id}/conduct"): DESE,
    ("POST", "/api/cases/{application_id}/approval"): DESE,
    ("POST", "/api/cases/{application_id}/denial"): DESE,
    ("POST", "/api/cases/{application_id}/information"): DESE,
    ("POST", "/api/cases/{application_id}/second"): SUPERVISOR,
    ("POST", "/api/import/people"): OPERATOR,
    ("POST", "/api/import/staff"): OPERATOR,
}
COMMON = {"/sign-in", "/sign-out", "/signed-in", "/account/password", "/api/openapi.json"}
ALLOWED: dict[object, set[str | None]] = {
    OPEN: {None, "reviewer", "supervisor"},
    DESE: {"reviewer", "supervisor"},
    SUPERVISOR: {"supervisor"},
}
BODIES: dict[str, Any] = {
    "/api/cases/{application_id}/denial": {"reasons": ["other"], "note": "x"},
    "/api/cases/{application_id}/hold": {"why": "x"},
    "/api/cases/{application_id}/closing": {"why": "x"},
    "/api/cases/{application_id}/release": {"why": "x"},
    "/api/cases/{application_id}/reviewer": {"reviewer": None, "why": "x"},
    "/api/cases/{application_id}/information": {"reasons": ["other"], "note": "x"},
    "/api/cases/{application_id}/second": {"agree": True},
    "/api/certificates/{certificate_id}/status": {
        "status": "revoked",
        "effective_on": "2026-11-02",
        "reference": "1",
        "why": "x",
    },
    "/api/certificates/{certificate_id}/status/second": {"change_id": f"{uuid4()}", "agree": True},
    "/api/arrivals": {"arrivals": [{"what": "transcript", "educator_number": "1", "on": "2026-11-02"}]},
    "/api/cases/{application_id}/course": {"seen": {"shown": False}},
    "/api/import/people": {"rows": []},
    "/api/import/staff": {"rows": []},
}


def routes_of(office: ReviewOffice) -> set[tuple[str, str]]:
    """An app keeps the routers it was given, with their routes in them."""
    routers = [each.original_router for each in office.app.routes if hasattr(each, "original_router")]
    routes = [*office.app.routes, *(route for router in routers for route in router.routes)]
    return {
        (method, route.path)
        for route in routes
        if hasattr(route, "path") and route.path not in COMMON
        for method in getattr(route, "methods", ()) or ()
        if method != "HEAD"
    }


async def test_every_route_has_a_row(office: ReviewOffice) -> None:
    assert routes_of(office) == set(MATRIX)


@pytest.mark.parametrize("role", [None, "reviewer", "supervisor"])
async def test_doors_are_open_and_shut_as_the_matrix_says(office: ReviewOffice, role: str | None) -> None:
    browser = await {"reviewer": office.priya, "supervisor": office.theo}[role]() if role else office.browser()

    for (method, path), door in MATRIX.items():
        status = await _status(browser, method, path)
        if role in ALLOWED.get(door, set()):
            assert status not in {401, 403}, (method, path, status)
            assert status != 303 or path in {"/", "/queue/next"}, (method, path)
        elif role is None:
            assert status == (401 if path.startswith("/api") else 303), (method, path, status)
        else:
            assert status == 404, (method, path, status)


async def test_the_operators_token_opens_only_the_imports(office: ReviewOffice) -> None:
    headers = {"Authorization": f"Bearer {TOKEN}", "Idempotency-Key": uuid4().hex}

    for (method, path), door in MATRIX.items():
        if not path.startswith("/api") or door == OPEN:
            continue
        answer = await office.http.request(method, BASE + _at(path), json=BODIES.get(path, {}), headers=headers)
        assert (answer.status_code == 200) == (door == OPERATOR), (path, answer.status_code)


async def test_a_wrong_token_opens_nothing(office: ReviewOffice) -> None:
    headers = {"Authorization": "Bearer wrong", "Idempotency-Key": uuid4().hex}

    answer = await office.http.post(f"{BASE}/api/import/people", json={"rows": []}, headers=headers)

    assert answer.status_code == 401


async def test_rows_are_for_dese_only_also_without_the_service(office: ReviewOffice) -> None:
    await (await office.educator()).submits()
    tables = (
        "review_queue", "case_page", "case_history", "register_people", "register_certificates", "districts",
        "staff_list", "people",
    )  # fmt: skip

    for table in tables:
        for role, sees in (("reviewer", True), ("verifier", False), ("educator", False), ("", False)):
            async with office.running.read(role=role) as db:
                assert bool(await db.fetchval(f"select count(*) from {table}")) is sees, (table, role)
        async with office.running.read() as db:
            assert not await db.fetchval(f"select count(*) from {table}"), table


async def _status(browser: Browsing, method: str, path: str) -> int:
    at = _at(path)
    if method == "GET":
        return (await browser.get(at)).status_code
    if path.startswith("/api"):
        return (await browser.post_json(at, BODIES.get(path, {}), key=uuid4().hex)).status_code
    if path == "/arrivals/file":
        return (await browser.post_file(at, {}, "arrivals.csv", b"", key="none")).status_code
    return (await browser.post(at, {}, key="none")).status_code


def _at(path: str) -> str:
    ids = dict.fromkeys(("application_id", "person_id", "certificate_id", "document_id", "arrival_id"), uuid4())
    return path.format(**ids, letters="AAAA")
