"""The specimen app and ways to ask it, for the tests of the page kit."""

import importlib.util
import sys
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import ModuleType

import asyncpg
import httpx
import pytest
import structlog
from fastapi import FastAPI

from lectern.runtime.migrations import from_package, migrate_service
from lectern.web import Accounts, WebSettings
from lectern.web.client import Browsing
from lectern_local.testkit import Databases, databases_of

SECRET = b"a secret of thirty-two characters"
ORIGIN = "http://specimen.test"


def load_specimen() -> ModuleType:
    """The pages in specimen/, imported once."""
    if "lectern_specimen" not in sys.modules:
        path = Path(__file__).parent / "specimen" / "specimen.py"
        spec = importlib.util.spec_from_file_location("lectern_specimen", path)
        assert spec is not None
        assert spec.loader is not None
        module = sys.modules["lectern_specimen"] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    return sys.modules["lectern_specimen"]


@pytest.fixture(scope="session", autouse=True)
def one_line_logs() -> None:
    """As in a running service: an error is a line, not a page of local variables."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(),
        ]
    )


@pytest.fixture(scope="session")
def specimen() -> ModuleType:
    return load_specimen()


@pytest.fixture(scope="session")
def settings() -> WebSettings:
    return WebSettings(
        secret=SECRET,
        demo=True,
        official_banner="An official website of the State of Missouri.",
        api_token="a token of the importing operator",
        urls={"specimen": ORIGIN, "payments": "http://pay.test:8405/pay"},
        service="specimen",
    )


Asking = Callable[[FastAPI], httpx.AsyncClient]


@pytest.fixture
async def asking() -> AsyncIterator[Asking]:
    """A client for an app, as a stranger at 192.0.2.7; errors become answers, as they do in a server."""
    made: list[httpx.AsyncClient] = []

    def ask(app: FastAPI, address: str = "192.0.2.7") -> httpx.AsyncClient:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False, client=(address, 50000))
        made.append(httpx.AsyncClient(transport=transport, base_url=ORIGIN))
        return made[-1]

    yield ask
    for each in made:
        await each.aclose()


@pytest.fixture
def browsing(asking: Asking) -> Callable[[FastAPI], Browsing]:
    return lambda app: Browsing(asking(app), ORIGIN, "specimen")


class Clock:
    """A clock that tests move."""

    def __init__(self) -> None:
        self.now = datetime(2026, 12, 2, 15, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
async def databases(postgres: str) -> AsyncIterator[Databases]:
    """A migrated service database for all tests of the page kit."""
    found = databases_of(postgres)
    await found.make("svc")
    await migrate_service(found.database_url, "svc", from_package("lectern.web"))
    yield found
    await found.drop("svc")


@pytest.fixture
async def pool(databases: Databases) -> AsyncIterator[asyncpg.Pool]:
    """As the role `web`, with nobody in it yet."""
    async with asyncpg.create_pool(databases.dsn("svc", "web"), min_size=1, max_size=6) as pool:
        await pool.execute("DELETE FROM web.users; DELETE FROM web.throttle")
        yield pool


@pytest.fixture
def accounts(pool: asyncpg.Pool, clock: Clock) -> Accounts:
    return Accounts(pool, SECRET, clock)
