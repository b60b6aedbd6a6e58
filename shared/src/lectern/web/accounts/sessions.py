"""Sessions of those signed in. The browser holds a random id; only its fingerprint is stored."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

import asyncpg

from lectern.web.accounts.users import Users
from lectern.web.principal import Principal

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
_SEEN_EVERY = timedelta(seconds=30)
_ID_BYTES = 32

_FIND = """
SELECT u.*, s.began_at, s.seen_at FROM web.sessions s JOIN web.users u USING (user_id)
WHERE s.id = $1 AND s.seen_at > $2 AND s.began_at > $3 AND u.disabled_at IS NULL
"""


@dataclass(frozen=True)
class Session:
    """`id` goes into the cookie and nowhere else."""

    id: str
    principal: Principal
    ends_at: datetime

    @property
    def binding(self) -> str:
        return fingerprint(self.id).hex()


def new_session_id() -> str:
    """256 random bits."""
    return secrets.token_urlsafe(_ID_BYTES)


def fingerprint(session_id: str) -> bytes:
    """What is stored of an id: it cannot be used to sign in."""
    return sha256(session_id.encode()).digest()


class Sessions:
    def __init__(self, pool: asyncpg.Pool, users: Users) -> None:
        self._pool, self._users = pool, users

    async def begin(self, principal: Principal, now: datetime) -> Session:
        """A new session under a new id."""
        session_id = new_session_id()
        await self._pool.execute(
            "INSERT INTO web.sessions (id, user_id, began_at, seen_at) VALUES ($1, $2, $3, $3)",
            fingerprint(session_id), principal.user_id, now,
        )  # fmt: skip
        return Session(session_id, principal, now + IDLE)

    async def find(self, session_id: str, now: datetime) -> Session | None:
        """The session, made to last longer by being asked for; None when it has ended or never was."""
        key = fingerprint(session_id)
        row = await self._pool.fetchrow(_FIND, key, now - IDLE, now - ABSOLUTE)
        if row is None:
            return None
        seen_at = row["seen_at"]
        if now - seen_at > _SEEN_EVERY:
            await self._pool.execute("UPDATE web.sessions SET seen_at = $2 WHERE id = $1", key, now)
            seen_at = now
        return Session(session_id, self._users.known(row).principal, min(seen_at + IDLE, row["began_at"] + ABSOLUTE))

    async def end(self, session_id: str) -> None:
        """Signed out; the id is worth nothing from now on."""
        await self._pool.execute("DELETE FROM web.sessions WHERE id = $1", fingerprint(session_id))

    async def end_all(self, user_id: UUID) -> None:
        """Signs a user out everywhere."""
        await self._pool.execute("DELETE FROM web.sessions WHERE user_id = $1", user_id)

    async def forget(self, now: datetime) -> None:
        """Removes sessions that have ended by themselves."""
        await self._pool.execute(
            "DELETE FROM web.sessions WHERE seen_at <= $1 OR began_at <= $2", now - IDLE, now - ABSOLUTE
        )
