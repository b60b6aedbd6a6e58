"""What Postgres itself holds, whatever a query forgets: who owns what, who may what, and which rows they see."""

from collections.abc import AsyncIterator
from importlib import import_module

import asyncpg
import pytest

from lectern.runtime.migrations import from_package, migrate, migrate_service
from lectern.runtime.running import migrations_of, views_of
from lectern.runtime.service import Service
from lectern.runtime.settings import ROLES, SERVICES, name_in_sql
from lectern_local.installation import Installation
from lectern_local.testkit import Databases, databases_of

pytestmark = pytest.mark.postgres

READ, WRITE = {"SELECT"}, {"SELECT", "INSERT", "UPDATE", "DELETE"}
LOG = {
    "fact": {"writer": {"SELECT", "INSERT"}, "folder": READ, "auditor": READ},
    "commands": {"writer": {"SELECT", "INSERT", "DELETE"}, "auditor": READ},
    "follower": {
        "writer": {"SELECT", "INSERT", "UPDATE"},
        "folder": {"SELECT", "INSERT", "UPDATE"},
        "reader": READ,
        "auditor": READ,
    },
    "broken": {"writer": READ, "folder": {"SELECT", "INSERT", "DELETE"}, "reader": READ, "auditor": READ},
    "held": {"writer": WRITE, "auditor": READ},
    "web.users": {"web": WRITE},
    "web.sessions": {"web": WRITE},
    "web.throttle": {"web": WRITE},
    "web.kept_pages": {"web": WRITE - {"UPDATE"}},
}
"""design.md: who may do what. Facts are added, never changed, by one role only; accounts are the pages' own."""
VIEW = {"folder": WRITE, "reader": READ, "auditor": READ}
ASKED_BY_WRITER = {
    ("applications", "payments_pending"),
    ("applications", "drafts_lying"),
    ("review", "certificates_running"),
    ("review", "answers_due"),
    ("district-worklog", "verifications_due"),
    ("district-worklog", "promises_due"),
    ("district-worklog", "districts"),
    ("notifications", "certificates_expiring"),
    ("notifications", "waits"),
    ("notifications", "district_news"),
    ("applications", "open_effects"),
    ("notifications", "open_effects"),
    ("district-worklog", "open_effects"),
}
PEOPLE = {**VIEW, "folder": WRITE - {"DELETE"}}
PUBLIC = {("applications", "districts"), ("district-worklog", "neighbours")}
"""The state's list of districts is for everybody."""


def found(service: str) -> Service:
    return import_module(f"{name_in_sql(service)}.app").service  # type: ignore[no-any-return]


def tables_of(service: str) -> list[str]:
    """Of its views, and where it has them its people and the holders of its register."""
    named = [view.name for view in views_of(found(service))]
    named += ["people"] if found(service).people else []
    return [*named, "holders"] if found(service).holders else named


@pytest.fixture(scope="module")
async def databases(postgres: str) -> AsyncIterator[Databases]:
    """All four, as migrations leave them."""
    made = databases_of(postgres)
    await made.make(*SERVICES)
    try:
        await migrate(made.keys("owner"), from_package("lectern.eventlog.keys"))
        for each in SERVICES:
            await migrate_service(made.database_url, each, migrations_of(found(each)))
        yield made
    finally:
        await made.drop(*SERVICES)


async def as_role(databases: Databases, service: str, role: str) -> asyncpg.Connection:
    return await asyncpg.connect(databases.dsn(service, role))  # type: ignore[arg-type]


@pytest.mark.parametrize("service", SERVICES)
async def test_row_security_is_forced_on_every_view(databases: Databases, service: str) -> None:
    db = await as_role(databases, service, "owner")
    try:
        rows = await db.fetch(
            "select relname, relrowsecurity and relforcerowsecurity as forced from pg_class c "
            "join pg_namespace n on n.oid = relnamespace where nspname = 'public' and relkind = 'r'"
        )
        policies = await db.fetch("select tablename, policyname, roles::text[] as roles, qual from pg_policies")
    finally:
        await db.close()
    forced = {row["relname"] for row in rows if row["forced"]}
    names = {row["relname"] for row in rows}

    assert forced == set(tables_of(service))
    assert names - forced == {"fact", "commands", "follower", "broken", "held", "migrations"}
    for table in tables_of(service):
        of = {row["policyname"]: row for row in policies if row["tablename"] == table}
        readers = [row["qual"] for row in of.values() if "lectern_reader" in row["roles"]]
        assert of["folds"]["roles"] == ["lectern_folder"]
        # people stand in the clear: not even an auditor reads them, only staff in their tenant, and the public's query
        assert ("audits" in of) == (table not in {"people", "holders"}), table
        assert readers, table
        assert all(each != "true" for each in readers) or (service, table) in PUBLIC, table
        assert not any("public" in row["roles"] for row in of.values()), table


