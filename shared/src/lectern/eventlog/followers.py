"""The follower: reads the log from a mark and moves the mark with what it keeps, in one statement.

The relay, the views and the effects are followers. One runs in one process at a time, by a session lock; and whatever
happens to that lock, nothing moves a mark that somebody else moved.
"""

import asyncio
import re
import time
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from zlib import crc32

import asyncpg
import structlog

from lectern.eventlog.chain import COLUMNS
from lectern.eventlog.database import BY_KEY, UNREACHABLE, connect
from lectern.eventlog.errors import Busy
from lectern.eventlog.signal import Listener, Signal

log = structlog.get_logger(__name__)

POLL_S = 0.1
TURN_S = 0.5
FOLLOWER_LOCKS = 0x1EC7F
_READ = f"select {', '.join(COLUMNS)} from fact where position > $1 and position <= $2 order by position limit $3"
_MOVE = (
    "with moved as (update follower set position = mark.upto "
    "from unnest($1::text[], $2::bigint[], $3::bigint[]) as mark (name, upto, since) "
    "where follower.name = mark.name and follower.position = mark.since returning 1)"
)
_ALL_MOVED = "select 1 / (count(*) = cardinality($1::text[]))::int from moved"
"""Fails, and takes everything in its statement back, unless each mark stood where it was read."""
_FOR_EVER = 2**62

Rows = Sequence[Any]
"""Rows of the log, in order, all columns but the hash."""


class MarkMoved(Exception):  # noqa: N818 - not an error of ours: somebody else was faster
    """Another process moved the mark in between: read again."""


@dataclass
class Kept:
    """What a batch leaves in the database: statements (insert, update, delete) that take effect with the mark or not.

    They run as parts of one statement, so none may read what another writes.
    """

    parts: list[str] = field(default_factory=list)
    values: list[Any] = field(default_factory=list)

    def add(self, sql: str, *values: Any) -> None:
        self.parts.append(_renumbered(sql, 3 + len(self.values)))
        self.values += values


class Follower(ABC):
    """Reads batches and hands them to `follow`; what that gives is kept in the statement that moves the mark.

    One follower may carry several marks, those of several views: each batch goes to those that stand lowest, up to the
    next higher mark, so that all soon move together.
    """

    batch = 500
    poll_s = POLL_S
    """Looks so often where no signal comes: what other processes append."""

    def __init__(self, dsn: str, name: str, signal: Signal, *, marks: Sequence[str] | None = None) -> None:
        self.name = name
        self.marks: dict[str, int] = dict.fromkeys(marks or [name], 0)
        self.moved = Signal()
        self.running = False
        self.standing_by = False
        """Another process has the turn; this one takes over when it ends."""
        self._saved = dict(self.marks)
        self._saved_at = time.monotonic()
        self._dsn = dsn
        self._signal = signal

    @abstractmethod
    async def follow(self, db: Any, rows: Rows, marks: Sequence[str]) -> Kept | None:
        """Does what is done outside, maybe again for the same rows; gives what is kept with the mark, once for each.

        None: nothing in here was for it, and the mark may be saved later.
        """

    async def started(self, db: Any) -> None:  # noqa: B027 - most have nothing to do then
        """Called when this process got its turn."""

    async def look(self, db: Any) -> None:  # noqa: B027 - most have nothing to look at
        """Called when this process got its turn, and again and again while it stands by."""

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
        db = await connect(self._dsn, f"follower {self.name}", synchronous_commit="off", **BY_KEY)
        try:
            await self._stand_by(db)
            await self._begin(db)
            self.running = True
            while True:
                listener.clear()
                if not await self.step(db):
                    await listener.wait(self.poll_s)
        finally:
            db.terminate()

    async def catch_up(self, db: Any) -> None:
        """Once, up to where the log is now, for somebody who is alone with it."""
        await self._begin(db)
        while await self.step(db):
            pass
        await self._save(db, self.marks, Kept())

    async def _begin(self, db: Any) -> None:
        await db.execute(
            "insert into follower (name) select unnest($1::text[]) on conflict (name) do nothing", list(self.marks)
        )
        self._signal.forget()  # with a new connection the log may be another one: restored, or a replica's
        await self._read_marks(db)
        await self.look(db)
        await self.started(db)

    async def _stand_by(self, db: Any) -> None:
        """Until this process has the turn. Meanwhile it sees how far the one is that has it."""
        lock = (FOLLOWER_LOCKS, _lock_number(self.name))
        asked_at = -TURN_S
        while True:
            if time.monotonic() - asked_at >= TURN_S:
                asked_at = time.monotonic()
                if await db.fetchval("select pg_try_advisory_lock($1, $2)", *lock):
                    self.standing_by = False
                    return
            self.standing_by = True
            await self.look(db)
            await self._read_marks(db)
            await asyncio.sleep(POLL_S)

    async def _read_marks(self, db: Any) -> None:
        rows = await db.fetch("select name, position from follower where name = any($1::text[])", list(self.marks))
        self.marks |= {row["name"]: row["position"] for row in rows}
        self._saved = dict(self.marks)
        self.moved.set()

    async def step(self, db: Any) -> bool:
        """One batch. False: that was all there is for now."""
        low = min(self.marks.values())
        lowest = [name for name, position in self.marks.items() if position == low]
        upto = min((p for p in self.marks.values() if p > low), default=_FOR_EVER)
        rows = self._signal.after(low, upto, self.batch) or await db.fetch(_READ, low, upto, self.batch)
        if not rows:
            await self._save(db, self.marks, Kept())
            return False
        reached = {**self.marks, **dict.fromkeys(lowest, int(rows[-1]["position"]))}
        kept = await self.follow(db, rows, lowest)
        if kept is not None or time.monotonic() - self._saved_at > POLL_S:
            await self._save(db, reached, kept or Kept())
        self.marks = reached
        self.moved.set()
        return len(rows) == self.batch or upto < _FOR_EVER

    async def _save(self, db: Any, reached: dict[str, int], kept: Kept) -> None:
        """One statement, so one transaction. Raises MarkMoved, with nothing kept, where somebody else was faster."""
        if names := [name for name, position in reached.items() if position != self._saved[name]]:
            upto, since = [reached[name] for name in names], [self._saved[name] for name in names]
            parts = [_MOVE, *(f"kept{number} as ({part})" for number, part in enumerate(kept.parts))]
            try:
                await db.fetchval(", ".join(parts) + " " + _ALL_MOVED, names, upto, since, *kept.values)
            except asyncpg.DivisionByZeroError:
                raise MarkMoved(self.name) from None
            self._saved = dict(reached)
        self._saved_at = time.monotonic()


@lru_cache(maxsize=1024)
def _renumbered(sql: str, by: int) -> str:
    return re.sub(r"\$(\d+)", lambda found: f"${int(found[1]) + by}", sql)


def _lock_number(name: str) -> int:
    return crc32(name.encode()) - 2**31
