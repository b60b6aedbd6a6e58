"""A service with a life: its pools, writer, followers and edges in one process, started and stopped together.

`python -m district_worklog --role serve` runs pages, writer, intake, views and deadlines; `--role effects` acts on
intents; `--role migrate` brings the service's database up to date and ends.
"""

import argparse
import asyncio
import gc
import sys
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import structlog
import uvicorn
import uvloop
from fastapi import FastAPI

from lectern.eventlog.database import UNREACHABLE, create_pool
from lectern.eventlog.deadlines import Ticker
from lectern.eventlog.effects_process import Effects
from lectern.eventlog.folder import Folder
from lectern.eventlog.followers import Follower
from lectern.eventlog.holders import Holders
from lectern.eventlog.keys.postgres import PostgresKeys
from lectern.eventlog.log import Log
from lectern.eventlog.people import People
from lectern.eventlog.signal import Tail
from lectern.eventlog.writer import Writer
from lectern.runtime.freshness import Freshness
from lectern.runtime.health import Health
from lectern.runtime.hearing import hearing
from lectern.runtime.ids import new_id
from lectern.runtime.logs import set_up_logs
from lectern.runtime.migrations import MigrationError, migrate_service
from lectern.runtime.parked import parked_routes
from lectern.runtime.running import Running, cabinet_of, codec_of, migrations_of, views_of
from lectern.runtime.service import Service
from lectern.runtime.settings import KEPT_ALIVE_S, Settings, SettingsError
from lectern.web import Accounts, bare_app

log = structlog.get_logger(__name__)

Task = Callable[[], Awaitable[Any]]


class Process:
    """The parts that both roles have: writer, pools, keys. Opened by `open`, closed with the stack."""

    def __init__(self, service: Service, settings: Settings) -> None:
        self.service = service
        self.settings = settings
        self.signal = Tail()
        self.codec = codec_of(service)
        self.writer = Writer(
            self.dsn("writer"),
            service.name,
            self.codec,
            command_key=settings.command_key,
            new_id=new_id,
            signal=self.signal,
        )
        self.folder = Folder(self.dsn("folder"), self.codec, views_of(service), self.signal)

    def dsn(self, role: Any) -> str:
        return self.settings.database(self.service.name, role)

    def keyed(self, keys: PostgresKeys) -> list[Follower]:
        """The followers that hold keys: what is searched by name."""
        wanted: list[type[People | Holders]] = [People] if self.service.people else []
        wanted += [Holders] if self.service.holders else []
        return [each(self.dsn("folder"), self.codec, keys, self.signal) for each in wanted]

    async def open(self, stack: AsyncExitStack) -> Running:
        """Opens the pools (a connection is made when one is used)."""
        name = self.service.name
        self.pool = await stack.enter_async_context(await create_pool(self.dsn("writer"), f"{name} streams", size=4))
        readers = await stack.enter_async_context(await create_pool(self.dsn("reader"), f"{name} pages", size=8))
        web = await stack.enter_async_context(await create_pool(self.dsn("web"), f"{name} accounts", size=4))
        keys = await stack.enter_async_context(await create_pool(self.settings.keys(name), f"{name} keys", size=3))
        self.log = Log(self.writer, self.pool, self.codec, answer_within=self.settings.answer_within_s)
        self.freshness = Freshness(self.folder, self.log)
        self.running = Running(
            settings=self.settings,
            service=self.service,
            codec=self.codec,
            log=self.log,
            keys=PostgresKeys(keys, service=name, kek=self.settings.kek),
            accounts=Accounts(web, self.settings.command_key),
            freshness=self.freshness,
            readers=readers,
            web=web,
            cabinet=cabinet_of(self.settings, name),
        )
        return self.running

    def effects(self) -> Effects:
        """Only after `open`, and where the service has some."""
        assert self.service.effects is not None  # noqa: S101 - callers look
        return Effects(
            self.dsn("writer"),
            self.codec,
            self.service.effects(self.running),
            self.log,
            self.signal,
            now=self.running.now,
            worker=new_id(),
        )


