"""Accounts: users, their passwords, sessions and failed sign-ins, kept in the schema `web` by the role `web`."""

from collections.abc import Callable
from datetime import UTC, datetime
from uuid import UUID

import asyncpg

from lectern.eventlog.errors import Busy
from lectern.runtime.ids import new_id
from lectern.web.accounts.kept_pages import KeptPages
from lectern.web.accounts.passwords import Hashing, WeakPassword, accept, outdated
from lectern.web.accounts.sessions import Session, Sessions
from lectern.web.accounts.throttle import Throttle, TooManyTries
from lectern.web.accounts.users import LoginTaken, Users
from lectern.web.principal import Principal, Role
from lectern.web.secrets import derive

__all__ = ["Accounts", "LoginTaken", "Session", "TooManyTries", "WeakPassword", "utc_now"]


def utc_now() -> datetime:
    return datetime.now(UTC)


class Accounts:
    """All that a service does with its users. `pool` connects as the role web; `secret` is the installation's."""

    def __init__(self, pool: asyncpg.Pool, secret: bytes, now: Callable[[], datetime] = utc_now) -> None:
        self._pool, self.now = pool, now
        self.users = Users(pool, secret)
        self.sessions = Sessions(pool, self.users)
        self.throttle = Throttle(pool, derive(secret, "throttle"))
        self.kept_pages = KeptPages(pool, secret)
        self._hashing = Hashing()

    async def create_user(
        self,
        *,
        login: str,
        role: Role,
        name: str,
        password: str | None = None,
        district: str | None = None,
        person_id: UUID | None = None,
        user_id: UUID | None = None,
    ) -> UUID:
        """A user who can sign in, once there is a password. Raises LoginTaken, WeakPassword, Busy."""
        if password is not None:
            accept(password, login, *name.split())
        kept = None if password is None else await self._hashing.hashed(password)
        user = Principal(user_id or new_id(), role, name, district, person_id)
        await self.users.create(user, login, kept, self.now())
        return user.user_id

    async def set_password(self, user_id: UUID, password: str) -> None:
        """Ends all the user's sessions. Raises WeakPassword, Busy, and LookupError for a user there is not."""
        user = await self.users.with_id(user_id)
        if user is None:
            raise LookupError(user_id)
        accept(password, user.login, *user.principal.name.split())
        kept = await self._hashing.hashed(password)
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute(
                "UPDATE web.users SET password = $2, password_at = $3 WHERE user_id = $1", user_id, kept, self.now()
            )
            await connection.execute("DELETE FROM web.sessions WHERE user_id = $1", user_id)

    async def check(self, login: str, password: str, address: str) -> Principal | None:
        """Who this is; None for a wrong password and for a user there is not, alike. Raises TooManyTries, Busy."""
        attempt = await self.throttle.attempt(self.users.digest(login), address, self.now())
        user = await self.users.with_login(login)
        kept = user.password if user else None
        try:
            matches = await self._hashing.matches(kept, password)
        except Busy:
            await self.throttle.take_back(attempt)  # it was not looked at
            raise
        if not matches or user is None or kept is None:
            return None
        await self.throttle.take_back(attempt)
        if outdated(kept):
            await self.users.rehash(user.principal.user_id, kept, await self._hashing.hashed(password))
        return user.principal

    async def check_again(self, user_id: UUID, password: str, address: str) -> bool:
        """Whether somebody signed in knows their password. Raises TooManyTries, Busy."""
        user = await self.users.with_id(user_id)
        return user is not None and await self.check(user.login, password, address) is not None

    async def begin(self, principal: Principal) -> Session:
        """Signs somebody in, who has shown who they are."""
        now = self.now()
        await self.sessions.forget(now)
        await self.throttle.forget(now)
        return await self.sessions.begin(principal, now)

    async def begin_as(self, user_id: UUID) -> Session:
        """Signs in a user just created. Raises LookupError."""
        user = await self.users.with_id(user_id)
        if user is None:
            raise LookupError(user_id)
        return await self.begin(user.principal)

    async def find(self, login: str) -> UUID | None:
        """The id of a login name's user, unless disabled."""
        user = await self.users.with_login(login)
        return user.principal.user_id if user else None

    async def login_of(self, user_id: UUID) -> str:
        """What somebody signs in with. Raises LookupError for a user there is not."""
        user = await self.users.with_id(user_id)
        if user is None:
            raise LookupError(user_id)
        return user.login

    async def link_person(self, user_id: UUID, person_id: UUID) -> None:
        """From now on this account is that person of the register."""
        await self.users.link_person(user_id, person_id)

    async def rename(self, user_id: UUID, name: str) -> None:
        """Another name to be shown."""
        await self.users.rename(user_id, name)

    async def disable(self, user_id: UUID) -> None:
        """No sign-in any more, and sessions end now."""
        async with self._pool.acquire() as connection, connection.transaction():
            await connection.execute("UPDATE web.users SET disabled_at = $2 WHERE user_id = $1", user_id, self.now())
            await connection.execute("DELETE FROM web.sessions WHERE user_id = $1", user_id)
