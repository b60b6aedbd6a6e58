"""The follower: reads the log from a mark and moves the mark in the transaction that keeps what it did.

The relay, the views and the effects are followers. One runs in one process at a time, by a session lock; and whatever
happens to that lock, no transaction moves a mark that somebody else moved.
"""

import asyncio
from collections.abc import Sequence
from typing import Any
from zlib import crc32

import asyncpg
import structlog

from lectern.eventlog.chain import COLUMNS
from lectern.eventlog.database import UNREACHABLE, connect
from lectern.eventlog.errors import Busy
from lectern.eventlog.signal import Listener, Signal

log = structlog.get_logger(__name__)

POLL_S = 0.1
TURN_S = 0.5
FOLLOWER_LOCKS = 0x1EC7F
_READ = f"select {', '.join(COLUMNS)} from fact where position > $1 and position <= $2 order by position limit $3"
_MOVE = "update follower set position = $2 where name = any($1::text[]) and position = $3"
_FOR_EVER = 2**62

Rows = Sequence[Any]
"""Rows of the log, in order, all columns but the hash."""


class MarkMoved(Exception):  # noqa: N818 - not an error of ours: somebody else was faster
    """Another process moved the mark in between: roll back and read again."""


class Follower:
    """Reads batches and hands them to `act` (outside any transaction) and `write` (inside the one that moves the mark).

    One follower may carry several marks, those of several views: each batch goes to those that stand lowest, up to the
    next higher mark, so that all soon move together.
    """

    batch = 500

    def __init__(self, dsn: str, name: str, signal: Signal, *, marks: Sequence[str] | None = None) -> None:
        self.name = name
        self.marks: dict[str, int] = dict.fromkeys(marks or [name], 0)
        self.moved = Signal()
        self.running = False
        self.standing_by = False
        """Another process has the turn; this one takes over when it ends."""
        self._dsn = dsn
        self._signal = signal

    async def act(self, rows: Rows, marks: Sequence[str]) -> None:
        """What is done outside. May be done again for the same rows."""

    async def write(self, db: Any, rows: Rows, marks: Sequence[str]) -> None:
        """What is kept with the mark, exactly once for each row."""

    async def started(self, db: Any) -> None:
        """Called when this process got its turn."""

    @property
    def position(self) -> int:
        """Up to where everything is done."""
        return min(self.marks.values())

    async def run(self) -> None:
        """Until cancelled. While the database is away it waits and goes on from the mark."""
        listener = self._signal.listen()
        try:
            while True:
                try:
                    await self._turn(listener)
                except (MarkMoved, Busy, *UNREACHABLE) as error:
                    log.warning("follower starts again", follower=self.name, error=repr(error))
                except asyncpg.PostgresError:
                    log.exception("follower failed", follower=self.name)
                self.running = self.standing_by = False
                await asyncio.sleep(TURN_S)
        finally:
            listener.close()

    async def _turn(self, listener: Listener) -> None:
        db = await connect(self._dsn, f"follower {self.name}", synchronous_commit="off")
        try:
            lock = (FOLLOWER_LOCKS, _lock_number(self.name))
            while not await db.fetchval("select pg_try_advisory_lock($1, $2)", *lock):
                self.standing_by = True
                await asyncio.sleep(TURN_S)
            self.standing_by = False
            await self._read_marks(db)
            await self.started(db)
            self.running = True
            while True:
                listener.clear()
                if not await self.step(db):
                    await listener.wait(POLL_S)
        finally:
            db.terminate()

    async def _read_marks(self, db: Any) -> None:
        await db.execute(
            "insert into follower (name) select unnest($1::text[]) on conflict (name) do nothing", list(self.marks)
        )
        for row in await db.fetch("select name, position from follower where name = any($1::text[])", list(self.marks)):
            self.marks[row["name"]] = row["position"]

    async def step(self, db: Any) -> bool:
        """One batch. False: nothing new."""
        low = min(self.marks.values())
        lowest = [name for name, position in self.marks.items() if position == low]
        upto = min((p for p in self.marks.values() if p > low), default=_FOR_EVER)
        rows = await db.fetch(_READ, low, upto, self.batch)
        if not rows:
            return False
        await self.act(rows, lowest)
        reached = rows[-1]["position"]
        async with db.transaction():
            await self.write(db, rows, lowest)
            moved = await db.execute(_MOVE, lowest, reached, low)
            if moved != f"UPDATE {len(lowest)}":
                raise MarkMoved(self.name)
        for name in lowest:
            self.marks[name] = reached
        self.moved.set()
        return True


def _lock_number(name: str) -> int:
    return crc32(name.encode()) - 2**31
