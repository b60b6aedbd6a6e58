"""The mailbox's SMTP side: a real server that answers 250 only for what is on the disk."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import cast

from aiosmtpd.smtp import SMTP, Envelope, Session

from lectern_local.mailbox import Mailbox

_log = logging.getLogger(__name__)

MAIL_BYTES = 512 * 1024
SESSIONS = 64
"""With MAIL_BYTES this bounds the memory: a further caller is turned away and comes again."""
RECIPIENTS = 100
IDLE_SECONDS = 60.0
REFUSED = "@refused.invalid"
"""Nobody is there: 550. For showing what becomes of a notice that cannot be delivered."""
DEFERRED = "@deferred.invalid"
"""Not now: 451."""


@dataclass
class Faults:
    """What goes wrong on purpose, after the mail is kept: the connection is cut instead of answering."""

    drop_next: int = 0
    drop_every: int = 0
    """5 = every fifth reply is lost; 0 = none."""
    kept: int = 0
    dropped: int = 0

    def drops_this_reply(self) -> bool:
        self.kept += 1
        by_count, by_turn = self.drop_next > 0, self.drop_every > 0 and self.kept % self.drop_every == 0
        if by_count:
            self.drop_next -= 1
        if by_count or by_turn:
            self.dropped += 1
        return by_count or by_turn


class SmtpServer:
    """Takes mail for a mailbox. `quiet` makes the answer "this mail never came" final."""

    def __init__(self, mailbox: Mailbox, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self.faults = Faults()
        self.sessions: set[asyncio.Future[None]] = set()
        self._mailbox = mailbox
        self._now = now
        self._server: asyncio.Server | None = None
        logging.getLogger("mail.log").setLevel(logging.ERROR)  # it names every address otherwise

    async def start(self, host: str, port: int) -> int:
        """Listens; returns the port, which the system chose where 0 was asked for."""
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: _Door(self, loop), host, port)
        return int(self._server.sockets[0].getsockname()[1])

    async def stop(self) -> None:
        """No new mail; what was begun is kept or refused first, for at most two seconds."""
        if self._server:
            self._server.close()
            await self.quiet(2.0)

    async def quiet(self, seconds: float) -> bool:
        """Waits until every session that is open now has ended; False if one has not.

        Whoever sends a mail, loses the connection and then asks, asks after its session began here. Once that one has
        ended, nothing of it can be kept any more.
        """
        open_now = set(self.sessions)
        if not open_now:
            return True
        _, unfinished = await asyncio.wait(open_now, timeout=seconds)
        return not unfinished

    async def handle_RCPT(  # noqa: N802 - the name aiosmtpd calls
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if len(envelope.rcpt_tos) >= RECIPIENTS:
            return "452 4.5.3 Too many recipients"
        if address.lower().endswith(REFUSED):
            return "550 5.1.1 Nobody here has this address"
        if address.lower().endswith(DEFERRED):
            return "451 4.3.2 Not now, try again later"
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_exception(self, error: Exception) -> str:
        """A full disk is no reason to lose a mail: the sender keeps it."""
        _log.error("mail not kept: %s", error)
        return "451 4.3.0 Not kept, try again later"

    async def handle_DATA(self, server: "_Door", session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's name
        del session
        source = envelope.original_content or b""
        kept = self._mailbox.keep(source, envelope.mail_from or "", envelope.rcpt_tos, self._now())
        number = await server.finish(kept)
        if self.faults.drops_this_reply():
            server.cut()
        return f"250 2.0.0 Kept as mail {number}"


class _Door(SMTP):
    """One session. It counts as open until nothing of it can be kept any more."""

    def __init__(self, owner: SmtpServer, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(
            owner,
            data_size_limit=MAIL_BYTES,
            enable_SMTPUTF8=True,
            hostname="mailbox.localhost",
            ident="Lectern mailbox",
            timeout=IDLE_SECONDS,
            loop=loop,
        )
        self._owner = owner
        self._ended: asyncio.Future[None] = loop.create_future()
        self._keeping: asyncio.Task[int] | None = None
        self._taken = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        if len(self._owner.sessions) >= SESSIONS:
            full = cast("asyncio.Transport", transport)
            full.write(b"421 4.3.2 Too many sessions, come again in a moment\r\n")
            full.close()
        self._owner.sessions.add(self._ended)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        if self._keeping is None:
            self._end()
        else:
            self._keeping.add_done_callback(self._end)

    def data_received(self, data: bytes) -> None:
        """Cuts off who never ends a line: aiosmtpd would keep all of it."""
        self._taken += len(data)
        if self._taken > 2 * MAIL_BYTES:
            self.cut()
        else:
            super().data_received(data)

    async def finish(self, keeping: "asyncio._CoroutineLike[int]") -> int:
        """Sees it through even when the caller is gone meanwhile."""
        self._taken = 0
        self._keeping = self.loop.create_task(keeping)
        return await asyncio.shield(self._keeping)

    def cut(self) -> None:
        if self.transport is not None:
            cast("asyncio.Transport", self.transport).abort()

    def _end(self, kept: "asyncio.Task[int] | None" = None) -> None:
        if kept and not kept.cancelled():
            kept.exception()  # seen: the session got 451, or was gone
        self._owner.sessions.discard(self._ended)
        if not self._ended.done():
            self._ended.set_result(None)
