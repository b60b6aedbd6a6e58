"""Where bytes stand: a port with one implementation over any store that obstore knows, a directory or a bucket.

A service writes below its own name only and may read below others'; a bucket's policy says the same again.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Awaitable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar
from urllib.parse import unquote, urlsplit
from uuid import UUID

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, MemoryStore, ObjectStore, S3Store

from lectern.eventlog.errors import Busy

T = TypeVar("T")
READ = 256 * 1024
WITHIN_S = 30.0
"""A store that needs longer for one file is away."""


class Missing(LookupError):  # noqa: N818 - an answer
    """Nothing stands there."""


@dataclass(frozen=True)
class Place:
    """Whose it is, which application it is about, which file. Nothing personal stands in it."""

    owner: str
    about: UUID
    id: UUID

    @property
    def path(self) -> str:
        return f"{self.owner}/{self.about}/{self.id}"


@dataclass(frozen=True)
class Standing:
    """What stands in the store: where, how many bytes, since when (UTC)."""

    place: Place
    size: int
    since: datetime


class Files(Protocol):
    """What every store does; shared/tests/files/test_stores.py holds each to it. All raise Busy while it is away."""

    async def put(self, place: Place, data: bytes) -> None:
        """All of it or nothing, and kept over a loss of power once this returns."""
        ...

    def read(self, place: Place) -> AsyncIterator[bytes]:
        """Raises Missing."""
        ...

    async def remove(self, place: Place) -> None:
        """Gone afterwards, also where it was gone before."""
        ...

    def standing(self, owner: str) -> AsyncIterator[Standing]:
        """Everything below this owner; what is none of ours is passed over."""
        ...


class ObjectFiles:
    """See Files."""

    def __init__(self, store: ObjectStore, directory: Path | None = None) -> None:
        self._store = store
        self._directory = directory

    async def put(self, place: Place, data: bytes) -> None:
        await _answer(obstore.put_async(self._store, place.path, data))
        if self._directory is not None:
            await _answer(asyncio.to_thread(_synced, self._directory / place.path))

    async def read(self, place: Place) -> AsyncIterator[bytes]:
        found = await _answer(obstore.get_async(self._store, place.path))
        chunks = aiter(found.stream(min_chunk_size=READ))
        while (chunk := await _answer(_next(chunks))) is not None:
            yield bytes(chunk)

    async def remove(self, place: Place) -> None:
        with suppress(Missing):
            await _answer(obstore.delete_async(self._store, place.path))

    async def standing(self, owner: str) -> AsyncIterator[Standing]:
        pages = aiter(obstore.list(self._store, prefix=owner, chunk_size=500))
        while (page := await _answer(_next(pages))) is not None:
            for each in page:
                if (place := _place(each["path"])) is not None:
                    yield Standing(place, each["size"], each["last_modified"])


async def _next(items: AsyncIterator[T]) -> T | None:
    return await anext(items, None)


async def _answer(asked: Awaitable[T]) -> T:
    """Raises Missing; Busy for whatever a store says that is away or too slow."""
    try:
        async with asyncio.timeout(WITHIN_S):
            return await asked
    except FileNotFoundError as error:
        raise Missing(str(error)) from None
    except (BaseError, OSError) as error:
        raise Busy("The files are out of reach.") from error


def _place(path: str) -> Place | None:
    try:
        owner, about, id_ = path.split("/")
        return Place(owner, UUID(about), UUID(id_))
    except ValueError:
        return None


def _synced(path: Path) -> None:
    """A file is there after a loss of power when it and its folders were written out."""
    for each in (path, path.parent, path.parent.parent):
        handle = os.open(each, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def files_at(url: str) -> ObjectFiles:
    """file:///folder, or s3://bucket/prefix with credentials from the usual AWS_ variables. Raises ValueError."""
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        directory = Path(unquote(parts.path))
        return ObjectFiles(LocalStore(directory, mkdir=True), directory)
    if parts.scheme == "s3" and parts.netloc:
        return ObjectFiles(S3Store.from_url(url))
    raise ValueError("is neither file:///folder nor s3://bucket/prefix")


def files_in_memory() -> ObjectFiles:
    """For tests: gone with the process."""
    return ObjectFiles(MemoryStore())
