"""Reading one's own writes: a page waits until the views it shows have folded what was just recorded."""

import asyncio
import time
from contextlib import suppress

import asyncpg

from lectern.eventlog.database import UNREACHABLE
from lectern.eventlog.folder import Folder
from lectern.eventlog.log import Log

BEHIND_S = 2.0


class Freshness:
    """How far the views of this process are."""

    def __init__(self, folder: Folder, log: Log) -> None:
        self._folder = folder
        self._log = log
        self._level_at = time.monotonic()

    async def reached(self, position: int, deadline: float = 2.0) -> bool:
        """Whether the views have folded this position within so many seconds."""
        until = time.monotonic() + deadline
        listener = self._folder.moved.listen()
        try:
            while self._folder.position < position:
                if (left := until - time.monotonic()) <= 0:
                    return False
                listener.clear()
                if self._folder.position < position:
                    await listener.wait(min(left, 0.1))
            return True
        finally:
            listener.close()

    async def watch(self) -> None:
        """Keeps looking how far behind the views are; a database out of reach counts as behind. Until cancelled."""
        while True:
            with suppress(*UNREACHABLE, asyncpg.PostgresError):
                if self._folder.position >= await self._log.head():
                    self._level_at = time.monotonic()
            await asyncio.sleep(0.5)

    def behind(self) -> bool:
        """Whether absent rows prove nothing: a view is broken, or more than two seconds behind the log."""
        return bool(any(self._folder.broken.values())) or time.monotonic() - self._level_at > BEHIND_S