@pytest.mark.parametrize("service", SERVICES)
async def test_no_role_of_a_service_stands_above_row_security(databases: Databases, service: str) -> None:
    db = await as_role(databases, service, "owner")
    try:
        names = {role: databases.dsn(service, role).partition("//")[2].partition(":")[0] for role in ROLES}
        rows = await db.fetch("select * from pg_roles where rolname = any($1)", list(names.values()))
        owned = await db.fetch("select distinct tableowner from pg_tables where schemaname in ('public', 'web')")
        members = await db.fetch(
            "select m.rolname as member, g.rolname as of from pg_auth_members a join pg_roles m on m.oid = a.member "
            "join pg_roles g on g.oid = a.roleid where m.rolname = any($1)", list(names.values()),
        )  # fmt: skip
    finally:
        await db.close()

    assert len(rows) == len(ROLES)
    for row in rows:
        powers = ("rolsuper", "rolbypassrls", "rolcreaterole", "rolcreatedb", "rolreplication")
        assert not any(row[power] for power in powers), row["rolname"]
    assert {row["tableowner"] for row in owned} == {names["owner"]}
    assert {(row["member"], row["of"]) for row in members} == {(names[each], f"lectern_{each}") for each in ROLES}


@pytest.mark.parametrize("service", SERVICES)
async def test_grants_are_exactly_these(databases: Databases, service: str) -> None:
    db = await as_role(databases, service, "owner")
    try:
        rows = await db.fetch(
            "select case nspname when 'public' then '' else nspname || '.' end || relname as name, "
            "coalesce(g.rolname, 'public') as grantee, privilege_type as what from pg_class "
            "join pg_namespace n on n.oid = relnamespace, aclexplode(relacl) left join pg_roles g on g.oid = grantee "
            "where nspname in ('public', 'web') and relkind = 'r' and grantee <> relowner"
        )
        columns = await db.fetchval("select count(*) from pg_attribute where attacl is not null and attrelid > 16383")
    finally:
        await db.close()
    there: dict[str, dict[str, set[str]]] = {}
    for row in rows:
        role = row["grantee"].removeprefix("lectern_")
        there.setdefault(row["name"], {}).setdefault(role, set()).add(row["what"])
    asked = dict.fromkeys(tables_of(service), VIEW)
    asked |= {table: {**VIEW, "writer": READ} for of, table in ASKED_BY_WRITER if of == service}
    asked |= {"people": PEOPLE} if "people" in asked else {}
    there.pop("migrations")

    assert there == {**LOG, **asked}
    assert columns == 0


@pytest.mark.parametrize("service", SERVICES)
async def test_nobody_enters_another_services_database(databases: Databases, service: str) -> None:
    other = next(each for each in SERVICES if each != service)
    there = databases.dsn(other, "reader").rpartition("/")[2]

    for role in ROLES:
        address = databases.dsn(service, role).rpartition("/")[0] + f"/{there}"
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(address)


@pytest.mark.parametrize("service", SERVICES)
async def test_facts_are_changed_by_nobody(databases: Databases, service: str) -> None:
    for role in ("writer", "folder", "reader", "web", "auditor"):
        db = await as_role(databases, service, role)
        try:
            for sql in ("update fact set type = 'x'", "delete from fact", "truncate fact"):
                with pytest.raises(asyncpg.PostgresError):
                    await db.execute(sql)
        finally:
            await db.close()


async def test_without_a_tenant_a_reader_sees_nothing(platform: Installation) -> None:
    """On a platform with people, certificates, districts and, where tests ran before, applications."""
    filled = 0
    for service in SERVICES:
        reader = await asyncpg.connect(platform.database(service, "reader"))
        auditor = await asyncpg.connect(platform.database(service, "auditor"))
        try:
            for table in tables_of(service):
                count = f"select count(*) from {table}"  # sql: our views' own names
                # the auditor does not read people: only staff do, in their tenant
                filled += bool(await auditor.fetchval(count))
                if (service, table) not in PUBLIC:
                    assert await reader.fetchval(count) == 0, (service, table)
        finally:
            await reader.close()
            await auditor.close()

    assert filled > 8
