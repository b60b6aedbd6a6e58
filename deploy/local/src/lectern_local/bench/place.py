"""A place of its own for a measurement: databases and a topic on the platform's servers, gone afterwards."""

import asyncio
import json
import os
import secrets
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient

from lectern.runtime.migrations import migrate_service
from lectern.runtime.provision import drop_service, provision_service
from lectern.runtime.running import migrations_of
from lectern.runtime.service import Service
from lectern.runtime.settings import Role, dsn
from lectern_local.environment import bare
from lectern_local.kafka import with_topic


@dataclass(frozen=True)
class Servers:
    """A Postgres (its superuser's address) and a Kafka that may be used."""

    superuser: str = field(repr=False)
    kafka: str


@dataclass(frozen=True)
class Place:
    servers: Servers
    database_url: str = field(repr=False)
    topic: str

    def database(self, service: str, role: Role) -> str:
        return dsn(self.database_url, service, role)

    def told(self, port: int) -> dict[str, str]:
        """The settings of a process that works here."""
        key = "bGVjdHVybiBiZW5jaCBrZXksIDMyIGJ5dGVzIGxvbmc="  # of data that is gone afterwards
        told = {
            "DATABASE_URL": self.database_url,
            "KEYS_URL": "postgresql://keys_{service}@127.0.0.1:1/none",
            "KEK": key,
            "COMMAND_KEY": key,
            "MATCH_KEY": key,
            "KAFKA": self.servers.kafka,
            "TOPIC": self.topic,
            "PORT": str(port),
        }
        return bare() | {f"LECTERN_{name}": value for name, value in told.items()}


@asynccontextmanager
async def place(servers: Servers, services: Sequence[Service]) -> AsyncIterator[Place]:
    """Made, migrated, and removed at the end whatever happens."""
    prefix = f"bench_{secrets.token_hex(4)}"
    host = servers.superuser.rpartition("@")[2].partition("/")[0]
    url = f"postgresql://{prefix}_{{service}}_{{role}}:{secrets.token_hex(8)}@{host}/{prefix}_{{service}}"
    there = Place(servers, url, f"{prefix}.facts")
    try:
        for each in services:
            await provision_service(servers.superuser, url, each.name)
            await migrate_service(url, each.name, migrations_of(each))
        await with_topic(servers.kafka, there.topic)
        yield there
    finally:
        for each in services:
            await drop_service(servers.superuser, url, each.name)
        await _drop_topic(servers.kafka, there.topic)


async def _drop_topic(kafka: str, topic: str) -> None:
    admin: Any = AIOKafkaAdminClient(bootstrap_servers=kafka)
    await admin.start()
    try:
        await admin.delete_topics([topic])
    finally:
        await admin.close()


@asynccontextmanager
async def process(module: str, *words: str, told: dict[str, str]) -> AsyncIterator[asyncio.subprocess.Process]:
    """`python -m module words`, ended at the end. Its stderr is ours."""
    quiet = None if os.environ.get("LECTERN_BENCH_LOUD") else asyncio.subprocess.DEVNULL
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", module, *words, env=told, stdout=asyncio.subprocess.PIPE, stderr=quiet
    )
    try:
        yield running
    finally:
        if running.returncode is None:
            running.terminate()
            try:
                await asyncio.wait_for(running.wait(), 10)
            except TimeoutError:
                running.kill()
                await running.wait()


async def said(running: asyncio.subprocess.Process) -> dict[str, Any]:
    """The next JSON object it prints. Raises RuntimeError where it ended instead."""
    if running.stdout is None:
        raise RuntimeError("nobody listens")
    line = await running.stdout.readline()
    if not line:
        raise RuntimeError(f"a measured process ended with {await running.wait()}")
    found: dict[str, Any] = json.loads(line)
    return found


def free_port() -> int:
    """One that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
