"""How a service's process ends: at once when asked to, and by itself when its intake cannot be helped."""

import asyncio
import base64
import os
import secrets
import signal
import socket
import sys
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from aiokafka.admin import AIOKafkaAdminClient, NewTopic

from lectern_local.testkit import Databases, databases_of

pytestmark = [pytest.mark.postgres, pytest.mark.kafka]
SERVICE = """
from pathlib import Path
from lectern.runtime.process import main
from lectern.runtime.service import Service
from lectern.web import Site, WebSettings, furnish

SITE = Site(service="notifications", package="lectern.web", subtitle=lambda _: ("Test",), roles=())

def routes(app, running):
    settings = WebSettings.of(running.settings, SITE.service)
    furnish(app, SITE, settings, accounts=running.accounts, freshness=running.freshness)

service = Service(
    name="notifications", facts=(), nouns=(), views=(), migrations=Path(__file__).parent / "migrations", routes=routes
)
"""
STUCK = """
from lectern.eventlog import watchdog
from lectern.runtime import hearing

class Impatient(watchdog.Watchdog):
    def __init__(self, watched, _, postgres):
        async def standing():
            return watchdog.Standing(lag=5, acknowledged=1)
        super().__init__(watched, standing, postgres, patience=0.5, every=0.2)

hearing.Watchdog = Impatient
"""
Run = Callable[..., Awaitable["Started"]]


class Started:
    def __init__(self, process: asyncio.subprocess.Process, port: int) -> None:
        self.process = process
        self.port = port

    async def healthy(self) -> None:
        """Waits until it says so."""
        async with httpx.AsyncClient() as client:
            until = time.monotonic() + 30
            while time.monotonic() < until:
                try:
                    if (await client.get(f"http://127.0.0.1:{self.port}/health")).status_code == 200:
                        return
                except httpx.TransportError:
                    pass
                await asyncio.sleep(0.1)
        self.process.kill()
        raise AssertionError((await self.ended(10))[1][-2_000:])

    async def ended(self, within: float) -> tuple[int, str]:
        """Its exit code and its log."""
        _, said = await asyncio.wait_for(self.process.communicate(), within)
        assert self.process.returncode is not None
        return self.process.returncode, said.decode()


@pytest.fixture
async def databases(postgres: str) -> AsyncIterator[Databases]:
    databases = databases_of(postgres)
    await databases.make("notifications")
    yield databases
    await databases.drop("notifications")


@pytest.fixture
async def run(databases: Databases, kafka: str, tmp_path: Path) -> AsyncIterator[Run]:
    started: list[Started] = []
    topic = f"ends-{secrets.token_hex(4)}"
    admin = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    await admin.create_topics([NewTopic(topic, 2, 1)])

    async def run(more: str = "", role: str = "serve") -> Started:
        place = tmp_path / f"{role}.py"
        place.write_text(SERVICE + more + "\nmain(service)\n")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        key = base64.b64encode(bytes(32)).decode()
        told = {
            "KAFKA": kafka, "TOPIC": topic, "PORT": str(port), "KEYS_URL": databases.keys_url,
            "DATABASE_URL": databases.database_url, "KEK": key, "COMMAND_KEY": key, "MATCH_KEY": key,
        }  # fmt: skip
        process = await asyncio.create_subprocess_exec(
            sys.executable, place, "--role", role,
            env={**os.environ, **{f"LECTERN_{name}": value for name, value in told.items()}},
            stderr=asyncio.subprocess.PIPE,
        )  # fmt: skip
        started.append(Started(process, port))
        return started[-1]

    code, said = await (await run(role="migrate")).ended(60)
    assert code == 0, said
    yield run
    for each in started:
        if each.process.returncode is None:
            each.process.kill()
            await each.process.communicate()
    await admin.delete_topics([topic])
    await admin.close()


async def test_it_ends_at_once_when_asked_to(run: Run) -> None:
    service = await run()
    await service.healthy()

    service.process.send_signal(signal.SIGTERM)
    began = time.monotonic()
    code, _ = await service.ended(10)

    assert code == -signal.SIGTERM  # uvicorn passes the signal on when all is closed
    assert time.monotonic() - began < 5


async def test_it_ends_by_itself_when_a_new_consumer_reads_nothing_either(run: Run) -> None:
    service = await run(STUCK)

    code, said = await service.ended(30)

    assert code == 1
    assert "the intake makes no progress: a new consumer" in said
    assert "a part ended, and the process with it" in said
