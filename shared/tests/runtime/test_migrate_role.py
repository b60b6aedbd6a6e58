"""`--role migrate` is what an installation on other servers runs before a service starts."""

import asyncio
import base64
import os
import sys
from pathlib import Path

import asyncpg
import pytest

from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres
MODULE = """
from pathlib import Path
from lectern.runtime.process import main
from lectern.runtime.service import Service

main(Service(name="notifications", facts=(), nouns=(), views=(), migrations=Path(__file__).parent / "migrations"))
"""


async def migrated(place: Path, **settings: str) -> tuple[int, str]:
    key = base64.b64encode(bytes(32)).decode()
    told = {"KAFKA": "127.0.0.1:9", "KEYS_URL": "postgresql://keys_{service}@127.0.0.1:9/keys", **settings}
    environment = {f"LECTERN_{name}": value for name, value in told.items()}
    environment |= {f"LECTERN_{name}": key for name in ("KEK", "COMMAND_KEY", "MATCH_KEY")}
    process = await asyncio.create_subprocess_exec(
        sys.executable, place, "--role", "migrate", env={**os.environ, **environment}, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    return process.returncode or 0, said.decode()


@pytest.fixture
def service(tmp_path: Path) -> Path:
    (tmp_path / "migrations").mkdir()
    (tmp_path / "migrations" / "0001_notes.sql").write_text("create table notes (n int)")
    (tmp_path / "run.py").write_text(MODULE)
    return tmp_path / "run.py"


async def test_it_makes_the_tables_and_ends(database: Databases, service: Path) -> None:
    url = database.database_url.replace("{service}", "svc")

    code, said = await migrated(service, DATABASE_URL=f"{url}?application_name={{service}}")

    assert (code, "notifications/0001_notes.sql" in said) == (0, True)
    connection = await asyncpg.connect(database.dsn("svc", "owner"))
    assert await connection.fetchval("select to_regclass('notes') is not null and to_regclass('fact') is not null")
    await connection.close()


async def test_a_changed_one_is_refused(database: Databases, service: Path) -> None:
    url = f"{database.database_url.replace('{service}', 'svc')}?application_name={{service}}"
    await migrated(service, DATABASE_URL=url)
    (service.parent / "migrations" / "0001_notes.sql").write_text("create table notes (n bigint)")

    code, said = await migrated(service, DATABASE_URL=url)

    assert code == 2
    assert said.splitlines()[-1].startswith("Already applied, and changed since: notifications/0001_notes.sql.")
