"""What every key port does, on real Postgres; another implementation joins by a branch in `port`."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from datetime import date
from typing import Any, get_args
from uuid import uuid4

import asyncpg
import pytest

from lectern.contracts.applications import EducatorRegistered
from lectern.contracts.sealed import GRANTS, Audience, Sealed
from lectern.contracts.values import ContactDetails, PersonId, PersonName, StaffContact
from lectern.eventlog.errors import Busy
from lectern.eventlog.keys import Keys, NotGranted, Plain, Unreadable
from lectern.eventlog.keys.cache import LIFETIME, KeyCache
from lectern.eventlog.keys.postgres import postgres_keys
from lectern.eventlog.keys.sealing import DataKey, unwrapped, wrapped
from lectern.runtime.ids import new_id
from lectern.runtime.migrations import from_package, migrate
from lectern.runtime.settings import SERVICES
from lectern_local.proxy import proxy
from lectern_local.testkit import Databases, databases_of

pytestmark = pytest.mark.postgres
KEK = b"k" * 32
JORDAN = ContactDetails(name=PersonName(first="Jordan", last="Avery"), email="jordan@example.org")
Port = Callable[[str], Keys]


@pytest.fixture(scope="module")
async def databases(postgres: str) -> AsyncIterator[Databases]:
    databases = databases_of(postgres)
    await databases.make(*SERVICES)
    await migrate(databases.keys("owner"), from_package("lectern.eventlog.keys"))
    yield databases
    await databases.drop(*SERVICES)


@pytest.fixture
async def port(databases: Databases) -> AsyncIterator[Port]:
    async with AsyncExitStack() as stack:
        ports = {
            service: await stack.enter_async_context(postgres_keys(databases.keys(service), service=service, kek=KEK))
            for service in SERVICES
        }
        yield ports.__getitem__


async def contact(keys: Keys, subject: object, value: ContactDetails = JORDAN) -> Sealed[ContactDetails, Any]:
    return await keys.seal(value, subject=subject, audience="contact", origin="EducatorRegistered.contact")


async def test_opens_what_another_service_sealed(port: Port) -> None:
    sealed = await contact(port("applications"), new_id())

    assert await port("notifications").open(sealed, ContactDetails) == JORDAN
    assert "Jordan" not in sealed.model_dump_json()


async def test_seals_any_value_facts_are_made_of(port: Port) -> None:
    keys, subject = port("review"), new_id()
    staff = (StaffContact(officer_id=new_id(), name="Dana", email="d@example.org", role="verifier"),)

    values: tuple[tuple[Any, Any], ...] = ((date(1980, 2, 29), date), ("1234", str), (staff, tuple[StaffContact, ...]))
    for value, type_ in values:
        sealed: Sealed[Any, Any] = await keys.seal(value, subject=subject, audience="state", origin="A.b")
        assert await keys.open(sealed, type_) == value


async def test_a_sealed_value_fits_the_fact_it_was_sealed_for(port: Port) -> None:
    subject = PersonId(new_id())
    sealed = await contact(port("applications"), subject)

    fact = EducatorRegistered(educator_id=subject, contact=sealed, registered_at="2026-11-24T12:00:00Z")
    again = EducatorRegistered.model_validate_json(fact.model_dump_json())

    assert await port("review").open(again.contact, ContactDetails) == JORDAN


async def test_no_two_seals_of_a_value_look_alike(port: Port) -> None:
    subject = new_id()

    first, second = await contact(port("review"), subject), await contact(port("review"), subject)

    assert first.key == second.key
    assert first.sealed != second.sealed


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("audience", get_args(Audience))
async def test_a_service_has_the_keys_it_is_granted_and_no_other(port: Port, service: str, audience: Audience) -> None:
    sealed = await port("applications").seal("x", subject=new_id(), audience=audience, origin="A.b")

    if service in GRANTS[audience]:
        assert await port(service).open(sealed, str) == "x"
        await port(service).seal("y", subject=new_id(), audience=audience, origin="A.b")
    else:
        with pytest.raises(NotGranted):
            await port(service).open(sealed, str)
        with pytest.raises(NotGranted):
            await port(service).seal("y", subject=new_id(), audience=audience, origin="A.b")


async def test_many_at_once_keep_their_order(port: Port) -> None:
    subjects = [new_id() for _ in range(40)]

    sealed = await port("review").seal_all([Plain(f"{n}", str(s), "contact", "A.b") for n, s in enumerate(subjects)])

    assert await port("notifications").open_all([None, *sealed], str) == [None, *map(str, range(40))]


async def test_several_at_once_make_one_key(databases: Databases) -> None:
    subject = new_id()

    async with AsyncExitStack() as stack:
        open_keys = (postgres_keys(databases.keys("review"), service="review", kek=KEK) for _ in range(8))
        ports = [await stack.enter_async_context(each) for each in open_keys]
        places: list[list[Plain[Any]]] = [
            [Plain("x", f"{subject}-{(n + turn) % 5}", "contact", "A.b") for n in range(5)] for turn in range(8)
        ]
        sealed = await asyncio.gather(*(each.seal_all(place) for each, place in zip(ports, places, strict=True)))

    assert len({(each.subject, each.key) for group in sealed for each in group}) == 5


async def test_an_erased_value_is_not_known_and_stays_so(port: Port) -> None:
    subject = new_id()
    before = await contact(port("applications"), subject)
    birth = await port("review").seal(date(1980, 1, 1), subject=subject, audience="state", origin="PersonRecorded.b")
    kept = await contact(port("applications"), new_id())

    erased = await port("review").erase(subject)

    assert erased == 2
    assert await port("review").open(before, ContactDetails) is None
    assert await port("notifications").open(before, ContactDetails) is None
    assert await port("review").open(birth, date) is None
    assert await port("review").open(kept, ContactDetails) == JORDAN


async def test_what_is_sealed_after_an_erasure_has_a_new_key(port: Port) -> None:
    keys, subject = port("review"), new_id()
    before = await contact(keys, subject)
    await keys.erase(subject)

    after = await contact(keys, subject)

    assert await keys.open_all([before, after], ContactDetails) == [None, JORDAN]


async def test_a_key_that_is_not_there_reads_as_erased(port: Port) -> None:
    sealed = (await contact(port("review"), new_id())).model_copy(update={"key": uuid4()})

    assert await port("review").open(sealed, ContactDetails) is None


async def test_two_values_cannot_change_places(port: Port) -> None:
    keys, subject = port("review"), new_id()
    name = await keys.seal("Jordan", subject=subject, audience="contact", origin="A.name")
    mail = await keys.seal("Avery", subject=subject, audience="contact", origin="A.mail")
    other = await keys.seal("Jordan", subject=new_id(), audience="contact", origin="A.name")

    for moved in (
        name.model_copy(update={"sealed": mail.sealed}),
        name.model_copy(update={"subject": other.subject}),
        name.model_copy(update={"key": other.key}),
        name.model_copy(update={"sealed": "not base64"}),
        name.model_copy(update={"sealed": ""}),
    ):
        with pytest.raises(Unreadable):
            await keys.open(moved, str)


async def test_a_value_of_another_type_is_unreadable(port: Port) -> None:
    sealed: Sealed[Any, Any] = await port("review").seal("1", subject=new_id(), audience="contact", origin="A.b")

    with pytest.raises(Unreadable):
        await port("review").open(sealed, ContactDetails)


# What only Postgres can show


@pytest.mark.parametrize("service", SERVICES)
async def test_the_database_itself_hides_keys_that_are_not_granted(
    databases: Databases, service: str, port: Port
) -> None:
    subject = str(new_id())
    for audience in get_args(Audience):
        await port("applications").seal("x", subject=subject, audience=audience, origin="A.b")

    connection = await asyncpg.connect(databases.keys(service))
    try:
        seen = await connection.fetch("SELECT audience FROM data_key WHERE subject = $1", subject)
        assert {row["audience"] for row in seen} == {a for a, services in GRANTS.items() if service in services}
        for audience in get_args(Audience):
            if service not in GRANTS[audience]:
                with pytest.raises(asyncpg.InsufficientPrivilegeError):
                    await connection.execute(
                        "INSERT INTO data_key (id, subject, audience, kek, wrapped) VALUES ($1, 's', $2, '', '')",
                        new_id(), audience,
                    )  # fmt: skip
    finally:
        await connection.close()


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM data_key",
        "UPDATE data_key SET subject = 'other'",
        "UPDATE data_key SET audience = 'contact'",
        "TRUNCATE data_key",
        "ALTER TABLE data_key DISABLE ROW LEVEL SECURITY",
    ],
)
async def test_a_service_only_makes_keys_and_erases_them(databases: Databases, sql: str) -> None:
    connection = await asyncpg.connect(databases.keys("review"))
    try:
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await connection.execute(sql)
    finally:
        await connection.close()


async def test_an_erased_key_cannot_be_put_back(databases: Databases, port: Port) -> None:
    subject = str(new_id())
    await contact(port("review"), subject)
    await port("review").erase(subject)

    connection = await asyncpg.connect(databases.keys("review"))
    try:
        with pytest.raises(asyncpg.RestrictViolationError):
            await connection.execute("UPDATE data_key SET erased_at = NULL, wrapped = 'x' WHERE subject = $1", subject)
    finally:
        await connection.close()


async def test_another_key_encryption_key_opens_nothing(databases: Databases, port: Port) -> None:
    sealed = await contact(port("review"), new_id())

    async with postgres_keys(databases.keys("review"), service="review", kek=b"o" * 32) as keys:
        with pytest.raises(Unreadable):
            await keys.open(sealed, ContactDetails)


async def test_keys_out_of_reach_are_an_answer_for_people(databases: Databases) -> None:
    server = databases.keys("review").rpartition("@")[2].partition("/")[0]

    async with proxy(server) as between:
        address = databases.keys("review").replace(server, between.address)
        async with postgres_keys(address, service="review", kek=KEK) as keys:
            await contact(keys, new_id())
            await between.cut()
            with pytest.raises(Busy):
                await contact(keys, new_id())
            await between.open()
            assert await keys.open(await contact(keys, new_id()), ContactDetails) == JORDAN


def test_the_cache_is_bounded_and_forgets_after_a_minute() -> None:
    now, raw = [0.0], os.urandom(32)
    cache = KeyCache(2, clock=lambda: now[0])
    keys = [_key(f"s{n}", raw) for n in range(3)]

    for key in keys:
        cache.keep(key)
    first, last = cache.living(("s0", "contact")), cache.living(("s2", "contact"))
    now[0] = LIFETIME

    assert (first, last) == (None, keys[2])
    assert cache.by_id(keys[2].id) is None
    assert cache.living(("s1", "contact")) is None


def _key(subject: str, raw: bytes) -> DataKey:
    id_ = new_id()
    return unwrapped(wrapped(raw, KEK, id_, subject, "contact"), KEK, id_, subject, "contact")