async def serve(service: Service, settings: Settings) -> None:
    """Pages, API, writer, intake, views, relay and deadlines. Returns after SIGTERM or SIGINT."""
    async with AsyncExitStack() as stack:
        process = Process(service, settings)
        running = await process.open(stack)
        app = bare_app()
        if service.routes is not None:
            service.routes(app, running)
        tasks: list[Task] = [process.writer.run, process.freshness.watch]
        if service.deadlines:
            ticker = Ticker(process.pool, service.deadlines, process.log, now=running.now, new_id=new_id)
            tasks.append(ticker.run)
        followers: list[Follower] = [process.folder]
        followers += process.keyed(running.keys)
        heard = await stack.enter_async_context(hearing(service, settings, process.writer, process.pool))
        app.include_router(parked_routes(heard.ear, process.writer, process.pool))
        followers.append(heard.relay)
        if service.chores is not None:
            tasks += service.chores(running)
        if service.effects is not None and service.effects_beside:
            acting = process.effects()
            followers.append(acting)
            tasks.append(lambda: acting.sweep_for_ever(process.pool))
        tasks += [each.run for each in followers if each is not heard.relay]
        tasks += heard.tasks
        health = Health(service.name, "serve", process.pool, followers=followers, lag=lambda: heard.lag)
        await _run(app, health, settings, tasks)


async def work(service: Service, settings: Settings) -> None:
    """Acts on intents. Returns after SIGTERM or SIGINT."""
    if service.effects is None:
        raise SettingsError(f"{service.name} has no effects.")
    async with AsyncExitStack() as stack:
        process = Process(service, settings)
        await process.open(stack)
        effects = process.effects()
        health = Health(service.name, "effects", process.pool, followers=[effects])
        tasks: list[Task] = [process.writer.run, effects.run, lambda: effects.sweep_for_ever(process.pool)]
        await _run(FastAPI(openapi_url=None), health, settings, tasks)


async def _run(app: FastAPI, health: Health, settings: Settings, tasks: list[Task]) -> None:
    """Everything at once; the end of one is the end of all."""
    app.include_router(health.router())
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            host=settings.host,
            port=settings.port,
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            timeout_graceful_shutdown=5,
            timeout_keep_alive=KEPT_ALIVE_S,
        )
    )
    gc.collect()
    gc.freeze()  # modules and wiring stay for ever: the collector need not look at them again and again
    async with asyncio.TaskGroup() as group:
        running = [group.create_task(_named(task)) for task in tasks]
        await server.serve()
        for task in running:
            task.cancel()


async def _named(task: Task) -> None:
    await task()


async def migrate(service: Service, settings: Settings) -> None:
    """Brings the service's database up to date and returns; its users are there already."""
    for name in await migrate_service(settings.database_url, service.name, migrations_of(service)):
        log.info("migrated", migration=name)


_ROLES = {"serve": serve, "effects": work, "migrate": migrate}


def main(service: Service) -> None:
    """The command line of a service. Exit codes: 0 done, 1 a part failed, 2 wrong settings, 3 not reachable."""
    parser = argparse.ArgumentParser(prog=service.name, description=(service.__doc__ or "").partition("\n")[0])
    parser.add_argument("--role", choices=("serve", "effects", "migrate"), default="serve")
    role = parser.parse_args().role
    set_up_logs(service.name, role)
    try:
        settings = Settings.load()
        uvloop.run(_ROLES[role](service, settings))
    except (SettingsError, MigrationError) as error:
        print(error, file=sys.stderr)  # noqa: T201 - this is the command line
        raise SystemExit(2) from None
    except UNREACHABLE as error:
        log.error("not reachable", error=repr(error))  # noqa: TRY400 - the sentence is enough
        raise SystemExit(3) from None
    except ExceptionGroup as errors:
        for each in errors.exceptions:
            log.critical("a part ended, and the process with it", error=repr(each), exc_info=each)
        raise SystemExit(1) from None
