"""`python -m lectern_local.bench.first CALLERS [alone]`: so many callers, each asking again as soon as it is answered.

With `alone` nothing follows the log: what the writer can do. Otherwise callers hold while the second service is
MOST_BEHIND facts behind, so that what is measured can be kept up for ever. Prints how many were recorded, each second.
"""

import asyncio
import json
import sys
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from uuid import UUID

import uvloop

from lectern.contracts.applications import EducatorLinked
from lectern.contracts.values import AccountId, PersonId
from lectern.eventlog.database import connect
from lectern.eventlog.log import Log
from lectern.eventlog.streams import Call
from lectern.runtime.hearing import hearing
from lectern.runtime.ids import new_id
from lectern.runtime.logs import set_up_logs
from lectern.runtime.process import Process
from lectern.runtime.settings import Settings
from lectern_local.bench.pair import Link, educator, first, link, second

MOST_BEHIND = 2_000
FACTS_A_STREAM = 20
LOOK_S = 0.05


class Callers:
    """`recorded` counts what was answered."""

    def __init__(self, log: Log) -> None:
        self.recorded = 0
        self.free = asyncio.Event()
        self.free.set()
        self._log = log

    async def call(self) -> None:
        """One caller, for ever."""
        while True:
            person = new_id()
            for _ in range(FACTS_A_STREAM):
                await self.free.wait()
                await self._once(person)
                self.recorded += 1

    async def _once(self, person: UUID) -> None:
        now, key = datetime.now(UTC), new_id()
        fact = EducatorLinked(educator_id=PersonId(person), account_id=AccountId(key), linked_at=now)
        call = Call(actor="bench", key=str(key), body=b"", at=now, correlation_id=key)
        await self._log.handle(educator(person, subject=person), link, Link(fact=fact), call, within=10)

    async def hold(self, dsn: str) -> None:
        """Looks how far the second service is, and lets nobody ask while it is too far behind."""
        db = await connect(dsn, "bench")
        while True:
            folded = await db.fetchval("select coalesce(max(position), 0) from follower where name like 'view:%'")
            if self.recorded - folded > MOST_BEHIND:
                self.free.clear()
            else:
                self.free.set()
            await asyncio.sleep(LOOK_S)

    async def report(self) -> None:
        while True:
            await asyncio.sleep(1)
            print(json.dumps({"recorded": self.recorded}), flush=True)


async def run(callers: int, *, alone: bool) -> None:
    """Until ended."""
    settings = Settings.load()
    async with AsyncExitStack() as stack:
        process = Process(first, settings)
        await process.open(stack)
        calling = Callers(process.log)
        async with asyncio.TaskGroup() as tasks:
            tasks.create_task(process.writer.run())
            if not alone:
                heard = await stack.enter_async_context(hearing(first, settings, process.writer, process.pool))
                tasks.create_task(heard.relay.run())
                tasks.create_task(calling.hold(settings.database(second.name, "reader")))
            for _ in range(callers):
                tasks.create_task(calling.call())
            await calling.report()


if __name__ == "__main__":
    set_up_logs("bench", "first")
    uvloop.run(run(int(sys.argv[1]), alone="alone" in sys.argv[2:]))
