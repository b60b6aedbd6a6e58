"""Databases and their users, made by a superuser before anything else runs. Everything here may run again.

Each service has a database of its own and six users, by what they may do: owner (migrations, generations of views),
writer (log, commands, held), folder (views), reader (pages), web (users and sessions) and auditor (reads facts and
views). Here they get no more than the right to connect and to see the schema, the auditor also to read every table
that comes into it; migrations grant the rest, to groups that every service has alike: lectern_owner, lectern_writer
and so on, lectern_keys_review and so on. Belonging to a group opens no other service's database.
Data keys are in a database of their own with one owner and one user for each service.
"""

from collections.abc import Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit, urlunsplit

import asyncpg

from lectern.runtime.settings import ROLES, dsn, name_in_sql

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

KEYS_OWNER = "owner"
_LOCK = 0x50524F56  # "PROV"


@dataclass(frozen=True)
class _Login:
    user: str
    password: str
    database: str


def _login(address: str) -> _Login:
    parts = urlsplit(address)
    return _Login(unquote(parts.username or ""), unquote(parts.password or ""), unquote(parts.path.lstrip("/")))


async def provision_service(superuser: str, database_url: str, service: str) -> None:
    """The database and the users that the template LECTERN_DATABASE_URL names for this service."""
    logins = {role: _login(dsn(database_url, service, role)) for role in ROLES}
    owner = logins["owner"]
    await _provision(superuser, owner, {f"lectern_{role}": login for role, login in logins.items()})
    async with _connected(_in(superuser, owner.database)) as database:
        await database.execute(
            f"ALTER DEFAULT PRIVILEGES FOR ROLE {quoted(owner.user)} IN SCHEMA public "
            "GRANT SELECT ON TABLES TO lectern_auditor"
        )


async def provision_keys(superuser: str, addresses: Mapping[str, str]) -> None:
    """The keys database: its address for each service that uses it, and for `owner`, who makes its tables."""
    users = {f"lectern_keys_{name_in_sql(each)}": _login(address) for each, address in addresses.items()}
    await _provision(superuser, _login(addresses[KEYS_OWNER]), users)


async def drop_service(superuser: str, database_url: str, service: str) -> None:
    """For tests: the database and its users, gone."""
    logins = [_login(dsn(database_url, service, role)) for role in ROLES]
    await _drop(superuser, logins)


async def drop_keys(superuser: str, addresses: Mapping[str, str]) -> None:
    """For tests: the keys database and its users, gone."""
    await _drop(superuser, [_login(address) for address in addresses.values()])


async def _provision(superuser: str, owner: _Login, users: dict[str, _Login]) -> None:
    """One at a time on a server: the groups are shared."""
    async with _connected(superuser) as server:
        await server.execute("SELECT pg_advisory_lock($1)", _LOCK)
        for group, login in users.items():
            await _group(server, group)
            await _user(server, login)
            await server.execute(f"GRANT {quoted(group)} TO {quoted(login.user)}")
        await _database(server, owner)
        for each in users.values():
            await server.execute(f"GRANT CONNECT ON DATABASE {quoted(owner.database)} TO {quoted(each.user)}")
    async with _connected(_in(superuser, owner.database)) as database:
        await database.execute(f"ALTER SCHEMA public OWNER TO {quoted(owner.user)}")
        await database.execute("REVOKE ALL ON SCHEMA public FROM PUBLIC")
        for group in users:
            await database.execute(f"GRANT USAGE ON SCHEMA public TO {quoted(group)}")


async def _database(server: asyncpg.Connection, owner: _Login) -> None:
    if not await server.fetchval("SELECT 1 FROM pg_database WHERE datname = $1", owner.database):
        await server.execute(
            f"CREATE DATABASE {quoted(owner.database)} OWNER {quoted(owner.user)} "
            "TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C.UTF-8'"
        )
    await server.execute(f"REVOKE ALL ON DATABASE {quoted(owner.database)} FROM PUBLIC")


async def _group(server: asyncpg.Connection, group: str) -> None:
    if not await server.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", group):
        await server.execute(f"CREATE ROLE {quoted(group)} NOLOGIN")


async def _user(server: asyncpg.Connection, login: _Login) -> None:
    exists = await server.fetchval("SELECT 1 FROM pg_roles WHERE rolname = $1", login.user)
    await server.execute(
        f"{'ALTER' if exists else 'CREATE'} ROLE {quoted(login.user)} LOGIN INHERIT NOSUPERUSER NOCREATEDB "
        f"NOCREATEROLE NOREPLICATION NOBYPASSRLS PASSWORD {_literal(login.password)}"
    )


async def _drop(superuser: str, logins: list[_Login]) -> None:
    async with _connected(superuser) as server:
        await server.execute(f"DROP DATABASE IF EXISTS {quoted(logins[0].database)} WITH (FORCE)")
        for each in logins:
            await server.execute(f"DROP ROLE IF EXISTS {quoted(each.user)}")


@asynccontextmanager
async def _connected(address: str) -> "AsyncIterator[asyncpg.Connection]":
    connection = await asyncpg.connect(address)
    try:
        yield connection
    finally:
        await connection.close()


def _in(address: str, database: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{database}"))


def quoted(identifier: str) -> str:
    """An identifier as SQL text."""
    return '"' + identifier.replace('"', '""') + '"'


def _literal(text: str) -> str:
    """A string as SQL text: CREATE ROLE takes no parameters."""
    return "'" + text.replace("'", "''") + "'"
