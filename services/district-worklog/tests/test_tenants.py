"""Row security alone keeps a district to its own rows, whatever a query forgets. And views equal the log's fold."""

from dataclasses import fields
from typing import Any

import asyncpg
import pytest
from files_given import pdf
from pydantic import TypeAdapter
from worklog_browsing import records_all
from worklog_office import OURS, THEIRS, Office

from district_worklog.app import service
from lectern.eventlog.folder import refold
from lectern.eventlog.views import View

pytestmark = pytest.mark.postgres

TABLES = ("work_log", "case_page", "copies", "educators", "certificates", "districts", "people")


async def test_a_reader_set_to_nothing_sees_nothing(office: Office) -> None:
    await (await office.educator()).submits()

    for tenant in ({}, {"district": ""}, {"district": "000-000"}, {"role": "verifier"}):
        async with office.running.read(**tenant) as db:
            for table in TABLES:
                assert await db.fetchval(f"select count(*) from {table}") == 0, (table, tenant)


async def test_a_reader_sees_its_district_only(office: Office) -> None:
    ours = await (await office.educator()).submits(OURS)
    theirs = await (await office.educator()).submits(THEIRS)

    for mine, other, code in ((ours, theirs, OURS), (theirs, ours, THEIRS)):
        async with office.running.read(district=code) as db:
            for table in ("work_log", "case_page"):
                assert {row["district"] for row in await db.fetch(f"select district from {table}")} == {code}
            for table in ("educators", "certificates", "people"):
                people = {row["person_id"] for row in await db.fetch(f"select person_id from {table}")}
                assert mine.id in people, table
                assert other.id not in people, table
            assert [row["code"] for row in await db.fetch("select code from districts")] == [code]


async def test_every_table_of_a_tenant_has_row_security_forced(office: Office) -> None:
    async with office.process.pool.acquire() as db:
        rows = await db.fetch(
            "select relname, relrowsecurity and relforcerowsecurity as forced from pg_class where relname = any($1)",
            list(TABLES),
        )

    assert {row["relname"]: row["forced"] for row in rows} == dict.fromkeys(TABLES, True)


@pytest.mark.parametrize("view", service.views, ids=lambda view: view.name)
async def test_replay_equals_live(office: Office, view: View[Any]) -> None:
    dana = await office.dana()
    jordan = await (await office.educator("Replay Person")).submits()
    await records_all(dana, jordan)
    await dana.post(
        f"{jordan.address}/return", {"submission": "1", "reasons": "hours-missing", "do": "send"}, page=jordan.address
    )
    await jordan.brings("transcript.pdf", pdf())
    await jordan.corrects()
    await jordan.is_approved()
    await office.level()

    async with office.process.pool.acquire() as db:
        log = await db.fetch("select * from fact order by position")

    assert await _rows(office, view) == refold(view, office.process.codec, [dict(row) for row in log])


async def _rows(office: Office, view: View[Any]) -> dict[Any, Any]:
    """The live table, read as the auditor."""
    db = await asyncpg.connect(office.databases.dsn(service.name, "auditor"))
    try:
        text = await db.fetchval(f"select coalesce(json_agg(v), '[]')::text from {view.name} v")
    finally:
        await db.close()
    rows = TypeAdapter(list[view.row]).validate_json(text)  # type: ignore[name-defined]
    key = fields(view.row)[0].name
    return {getattr(row, key): row for row in rows}
