"""The proof of the log: eight writing processes, hot streams, slow commits, heard batches with repetitions and gaps,
readers throughout.

Judged: every committed fact was seen by every reader (0 missed), each stream, own or heard, in its own order (0
inverted), no stream gave a slot twice, and each payment is there once and took one slot (0 lost updates). The same
judge must find what a naive outbox and a late lock do wrong.
"""

import asyncio
import json
import sys
from collections import defaultdict
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from proof import PAYMENTS, PEOPLE

from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres

PROCESSES = 8
READERS = 3
SLOW_COMMITS = """
create sequence naive;
grant usage on sequence naive to lectern_writer;
create function dawdle() returns trigger language plpgsql as $$
begin
    if random() < 0.01 then perform pg_sleep(0.02); end if;
    return null;
end $$;
create constraint trigger slow_commit after insert on fact deferrable initially deferred
    for each row execute function dawdle();
"""


@dataclass(frozen=True)
class Verdict:
    facts: int
    missed: int
    inverted: int
    lost_updates: int
    repeated: int = 0
    held: int = 0

    @property
    def clean(self) -> bool:
        return self.missed == self.inverted == self.lost_updates == 0


async def run(kind: str, logged: Databases, facts: int) -> Verdict:
    owner = await asyncpg.connect(logged.dsn("svc", "owner"))
    await owner.execute(SLOW_COMMITS)
    await owner.close()
    done = asyncio.Event()
    readers = [asyncio.create_task(read(logged.dsn("svc", "auditor"), done)) for _ in range(READERS)]
    program = str(Path(__file__).with_name("proof.py"))
    processes = [
        await asyncio.create_subprocess_exec(
            sys.executable, program, kind, logged.dsn("svc", "writer"), str(seed), str(facts // PROCESSES),
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
        )
        for seed in range(PROCESSES)
    ]  # fmt: skip
    outputs = [json.loads((await process.communicate())[0]) for process in processes]
    done.set()
    seen = [await reader for reader in readers]
    accepted, repeated, held = (sum(each[name] for each in outputs) for name in ("accepted", "repeated", "held"))
    verdict = judge(await stored(logged), seen, accepted=accepted, payments=expected_payments(kind))
    return replace(verdict, repeated=repeated, held=held)


def expected_payments(kind: str) -> int:
    return len(PEOPLE) * PAYMENTS if kind == "lectern" else 0


async def read(dsn: str, done: asyncio.Event) -> list[Any]:
    """Follows the log as every follower does: what comes after the last position seen."""
    db = await asyncpg.connect(dsn)
    last, seen = 0, []
    while True:
        finished = done.is_set()
        rows = await db.fetch(
            "select position, stream, version from fact where position > $1 order by position limit 500", last
        )
        seen += rows
        if rows:
            last = rows[-1]["position"]
        elif finished:
            await db.close()
            return seen
        else:
            await asyncio.sleep(0.001)


async def stored(logged: Databases) -> list[Any]:
    db = await asyncpg.connect(logged.dsn("svc", "auditor"))
    try:
        return await db.fetch("select position, source, stream, version, data from fact order by position")
    finally:
        await db.close()


def judge(facts: list[Any], seen: list[list[Any]], *, accepted: int, payments: int) -> Verdict:
    missed = inverted = 0
    for rows in seen:
        missed += len(facts) - len(rows)
        versions: dict[str, int] = defaultdict(int)
        for row in rows:
            inverted += row["version"] != versions[row["stream"]] + 1
            versions[row["stream"]] = row["version"]
    own = [row for row in facts if row["source"] == "svc"]
    given = {(row["stream"], json.loads(row["data"])["number"]) for row in own}
    heard = {(row["stream"], row["version"]) for row in facts if row["source"] != "svc"}
    lost = len(own) - len(given) + abs(accepted + payments - len(own)) + abs(payments - len(heard))
    return Verdict(len(facts), missed, inverted, lost)


async def test_nothing_is_missed_inverted_or_lost(logged: Databases) -> None:
    verdict = await run("lectern", logged, 10_000)

    assert verdict.facts >= 10_900
    assert verdict.repeated > 1_000, "the batches repeat others"
    assert verdict.held > 20, "the batches have gaps"
    assert verdict.clean, verdict


async def test_the_judge_finds_what_a_reader_of_a_sequence_misses(logged: Databases) -> None:
    verdict = await run("sequence", logged, 2_000)

    assert verdict.missed > 0, verdict


async def test_the_judge_finds_what_a_writer_that_locks_last_loses(logged: Databases) -> None:
    verdict = await run("locks-last", logged, 2_000)

    assert verdict.lost_updates > 0, verdict
