"""Failed sign-ins are counted, a minute at a time: five for an account from one address, a hundred for an address, and
a hundred for an account from everywhere. So nobody can lock somebody else out from another address."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from ipaddress import IPv6Address, ip_address

import asyncpg

WINDOW = timedelta(minutes=1)
PER_ACCOUNT = 5
PER_ADDRESS = 100
ACCOUNT_FROM_EVERYWHERE = 100

# Counted before the password is looked at, so that many tries at once do not slip through; a good one is taken back.
# The rows are locked in one order.
_COUNT = """
INSERT INTO web.throttle AS kept (bucket, failures, since)
SELECT bucket, 1, $2 FROM unnest($1::bytea[]) AS asked (bucket) ORDER BY bucket
ON CONFLICT (bucket) DO UPDATE SET
    failures = CASE WHEN kept.since <= $3 THEN 1 ELSE kept.failures + 1 END,
    since = CASE WHEN kept.since <= $3 THEN $2 ELSE kept.since END
RETURNING bucket, failures, since
"""
_TAKE_BACK = """
UPDATE web.throttle SET failures = failures - 1
WHERE bucket IN (SELECT bucket FROM web.throttle WHERE bucket = ANY($1::bytea[]) ORDER BY bucket FOR UPDATE)
AND failures > 0
"""


class TooManyTries(Exception):  # noqa: N818 - an answer to a person, no failure of ours
    """Ask again in so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too many tries; wait {seconds} s.")
        self.seconds = seconds


@dataclass(frozen=True)
class Attempt:
    """One try, and the counts it raised."""

    buckets: tuple[bytes, ...]


class Throttle:
    def __init__(self, pool: asyncpg.Pool, secret: bytes) -> None:
        self._pool, self._secret = pool, secret

    async def attempt(self, account: bytes, address: str, now: datetime) -> Attempt:
        """Counts a try as failed until it is taken back. Raises TooManyTries."""
        limits = self._limits(account, address)
        rows = await self._pool.fetch(_COUNT, list(limits), now, now - WINDOW)
        over = [row["since"] + WINDOW - now for row in rows if row["failures"] > limits[row["bucket"]]]
        if over:
            await self.take_back(Attempt(tuple(limits)))  # a refused try tells nothing, so it counts for nothing
            raise TooManyTries(max(1, -int(-max(over).total_seconds() // 1)))
        return Attempt(tuple(limits))

    async def take_back(self, attempt: Attempt) -> None:
        """The try was good."""
        await self._pool.execute(_TAKE_BACK, list(attempt.buckets))

    async def forget(self, now: datetime) -> None:
        """Removes counts that no longer matter."""
        await self._pool.execute("DELETE FROM web.throttle WHERE since <= $1", now - WINDOW)

    def _limits(self, account: bytes, address: str) -> dict[bytes, int]:
        place = network(address).encode()
        return {
            self._bucket(b"account", account, place): PER_ACCOUNT,
            self._bucket(b"address", place): PER_ADDRESS,
            self._bucket(b"everywhere", account): ACCOUNT_FROM_EVERYWHERE,
        }

    def _bucket(self, *parts: bytes) -> bytes:
        return hmac.digest(self._secret, b"\0".join(parts), sha256)


def network(address: str) -> str:
    """What counts as one address: an IPv4 address, or the 64 bits of an IPv6 address that a household gets."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(found.ipv4_mapped) if found.ipv4_mapped else str(IPv6Address(int(found) >> 64 << 64))
    return str(found)
