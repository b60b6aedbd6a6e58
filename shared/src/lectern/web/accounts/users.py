"""Users: who may sign in, and as what. The login name is kept as a keyed digest, the names sealed."""

import hmac
import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

import asyncpg
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lectern.web.accounts.passwords import normal
from lectern.web.principal import Principal, Role
from lectern.web.secrets import derive

_NONCE = 12


class LoginTaken(Exception):  # noqa: N818 - an answer to a person, no failure of ours
    """Somebody has this user name already."""


@dataclass(frozen=True)
class Known:
    """A user as kept: with the password's hash, None before one was set."""

    principal: Principal
    password: str | None
    login: str


class Users:
    """Takes and gives people's words; what is stored is digests and sealed text."""

    def __init__(self, pool: asyncpg.Pool, secret: bytes) -> None:
        self._pool = pool
        self._digest_key = derive(secret, "login")
        self._seal = AESGCM(derive(secret, "profile"))

    def digest(self, login: str) -> bytes:
        """What a login name is found by; capitals and the way accents are typed do not matter."""
        return hmac.digest(self._digest_key, normal(login.strip()).casefold().encode(), sha256)

    async def create(self, user: Principal, login: str, password: str | None, now: datetime) -> None:
        """Raises LoginTaken."""
        try:
            await self._pool.execute(
                "INSERT INTO web.users"
                " (user_id, login, password, profile, role, district, person_id, created_at, password_at)"
                " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
                user.user_id, self.digest(login), password, self._sealed(user.user_id, login, user.name), user.role,
                user.district, user.person_id, now, now if password else None,
            )  # fmt: skip
        except asyncpg.UniqueViolationError as error:
            raise LoginTaken(login) from error

    async def with_login(self, login: str) -> Known | None:
        """The user of a login name, unless disabled."""
        row = await self._pool.fetchrow(
            "SELECT * FROM web.users WHERE login = $1 AND disabled_at IS NULL", self.digest(login)
        )
        return self.known(row) if row else None

    async def with_id(self, user_id: UUID) -> Known | None:
        """The user of an id, unless disabled."""
        row = await self._pool.fetchrow("SELECT * FROM web.users WHERE user_id = $1 AND disabled_at IS NULL", user_id)
        return self.known(row) if row else None

    async def rename(self, user_id: UUID, name: str) -> None:
        """Another name to be shown; nothing happens for a user there is not."""
        if user := await self.with_id(user_id):
            profile = self._sealed(user_id, user.login, name)
            await self._pool.execute("UPDATE web.users SET profile = $2 WHERE user_id = $1", user_id, profile)

    async def link_person(self, user_id: UUID, person_id: UUID) -> None:
        """From now on this account is that person of the register."""
        await self._pool.execute("UPDATE web.users SET person_id = $2 WHERE user_id = $1", user_id, person_id)

    async def rehash(self, user_id: UUID, before: str, password: str) -> None:
        """The same password, hashed with today's parameters; not if it was changed meanwhile."""
        await self._pool.execute(
            "UPDATE web.users SET password = $3 WHERE user_id = $1 AND password = $2", user_id, before, password
        )

    def known(self, row: asyncpg.Record) -> Known:
        """A row of web.users, opened."""
        profile = json.loads(self._opened(row["user_id"], row["profile"]))
        principal = Principal(row["user_id"], Role(row["role"]), profile["name"], row["district"], row["person_id"])
        return Known(principal, row["password"], profile["login"])

    def _sealed(self, user_id: UUID, login: str, name: str) -> bytes:
        nonce = secrets.token_bytes(_NONCE)
        return nonce + self._seal.encrypt(nonce, json.dumps({"login": login, "name": name}).encode(), user_id.bytes)

    def _opened(self, user_id: UUID, profile: bytes) -> bytes:
        return self._seal.decrypt(profile[:_NONCE], profile[_NONCE:], user_id.bytes)
