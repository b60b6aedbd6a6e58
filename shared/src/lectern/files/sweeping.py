"""Bytes that no fact names go: what was stored and never attached, and what was taken back."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Final

import structlog

from lectern.eventlog.errors import Unanswered
from lectern.files.store import Files, Place

log = structlog.get_logger(__name__)

EVERY_S: Final = 600.0
YOUNG: Final = timedelta(minutes=30)
"""A file is stored before the fact that names it: so long it may be on its way."""
OLD: Final = timedelta(hours=3)
"""Looked at every time until then, afterwards once a day."""


class Sweeper:
    """`wanted` asks the log whether a file is named there; in doubt it raises, and the file stays."""

    def __init__(
        self, files: Files, owner: str, wanted: Callable[[Place], Awaitable[bool]], now: Callable[[], datetime]
    ) -> None:
        self._files, self._owner, self._wanted, self._now = files, owner, wanted, now
        self._all_on: datetime | None = None

    async def run(self) -> None:
        """Until cancelled."""
        while True:
            try:
                await self.sweep()
            except Unanswered as error:
                log.warning("files could not be swept", error=repr(error))
            await asyncio.sleep(EVERY_S)

    async def sweep(self) -> int:
        """Gives how many were removed. Raises Busy where files or log are away; the next turn goes on."""
        now, removed = self._now(), 0
        everything = self._all_on is None or now - self._all_on >= timedelta(days=1)
        async for each in self._files.standing(self._owner):
            age = now - each.since
            if age < YOUNG or (age > OLD and not everything) or await self._wanted(each.place):
                continue
            await self._files.remove(each.place)
            removed += 1
        if everything:
            self._all_on = now
        if removed:
            log.info("files that nothing names were removed", count=removed)
        return removed
