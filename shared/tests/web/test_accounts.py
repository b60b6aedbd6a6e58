import asyncio
from uuid import uuid4

import asyncpg
import pytest

from lectern.runtime.ids import new_id
from lectern.web import Accounts, LoginTaken, Role, TooManyTries, WeakPassword
from lectern.web.accounts.throttle import network
from lectern_local.testkit import Databases

from .conftest import SECRET, Clock

pytestmark = pytest.mark.postgres

PASSWORD = "seven quiet otters by the river"
HERE, THERE = "192.0.2.7", "198.51.100.9"


async def jordan(accounts: Accounts) -> None:
    await accounts.create_user(login="jordan", password=PASSWORD, role=Role.EDUCATOR, name="Jordan Avery")


async def test_somebody_signs_in_with_name_and_password(accounts: Accounts) -> None:
    user_id = await accounts.create_user(
        login="Dana.Whitfield", password=PASSWORD, role=Role.VERIFIER, name="Dana Whitfield", district="048-077"
    )

    found = await accounts.check(" dana.whitfield ", PASSWORD, HERE)

    assert found is not None
    assert (found.user_id, found.role, found.name, found.district) == (
        user_id, Role.VERIFIER, "Dana Whitfield", "048-077",
    )  # fmt: skip
    assert await accounts.find("DANA.WHITFIELD") == user_id


async def test_wrong_password_unknown_and_disabled_user_and_one_without_password_look_alike(accounts: Accounts) -> None:
    await jordan(accounts)
    gone = await accounts.create_user(login="gone", password=PASSWORD, role=Role.EDUCATOR, name="Gone")
    await accounts.disable(gone)
    await accounts.create_user(login="new", role=Role.EDUCATOR, name="New")

    assert await accounts.check("jordan", "another river of quiet otters", HERE) is None
    assert await accounts.check("nobody", PASSWORD, HERE) is None
    assert await accounts.check("gone", PASSWORD, HERE) is None
    assert await accounts.check("new", PASSWORD, HERE) is None


async def test_a_user_name_is_taken_once(accounts: Accounts) -> None:
    await jordan(accounts)

    with pytest.raises(LoginTaken):
        await accounts.create_user(login="JORDAN", password=PASSWORD, role=Role.EDUCATOR, name="Another")


async def test_a_weak_password_makes_no_user(accounts: Accounts) -> None:
    with pytest.raises(WeakPassword):
        await accounts.create_user(login="x", password="short", role=Role.EDUCATOR, name="X")

    assert await accounts.find("x") is None


async def test_the_person_and_the_name_can_be_set_later(accounts: Accounts) -> None:
    user_id = await accounts.create_user(login="jordan", password=PASSWORD, role=Role.EDUCATOR, name="jordan")
    person_id = new_id()
    session = await accounts.begin_as(user_id)

    await accounts.link_person(user_id, person_id)
    await accounts.rename(user_id, "Jordan Avery")

    found = await accounts.sessions.find(session.id, accounts.now())
    assert found is not None
    assert (found.principal.person_id, found.principal.name) == (person_id, "Jordan Avery")


async def test_what_is_stored_holds_no_personal_data_in_the_clear(accounts: Accounts, pool: asyncpg.Pool) -> None:
    await accounts.create_user(login="canary-login", password=PASSWORD, role=Role.EDUCATOR, name="Canary Name")
    await fail(accounts, "canary-login", HERE, 9)
    rows = [await pool.fetch(f"SELECT t::text FROM web.{table} t") for table in ("users", "sessions", "throttle")]

    stored = str(rows).lower()

    assert "canary" not in stored
    assert HERE not in stored
    assert b"canary".hex() not in stored


async def test_passwords_hashed_with_older_parameters_are_hashed_again(accounts: Accounts, pool: asyncpg.Pool) -> None:
    from argon2 import PasswordHasher

    await jordan(accounts)
    await pool.execute("UPDATE web.users SET password = $1", PasswordHasher(1, 8192, 1).hash(PASSWORD))

    assert await accounts.check("jordan", PASSWORD, HERE)

    assert "m=19456,t=2,p=1" in await pool.fetchval("SELECT password FROM web.users")
    assert await accounts.check("jordan", PASSWORD, HERE)


