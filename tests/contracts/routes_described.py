"""Every route of every service, and whom it lets in: `python tests/contracts/routes_described.py docs/routes.md`.

The table is read off the services' own apps; DOORS says whom a route lets in. tests/contracts/test_routes.py tries
every route as everybody.
"""

import base64
import sys
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any, Final
from unittest.mock import MagicMock

from fastapi import FastAPI

from lectern.runtime.health import Health
from lectern.runtime.parked import parked_routes
from lectern.runtime.settings import SERVICES, Settings, name_in_sql
from lectern.web import bare_app

EVERYBODY, ACCOUNT, CLAIMED, OWN = "everybody", "account", "claimed", "own"
DISTRICT, OWN_DISTRICT, DESE, SUPERVISOR = "district", "own-district", "dese", "supervisor"
NOTICES, OPERATOR, PROVIDER = "notices", "operator", "provider"
WORDS: Final = {
    EVERYBODY: "everybody",
    ACCOUNT: "anybody signed in here",
    CLAIMED: "educators who claimed their record",
    OWN: "the educator whose it is",
    DISTRICT: "district staff",
    OWN_DISTRICT: "staff of the district that was named",
    DESE: "DESE’s reviewers and supervisors",
    SUPERVISOR: "DESE’s supervisors",
    NOTICES: "support and operators",
    OPERATOR: "operators",
    PROVIDER: "the payment provider, by its signature",
}

