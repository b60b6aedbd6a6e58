"""What stands outside of Lectern on this machine, in one process: the mailbox and the payment sandbox.

    python -m lectern_local.outside

Both keep everything in their folders, so that a killed one goes on where it was. SIGTERM stops them.
"""

import asyncio
import contextlib
import logging
import signal
import sqlite3
import sys
from collections.abc import AsyncIterator, Iterator, Mapping
from pathlib import Path
from secrets import token_bytes
from urllib.parse import urlsplit

import httpx
import uvicorn
from fastapi import APIRouter, FastAPI
from pydantic import Field

from lectern.runtime.logs import set_up_logs
from lectern.runtime.settings import KEPT_ALIVE_S, Environment, Key, Names, SettingsError, host_and_port
from lectern.web import NavLink, Site, WebSettings, create_app
from lectern_local import mailbox_http, payments_http, start_page
from lectern_local.mailbox import Mailbox
from lectern_local.mailbox_smtp import SmtpServer
from lectern_local.payments_store import Payments
from lectern_local.payments_webhooks import Webhooks

STOP_SECONDS = 3


class OutsideSettings(Environment):
    mail: Path
    """The mailbox's folder; made where it is missing."""
    payment_data: Path
    """The sandbox's folder."""
    smtp: str
    """host:port where mail is taken."""
    urls: Names
    """Public addresses; the ones of `mailbox` and `payments` say where to listen."""
    host: str = "127.0.0.1"
    """The address to listen on."""
    payment_secret: Key = Field(repr=False)
    """What the sandbox signs its webhooks with."""
    demo: bool = True
    """Pages say Demonstration."""
    official_banner: str = ""
    """The words of the official-website banner; without them there is none."""
    assets: Path | None = None
    """Folder of the built page assets, with its manifest.json."""
    welcome: Path | None = None
    """The platform's directory, where `up` leaves what the start page shows; without it there is no such page."""

    def address(self, name: str) -> tuple[str, int]:
        """The public base address, and its port. Raises SettingsError."""
        try:
            parts = urlsplit(self.urls[name])
            return self.urls[name].rstrip("/"), parts.port or {"http": 80, "https": 443}[parts.scheme]
        except (KeyError, ValueError):
            raise SettingsError(f"LECTERN_URLS does not name {name}.") from None


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
        mailbox = Mailbox(settings.mail)
        stack.callback(mailbox.close)
        payments = Payments(settings.payment_data)
        stack.callback(payments.close)
        client = await stack.enter_async_context(httpx.AsyncClient(trust_env=False))
        webhooks = Webhooks(payments, settings.payment_secret, client)
        smtp = SmtpServer(mailbox)
        await smtp.start(*host_and_port(settings.smtp))
        stack.push_async_callback(smtp.stop)
        public, port = settings.address("payments")
        sandbox = payments_http.Sandbox(payments, settings.payment_secret, public, webhooks.look)
        mails = [mailbox_http.pages(mailbox), mailbox_http.api(mailbox, smtp)]
        apps = {
            settings.address("mailbox")[1]: _app(MAILBOX, settings, *mails),
            port: _app(PAYMENTS, settings, payments_http.routes(sandbox)),
        }
        if settings.welcome is not None:
            start = start_page.routes(settings.welcome, settings.urls)
            apps[settings.address("start")[1]] = _app(start_page.START, settings, start)
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
                app, host, port, loop="none", log_config=None, access_log=False, server_header=False,
                timeout_graceful_shutdown=STOP_SECONDS,
                timeout_keep_alive=KEPT_ALIVE_S, limit_concurrency=200,
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
    set_up_logs("outside", "serve")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    try:
        asyncio.run(main(OutsideSettings.load()))
    except (SettingsError, OSError, sqlite3.Error) as problem:
        sys.exit(f"outside: {problem}")
