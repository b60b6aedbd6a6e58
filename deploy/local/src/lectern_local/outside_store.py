"""A small database in one file for what stands outside of Lectern here: the mailbox and the payment sandbox."""

import asyncio
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

T = TypeVar("T")

_DURABLE = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = FULL;
PRAGMA foreign_keys = ON;
PRAGMA cache_size = -8192;
"""  # FULL syncs the journal at every commit: what `do` returned survives kill -9 and power loss


class Store:
    """One connection on one thread of its own, so that the loop never waits for a disk."""

    def __init__(self, file: Path, schema: str) -> None:
        """Makes the folder and the tables where they are missing. Raises OSError or sqlite3.Error."""
        file.parent.mkdir(parents=True, exist_ok=True)
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix=file.stem)
        self._database = self._thread.submit(_opened, file, schema).result()

    async def do(self, work: Callable[[sqlite3.Connection], T]) -> T:
        """Runs `work` in a transaction; once this returns, what it wrote is on the disk. If it raises, nothing is."""
        return await asyncio.wrap_future(self._thread.submit(self._transact, work))

    def _transact(self, work: Callable[[sqlite3.Connection], T]) -> T:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            done = work(self._database)
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")
        return done

    def close(self) -> None:
        """Waits for what was begun."""
        self._thread.submit(self._database.close).result()
        self._thread.shutdown()


def _opened(file: Path, schema: str) -> sqlite3.Connection:
    database = sqlite3.connect(file, isolation_level=None)
    database.row_factory = sqlite3.Row
    database.executescript(_DURABLE + schema)
    return database