_COMMON: Final = {
    "GET /health": EVERYBODY,
    "GET /api/openapi.json": EVERYBODY,
    "GET /sign-in": EVERYBODY,
    "POST /sign-in": EVERYBODY,
    "POST /sign-out": EVERYBODY,
    "GET /signed-in": ACCOUNT,
    "GET /account/password": ACCOUNT,
    "POST /account/password": ACCOUNT,
    "GET /api/parked": OPERATOR,
    "POST /api/parked/redrive": OPERATOR,
}
_DRAFT = "/drafts/{application_id}"
_API = "/api/applications/{application_id}"
_ITEM = "/work-log/{application_id}"
_CASE = "/cases/{application_id}"
_STATUS = "/register/{person_id}/certificates/{certificate_id}/status"
DOORS: Final[dict[str, dict[str, str]]] = {
    "applications": {
        **_COMMON,
        "GET /": ACCOUNT,
        "GET /help": EVERYBODY,
        "GET /register": EVERYBODY,
        "POST /register": EVERYBODY,
        "GET /claim": ACCOUNT,
        "POST /claim": ACCOUNT,
        "POST /payments/webhook": PROVIDER,
        "POST /api/educators": OPERATOR,
        "GET /api/me": ACCOUNT,
        "GET /api/districts": ACCOUNT,
        "GET /api/new-applications": CLAIMED,
        "POST /api/applications": OWN,
        f"GET {_API}": OWN,
        **{
            f"PUT {_API}/{each}": OWN
            for each in (
                "personal",
                "education",
                "conduct/{question}",
                "purpose",
                "certificates",
                "course",
                "payment-method",
                "release",
                "district",
            )
        },
        f"POST {_API}/submission": OWN,
        f"POST {_API}/correction": OWN,
        f"POST {_API}/withdrawal": OWN,
        f"POST {_API}/reconsideration": OWN,
        f"POST {_API}/information": OWN,
        f"PUT {_API}/employer": OWN,
        f"POST {_API}/extension": OWN,
        f"GET {_API}/documents": OWN,
        f"POST {_API}/documents": OWN,
        f"GET {_API}/documents/{{document_id}}": OWN,
        f"DELETE {_API}/documents/{{document_id}}": OWN,
        f"GET {_API}/letter": OWN,
        f"GET {_API}/letter/pdf": OWN,
        f"POST {_API}/letter/links": OWN,
        f"DELETE {_API}/letter/links/{{link_id}}": OWN,
        "GET /certificates/{certificate_id}/pdf": OWN,
        "GET /api/certificates/{certificate_id}/pdf": OWN,
        "GET /profile": CLAIMED,
        "GET /profile/personal": CLAIMED,
        "POST /profile/personal": CLAIMED,
        "GET /new-applications": CLAIMED,
        "GET /new-applications/{kind}": CLAIMED,
        "POST /new-applications/{kind}": OWN,
        f"GET {_DRAFT}": OWN,
        **{
            f"{method} {_DRAFT}/{each}": OWN
            for method in ("GET", "POST")
            for each in (
                "personal",
                "education",
                "education/programs",
                "education/{rows}/new",
                "education/{rows}/{at}",
                "conduct/{question}",
                "purpose",
                "certificates",
                "course",
                "payment-method",
                "release",
                "district",
                "check",
                "answer",
                "delete",
            )
        },
        f"POST {_DRAFT}/education/{{rows}}/{{at}}/remove": OWN,
        f"GET {_DRAFT}/conduct": OWN,
        **{
            f"{method} {_DRAFT}/{each}": OWN
            for method in ("GET", "POST")
            for each in ("documents", "conduct/{question}/documents")
        },
        f"POST {_DRAFT}/documents/{{document_id}}/remove": OWN,
        "GET /applications/{application_id}/documents/{document_id}": OWN,
        "GET /applications": CLAIMED,
        "GET /applications/{application_id}": OWN,
        "GET /applications/{application_id}/answers": OWN,
        "GET /applications/{application_id}/payment": OWN,
        "POST /applications/{application_id}/payment/check": OWN,
        "GET /applications/{application_id}/submitted": OWN,
        "GET /applications/{application_id}/letter": OWN,
        "POST /applications/{application_id}/letter": OWN,
        "GET /applications/{application_id}/letter/pdf": OWN,
        "POST /applications/{application_id}/letter/links/{link_id}/end": OWN,
        "GET /shared-letter": EVERYBODY,
        "GET /applications/{application_id}/withdraw": OWN,
        "POST /applications/{application_id}/withdraw": OWN,
        "GET /applications/{application_id}/reconsideration": OWN,
        "POST /applications/{application_id}/reconsideration": OWN,
        "GET /applications/{application_id}/district": OWN,
        "POST /applications/{application_id}/district": OWN,
        "GET /applications/{application_id}/extension": OWN,
        "POST /applications/{application_id}/extension": OWN,
    },
    "district-worklog": {
        **_COMMON,
        "GET /": EVERYBODY,
        "GET /work-log": DISTRICT,
        f"GET {_ITEM}": OWN_DISTRICT,
        f"POST {_ITEM}": OWN_DISTRICT,
        f"POST {_ITEM}/claim": OWN_DISTRICT,
        f"POST {_ITEM}/kept": OWN_DISTRICT,
        f"GET {_ITEM}/documents": OWN_DISTRICT,
        f"POST {_ITEM}/documents": OWN_DISTRICT,
        f"POST {_ITEM}/documents/{{document_id}}/remove": OWN_DISTRICT,
        f"GET {_ITEM}/documents/{{document_id}}": OWN_DISTRICT,
        f"GET {_ITEM}/years": OWN_DISTRICT,
        f"POST {_ITEM}/years": OWN_DISTRICT,
        f"GET {_ITEM}/return": OWN_DISTRICT,
        f"POST {_ITEM}/return": OWN_DISTRICT,
        f"GET {_ITEM}/answer": OWN_DISTRICT,
        f"POST {_ITEM}/answer": OWN_DISTRICT,
        f"GET {_ITEM}/pass-on": OWN_DISTRICT,
        f"POST {_ITEM}/pass-on": OWN_DISTRICT,
        f"GET {_ITEM}/decline": OWN_DISTRICT,
        f"POST {_ITEM}/decline": OWN_DISTRICT,
        "GET /help": EVERYBODY,
        "GET /hours": DISTRICT,
        "GET /hours/{application_id}": OWN_DISTRICT,
        "POST /hours/{application_id}": OWN_DISTRICT,
        "GET /people": DISTRICT,
        "POST /people": DISTRICT,
        "GET /criteria": DISTRICT,
        "GET /api/work-log": DISTRICT,
        f"GET /api{_ITEM}": OWN_DISTRICT,
        f"POST /api{_ITEM}/claim": OWN_DISTRICT,
        f"PUT /api{_ITEM}/evidence": OWN_DISTRICT,
        f"POST /api{_ITEM}/verification": OWN_DISTRICT,
        f"POST /api{_ITEM}/return": OWN_DISTRICT,
        f"POST /api{_ITEM}/pass-on": OWN_DISTRICT,
        f"POST /api{_ITEM}/decline": OWN_DISTRICT,
        "POST /api/import/districts": OPERATOR,
        "POST /api/import/staff": OPERATOR,
    },
    "review": {
        **_COMMON,
        "GET /": EVERYBODY,
        "GET /queue": DESE,
        "POST /queue/next": DESE,
        f"GET {_CASE}": DESE,
        f"POST {_CASE}/start": DESE,
        f"POST {_CASE}/notes": DESE,
        f"GET {_CASE}/history": DESE,
        f"GET {_CASE}/documents/{{document_id}}": DESE,
        f"GET {_CASE}/conduct": DESE,
        f"POST {_CASE}/conduct": DESE,
        f"GET {_CASE}/course": DESE,
        f"POST {_CASE}/course": DESE,
        f"GET {_CASE}/approval": DESE,
        f"POST {_CASE}/approval": DESE,
        f"GET {_CASE}/denial": DESE,
        f"POST {_CASE}/denial": DESE,
        f"GET {_CASE}/information": DESE,
        f"POST {_CASE}/information": DESE,
        f"GET {_CASE}/closing": DESE,
        f"POST {_CASE}/closing": DESE,
        f"GET {_CASE}/hold": DESE,
        f"POST {_CASE}/hold": DESE,
        f"POST {_CASE}/release": DESE,
        f"GET {_CASE}/reviewer": DESE,
        f"POST {_CASE}/reviewer": DESE,
        f"GET {_CASE}/second": SUPERVISOR,
        f"POST {_CASE}/second": SUPERVISOR,
        "GET /arrivals": DESE,
        "POST /arrivals": DESE,
        "POST /arrivals/file": DESE,
        "GET /arrivals/{arrival_id}": DESE,
        "POST /arrivals/{arrival_id}/match": DESE,
        "POST /arrivals/{arrival_id}/aside": DESE,
        "GET /register": DESE,
        "GET /register/found/{letters}": DESE,
        "POST /register": DESE,
        "GET /register/{person_id}": DESE,
        "GET /register/{person_id}/certificates/{certificate_id}/pdf": DESE,
        f"GET {_STATUS}": DESE,
        f"POST {_STATUS}": DESE,
        f"GET {_STATUS}/second": DESE,
        f"POST {_STATUS}/second": SUPERVISOR,
        "GET /look-up": EVERYBODY,
        "POST /look-up": EVERYBODY,
        "GET /look-up/found/{letters}": EVERYBODY,
        "GET /holders/{person_id}": EVERYBODY,
        "POST /api/look-up": EVERYBODY,
        "GET /api/holders/{person_id}": EVERYBODY,
        "GET /api/queue": DESE,
        f"GET /api{_CASE}": DESE,
        f"POST /api{_CASE}/conduct": DESE,
        f"POST /api{_CASE}/course": DESE,
        "POST /api/arrivals": DESE,
        "POST /api/certificates/{certificate_id}/status": DESE,
        "POST /api/certificates/{certificate_id}/status/second": SUPERVISOR,
        f"POST /api{_CASE}/approval": DESE,
        f"POST /api{_CASE}/denial": DESE,
        f"POST /api{_CASE}/information": DESE,
        f"POST /api{_CASE}/closing": DESE,
        f"POST /api{_CASE}/hold": DESE,
        f"POST /api{_CASE}/release": DESE,
        f"POST /api{_CASE}/reviewer": DESE,
        f"POST /api{_CASE}/second": SUPERVISOR,
        "POST /api/import/people": OPERATOR,
        "POST /api/import/staff": OPERATOR,
    },
    "notifications": {
        **_COMMON,
        "GET /": EVERYBODY,
        "GET /notices": NOTICES,
        "GET /notices/{notice_id}": NOTICES,
        "GET /notices/{notice_id}/repeat": NOTICES,
        "POST /notices/{notice_id}/repeat": NOTICES,
        "GET /api/notices": OPERATOR,
        "GET /api/notices/counts": OPERATOR,
        "PUT /api/users": OPERATOR,
    },
}


