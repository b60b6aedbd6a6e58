"""A real Postgres and a real Kafka for tests, as fixtures; the root conftest.py brings them to every test.

LECTERN_TEST_POSTGRES (a superuser's address) and LECTERN_TEST_KAFKA (host:port) name running ones, and
LECTERN_TEST_PLATFORM the data directory of a running platform.
"""

import fcntl
import logging
import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import structlog

from lectern.runtime.provision import drop_keys, drop_service, provision_keys, provision_service
from lectern.runtime.settings import Role, dsn
from lectern_local.installation import Installation
from lectern_local.servers import shared
from lectern_local.trying import whole_platform


@dataclass(frozen=True)
class Databases:
    """Templates as in LECTERN_DATABASE_URL and LECTERN_KEYS_URL, for databases and users that only this test has."""

    superuser: str
    database_url: str
    keys_url: str

    def dsn(self, service: str, role: Role) -> str:
        return dsn(self.database_url, service, role)

    def keys(self, service: str) -> str:
        return dsn(self.keys_url, service)

    async def make(self, *services: str) -> None:
        """The databases of these services and the keys database."""
        for each in services:
            await provision_service(self.superuser, self.database_url, each)
        await provision_keys(self.superuser, self._keys(services))

    async def drop(self, *services: str) -> None:
        for each in services:
            await drop_service(self.superuser, self.database_url, each)
        await drop_keys(self.superuser, self._keys(services))

    def _keys(self, services: Iterable[str]) -> dict[str, str]:
        return {each: self.keys(each) for each in ("owner", *services)}


def databases_of(superuser: str) -> Databases:
    """Names with a random prefix on this server; nothing is made yet."""
    prefix = f"t{secrets.token_hex(4)}"
    place = superuser.rpartition("@")[2].partition("/")[0]
    return Databases(
        superuser,
        f"postgresql://{prefix}_{{service}}_{{role}}:test@{place}/{prefix}_{{service}}",
        f"postgresql://{prefix}_keys_{{service}}:test@{place}/{prefix}_keys",
    )


@pytest.fixture(scope="session", autouse=True)
def short_logs() -> None:
    """Warnings in a line each: structlog's own console prints the locals of every frame, for minutes."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.format_exc_info,
            structlog.processors.LogfmtRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING),
    )


@pytest.fixture(scope="session")
def servers() -> Iterator[Installation]:
    """The embedded ones, one set for all workers of a test run; they end with it."""
    with shared(os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))[:12]) as installation:
        yield installation


@pytest.fixture(scope="session")
def postgres(request: pytest.FixtureRequest) -> str:
    """The address of a superuser on a real Postgres that tests may fill."""
    given = os.environ.get("LECTERN_TEST_POSTGRES")
    return given or _servers(request).superuser


@pytest.fixture(scope="session")
def kafka(request: pytest.FixtureRequest) -> str:
    """host:port of a real Kafka that creates no topic by itself."""
    given = os.environ.get("LECTERN_TEST_KAFKA")
    return given or _servers(request).kafka


def _servers(request: pytest.FixtureRequest) -> Installation:
    found = request.getfixturevalue("servers")
    assert isinstance(found, Installation)  # noqa: S101 - for tests
    return found


@pytest.fixture(scope="session")
def platform() -> Iterator[Installation]:
    """The whole platform, with the demonstration's people; LECTERN_TEST_PLATFORM names a running one's data."""
    given = os.environ.get("LECTERN_TEST_PLATFORM")
    if given:
        yield Installation.running(Path(given))
        return
    with whole_platform() as installation:
        yield installation


@pytest.fixture(scope="session")
def assets() -> Path:
    """The folder of built page assets, with its manifest.json; LECTERN_TEST_ASSETS names another."""
    given = os.environ.get("LECTERN_TEST_ASSETS")
    return Path(given) if given else _built()


def _built() -> Path:
    from lectern_local import assets as page_assets  # noqa: PLC0415  (the fixture has its name)

    with (Path(tempfile.gettempdir()) / f"lectern-assets-{os.geteuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (page_assets.DIST / "manifest.json").exists():
            page_assets.build()
    return page_assets.dist()


@pytest.fixture
async def database(postgres: str) -> AsyncIterator[Databases]:
    """One service's database, named `svc`, and the keys database; gone after the test."""
    databases = databases_of(postgres)
    await databases.make("svc")
    yield databases
    await databases.drop("svc")
