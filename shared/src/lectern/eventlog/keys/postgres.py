"""The keys in a small Postgres database of their own, wrapped by a key-encryption key that only processes have."""

import logging
import os
from collections.abc import AsyncIterator, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any
from uuid import UUID

import asyncpg
import uuid_utils

from lectern.contracts.sealed import GRANTS, Audience, Sealed
from lectern.eventlog.database import ACQUIRE_TIMEOUT_S, UNREACHABLE, create_pool
from lectern.eventlog.errors import Busy
from lectern.eventlog.keys import A, NotGranted, Plain, T
from lectern.eventlog.keys.cache import KeyCache
from lectern.eventlog.keys.sealing import DataKey, fingerprint, opened_with, sealed_with, unwrapped, wrapped

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy

_log = logging.getLogger(__name__)
_Place = tuple[str, Audience]

_LIVING = """
SELECT found.* FROM unnest($1::text[], $2::text[]) AS wanted (subject, audience), LATERAL (
    SELECT id, subject, audience, wrapped FROM data_key
    WHERE data_key.subject = wanted.subject AND data_key.audience = wanted.audience AND erased_at IS NULL LIMIT 1
) AS found
"""
_ABSENT = """
INSERT INTO data_key (id, subject, audience, kek, wrapped)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bytea[])
ON CONFLICT (subject, audience) WHERE erased_at IS NULL DO NOTHING
"""
_BY_ID = "SELECT id, subject, audience, wrapped FROM data_key WHERE id = ANY($1::uuid[])"
_ERASE = """
UPDATE data_key SET wrapped = NULL, erased_at = clock_timestamp()
WHERE subject = $1 AND erased_at IS NULL RETURNING id
"""


class PostgresKeys:
    """See lectern.eventlog.keys.Keys. `service` decides which audiences; the database user must be its own."""

    def __init__(self, pool: "asyncpg.Pool[asyncpg.Record]", *, service: str, kek: bytes, cached: int = 20_000) -> None:
        self._pool = pool
        self._kek = kek
        self._granted = frozenset(audience for audience, services in GRANTS.items() if service in services)
        self._service = service
        self._cache = KeyCache(cached)

    async def seal(self, value: T, *, subject: object, audience: A, origin: str) -> Sealed[T, A]:
        return (await self.seal_all([Plain(value, str(subject), audience, origin)]))[0]

    async def seal_all(self, plain: Sequence[Plain[Any]]) -> list[Sealed[Any, Any]]:
        self._check({each.audience for each in plain})
        keys = await self._living({(each.subject, each.audience) for each in plain})
        return [sealed_with(keys[each.subject, each.audience], each) for each in plain]

    async def open(self, sealed: Sealed[T, Any] | None, type_: type[T]) -> T | None:
        return (await self.open_all([sealed], type_))[0]

    async def open_all(self, sealed: Iterable[Sealed[T, Any] | None], type_: type[T]) -> list[T | None]:
        values = list(sealed)
        self._check({each.audience for each in values if each})
        keys = await self._by_id({each.key for each in values if each})
        return [opened_with(keys[each.key], each, type_) if each and each.key in keys else None for each in values]

    async def erase(self, subject: object) -> int:
        async with self._connection() as keys:
            rows = await keys.fetch(_ERASE, str(subject))
        self._cache.forget(str(subject))
        return len(rows)

    @asynccontextmanager
    async def _connection(self) -> "AsyncIterator[PoolConnectionProxy[asyncpg.Record]]":
        with _answers_busy():
            async with self._pool.acquire(timeout=ACQUIRE_TIMEOUT_S) as connection:
                yield connection

    def _check(self, audiences: set[Any]) -> None:
        if denied := audiences - self._granted:
            raise NotGranted(f"{self._service} may not have the keys of {', '.join(sorted(map(str, denied)))}")

    async def _living(self, places: set[_Place]) -> dict[_Place, DataKey]:
        found = {place: key for place in places if (key := self._cache.living(place))}
        for _ in range(3):  # once more where a key was erased between the two questions
            if not (missing := sorted(places - found.keys())):
                return found
            found |= {(key.subject, key.audience): key for key in await self._found_or_made(missing)}
        raise Busy("The keys of this person are being erased.")

    async def _found_or_made(self, places: list[_Place]) -> list[DataKey]:
        subjects, audiences = [each[0] for each in places], [each[1] for each in places]
        async with self._connection() as keys:
            rows = await keys.fetch(_LIVING, subjects, audiences)
            if absent := sorted(set(places) - {(row["subject"], row["audience"]) for row in rows}):
                await keys.execute(_ABSENT, *self._new(absent))
                rows = await keys.fetch(_LIVING, subjects, audiences)
        return [self._kept(row) for row in rows]

    def _new(self, places: list[_Place]) -> tuple[list[Any], ...]:
        kek = fingerprint(self._kek)
        rows = []
        for subject, audience in places:
            id_ = UUID(bytes=uuid_utils.uuid7().bytes)
            rows.append((id_, subject, audience, kek, wrapped(os.urandom(32), self._kek, id_, subject, audience)))
        return tuple(list(column) for column in zip(*rows, strict=True))

    async def _by_id(self, ids: set[UUID]) -> dict[UUID, DataKey]:
        found = {id_: key for id_ in ids if (key := self._cache.by_id(id_))}
        if missing := ids - found.keys():
            async with self._connection() as keys:
                rows = await keys.fetch(_BY_ID, list(missing))
            found |= {row["id"]: self._kept(row) for row in rows if row["wrapped"] is not None}
            if unknown := missing - {row["id"] for row in rows}:
                _log.warning("sealed values name data keys that are not here: %s", ", ".join(map(str, unknown)))
        return found

    def _kept(self, row: asyncpg.Record) -> DataKey:
        key = unwrapped(row["wrapped"], self._kek, row["id"], row["subject"], row["audience"])
        self._cache.keep(key)
        return key


@contextmanager
def _answers_busy() -> Iterator[None]:
    try:
        yield
    except (*UNREACHABLE, asyncpg.QueryCanceledError) as error:
        raise Busy("The keys of personal data are out of reach.") from error


@asynccontextmanager
async def postgres_keys(address: str, *, service: str, kek: bytes) -> AsyncIterator[PostgresKeys]:
    """The keys as `service` has them, at the address of its own user (Settings.keys)."""
    pool = await create_pool(address, f"{service} keys", size=4)
    try:
        yield PostgresKeys(pool, service=service, kek=kek)
    finally:
        await pool.close()
