"""Deadlines: views of what falls due. The ticker turns due rows into commands; stopped for a week, nothing is lost."""

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import NAMESPACE_OID, UUID, uuid5

import asyncpg
import structlog
from pydantic import TypeAdapter

from lectern.eventlog.database import ACQUIRE_TIMEOUT_S, UNREACHABLE
from lectern.eventlog.errors import Unanswered
from lectern.eventlog.log import Log
from lectern.eventlog.streams import Call, Reacting
from lectern.eventlog.views import View

log = structlog.get_logger(__name__)
R = TypeVar("R")

TICK_S = 1.0
AGAIN_AFTER = timedelta(seconds=60)
"""A refused deadline is asked about again after so long."""


@dataclass(frozen=True)
class Deadline(Generic[R]):
    """Something that falls due. Rows of `view` have `due_at`; a due one is asked about until a fact settles it."""

    view: View[R]
    command: Callable[[R, datetime], Reacting]
    """What to ask the log when a row is due, at this instant (UTC)."""
    apart: Callable[[R], str] = lambda _: ""
    """Tells two askings apart that one key of the view needs at one due instant."""
    due: str = "due_at <= $1"
    """Which rows are due at the instant $1: a condition in SQL, of our own code."""
    when: Callable[[R, datetime], bool] = lambda _row, _now: True
    """Whether a due row is asked about at this instant (UTC); one that is not waits, also after a stop."""


@dataclass(frozen=True)
class SharedDeadline(Generic[R]):
    """Rows that are asked about together: those of one value of `column`, as soon as one of them is due."""

    view: View[R]
    column: str
    command: Callable[[Sequence[R], datetime], Reacting]
    """What to ask the log about the rows that are due, and those beside them, at this instant (UTC)."""
    beside: str = "false"
    """Which rows that are not due are handed over, too: a condition in SQL, of our own code."""


class Ticker:
    """Asks about what is due, once a second, each row under a key made from its view, key and due instant."""

    def __init__(
        self,
        pool: "asyncpg.Pool[asyncpg.Record]",
        deadlines: Sequence[Deadline[Any] | SharedDeadline[Any]],
        log_: Log,
        *,
        now: Callable[[], datetime],
        new_id: Callable[[], UUID],
    ) -> None:
        self._pool = pool
        self._deadlines = deadlines
        self._log = log_
        self._now = now
        self._new_id = new_id
        self._refused: dict[str, datetime] = {}

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            await asyncio.sleep(TICK_S)
            for deadline in self._deadlines:
                try:
                    await self.tick(deadline)
                except (*UNREACHABLE, asyncpg.PostgresError) as error:
                    log.warning("deadlines wait for the database", view=deadline.view.name, error=repr(error))

    async def tick(self, deadline: Deadline[Any] | SharedDeadline[Any]) -> int:
        """Asks about every due row; gives how many were answered."""
        if isinstance(deadline, SharedDeadline):
            return await self._tick_shared(deadline)
        return await self._tick(deadline)

    async def _tick(self, deadline: Deadline[Any]) -> int:
        name, now = deadline.view.name, self._now()
        self._refused = {key: until for key, until in self._refused.items() if until > now}
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            # sql: the view's name and a condition of our own code
            text = await db.fetchval(
                f"select coalesce(json_agg(due), '[]')::text from "
                f"(select * from {name} where {deadline.due} order by due_at limit 200) due",
                now,
            )
        answered = 0
        for row in TypeAdapter(list[deadline.view.row]).validate_json(text):  # type: ignore[name-defined]
            if not deadline.when(row, now):
                continue
            at = row.due_at.isoformat() if row.due_at else ""
            key = f"{name}:{getattr(row, deadline.view.columns[0])}:{at}{deadline.apart(row)}"
            if key not in self._refused:
                answered += await self._ask(deadline.command(row, now), key, now)
        return answered

    async def _tick_shared(self, deadline: SharedDeadline[Any]) -> int:
        name, column, now = deadline.view.name, deadline.column, self._now()
        self._refused = {key: until for key, until in self._refused.items() if until > now}
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            # sql: names and a condition of our own code
            text = await db.fetchval(
                f"select coalesce(json_agg(due), '[]')::text from (select * from {name} where {column} in "
                f"(select {column} from {name} where due_at <= $1 order by due_at limit 200) "
                f"and (due_at <= $1 or {deadline.beside}) order by {deadline.view.columns[0]}) due",
                now,
            )
        shared: dict[Any, list[Any]] = {}
        for row in TypeAdapter(list[deadline.view.row]).validate_json(text):  # type: ignore[name-defined]
            shared.setdefault(getattr(row, column), []).append(row)
        answered = 0
        for value, rows in shared.items():
            due = [f"{getattr(each, deadline.view.columns[0])} {each}" for each in rows if _is_due(each, now)]
            key = f"{name}:{value}:{uuid5(NAMESPACE_OID, chr(10).join(due))}"
            if key not in self._refused:
                answered += await self._ask(deadline.command(rows, now), key, now)
        return answered

    async def _ask(self, asked: Reacting, key: str, now: datetime) -> bool:
        call = Call(actor="ticker", key=key, body=json.dumps(key).encode(), at=now, correlation_id=self._new_id())
        try:
            await self._log.handle(asked.refs, asked.decide, asked.command, call)
        except Unanswered as error:
            log.warning("a deadline was not accepted", key=key, error=repr(error))
            self._refused[key] = now + AGAIN_AFTER
            return False
        return True


def _is_due(row: Any, now: datetime) -> bool:
    return row.due_at is not None and row.due_at <= now
