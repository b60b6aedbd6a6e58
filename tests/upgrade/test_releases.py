"""A new release comes up on what an earlier one left: its logs, views, accounts and keys, as its Postgres had them.

A folder of `releases` is kept by keep_release.py and never changed: what is out there does not change either.
"""

import gzip
import json
from base64 import b64decode
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from lectern.contracts.facts import Fact
from lectern.contracts.sealed import GRANTS, Sealed
from lectern.eventlog.database import connect, create_pool
from lectern.eventlog.folder import Folder, mark_of
from lectern.eventlog.keys.postgres import PostgresKeys
from lectern.eventlog.signal import Signal
from lectern.runtime.migrations import from_package, migrate, migrate_service
from lectern.runtime.running import codec_of, migrations_of, views_of
from lectern.runtime.service import Service
from lectern.runtime.settings import SERVICES
from lectern_local.audit.auditing import services
from lectern_local.audit.chain import gapless_positions, gapless_versions, one_subject, time_goes_on, unbroken_chain
from lectern_local.audit.reading import read_service
from lectern_local.audit.scratch import index, scratch
from lectern_local.audit.standing import all_level, nothing_broken
from lectern_local.audit.views import views_are_folds
from lectern_local.testkit import Databases, databases_of

pytestmark = pytest.mark.postgres

RELEASES = sorted((Path(__file__).parent / "releases").iterdir())
_FORGET = "delete from mark where name like 'view:%' and name not in (select value from json_each(?))"
"""Marks of views of that release, which nobody reads any more."""
each_service = pytest.mark.parametrize("service", services(), ids=lambda each: each.name)


@dataclass(frozen=True)
class Left:
    """What a release left, brought up to date as `lectern up` and a deployment do."""

    databases: Databases
    kek: bytes


@pytest.fixture(scope="module", params=RELEASES, ids=lambda each: each.name)
async def left(request: pytest.FixtureRequest, postgres: str) -> AsyncIterator[Left]:
    release, databases = request.param, databases_of(postgres)
    await databases.make(*SERVICES)
    try:
        await _restore(_script(release, "keys"), databases.keys("owner"))
        await migrate(databases.keys("owner"), from_package("lectern.eventlog.keys"))
        for service in services():
            await _restore(_script(release, service.name), databases.dsn(service.name, "owner"))
            await migrate_service(databases.database_url, service.name, migrations_of(service))
        yield Left(databases, b64decode(json.loads((release / "secrets.json").read_text())["kek"]))
    finally:
        await databases.drop(*SERVICES)


@each_service
async def test_every_view_is_folded_from_the_old_log(left: Left, service: Service) -> None:
    views, name = views_of(service), service.name
    folder = Folder(left.databases.dsn(name, "folder"), codec_of(service), views, Signal())
    db = await connect(left.databases.dsn(name, "folder"), "test")
    await folder.catch_up(db)
    await db.close()

    with scratch() as read:
        facts = await read_service(read, left.databases.dsn(name, "auditor"), name, views)
        read.execute(_FORGET, [json.dumps([mark_of(each) for each in views])])
        index(read)
        judged = (unbroken_chain, gapless_positions, gapless_versions, one_subject, time_goes_on, nothing_broken)
        found = [each for judge in (*judged, all_level) for each in judge(read)]

        assert [*found, *views_are_folds(read, name, codec_of(service), views)] == []
        assert facts > 100


@each_service
async def test_every_fact_is_known_and_what_it_seals_opens(left: Left, service: Service) -> None:
    name = service.name
    codec = codec_of(service)
    db = await asyncpg.connect(left.databases.dsn(name, "auditor"))
    rows = await db.fetch("select source, type, schema, data from fact order by position")
    await db.close()
    facts = [codec.decode(row) for row in rows]
    pool = await create_pool(left.databases.keys(name), "test", size=2)
    keys = PostgresKeys(pool, service=name, kek=left.kek)

    sealed = [(each, type_) for fact in facts if fact is not None for each, type_ in _sealed(fact)]
    opened = [await keys.open(each, type_) for each, type_ in sealed if name in GRANTS[each.audience]]
    await pool.close()

    assert None not in facts
    assert None not in opened
    assert opened


def _sealed(fact: Fact) -> Iterator[tuple[Sealed[Any, Any], Any]]:
    """What a fact seals, and the type of what is inside."""
    for name in type(fact).model_fields:
        value = getattr(fact, name)
        if isinstance(value, Sealed):
            yield value, type(value).__pydantic_generic_metadata__["args"][0]


def _script(release: Path, database: str) -> str:
    return gzip.decompress((release / f"{database}.sql.gz").read_bytes()).decode()


async def _restore(script: str, owner: str) -> None:
    db = await asyncpg.connect(owner)
    await db.execute(script)
    await db.close()
