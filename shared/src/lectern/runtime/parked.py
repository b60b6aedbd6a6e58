"""For operators: what a service holds instead of recording it, and trying it again. /api/parked"""

from dataclasses import asdict
from typing import Annotated, Any

import asyncpg
import structlog
from fastapi import APIRouter, Depends

from lectern.eventlog.database import ACQUIRE_TIMEOUT_S
from lectern.eventlog.ear import Ear, State
from lectern.eventlog.hearing_job import Outcome, RedriveJob
from lectern.eventlog.held import counts, listed, to_redrive
from lectern.eventlog.writer import Writer
from lectern.web import ApiModel, Principal, Problem, Role, signed_in

log = structlog.get_logger(__name__)
AT_ONCE = 50
Operator = Annotated[Principal, Depends(signed_in(Role.OPERATOR))]


class Redrive(ApiModel):
    """What to try again: one record by its number, those of a subject, or all; nothing said is a mistake."""

    id: int | None = None
    subject: str | None = None
    all: bool = False


def parked_routes(ear: Ear, writer: Writer, pool: "asyncpg.Pool[asyncpg.Record]") -> APIRouter:
    router = APIRouter(prefix="/api/parked", tags=["operations"])

    @router.get("")
    async def get_parked(
        _: Operator, subject: str | None = None, state: State | None = None, limit: int = 200
    ) -> dict[str, Any]:
        """Counts by state, and the oldest records without their content."""
        async with pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            rows = await listed(db, subject=subject, state=state, limit=max(1, min(limit, 1_000)))
            return {"counts": asdict(await counts(db)), "held": [asdict(row) for row in rows]}

    @router.post("/redrive")
    async def post_redrive(operator: Operator, asked: Redrive) -> dict[str, Any]:
        """Judges parked and lying records again; what waited behind them follows. Harmless to repeat."""
        if sum([asked.id is not None, asked.subject is not None, asked.all]) != 1:
            raise Problem(422, "Say which", "Give one of id, subject and all.")
        async with pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            ids = await to_redrive(db, subject=asked.subject, id_=asked.id)
        recorded = 0
        for start in range(0, len(ids), AT_ONCE):
            outcome: Outcome = await writer.submit(RedriveJob(ear, ids[start : start + AT_ONCE]))
            recorded += outcome.recorded
        async with pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
            left = await to_redrive(db, subject=asked.subject, id_=asked.id)
            held = asdict(await counts(db))
        log.info("parked records were tried again", operator=operator.actor, tried=len(ids), recorded=recorded)
        return {"tried": len(ids), "recorded": recorded, "still_parked": len(set(ids) & set(left)), "counts": held}

    return router
