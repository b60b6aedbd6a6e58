"""Connections that never wait for ever: every wait on Postgres has a deadline."""

from typing import Any, cast

import asyncpg

COMMAND_TIMEOUT_S = 10.0
CONNECT_TIMEOUT_S = 5.0
_SETTINGS = {
    "timezone": "UTC",
    "statement_timeout": "10s",
    "lock_timeout": "5s",
    "idle_in_transaction_session_timeout": "15s",
    "tcp_keepalives_idle": "10",
    "tcp_keepalives_interval": "5",
    "tcp_keepalives_count": "3",
}

BY_KEY = {"plan_cache_mode": "force_generic_plan", "enable_seqscan": "off", "jit": "off"}
"""For connections that run the same few statements by key: to plan each anew would cost more than to run it, and a plan
made while the log was empty must not scan it when it is long."""

UNREACHABLE = (
    OSError,
    TimeoutError,
    asyncpg.InterfaceError,
    asyncpg.PostgresConnectionError,
    asyncpg.AdminShutdownError,
    asyncpg.CrashShutdownError,
    asyncpg.CannotConnectNowError,
    asyncpg.TooManyConnectionsError,
    asyncpg.LockNotAvailableError,
    asyncpg.InternalClientError,
)
"""The database is away, went away or is held by somebody; what was under way may or may not have been committed."""


async def connect(dsn: str, name: str, **settings: str) -> "asyncpg.Connection[asyncpg.Record]":
    """One connection, its statements bounded. `name` shows in pg_stat_activity."""
    return await asyncpg.connect(
        dsn,
        timeout=CONNECT_TIMEOUT_S,
        command_timeout=COMMAND_TIMEOUT_S,
        server_settings=_SETTINGS | {"application_name": name} | settings,
    )


async def create_pool(dsn: str, name: str, *, size: int, **settings: str) -> "asyncpg.Pool[asyncpg.Record]":
    """A pool whose connections are bounded like single ones. Acquire with `timeout=ACQUIRE_TIMEOUT_S`."""
    options: dict[str, Any] = {"server_settings": _SETTINGS | {"application_name": name} | settings}
    pool = await asyncpg.create_pool(
        dsn, min_size=0, max_size=size, timeout=CONNECT_TIMEOUT_S, command_timeout=COMMAND_TIMEOUT_S, **options
    )
    return cast("asyncpg.Pool[asyncpg.Record]", pool)


ACQUIRE_TIMEOUT_S = 0.5
