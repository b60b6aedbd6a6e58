"""Numbered SQL, applied once each, in order, by the owner of a database.

Sources are folders named `migrations` in packages and texts that code gives (a view's table). SQL grants to the groups
that `provision` made: GRANT SELECT ON log TO lectern_reader.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources

import asyncpg

from lectern.runtime.settings import dsn

_LOCK = 0x4C454354  # "LECT": one migration at a time in a database, whoever starts it
_LEDGER = """
CREATE TABLE IF NOT EXISTS migrations (
    name text PRIMARY KEY,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT clock_timestamp()
)
"""


class MigrationError(Exception):
    """The database and the code disagree about what was applied, or a statement failed; nothing of it was kept."""


@dataclass(frozen=True)
class Migration:
    name: str
    sql: str

    @property
    def checksum(self) -> str:
        return hashlib.sha256(self.sql.encode()).hexdigest()


def from_package(package: str) -> list[Migration]:
    """The *.sql files in the package's folder `migrations`, in the order of their names."""
    folder = resources.files(package) / "migrations"
    files = sorted((each for each in folder.iterdir() if each.name.endswith(".sql")), key=lambda each: each.name)
    return [Migration(f"{package}/{each.name}", each.read_text(encoding="utf-8")) for each in files]


async def migrate_service(database_url: str, service: str, migrations: Iterable[Migration]) -> list[str]:
    """Brings a service's database up to date; its template is LECTERN_DATABASE_URL. Returns what was applied now."""
    return await migrate(dsn(database_url, service, "owner"), migrations)


async def migrate(owner: str, migrations: Iterable[Migration]) -> list[str]:
    """Applies what is not yet applied, each in a transaction of its own. Raises MigrationError."""
    wanted = list(migrations)
    if len({each.name for each in wanted}) != len(wanted):
        raise MigrationError("Two migrations have the same name.")
    connection = await asyncpg.connect(owner)
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", _LOCK)
        await connection.execute(_LEDGER)
        applied = {row["name"]: row["checksum"] for row in await connection.fetch("SELECT * FROM migrations")}
        _refuse_changed(wanted, applied)
        missing = [each for each in wanted if each.name not in applied]
        for each in missing:
            await _apply(connection, each)
        return [each.name for each in missing]
    finally:
        await connection.close()


def _refuse_changed(wanted: list[Migration], applied: Mapping[str, str]) -> None:
    if changed := [each.name for each in wanted if applied.get(each.name, each.checksum) != each.checksum]:
        raise MigrationError(
            f"Already applied, and changed since: {', '.join(changed)}. Put it back and write a new migration instead."
        )


async def _apply(connection: asyncpg.Connection, migration: Migration) -> None:
    try:
        async with connection.transaction():
            await connection.execute(migration.sql)
            await connection.execute(
                "INSERT INTO migrations (name, checksum) VALUES ($1, $2)", migration.name, migration.checksum
            )
    except asyncpg.PostgresError as error:
        raise MigrationError(f"{migration.name}: {error}") from error
