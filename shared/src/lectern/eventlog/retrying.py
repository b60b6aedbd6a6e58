"""Waiting facts are tried again: soon after this log grew, and every two seconds, because what a fact waits for may
have come to another subject or through another process."""

import asyncio
import time

import asyncpg
import structlog

from lectern.eventlog.database import ACQUIRE_TIMEOUT_S, UNREACHABLE
from lectern.eventlog.ear import Ear
from lectern.eventlog.hearing_job import Outcome, RetryJob
from lectern.eventlog.held import counts
from lectern.eventlog.writer import Writer

log = structlog.get_logger(__name__)

EVERY_S = 2.0
AT_MOST_EVERY_S = 0.1
ALARM_S = 60.0
_ANY = "select exists (select from held where state = 'waiting')"


class Retrier:
    """Start `run()` once, beside the intake whose `waiting` event it listens to."""

    def __init__(self, ear: Ear, writer: Writer, pool: "asyncpg.Pool[asyncpg.Record]", waiting: asyncio.Event) -> None:
        self._ear = ear
        self._writer = writer
        self._pool = pool
        self._waiting = waiting
        self._alarmed = -ALARM_S

    async def run(self) -> None:
        """Until cancelled."""
        listener = self._writer.appended.listen()
        try:
            while True:
                self._waiting.clear()
                listener.clear()
                if await self._some_waits() and await self._retry():
                    await asyncio.sleep(AT_MOST_EVERY_S)
                    await listener.wait(EVERY_S)
                else:
                    await self._wait()
        finally:
            listener.close()

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(EVERY_S):
                await self._waiting.wait()
        except TimeoutError:
            return

    async def _some_waits(self) -> bool:
        try:
            async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
                return bool(await db.fetchval(_ANY))
        except (*UNREACHABLE, asyncpg.PostgresError):
            return False

    async def _retry(self) -> bool:
        try:
            outcome: Outcome = await self._writer.submit(RetryJob(self._ear))
            if outcome.waiting:
                await self._alarm()
        except (*UNREACHABLE, asyncpg.PostgresError) as error:
            log.warning("waiting facts could not be tried", error=repr(error))
            return False
        return outcome.waiting

    async def _alarm(self) -> None:
        """Once a minute, while something waits longer than that."""
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            held = await counts(db)
        if held.longest_s > ALARM_S and time.monotonic() - self._alarmed > ALARM_S:
            self._alarmed = time.monotonic()
            log.error("facts wait for over a minute", waiting=held.waiting, longest_s=round(held.longest_s))
