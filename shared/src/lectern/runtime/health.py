"""GET /health: whether this process makes progress, and how far everything in its service is."""

from collections.abc import Callable, Sequence
from typing import Any

import asyncpg
from fastapi import APIRouter
from fastapi.responses import JSONResponse

from lectern.eventlog.database import ACQUIRE_TIMEOUT_S, UNREACHABLE
from lectern.eventlog.followers import Follower

_HEAD = "select coalesce(max(position), 0) from fact"
_FOLLOWERS = "select name, position from follower order by name"
_BROKEN = "select view, count(*) as n from broken group by view"
_HELD = "select state, count(*) as n from held group by state"
BEHIND = 5_000
"""A follower so many facts behind the log is not well."""


class Health:
    """Answers 200 while all is well and 503 with sentences while it is not. `lag` is the intake's, in records."""

    def __init__(
        self,
        service: str,
        role: str,
        pool: "asyncpg.Pool[asyncpg.Record]",
        *,
        followers: Sequence[Follower],
        lag: Callable[[], int | None] | None = None,
    ) -> None:
        self._service = service
        self._role = role
        self._pool = pool
        self._followers = followers
        self._lag = lag

    def router(self) -> APIRouter:
        router = APIRouter()

        @router.get("/health", include_in_schema=False)
        async def health() -> JSONResponse:
            report = await self.report()
            return JSONResponse(report, 200 if report["ok"] else 503)

        return router

    async def report(self) -> dict[str, Any]:
        """What the operators and the supervisor see."""
        who = {"service": self._service, "role": self._role}
        try:
            async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as db:
                head = await db.fetchval(_HEAD)
                marks = {row["name"]: row["position"] for row in await db.fetch(_FOLLOWERS)}
                broken = {row["view"]: row["n"] for row in await db.fetch(_BROKEN)}
                held = {row["state"]: row["n"] for row in await db.fetch(_HELD)}
                effects = await self._effects(db)
        except (*UNREACHABLE, asyncpg.PostgresError) as error:
            return {**who, "ok": False, "why": [f"The database does not answer: {type(error).__name__}."]}
        lag = self._lag() if self._lag is not None else 0
        why = [
            f"{name} is {head - position:,} facts behind."
            for name, position in marks.items()
            if head - position > BEHIND
        ]
        why += [f"{each.name} has not started." for each in self._followers if not (each.running or each.standing_by)]
        why += [f"{n} rows of {view} are broken." for view, n in broken.items()]
        if lag is None:
            why.append("Kafka has not been heard yet.")
        return {
            **who,
            "ok": not why,
            "why": why,
            "head": head,
            "kafka_lag": lag,
            "followers": {name: {"position": at, "behind": head - at} for name, at in marks.items()},
            "views": {
                name.split(":")[1]: {
                    "version": int(name.split(":")[2]),
                    "behind": head - at,
                    "broken": broken.get(name.split(":")[1], 0),
                }
                for name, at in marks.items()
                if name.startswith("view:")
            },
            "waiting": held.get("waiting", 0) + held.get("behind", 0),
            "parked": held.get("parked", 0) + held.get("lie", 0),
            "effects": effects,
        }

    async def _effects(self, db: Any) -> dict[str, int]:
        if not await db.fetchval("select to_regclass('open_effects') is not null"):
            return {"pending": 0}
        return {"pending": await db.fetchval("select count(*) from open_effects")}
