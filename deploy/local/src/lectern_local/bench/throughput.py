"""Facts a second through log, Kafka, the next log and its view; beside it what the writer does alone."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from itertools import pairwise
from statistics import median
from typing import Any

from lectern.eventlog.database import connect
from lectern_local.bench.pair import first, second
from lectern_local.bench.place import Place, Servers, free_port, place, process, said

WARM_S = 5.0
LOOK_S = 1.0
_FOLDED = "select coalesce(max(position), 0) from follower where name like 'view:%'"
_HEAD = "select coalesce(max(position), 0) from fact"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Throughput:
    """`facts_per_s` counts facts when folded in the second service's view. Backlogs are in facts, at both ends."""

    callers: int
    facts_per_s: float
    limit_per_s: float
    seconds: float
    median_per_s: float
    slowest_per_s: float
    backlog_at_start: int
    backlog_at_end: int

    def shown(self) -> dict[str, Any]:
        return asdict(self)


async def throughput(servers: Servers, *, callers: int, seconds: float, say: Say, warm: float = WARM_S) -> Throughput:
    """Both figures, one after the other, in databases of their own."""
    say(f"The writer alone, {callers} callers …")
    async with place(servers, [first]) as there:
        limit = await _alone(there, callers, max(5.0, seconds / 4), warm)
    say(f"Through both logs, {callers} callers, {seconds:.0f} s …")
    async with place(servers, [first, second]) as there:
        return await _through(there, callers, seconds, warm, limit)


async def _alone(there: Place, callers: int, seconds: float, warm: float) -> float:
    async with process("lectern_local.bench.first", str(callers), "alone", told=there.told(1)) as running:
        await _warm(running, warm)
        before = recorded = int((await said(running))["recorded"])
        began = time.monotonic()
        while time.monotonic() - began < seconds:
            recorded = int((await said(running))["recorded"])
        return round((recorded - before) / (time.monotonic() - began), 1)


async def _warm(running: asyncio.subprocess.Process, warm: float) -> None:
    until = time.monotonic() + warm
    while time.monotonic() < until or (await said(running))["recorded"] == 0:
        await said(running)


async def _through(there: Place, callers: int, seconds: float, warm: float, limit: float) -> Throughput:
    module = "lectern_local.bench"
    async with (
        process(f"{module}.second", told=there.told(free_port())) as hearer,
        process(f"{module}.first", str(callers), told=there.told(1)) as caller,
    ):
        reader = asyncio.create_task(_drain(caller))
        try:
            looks = await _looks(there, seconds, warm)
        finally:
            reader.cancel()
        if hearer.returncode is not None:
            raise RuntimeError(f"the hearing service ended with {hearer.returncode}")
    (began, folded, backlog), *_, (ended, folded_last, backlog_last) = looks
    paces = [(b[1] - a[1]) / (b[0] - a[0]) for a, b in pairwise(looks)]
    return Throughput(
        callers=callers,
        facts_per_s=round((folded_last - folded) / (ended - began), 1),
        limit_per_s=limit,
        seconds=round(ended - began, 1),
        median_per_s=round(median(paces), 1),
        slowest_per_s=round(min(paces), 1),
        backlog_at_start=backlog,
        backlog_at_end=backlog_last,
    )


async def _drain(running: asyncio.subprocess.Process) -> None:
    while True:
        await said(running)


async def _looks(there: Place, seconds: float, warm: float) -> list[tuple[float, int, int]]:
    """(when, facts folded in the second service, facts recorded in the first and not folded yet), once a second."""
    head = await connect(there.database(first.name, "auditor"), "bench")
    folded = await connect(there.database(second.name, "auditor"), "bench")
    try:
        while await folded.fetchval(_FOLDED) == 0:  # noqa: ASYNC110 - another process moves it
            await asyncio.sleep(0.1)
        await asyncio.sleep(warm)
        looks: list[tuple[float, int, int]] = []
        until = time.monotonic() + seconds
        while not looks or looks[-1][0] < until:
            recorded, done = await head.fetchval(_HEAD), await folded.fetchval(_FOLDED)
            looks.append((time.monotonic(), done, recorded - done))
            await asyncio.sleep(LOOK_S)
        return looks
    finally:
        await head.close()
        await folded.close()