# ── sessions


async def test_a_session_ends_after_half_an_hour_of_nothing(accounts: Accounts, clock: Clock) -> None:
    await jordan(accounts)
    principal = await accounts.check("jordan", PASSWORD, HERE)
    assert principal
    session = await accounts.begin(principal)

    clock.pass_(minutes=29)
    found = await accounts.sessions.find(session.id, clock())
    clock.pass_(minutes=29)
    again = await accounts.sessions.find(session.id, clock())
    clock.pass_(minutes=31)

    assert found is not None
    assert (found.ends_at - found.ends_at.replace(hour=15, minute=0)).total_seconds() == 59 * 60
    assert again is not None
    assert await accounts.sessions.find(session.id, clock()) is None


async def test_a_session_ends_after_twelve_hours_whatever_is_done(accounts: Accounts, clock: Clock) -> None:
    await jordan(accounts)
    principal = await accounts.check("jordan", PASSWORD, HERE)
    assert principal
    session = await accounts.begin(principal)

    ends = []
    for _ in range(36):
        clock.pass_(minutes=20)
        if found := await accounts.sessions.find(session.id, clock()):
            ends.append(found.ends_at)

    assert len(ends) == 35
    assert (max(ends) - ends[0]).total_seconds() == (12 * 60 - 50) * 60


async def test_a_session_ends_on_sign_out_new_password_and_disabling(accounts: Accounts) -> None:
    user_id = await accounts.create_user(login="jordan", password=PASSWORD, role=Role.EDUCATOR, name="Jordan Avery")
    first, second = await accounts.begin_as(user_id), await accounts.begin_as(user_id)

    await accounts.sessions.end(first.id)
    assert await accounts.sessions.find(first.id, accounts.now()) is None
    assert await accounts.sessions.find(second.id, accounts.now()) is not None

    await accounts.set_password(user_id, "eight quiet otters by the river")
    assert await accounts.sessions.find(second.id, accounts.now()) is None

    third = await accounts.begin_as(user_id)
    await accounts.disable(user_id)
    assert await accounts.sessions.find(third.id, accounts.now()) is None
    with pytest.raises(LookupError):
        await accounts.begin_as(user_id)


async def test_ids_are_long_random_and_never_stored(accounts: Accounts, pool: asyncpg.Pool) -> None:
    user_id = await accounts.create_user(login="jordan", role=Role.EDUCATOR, name="Jordan Avery")
    ids = {(await accounts.begin_as(user_id)).id for _ in range(50)}

    stored = str(await pool.fetch("SELECT id::text FROM web.sessions"))

    assert len(ids) == 50
    assert all(len(each) >= 43 and each not in stored for each in ids)


async def test_a_session_is_known_to_another_process(accounts: Accounts, pool: asyncpg.Pool, clock: Clock) -> None:
    user_id = await accounts.create_user(login="jordan", role=Role.EDUCATOR, name="Jordan Avery")
    session = await accounts.begin_as(user_id)

    other = Accounts(pool, SECRET, clock)

    assert await other.sessions.find(session.id, clock()) is not None
    await other.sessions.end(session.id)
    assert await accounts.sessions.find(session.id, clock()) is None


async def test_ended_sessions_and_old_counts_are_removed_at_the_next_sign_in(
    accounts: Accounts, pool: asyncpg.Pool, clock: Clock
) -> None:
    await jordan(accounts)
    await accounts.check("jordan", "wrong otters by the wrong river", HERE)
    user_id = await accounts.find("jordan")
    assert user_id
    await accounts.begin_as(user_id)

    clock.pass_(hours=13)
    await accounts.begin_as(user_id)

    assert await pool.fetchval("SELECT count(*) FROM web.sessions") == 1
    assert await pool.fetchval("SELECT count(*) FROM web.throttle") == 0


