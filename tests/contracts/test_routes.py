"""Every route of every service, as everybody there is: who is let in, who is not, and what they learn from it."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import pytest
from matrix_applications import (
    common,
    of_a_draft,
    of_accounts,
    of_claiming,
    of_correcting,
    of_reactivating,
    of_reconsidering,
    of_submitting,
    of_withdrawing,
)
from matrix_asking import of_asking, of_closing
from matrix_staff import (
    of_arrivals,
    of_declining,
    of_hours,
    of_keeping,
    of_notices,
    of_passing_on,
    of_review,
    of_status,
    of_the_district,
)
from matrix_trying import Tally, Trial, tries
from matrix_world import World, world
from routes_described import DOORS, OWN, described, routes_of

from lectern.runtime.settings import SERVICES
from lectern_local.installation import Installation

DOCS = Path(__file__).parents[2] / "docs"
platform_needed = pytest.mark.platform


@pytest.mark.parametrize("service", SERVICES)
def test_every_route_has_a_door(service: str) -> None:
    assert routes_of(service) == set(DOORS[service]), "give it a line in routes_described.py and a trial, `make docs`"


def test_the_page_of_routes_is_what_the_programs_say() -> None:
    assert (DOCS / "routes.md").read_text(encoding="utf-8") == described(), "run `make docs`"


HEADERS = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
FLAGS = {"path=/", "secure", "httponly", "samesite=lax"}


@dataclass
class Watch:
    """Looks at every answer there is, whoever asked."""

    answers: int = 0
    cookies: int = 0
    wrong: set[str] = field(default_factory=set)

    async def __call__(self, answer: httpx.Response) -> None:
        self.answers += 1
        where, policy = f"{answer.request.method} {answer.url.path}", answer.headers.get("content-security-policy", "")
        missing = [name for name, text in HEADERS.items() if answer.headers.get(name) != text]
        if (
            not policy.startswith(("default-src 'self'", "default-src 'none'"))
            or "frame-ancestors 'none'" not in policy
            or "unsafe" in policy
        ):
            missing.append("content-security-policy")
        if "strict-transport-security" in answer.headers or "access-control-allow-origin" in answer.headers:
            missing.append("one that must not be there")
        self.wrong |= {f"{where} {answer.status_code}: {each}" for each in missing}
        for cookie in answer.headers.get_list("set-cookie"):
            self.cookies += 1
            name, *flags = (part.strip() for part in cookie.split(";"))
            if not name.startswith("__Host-") or not {each.lower() for each in flags} >= FLAGS:
                self.wrong.add(f"{where}: cookie {name.partition('=')[0]} {flags}")


@pytest.fixture(scope="module")
def watch() -> Watch:
    return Watch()


@pytest.fixture(scope="module")
async def things(platform: Installation, watch: Watch) -> AsyncIterator[World]:
    async with httpx.AsyncClient(trust_env=False, timeout=60, event_hooks={"response": [watch]}) as http:
        yield await world(platform, http)


@platform_needed
async def test_doors_open_for_the_rightful_only(things: World) -> None:
    """Role by route on one and the same thing; it counts only where the rightful get in.

    What was refused, and what only reads, recorded nothing: no fact of any log carries such a request's id.
    """
    tally, tried = Tally(), set[tuple[str, str]]()

    async def all_of(trials: list[Trial]) -> None:
        for trial in trials:
            await tries(trial, things.everybody, tally)
            tried.add((trial.service, trial.route))

    for service in SERVICES:
        await all_of(common(service))
    for part in (of_accounts, of_a_draft, of_reactivating, of_submitting, of_the_district, of_correcting, of_keeping):
        await all_of(part(things))
    for part in (
        of_asking,
        of_review,
        of_arrivals,
        of_status,
        of_hours,
        of_notices,
        of_closing,
        of_withdrawing,
        of_reconsidering,
        of_declining,
        of_passing_on,
        of_claiming,
    ):
        await all_of(part(things))

    untried = {(service, route) for service in SERVICES for route in DOORS[service]} - tried
    assert tally.leaks == []
    assert tally.pairs >= 1_900
    assert tally.compared >= 900
    assert tally.elsewhere >= 200
    for service in SERVICES:
        assert await _facts_of(things.installation, service, tally.quiet) == [], service
    assert untried == SESSION_PAGES | {("notifications", "POST /notices/{notice_id}/repeat")}


@platform_needed
async def test_a_door_that_stands_open_is_found(things: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The judge itself: a page for everybody, called the educator's own."""
    tally = Tally()
    monkeypatch.setitem(DOORS["applications"], "GET /help", OWN)

    await tries(Trial("applications", "GET /help"), things.everybody, tally)

    assert len(tally.leaks) == len(things.everybody) - 1


@platform_needed
async def test_every_answer_is_protected(things: World, watch: Watch) -> None:
    """Of everything asked above, and of mistakes."""
    nobody = things.everybody["nobody"]
    for service in SERVICES:
        for method, path in (("GET", "/nothing/here"), ("DELETE", "/"), ("POST", "/api/nothing"), ("GET", "/sign-in")):
            await nobody.asks(service, method, path)
        await things.http.get(things.installation.urls[service] + "/%00", headers={"Cookie": "__Host-review=s.x"})

    assert watch.wrong == set()
    assert watch.cookies > 4


async def _facts_of(installation: Installation, service: str, correlation_ids: list[UUID]) -> list[str]:
    db = await asyncpg.connect(installation.database(service, "auditor"))
    try:
        rows = await db.fetch("select type from fact where correlation_id = any($1)", correlation_ids)
    finally:
        await db.close()
    return [row["type"] for row in rows]


SESSION_PAGES = {
    (service, route) for service in SERVICES for route in ("POST /sign-in", "POST /sign-out", "POST /account/password")
}
"""What these do to a session is tried in shared/tests/web/test_sign_in.py; a repeat, in the service's own tests."""
