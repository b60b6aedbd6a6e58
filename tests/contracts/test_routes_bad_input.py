"""Nonsense at every route of every service, by those who may enter: an answer of ours, never an error of the server."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import httpx
import pytest
from matrix_people import HOMES, Somebody, signed_in, staff
from routes_described import DOORS

from lectern.contracts.days import chicago_day
from lectern.runtime.settings import SERVICES
from lectern_local.client import History, Sender
from lectern_local.demo.cast import Cast
from lectern_local.demo.people import person
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform
IDS = ("x", "0", "..%2f..%2fetc", "%00", "%ff", "00000000-0000-0000-0000-000000000000", "9" * 3000, "'; select 1--")
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
JSON = {"Content-Type": "application/json"}
BODIES: tuple[tuple[dict[str, str], bytes], ...] = (
    (FORM, b""),
    (FORM, b"key=x&submission=99999999999999999999&note=%00%ff&do=%F0%9F%92%A9"),
    (FORM, b"&&==&&" * 300),
    (FORM, b"\xff\xfe\x00binary"),
    (JSON, b""),
    (JSON, b"null"),
    (JSON, b"[]"),
    (JSON, b'{"rows": [{"row": 1e999, "email": null}], "submission": -1, "reasons": ["x"], "yes": "\\ud800"}'),
    (JSON, b"[" * 2000 + b"]" * 2000),
    (JSON, b'{"a": "' + b"x" * 1_200_000 + b'"}'),
    ({"Content-Type": "multipart/form-data; boundary=x"}, b"--x\r\n"),
)


@pytest.fixture(scope="module")
async def everybody(platform: Installation) -> AsyncIterator[dict[str, Somebody]]:
    async with httpx.AsyncClient(trust_env=False, timeout=60, limits=httpx.Limits(max_connections=8)) as http:
        found = await staff(platform, http)
        run, today = f"nonsense-{secrets.token_hex(4)}", chicago_day(datetime.now(UTC))
        cast = Cast(platform, http, Sender(http, History()), today)
        who = person(run, 0)
        await cast.record([who])
        await cast.register(run, [who])
        yield {**found, "educator": await signed_in(platform, http, "educator", who.email)}


async def _there_is(who: Somebody, service: str) -> list[str]:
    """The id of something that is there for them."""
    match service:
        case "applications":
            me = (await who.asks(service, "GET", "/api/me")).json()
            about = {"certificate_id": me["certificates"][0]["certificate_id"]}
            return [(await who.asks(service, "POST", "/api/applications", json=about)).json()["application_id"]]
        case "district-worklog":
            items = (await who.asks(service, "GET", "/api/work-log?status=closed")).json()["items"]
            return [each["application_id"] for each in items[:1]]
        case "review":
            cases = (await who.asks(service, "GET", "/api/queue?tab=decided")).json()["cases"]
            return [each["application_id"] for each in cases[:1]]
        case _:
            return []


def _requests(service: str, there: list[str]) -> Iterator[tuple[str, str, dict[str, str], bytes]]:
    for route in DOORS[service]:
        method, path = route.split()
        names = [part for part in path.split("/") if part.startswith("{")]
        for id_ in (*IDS, *there) if names else ("",):
            at = path
            for name in names:
                at = at.replace(name, id_)
            if method == "GET":
                yield method, f"{at}?after=-1&limit=x&q=%00&start=%ff&tab=x", {}, b""
            elif id_ in {"", IDS[5], *there}:
                yield from ((method, at, headers, body) for headers, body in BODIES)


@pytest.mark.parametrize("service", SERVICES)
async def test_nonsense_is_answered(everybody: dict[str, Somebody], service: str) -> None:
    who = next(everybody[role] for role, home in HOMES.items() if home == service and role in everybody)
    there = await _there_is(who, service)
    wrong: list[str] = []

    async def one(who: Somebody, method: str, path: str, headers: dict[str, str], body: bytes) -> None:
        sent = {**who.headers(service), "Idempotency-Key": secrets.token_hex(8), **headers}
        answer = await who.http.request(method, who.installation.urls[service] + path, headers=sent, content=body)
        if answer.status_code >= 500 or "Traceback" in answer.text:
            wrong.append(f"{who.role} {method} {path[:80]} {body[:60]!r}: {answer.status_code}")

    keeping = asyncio.Semaphore(6)

    async def in_turn(*request: object) -> None:
        async with keeping:
            await one(*request)  # type: ignore[arg-type]

    asked = [(who, *request) for who in (who, everybody["token"]) for request in _requests(service, there)]
    await asyncio.gather(*(in_turn(*each) for each in asked if "sign-out" not in each[2]))

    assert wrong == []
    assert len(asked) > 150
