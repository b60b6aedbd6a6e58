"""How much one address may ask for what everybody may ask for: so many a minute, counted beside failed sign-ins."""

import hmac
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

import asyncpg
from starlette.requests import Request

from lectern.web.accounts.throttle import WINDOW, network
from lectern.web.errors import TooMuch
from lectern.web.secrets import derive

_SPEND = """
INSERT INTO web.throttle AS kept (bucket, failures, since) VALUES ($1, 1, $2)
ON CONFLICT (bucket) DO UPDATE SET
    failures = CASE WHEN kept.since <= $3 THEN 1 ELSE kept.failures + 1 END,
    since = CASE WHEN kept.since <= $3 THEN $2 ELSE kept.since END
RETURNING failures, since
"""
_FORGET = "DELETE FROM web.throttle WHERE since <= $1"


@dataclass(frozen=True)
class Allowance:
    """`name` tells what is counted from other things that are; `pool` connects as the role web."""

    pool: asyncpg.Pool
    secret: bytes
    name: str
    a_minute: int

    async def spend(self, request: Request, now: datetime) -> None:
        """Counts one more for the address a request comes from. Raises TooMuch."""
        place = network(request.client.host if request.client else "")
        bucket = hmac.digest(derive(self.secret, "allowance"), f"{self.name}\0{place}".encode(), sha256)
        (row,) = await self.pool.fetch(_SPEND, bucket, now, now - WINDOW)
        if row["failures"] == 1:
            await self.pool.execute(_FORGET, now - WINDOW)
        if row["failures"] > self.a_minute:
            raise TooMuch(max(1, -int((now - row["since"] - WINDOW).total_seconds() // 1)))
