"""A view whose fold or table changes is another version of it: a new table and a follower from the start."""

import json
from dataclasses import replace

import asyncpg
import pytest
from views_described import KEPT, described, services

from lectern.runtime.migrations import migrate_service
from lectern.runtime.running import migrations_of, views_of
from lectern.runtime.service import Service
from lectern_local.testkit import databases_of

WHAT_TO_DO = """
The fold or the table of these views is not what tests/contracts/views.json holds: {changed}.
Raise their `version`: the new table takes the place of the old one and is folded anew (docs/adr/0003); `make docs`.
"""


def test_a_changed_view_has_another_version() -> None:
    kept, now = json.loads(KEPT.read_text("utf-8")), described()

    changed = sorted(name for name in kept.keys() | now.keys() if kept.get(name) != now.get(name))

    assert not changed, WHAT_TO_DO.format(changed=", ".join(changed))


def test_a_version_is_never_lowered() -> None:
    kept = json.loads(KEPT.read_text("utf-8"))

    assert [name for name, now in described().items() if now["version"] < kept[name]["version"]] == []


def test_a_table_belongs_to_one_view() -> None:
    for service in services():
        names = [view.name for view in views_of(service)]
        assert len(set(names)) == len(names), service.name


@pytest.mark.postgres
@pytest.mark.parametrize("service", services(), ids=lambda each: each.name)
async def test_a_database_in_use_goes_on_to_the_next_version_of_every_view(service: Service, postgres: str) -> None:
    later = replace(service, views=tuple(replace(view, version=view.version + 1) for view in service.views))
    databases = databases_of(postgres)
    await databases.make(service.name)
    try:
        await migrate_service(databases.database_url, service.name, migrations_of(service))
        before = await _policies(databases.dsn(service.name, "owner"))
        await migrate_service(databases.database_url, service.name, migrations_of(later))
        after = await _policies(databases.dsn(service.name, "owner"))
    finally:
        await databases.drop(service.name)

    assert before
    assert after == before


async def _policies(dsn: str) -> list[tuple[str, str, str]]:
    db = await asyncpg.connect(dsn)
    try:
        rows = await db.fetch("select tablename, policyname, coalesce(qual, '') from pg_policies order by 1, 2")
    finally:
        await db.close()
    return [tuple(row) for row in rows]
