import asyncio
from pathlib import Path

import asyncpg
import pytest

from lectern.runtime.migrations import Migration, MigrationError, from_package, migrate_service
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres
LOG = Migration(
    "log/0001", "CREATE TABLE log (n int); GRANT INSERT ON log TO lectern_writer; INSERT INTO log VALUES (1)"
)
VIEW = Migration("view/work_log-1", "CREATE TABLE work_log (n int)")


async def rows(database: Databases, sql: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(database.dsn("svc", "owner"))
    try:
        return await connection.fetch(sql)
    finally:
        await connection.close()


async def test_applies_each_once_in_order(database: Databases) -> None:
    first = await migrate_service(database.database_url, "svc", [LOG])
    second = await migrate_service(database.database_url, "svc", [LOG, VIEW])

    assert (first, second) == (["log/0001"], ["view/work_log-1"])
    assert len(await rows(database, "SELECT n FROM log")) == 1


async def test_grants_to_a_group_reach_this_services_user(database: Databases) -> None:
    await migrate_service(database.database_url, "svc", [LOG])

    writer = await asyncpg.connect(database.dsn("svc", "writer"))
    try:
        await writer.execute("INSERT INTO log VALUES (2)")
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await writer.fetch("SELECT n FROM log")
    finally:
        await writer.close()


async def test_refuses_one_that_changed_after_it_was_applied(database: Databases) -> None:
    await migrate_service(database.database_url, "svc", [LOG])

    with pytest.raises(MigrationError, match="Already applied, and changed since: log/0001"):
        await migrate_service(database.database_url, "svc", [Migration(LOG.name, LOG.sql + ";"), VIEW])

    assert await rows(database, "SELECT 1 FROM pg_tables WHERE tablename = 'work_log'") == []


async def test_one_that_fails_leaves_nothing_and_keeps_those_before(database: Databases) -> None:
    broken = Migration("log/0002", "CREATE TABLE half (n int); SELECT nothing FROM nowhere")

    with pytest.raises(MigrationError, match=r"log/0002: relation .* does not exist"):
        await migrate_service(database.database_url, "svc", [LOG, broken])

    assert [row["name"] for row in await rows(database, "SELECT name FROM migrations")] == ["log/0001"]
    assert await rows(database, "SELECT 1 FROM pg_tables WHERE tablename = 'half'") == []


async def test_several_at_once_apply_each_once(database: Databases) -> None:
    done = await asyncio.gather(*(migrate_service(database.database_url, "svc", [LOG, VIEW]) for _ in range(4)))

    assert sorted(name for each in done for name in each) == ["log/0001", "view/work_log-1"]


def test_reads_a_packages_files_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "some_package" / "migrations"
    folder.mkdir(parents=True)
    (folder.parent / "__init__.py").touch()
    for name in ("0002_b.sql", "0001_a.sql", "notes.txt"):
        (folder / name).write_text("SELECT 1")
    monkeypatch.syspath_prepend(str(tmp_path))

    assert [each.name for each in from_package("some_package")] == [
        "some_package/0001_a.sql",
        "some_package/0002_b.sql",
    ]
