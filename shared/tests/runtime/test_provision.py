import asyncio
from collections.abc import AsyncIterator

import asyncpg
import pytest

from lectern.runtime.settings import ROLES
from lectern_local.testkit import Databases, databases_of

pytestmark = pytest.mark.postgres


@pytest.fixture
async def two(postgres: str) -> AsyncIterator[Databases]:
    databases = databases_of(postgres)
    await databases.make("applications", "district-worklog")
    yield databases
    await databases.drop("applications", "district-worklog")


async def value(address: str, sql: str) -> object:
    connection = await asyncpg.connect(address)
    try:
        return await connection.fetchval(sql)
    finally:
        await connection.close()


@pytest.mark.parametrize("role", ROLES)
async def test_each_role_signs_in_and_only_the_owner_makes_tables(two: Databases, role: str) -> None:
    address = two.dsn("district-worklog", role)  # type: ignore[arg-type]

    assert await value(address, "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = current_user") is False
    assert await value(address, "SELECT has_schema_privilege('public', 'CREATE')") is (role == "owner")


async def test_no_service_opens_anothers_database(two: Databases) -> None:
    foreign = two.dsn("applications", "owner").rpartition("/")[2]

    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await asyncpg.connect(two.dsn("district-worklog", "owner"), database=foreign)


async def test_the_auditor_reads_what_the_owner_makes_later_and_the_reader_does_not(two: Databases) -> None:
    await value(two.dsn("applications", "owner"), "CREATE TABLE later AS SELECT 7 AS n")

    assert await value(two.dsn("applications", "auditor"), "SELECT n FROM later") == 7
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await value(two.dsn("applications", "reader"), "SELECT n FROM later")


async def test_the_keys_database_lets_each_service_in_and_its_owner_make_tables(two: Databases) -> None:
    await value(two.keys("owner"), "CREATE TABLE data_keys (n int)")

    assert await value(two.keys("applications"), "SELECT 1") == 1
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await value(two.keys("applications"), "SELECT n FROM data_keys")


async def test_provisioning_several_at_once_is_fine(two: Databases) -> None:
    await asyncio.gather(*(two.make("applications", "district-worklog") for _ in range(3)))


async def test_a_group_reaches_each_services_user_in_its_own_database_only(two: Databases) -> None:
    await value(two.keys("owner"), "CREATE TABLE wrapped AS SELECT 7 AS n")
    await value(two.keys("owner"), "GRANT SELECT ON wrapped TO lectern_keys_applications")

    assert await value(two.keys("applications"), "SELECT n FROM wrapped") == 7
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await value(two.keys("district-worklog"), "SELECT n FROM wrapped")


async def test_again_changes_nothing_and_loses_nothing(two: Databases) -> None:
    await value(two.dsn("applications", "owner"), "CREATE TABLE kept AS SELECT 7 AS n")

    await two.make("applications", "district-worklog")

    assert await value(two.dsn("applications", "owner"), "SELECT n FROM kept") == 7
