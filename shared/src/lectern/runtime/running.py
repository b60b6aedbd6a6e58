"""What routes and effects of a running service work with, and what its database needs."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import asyncpg

from lectern.contracts.hearing import HEARS, PUBLIC_FACTS
from lectern.eventlog.codec import Codec
from lectern.eventlog.database import ACQUIRE_TIMEOUT_S
from lectern.eventlog.effects import EFFECT_FACTS, open_effects
from lectern.eventlog.errors import Busy
from lectern.eventlog.holders import holders_table
from lectern.eventlog.keys.postgres import PostgresKeys
from lectern.eventlog.log import Log
from lectern.eventlog.people import people_seen, people_table
from lectern.eventlog.reacting import ReactionRefused
from lectern.eventlog.tables import table_of
from lectern.eventlog.views import View
from lectern.files import Cabinet, Scanner, files_at, scanner_at
from lectern.runtime.freshness import Freshness
from lectern.runtime.migrations import Migration, from_package
from lectern.runtime.service import Service
from lectern.runtime.settings import Settings, SettingsError
from lectern.web import Accounts

if TYPE_CHECKING:
    from asyncpg.pool import PoolConnectionProxy


def views_of(service: Service) -> tuple[View[Any], ...]:
    """The service's views, and the kit's own where it has effects."""
    return (*service.views, *((open_effects,) if service.effects else ()))


def codec_of(service: Service) -> Codec:
    """Its own facts, the kit's, and those of the streams it hears."""
    hears = HEARS[service.name]
    heard = [fact for fact in PUBLIC_FACTS if (fact.publisher, fact.stream) in hears]
    return Codec(service.name, (*service.facts, *EFFECT_FACTS, ReactionRefused), heard)


def migrations_of(service: Service) -> list[Migration]:
    """Everything a service's database needs: the log, the page kit's accounts, its own, and its views' tables."""
    versions = " ".join(f"{view.name}:{view.version}" for view in views_of(service))
    own = sorted(service.migrations.glob("*.sql")) if service.migrations.is_dir() else []
    return [
        *from_package("lectern.eventlog"),
        *from_package("lectern.web"),
        *(Migration(f"{service.name}/{file.name}", file.read_text(encoding="utf-8")) for file in own),
        *(Migration(f"view/{view.name}:{view.version}", table_of(view)) for view in views_of(service)),
        *([Migration("people", people_table(service.people_first or service.people))] if service.people else []),
        *([Migration(f"people of {versions}", people_seen(service.people))] if service.people else []),
        *([Migration("holders", holders_table(service.holders))] if service.holders else []),
    ]


def cabinet_of(settings: Settings, service: str) -> Cabinet | None:
    """Raises SettingsError."""
    if settings.files is None:
        return None
    try:
        return Cabinet(files_at(settings.files), service)
    except ValueError as error:
        raise SettingsError(f"LECTERN_FILES {error}.") from None


def scanner_of(settings: Settings) -> Scanner:
    """Raises SettingsError."""
    try:
        return scanner_at(settings.scanner or "")
    except ValueError as error:
        raise SettingsError(f"LECTERN_SCANNER {error}.") from None


@dataclass(frozen=True)
class Running:
    """What routes and effects of a service work with."""

    settings: Settings
    service: Service
    codec: Codec
    log: Log
    keys: PostgresKeys
    accounts: Accounts
    freshness: Freshness
    readers: "asyncpg.Pool[asyncpg.Record]"
    web: "asyncpg.Pool[asyncpg.Record]"
    """As the role web: users and sessions, and what a service grants it besides."""
    cabinet: Cabinet | None = None
    """The files people hand in; None where none are taken."""

    @asynccontextmanager
    async def read(self, **tenant: object) -> AsyncIterator["PoolConnectionProxy[asyncpg.Record]"]:
        """A read-only transaction as the reader role: rows of this tenant only (`district=`, `educator=`, `role=`).

        Raises Busy where no connection comes free in time.
        """
        try:
            async with self.readers.acquire(timeout=ACQUIRE_TIMEOUT_S) as db, db.transaction(readonly=True):
                if tenant:
                    names = ", ".join(f"set_config('lectern.{name}', ${n}, true)" for n, name in enumerate(tenant, 1))
                    # sql: the names are keywords of our own calls
                    await db.execute(f"select {names}", *(str(value) for value in tenant.values()))
                yield db
        except TimeoutError:
            raise Busy("No connection in time.") from None

    def now(self) -> datetime:
        """This instant, in UTC. Only edges ask; rules get it as a value."""
        return datetime.now(UTC)
