"""The database itself shows an educator nothing but their own rows; and every view is what its log folds to."""

from typing import Any

import asyncpg
import pytest
from applications_office import Office

from applications.app import service
from lectern.eventlog.chain import COLUMNS
from lectern.eventlog.folder import Table, refold
from lectern.eventlog.views import View

pytestmark = pytest.mark.postgres

OWN = [each.name for each in service.views if each.name not in {"districts", "match_tokens"}]
OF_SOMEBODY = [each for each in OWN if each != "times_taken"]
"""Whose rows say whom they are about; how long others waited is for everybody who is signed in."""


@pytest.mark.parametrize("view", OWN)
async def test_without_a_tenant_there_are_no_rows(office: Office, view: str) -> None:
    await office.submitted()

    async with office.running.read() as db:
        assert await db.fetchval(f"select count(*) from {view}") == 0


@pytest.mark.parametrize("view", OF_SOMEBODY)
async def test_a_forgotten_where_shows_only_ones_own(office: Office, view: str) -> None:
    someone, _, _ = await office.submitted()

    async with office.running.read(educator=someone.id) as db:
        owners = await db.fetch(f"select distinct educator_id from {view}")

    assert {each["educator_id"] for each in owners} <= {someone.id}


async def test_nobody_can_list_who_is_in_the_register(office: Office) -> None:
    someone = await office.somebody().recorded()

    async with office.running.read(educator=someone.id) as db:
        assert await db.fetchval("select count(*) from match_tokens") == 0


async def test_the_reader_writes_nothing(office: Office) -> None:
    async with office.running.read() as db:
        with pytest.raises(asyncpg.PostgresError):
            await db.execute("delete from drafts")


@pytest.mark.parametrize("view", service.views, ids=lambda each: each.name)
async def test_a_view_is_what_its_log_folds_to(office: Office, view: View[Any]) -> None:
    await office.submitted()
    await office.level()

    log: list[Any] = await office.process.pool.fetch(f"select {', '.join(COLUMNS)} from fact order by position")
    folded = refold(view, office.process.codec, log)

    async with office.databases_as_auditor() as db:
        text = await db.fetchval(f"select coalesce(json_agg(v), '[]')::text from {view.name} v")
    rows = Table(view, "uuid").rows.validate_json(text)
    assert {getattr(row, view.columns[0]): row for row in rows} == folded


async def test_no_personal_data_stands_in_the_clear(office: Office) -> None:
    someone, _, _ = await office.submitted()
    canaries = (someone.email, someone.number, "Ozark Plains University", someone.last)

    log = await office.process.pool.fetch("select data::text as data from fact")
    text = "\n".join(row["data"] for row in log)

    assert [each for each in canaries if each in text] == []
