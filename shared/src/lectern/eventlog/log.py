"""What a service's pages, API, ticker and effects use: ask the log, and see how a stream stands."""

from collections.abc import Callable
from typing import Any, TypeVar

import asyncpg

from lectern.eventlog.codec import Codec
from lectern.eventlog.database import ACQUIRE_TIMEOUT_S
from lectern.eventlog.deciding import fold
from lectern.eventlog.streams import Answer, Asked, Call, Decided, StreamRef
from lectern.eventlog.writer import Writer

S = TypeVar("S")


class Log:
    """The log of this service."""

    def __init__(
        self, writer: Writer, pool: "asyncpg.Pool[asyncpg.Record]", codec: Codec, *, answer_within: float = 1.0
    ) -> None:
        self._answer_within = answer_within
        self._writer = writer
        self._pool = pool
        self._codec = codec

    async def handle(
        self,
        refs: StreamRef[Any] | tuple[StreamRef[Any], ...],
        decide: Callable[..., Decided],
        command: Any,
        call: Call,
        *,
        within: float | None = None,
    ) -> Answer:
        """Judges a command on the streams it names and records what follows, once for each key.

        Raises Refused, NotFound or NotYet by the rule; KeyReused where the key was used with another body; Busy where
        there was no answer within so many seconds (none given: as set): the outcome is unknown, the same key finds it.
        """
        named = refs if isinstance(refs, tuple) else (refs,)
        return await self._writer.ask(
            Asked(named, decide, command, call), within=self._answer_within if within is None else within
        )

    async def state(self, ref: StreamRef[S]) -> S:
        """The state of one stream as it is now."""
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            rows = await db.fetch(
                "select source, type, schema, data from fact where source = $1 and stream = $2 order by version",
                ref.noun.source or self._writer.source,
                ref.stream,
            )
        return fold(ref.noun, [fact for row in rows if (fact := self._codec.decode(row)) is not None])

    async def head(self) -> int:
        """The last position of the log, 0 for an empty one."""
        async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            return await db.fetchval("select coalesce(max(position), 0) from fact") or 0
