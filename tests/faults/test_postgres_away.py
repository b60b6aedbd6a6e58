"""Postgres is away: every answer is a fast 503 that says to try again, shows nothing of the inside, lets nobody in."""

import asyncio
import json
import os
import secrets
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from time import monotonic
from typing import Any

import httpx
import pytest

from lectern.runtime.settings import name_in_sql
from lectern.web.client import Browsing
from lectern_local.assets import DIST
from lectern_local.demo.passwords import password
from lectern_local.demo.staff import REVIEWER
from lectern_local.environment import of_service
from lectern_local.installation import HOST, Installation
from lectern_local.proxy import Proxy, proxy
from lectern_local.trying import free_base

pytestmark = pytest.mark.platform
SERVICE = "review"
ROUNDS = 12
SLOWEST_S = 1.0
"""Beside it a busy machine may take as long again; the figure without load belongs to the bench."""


@dataclass
class Second:
    """Another process of the service, whose way to Postgres can be cut."""

    base: str
    way: Proxy
    http: httpx.AsyncClient
    reviewer: Browsing
    token: str

    async def ask(self, method: str, path: str, **more: object) -> tuple[httpx.Response, float]:
        began = monotonic()
        answer = await self.http.request(method, self.base + path, **more)  # type: ignore[arg-type]
        return answer, monotonic() - began

    async def well(self) -> bool:
        """It reaches its database; views are followed by the platform's own process, not by this one."""
        try:
            return "head" in (await self.http.get(f"{self.base}/health")).json()
        except httpx.TransportError:
            return False


@asynccontextmanager
async def second(platform: Installation, http: httpx.AsyncClient) -> AsyncIterator[Second]:
    port = free_base()
    async with proxy(f"{HOST}:{platform.port('postgres')}") as way:
        told = of_service(platform, SERVICE, "serve", DIST)
        for name in ("LECTERN_DATABASE_URL", "LECTERN_KEYS_URL"):
            told[name] = told[name].replace(f"{HOST}:{platform.port('postgres')}", way.address)
        urls = json.loads(told["LECTERN_URLS"]) | {SERVICE: f"http://{HOST}:{port}"}
        told |= {"LECTERN_PORT": str(port), "LECTERN_URLS": json.dumps(urls)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", name_in_sql(SERVICE), "--role", "serve", env={**os.environ, **told},
            stderr=asyncio.subprocess.DEVNULL,
        )  # fmt: skip
        try:
            found = Second(f"http://{HOST}:{port}", way, http, Browsing(http, f"http://{HOST}:{port}", SERVICE), "")
            await _until(found.well, 40)
            await found.reviewer.sign_in(REVIEWER, password(platform, REVIEWER))
            found.token = platform.secrets.api_tokens[SERVICE]
            yield found
        finally:
            process.terminate()
            await process.wait()


async def test_answers_fast_and_says_nothing_of_the_inside(platform: Installation) -> None:
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http, second(platform, http) as there:
        session = {"Cookie": f"__Host-{SERVICE}={there.reviewer.cookie}", "Origin": there.base}
        key = {"Idempotency-Key": secrets.token_hex(8)}
        operator = {"Authorization": f"Bearer {there.token}", **key}
        absent = f"/api/cases/{secrets.token_hex(4)}-0000-7000-8000-{secrets.token_hex(6)}"
        asked: list[tuple[str, str, dict[str, Any]]] = [
            ("GET", "/queue", {"headers": session}),
            ("GET", absent, {"headers": session}),
            ("POST", f"{absent}/approval", {"headers": {**session, **key}, "json": {}}),
            ("POST", "/api/import/people", {"headers": operator, "json": {"rows": [], "dry_run": False}}),
            ("GET", "/api/parked", {"headers": operator}),
        ]
        before = (await there.ask(*asked[0][:2], **asked[0][2]))[0].status_code
        await there.way.cut()
        answers = [await there.ask(method, path, **more) for _ in range(ROUNDS) for method, path, more in asked]
        ill = await http.get(f"{there.base}/health")
        still = (await http.get(f"{there.base}/sign-in")).status_code
        await there.way.open()
        await _until(there.well, 40)
        after = (await there.ask(*asked[0][:2], **asked[0][2]))[0].status_code

    assert (before, after) == (200, 200)
    unlike = {(a.request.method, a.url.path, a.status_code) for a, _ in answers if a.status_code != 503}
    assert unlike <= {("POST", "/api/import/people", 200)}  # no rows ask nothing of the database
    assert all("retry-after" in a.headers for a, _ in answers if a.status_code == 503)
    assert not [a for a, _ in answers if any(word in a.text for word in ("Traceback", "asyncpg", "postgresql", HOST))]
    times = sorted(spent for _, spent in answers)
    assert times[int(len(times) * 0.99)] < 2 * SLOWEST_S
    assert ill.status_code == 503
    assert ill.json()["ok"] is False
    assert ill.json()["why"][0].startswith("The database does not answer")
    assert still == 200


async def _until(holds: object, seconds: float) -> None:
    until = monotonic() + seconds
    while not await holds():  # type: ignore[operator]
        assert monotonic() < until
        await asyncio.sleep(0.1)
