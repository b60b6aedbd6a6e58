"""Tells everybody in the process that the log grew, and by what. Between processes followers poll."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from itertools import islice
from typing import Any, TypeAlias

Row: TypeAlias = Mapping[str, Any]
"""A row of the log, by column."""

MOST_ROWS = 1_000
MOST_CHARACTERS = 4 * 1024 * 1024


class Signal:
    """Many may wait; `set` wakes them all. A wait that times out is no error: the waiter looks for itself."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def set(self) -> None:
        for event in self._waiting:
            event.set()

    def forget(self) -> None:
        """Drops what is remembered of the log: it may have been restored from a backup. Nothing, here."""

    def after(self, position: int, upto: int, most: int) -> Sequence[Row]:  # noqa: ARG002 - see Tail
        """Rows that may be had without reading the log: none."""
        return ()

    def listen(self) -> "Listener":
        return Listener(self._waiting)


class Tail(Signal):
    """The end of the log as this process appended it, so that its followers need not read it back."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: deque[Row] = deque()
        self._characters = 0

    def append(self, rows: Sequence[Row]) -> None:
        """What was committed, in order. Rows of other processes leave a gap: what stands before it is forgotten."""
        if rows and self._rows and rows[0]["position"] != self._rows[-1]["position"] + 1:
            self.forget()
        self._rows.extend(rows)
        self._characters += sum(len(row["data"]) for row in rows)
        while len(self._rows) > MOST_ROWS or self._characters > MOST_CHARACTERS:
            self._characters -= len(self._rows.popleft()["data"])
        self.set()

    def forget(self) -> None:
        self._rows.clear()
        self._characters = 0

    def after(self, position: int, upto: int, most: int) -> Sequence[Row]:
        """Rows that follow a position without a gap; none where the log has to be read."""
        if not self._rows or not 0 <= (start := position + 1 - self._rows[0]["position"]) < len(self._rows):
            return ()
        return list(islice(self._rows, start, start + min(most, upto - position)))


class Listener:
    """One waiter's ear. Clear it before looking, so that nothing between the look and the wait is missed."""

    def __init__(self, waiting: set[asyncio.Event]) -> None:
        self._event = asyncio.Event()
        self._waiting = waiting
        waiting.add(self._event)

    def clear(self) -> None:
        self._event.clear()

    async def wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return

    def close(self) -> None:
        self._waiting.discard(self._event)
