"""What stands outside of Lectern on this machine, in one process: the mailbox and the payment sandbox.

    python -m lectern_local.outside

Both keep everything below LECTERN_OUTSIDE_DATA, so that a killed one goes on where it was. SIGTERM stops them.
"""

import asyncio
import contextlib
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from secrets import token_bytes

import httpx
import uvicorn
from fastapi import APIRouter, FastAPI
from pydantic import Field

from lectern.runtime.settings import Environment, Key, Names, SettingsError, host_and_port
from lectern.web import NavLink, Site, WebSettings, create_app
from lectern_local import mailbox_http, payments_http
from lectern_local.mailbox import Mailbox
from lectern_local.mailbox_smtp import SmtpServer
from lectern_local.payments_store import Payments
from lectern_local.payments_webhooks import Webhooks

STOP_SECONDS = 3


class OutsideSettings(Environment):
    outside_data: Path
    """The folder for mails and payments; made where it is missing."""
    host: str = "127.0.0.1"
    port: int = Field(default=8405, ge=1, le=65535)
    """The payment sandbox."""
    mailbox_port: int = Field(default=8406, ge=1, le=65535)
    """The mailbox's pages and lists."""
    smtp: str = "127.0.0.1:8407"
    """host:port where mail is taken."""
    payment_secret: Key = Field(repr=False)
    urls: Names = Field(default_factory=dict)
    demo: bool = True
    official_banner: str = ""
    assets: Path | None = None


MAILBOX = Site(
    service="mailbox",
    package="lectern_local",
    subtitle=lambda _: ("Local mailbox", "Every email of this installation"),
    roles=(),
    nav=lambda _: (NavLink("Emails", "/"),),
    machine_paths=("/api/", "/healthz"),
    wide=True,
)
PAYMENTS = Site(
    service="payments",
    package="lectern_local",
    subtitle=lambda _: ("Payment sandbox", "No money moves"),
    roles=(),
    machine_paths=("/v1/", "/pay/", "/healthz"),
    form_targets=("applications",),
)


async def main(settings: OutsideSettings) -> None:
    """Runs until SIGTERM or SIGINT. Raises OSError or sqlite3.Error when it cannot begin."""
    async with contextlib.AsyncExitStack() as stack:
        mailbox = Mailbox(settings.outside_data)
        stack.callback(mailbox.close)
        payments = Payments(settings.outside_data)
        stack.callback(payments.close)
        client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        webhooks = Webhooks(payments, settings.payment_secret, client)
        smtp = SmtpServer(mailbox)
        await smtp.start(*host_and_port(settings.smtp))
        stack.push_async_callback(smtp.stop)
        sandbox = payments_http.Sandbox(payments, settings.payment_secret, _public(settings), webhooks.look)
        mails = [mailbox_http.pages(mailbox), mailbox_http.api(mailbox, smtp)]
        apps = {
            settings.mailbox_port: _app(MAILBOX, settings, *mails),
            settings.port: _app(PAYMENTS, settings, payments_http.routes(sandbox)),
        }
        await stack.enter_async_context(_working(webhooks))
        await _serve(settings.host, apps)


def _app(site: Site, settings: OutsideSettings, *routers: APIRouter) -> FastAPI:
    web = WebSettings(
        secret=token_bytes(32),
        demo=settings.demo,
        official_banner=settings.official_banner,
        assets=settings.assets,
        urls=settings.urls,
        service=site.service,
    )
    return create_app(site, web, routers=[*routers, _health()])


def _health() -> APIRouter:
    router = APIRouter()

    @router.get("/healthz")
    async def get_health() -> Mapping[str, bool]:
        return {"ok": True}

    return router


def _public(settings: OutsideSettings) -> str:
    return settings.urls.get("payments", f"http://{settings.host}:{settings.port}").rstrip("/")


@contextlib.asynccontextmanager
async def _working(webhooks: Webhooks) -> AsyncIterator[None]:
    """A worker that fails takes the process with it: the supervisor starts it again."""
    async with asyncio.TaskGroup() as tasks:
        worker = tasks.create_task(webhooks.run())
        yield
        worker.cancel()


async def _serve(host: str, apps: Mapping[int, FastAPI]) -> None:
    servers = [
        _Server(
            uvicorn.Config(
                app, host, port, loop="none", log_level="warning", access_log=False, server_header=False,
                timeout_graceful_shutdown=STOP_SECONDS, limit_concurrency=200,
            )
        )
        for port, app in apps.items()
    ]  # fmt: skip

    def stop() -> None:
        for server in servers:
            server.should_exit = True

    loop = asyncio.get_running_loop()
    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, stop)
    async with asyncio.TaskGroup() as tasks:
        for server in servers:
            tasks.create_task(server.serve())


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Signals are the process's, which has two servers."""
        yield


if __name__ == "__main__":
    try:
        asyncio.run(main(OutsideSettings.load()))
    except (SettingsError, OSError, sqlite3.Error) as problem:
        sys.exit(f"outside: {problem}")
