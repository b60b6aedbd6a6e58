"""Data keys in memory: a bounded number, the least used leave first, and none stays longer than a minute, so that an
erased key is soon gone from every process."""

import time
from collections import OrderedDict
from collections.abc import Callable
from uuid import UUID

from lectern.contracts.sealed import Audience
from lectern.eventlog.keys.sealing import DataKey

LIFETIME = 60.0
"""Seconds."""


class KeyCache:
    def __init__(self, size: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._size = size
        self._clock = clock
        self._keys: OrderedDict[UUID, tuple[float, DataKey]] = OrderedDict()
        self._living: dict[tuple[str, Audience], UUID] = {}

    def keep(self, key: DataKey) -> None:
        self._keys[key.id] = (self._clock() + LIFETIME, key)
        self._keys.move_to_end(key.id)
        self._living[key.subject, key.audience] = key.id
        while len(self._keys) > self._size:
            self._drop(next(iter(self._keys)))

    def by_id(self, id_: UUID) -> DataKey | None:
        if (kept := self._keys.get(id_)) is None:
            return None
        until, key = kept
        if self._clock() >= until:
            self._drop(id_)
            return None
        self._keys.move_to_end(id_)
        return key

    def living(self, place: tuple[str, Audience]) -> DataKey | None:
        id_ = self._living.get(place)
        return None if id_ is None else self.by_id(id_)

    def forget(self, subject: str) -> None:
        for id_ in [id_ for id_, (_, key) in self._keys.items() if key.subject == subject]:
            self._drop(id_)

    def _drop(self, id_: UUID) -> None:
        _, key = self._keys.pop(id_)
        if self._living.get((key.subject, key.audience)) == id_:
            del self._living[key.subject, key.audience]