# ── throttle


async def fail(accounts: Accounts, login: str, address: str, times: int) -> list[bool]:
    """Whether each of some wrong tries was looked at."""
    looked = []
    for _ in range(times):
        try:
            assert await accounts.check(login, "wrong otters by the wrong river", address) is None
            looked.append(True)
        except TooManyTries:
            looked.append(False)
    return looked


async def test_an_account_takes_five_wrong_tries_a_minute(accounts: Accounts, clock: Clock) -> None:
    await jordan(accounts)

    assert await fail(accounts, "jordan", HERE, 7) == [True] * 5 + [False] * 2
    with pytest.raises(TooManyTries) as refused:
        await accounts.check("jordan", PASSWORD, HERE)
    assert 0 < refused.value.seconds <= 60

    clock.pass_(seconds=61)
    assert await accounts.check("jordan", PASSWORD, HERE)


async def test_unknown_users_are_throttled_alike(accounts: Accounts) -> None:
    assert await fail(accounts, "nobody", HERE, 7) == [True] * 5 + [False] * 2


async def test_nobody_is_locked_out_from_another_address(accounts: Accounts) -> None:
    await jordan(accounts)
    await fail(accounts, "jordan", HERE, 30)

    assert await accounts.check("jordan", PASSWORD, THERE)


async def test_only_failures_count(accounts: Accounts) -> None:
    await jordan(accounts)

    assert all([await accounts.check("jordan", PASSWORD, HERE) for _ in range(12)])
    assert await fail(accounts, "jordan", HERE, 6) == [True] * 5 + [False]


async def test_many_tries_at_once_do_not_slip_through(accounts: Accounts) -> None:
    await jordan(accounts)
    tries = await asyncio.gather(*(fail(accounts, "jordan", HERE, 1) for _ in range(20)))

    assert sum(looked for (looked,) in tries) <= 5


async def test_an_address_takes_a_hundred_wrong_tries_a_minute(accounts: Accounts) -> None:
    wrong = await asyncio.gather(
        *(accounts.throttle.attempt(str(uuid4()).encode(), HERE, accounts.now()) for _ in range(100))
    )

    with pytest.raises(TooManyTries):
        await accounts.check("jordan", PASSWORD, HERE)
    assert len(wrong) == 100
    assert await accounts.check("jordan", PASSWORD, THERE) is None


def test_a_household_is_one_address() -> None:
    assert network("2001:db8:1:2:3:4:5:6") == network("2001:db8:1:2::9") != network("2001:db8:1:3::9")
    assert network("::ffff:192.0.2.7") == network("192.0.2.7")
    assert network("unix") == "unix"


# ── roles


@pytest.mark.parametrize("role", ["reader", "writer", "folder", "auditor"])
async def test_no_other_role_reaches_accounts(accounts: Accounts, databases: Databases, role: str) -> None:
    await jordan(accounts)
    connection = await asyncpg.connect(databases.dsn("svc", role))  # type: ignore[arg-type]
    try:
        for table in ("users", "sessions", "throttle"):
            with pytest.raises(asyncpg.InsufficientPrivilegeError):
                await connection.fetch(f"SELECT * FROM web.{table}")
    finally:
        await connection.close()


async def test_the_role_web_may_not_change_its_tables(pool: asyncpg.Pool) -> None:
    for statement in ("ALTER TABLE web.users ADD x int", "TRUNCATE web.sessions", "CREATE TABLE web.x (y int)"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await pool.execute(statement)


async def test_somebody_can_be_told_what_they_sign_in_with(accounts: Accounts) -> None:
    user_id = await accounts.create_user(login="Jordan@Example.org", role=Role.EDUCATOR, name="Jordan Avery")

    assert await accounts.login_of(user_id) == "Jordan@Example.org"
    with pytest.raises(LookupError):
        await accounts.login_of(uuid4())
