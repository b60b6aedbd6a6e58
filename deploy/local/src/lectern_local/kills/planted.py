"""A bug, planted to see that the judge finds it: `python -m lectern_local.kills.planted PACKAGE --role serve`.

The writer answers before it commits, so that what somebody was told is there may be lost. Never part of a service.
"""

import asyncio
import sys
from importlib import import_module
from typing import Any

from lectern.eventlog.jobs import Job
from lectern.eventlog.writer import Writer
from lectern.runtime import process

HASTE_S = 0.2
"""How long after the answer the commit comes."""


class HastyWriter(Writer):
    """Answers before the commit, to commands and to the intake alike."""

    async def _decide(self, db: Any, jobs: list[Job]) -> Any:
        done = await super()._decide(db, jobs)
        for job, result in done.results:
            if not job.done.done() and not isinstance(result, BaseException):
                job.done.set_result(result)
        await asyncio.sleep(HASTE_S)
        return done


if __name__ == "__main__":
    package = sys.argv.pop(1)
    vars(process)["Writer"] = HastyWriter
    process.main(import_module(f"{package}.app").service)
