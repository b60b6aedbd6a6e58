"""A look-up by name reads by index, as the reader role with its row security, however many people there are."""

import json
from typing import Any
from uuid import UUID

import asyncpg
import pytest
from review_office import ReviewOffice

from review import look_up_queries as queries

pytestmark = pytest.mark.postgres
PEOPLE = 20_000
_MANY = """
insert into holders (person_id, at, first_name, last_name, educator_number, number_key, last_key, first_key)
select gen_random_uuid(), 0, 'First', 'Last', n::text, n::text, 'planned' || lpad(n::text, 6, '0'), 'first'
from generate_series(1, $1) n
"""


async def _plan(office: ReviewOffice, sql: str, *values: Any) -> list[dict[str, Any]]:
    async with office.running.read(role=queries.ROLE) as db:
        await db.execute(queries.IN_ORDER)
        plan = json.loads(await db.fetchval(f"explain (analyze, format json) {sql}", *values))
    return list(_scans(plan[0]["Plan"]))


def _scans(node: dict[str, Any]) -> list[dict[str, Any]]:
    own = [node] if node.get("Relation Name") else []
    return own + [scan for below in node.get("Plans", ()) for scan in _scans(below)]


@pytest.fixture
async def many(office: ReviewOffice) -> None:
    folder = await asyncpg.connect(office.process.dsn("folder"))
    try:
        await folder.execute(_MANY, PEOPLE)
    finally:
        await folder.close()


@pytest.mark.usefixtures("many")
async def test_a_page_of_a_name_reads_no_more_than_the_page(office: ReviewOffice) -> None:
    last, first, nobody = "planned", "", UUID(int=0)

    for after in ("", "planned010000"):
        (scan,) = await _plan(office, queries._BY_NAME, last, last + queries._BEYOND, after, "", nobody, first, 21)
        assert scan["Node Type"].startswith("Index"), scan
        assert scan["Index Name"] == "holders_by_name"
        assert scan["Actual Rows"] <= 21
        assert scan.get("Rows Removed by Filter", 0) <= 1


@pytest.mark.usefixtures("many")
async def test_a_number_and_an_id_are_read_by_key(office: ReviewOffice) -> None:
    for sql, value in ((queries._BY_NUMBER, "777"), (queries._BY_ID, UUID(int=7))):
        (scan,) = await _plan(office, sql, value)
        assert "Index Name" in scan or scan["Node Type"] == "Bitmap Heap Scan", scan
        assert scan["Actual Rows"] + scan.get("Rows Removed by Filter", 0) <= 1


async def test_certificates_are_read_by_their_holder(office: ReviewOffice) -> None:
    for number in range(3):
        await office.educator(f"Plan Read{number}")

    scans = await _plan(office, queries._LIVES_OF, [UUID(int=7)])

    assert sum(scan["Actual Rows"] for scan in scans) == 0
