"""The mail server: hands one mail over, and says for certain what became of it or that nobody knows."""

import asyncio
from contextlib import suppress
from dataclasses import dataclass

import aiosmtplib

from lectern.eventlog.effects import NoAnswer, NotDone
from notifications.mail import Mail

COMMAND_SECONDS = 5.0
WHOLE_SECONDS = 15.0
"""Shorter than the effects' own deadline, so that it is known how far a mail came."""
_AWAY = (aiosmtplib.SMTPException, OSError, TimeoutError, ValueError)


@dataclass(frozen=True)
class Taken:
    """The server is responsible for it now. `unreached` are the reply codes for addresses it refused beside others."""

    unreached: tuple[str, ...] = ()


@dataclass(frozen=True)
class Refused:
    """The server will never take it."""

    code: str


class MailServer:
    """A relay that knows us by our network. Speaks TLS where it offers to."""

    def __init__(self, host: str, port: int, *, seconds: float = WHOLE_SECONDS) -> None:
        self._host = host
        self._port = port
        self._seconds = seconds

    async def deliver(self, mail: Mail) -> Taken | Refused:
        """Raises NotDone when surely nothing was taken, NoAnswer when the mail was handed over and no reply came."""
        session = _Session(self._host, self._port, mail)
        try:
            async with asyncio.timeout(self._seconds):
                answer = await session.deliver()
            await session.quit()
        except aiosmtplib.SMTPResponseException as reply:
            return session.refused(reply.code)
        except _AWAY as error:
            raise session.away(type(error).__name__) from error
        finally:
            session.close()
        return answer


class _Session:
    """One connection for one mail: whoever asks afterwards what became of it finds no session left open."""

    def __init__(self, host: str, port: int, mail: Mail) -> None:
        self._mail = mail
        self._handed_over = False
        self._client = aiosmtplib.SMTP(
            hostname=host, port=port, timeout=COMMAND_SECONDS, local_hostname=mail.sender.rpartition("@")[2]
        )

    async def deliver(self) -> Taken | Refused:
        await self._client.connect()
        await self._client.mail(self._mail.sender)
        codes = [await self._recipient(each) for each in self._mail.recipients]
        refused = [code for code in codes if code]
        if len(refused) == len(codes):
            return self.refused(min(refused))
        self._handed_over = True
        await self._client.data(self._mail.source)
        return Taken(tuple(str(code) for code in refused))

    async def _recipient(self, address: str) -> int | None:
        """The reply's code, where it is no."""
        try:
            await self._client.rcpt(address)
        except aiosmtplib.SMTPRecipientRefused as reply:
            return reply.code
        return None

    def refused(self, code: int) -> Refused:
        """Raises NotDone for a reply that says: not now. What is no reply at all is no answer."""
        if 500 <= code < 600:
            return Refused(str(code))
        if 400 <= code < 500:
            raise NotDone(f"the mail server answered {code}")
        raise self.away(f"reply {code}")

    def away(self, why: str) -> NoAnswer | NotDone:
        if self._handed_over:
            return NoAnswer(f"no reply after the mail: {why}")
        return NotDone(f"the mail server was not reached: {why}")

    async def quit(self) -> None:
        with suppress(*_AWAY):
            await self._client.quit(timeout=1.0)

    def close(self) -> None:
        self._client.close()