def routes_of(service: str) -> set[str]:
    """`METHOD /path` of each route a serving process has, off its app; HEAD goes with GET."""
    return {
        f"{method} {route.path}"
        for route in _walked(app_of(service).routes)
        for method in getattr(route, "methods", None) or ("ANY",)
        if method != "HEAD"
    }


def app_of(service: str) -> FastAPI:
    """As in lectern.runtime.process, on nothing: no route is asked."""
    found = import_module(f"{name_in_sql(service)}.app").service
    running = MagicMock()
    running.settings, running.service = _settings(), found
    app = bare_app()
    found.routes(app, running)
    app.include_router(parked_routes(MagicMock(), MagicMock(), MagicMock()))
    app.include_router(Health(service, "serve", MagicMock(), followers=[], lag=lambda: 0).router())
    return app


def _walked(routes: Any) -> Iterator[Any]:
    """An app keeps the routers it was given, with their routes in them."""
    for each in routes:
        if hasattr(each, "original_router"):
            yield from _walked(each.original_router.routes)
        else:
            yield each


def _settings() -> Settings:
    key = base64.b64encode(bytes(32)).decode()
    names = (*SERVICES, "start", "mailbox", "payments")
    return Settings(
        database_url="postgresql://{service}_{role}@127.0.0.1/{service}",
        keys_url="postgresql://keys_{service}@127.0.0.1/keys",
        kek=key,
        command_key=key,
        match_key=key,
        kafka="127.0.0.1:1",
        payment_url="http://127.0.0.1:1",
        payment_secret=key,
        urls=dict.fromkeys(names, "http://127.0.0.1:1"),
    )


HEAD = """\
# Routes

Generated by `make docs`; a test tries every route of every service as everybody there is, and fails on a route that
has no line here. Foreign and absent things answer alike, with 404. Somebody not signed in is led to the sign-in page;
under `/api` the answer is 401. Everything but GET needs a session's own form key or an `Idempotency-Key`, and comes
from our own pages or carries an operator's bearer token. `make docs` also writes [settings and commands](settings.md).
"""


def described() -> str:
    lines = [HEAD]
    for service in SERVICES:
        lines += [f"## {service}", "", "| route | whom it lets in |", "| --- | --- |"]
        doors = sorted(DOORS[service].items(), key=lambda each: each[0].split()[::-1])
        lines += [f"| `{route}` | {WORDS[door]} |" for route, door in doors]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(described(), encoding="utf-8")
