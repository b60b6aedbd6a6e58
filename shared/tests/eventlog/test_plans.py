"""A young log, never analyzed, is read by what tells facts apart: no statement of the writer reads a whole source."""

import asyncio
import json
from typing import Any
from uuid import uuid4

import pytest
from counters import OpenCounter, call, counter, open_counter

from lectern.eventlog import hearing_job, writer
from lectern.eventlog.database import BY_KEY, connect
from lectern.eventlog.streams import Asked
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres

STATEMENTS = {
    "taken": (writer._TAKEN.format(at=1), "text[]", "array['a', null]"),
    "known": (hearing_job._KNOWN, "text[], uuid[], text[], int[]", "'{svc}', array[gen_random_uuid()], '{a}', '{1}'"),
    "load": (
        writer._LOAD.format(head=writer._HEAD),
        "text[], text[], text[], text[], int[]",
        "'{a}', '{b}', '{svc}', '{c}', '{0}'",
    ),
}


@pytest.mark.parametrize("name", STATEMENTS)
async def test_a_young_log_is_read_by_key(name: str, start_writer: Any, logged: Databases) -> None:
    one = start_writer()
    opens = [Asked((counter(id_, subject=id_),), open_counter, OpenCounter(counter=id_), call()) for id_ in _ids(200)]
    await asyncio.gather(*(one.ask(each) for each in opens))
    sql, types, values = STATEMENTS[name]
    db = await connect(logged.dsn("svc", "writer"), "plans", **BY_KEY)

    await db.execute(f"prepare one ({types}) as {sql}")
    plan = json.loads(await db.fetchval(f"explain (analyze, format json) execute one ({values})"))
    await db.close()

    assert max(_rows_read(plan[0]["Plan"])) <= 2, plan


def _ids(count: int) -> list[Any]:
    return [uuid4() for _ in range(count)]


def _rows_read(node: dict[str, Any]) -> list[int]:
    """Of each scan of a table: what it gave and what it threw away, in all loops."""
    own = int((node["Actual Rows"] + node.get("Rows Removed by Filter", 0)) * node["Actual Loops"])
    scans = [own] if node.get("Relation Name") in {"fact", "commands"} else [0]
    return scans + [rows for below in node.get("Plans", ()) for rows in _rows_read(below)]
