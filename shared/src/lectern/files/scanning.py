"""The port to a virus scanner. Nothing is handed out before one said clean, or a setting says that there is none."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import Protocol

CONNECT_S = 3.0
ANSWER_S = 15.0
REST_S = 10.0
"""A scanner that did not answer is left alone for so long, so that nothing else waits behind it."""
_LONGEST_ANSWER = 4096


class ScannerAway(Exception):  # noqa: N818 - an answer
    """It was not reached, or did not answer in time, or could not say: the file waits and is scanned later."""


@dataclass(frozen=True)
class Scan:
    """What was found; nothing is ''. `scanned` is False where no scanner is configured."""

    found: str = ""
    scanned: bool = True


class Scanner(Protocol):
    async def scan(self, chunks: AsyncIterator[bytes]) -> Scan:
        """Raises ScannerAway."""
        ...


class NoScanner:
    """Somebody decided that there is none; pages say so."""

    async def scan(self, chunks: AsyncIterator[bytes]) -> Scan:
        async for _ in chunks:
            pass  # bytes that cannot be read are not released, whoever looks at them
        return Scan(scanned=False)


class ClamdScanner:
    """clamd over TCP: one connection a file, its INSTREAM command."""

    def __init__(
        self, host: str, port: int, *, answer_s: float = ANSWER_S, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._host, self._port, self._answer_s = host, port, answer_s
        self._clock = clock
        self._rests_until = 0.0

    async def scan(self, chunks: AsyncIterator[bytes]) -> Scan:
        if self._clock() < self._rests_until:
            raise ScannerAway("it did not answer a moment ago")
        try:
            async with asyncio.timeout(self._answer_s):
                return _verdict(await self._asked(chunks))
        except (OSError, EOFError, TimeoutError) as error:
            self._rests_until = self._clock() + REST_S
            raise ScannerAway(repr(error)) from None

    async def _asked(self, chunks: AsyncIterator[bytes]) -> bytes:
        async with asyncio.timeout(CONNECT_S):
            reader, writer = await asyncio.open_connection(self._host, self._port, limit=_LONGEST_ANSWER)
        try:
            writer.write(b"zINSTREAM\0")
            async for chunk in chunks:
                if chunk:
                    writer.write(len(chunk).to_bytes(4) + chunk)
                    await writer.drain()
            writer.write(bytes(4))
            await writer.drain()
            return await reader.readuntil(b"\0")
        except asyncio.LimitOverrunError:
            raise EOFError("an answer without an end") from None
        finally:
            writer.close()


def _verdict(answer: bytes) -> Scan:
    """`stream: OK`, `stream: Win.Test.EICAR_HDB-1 FOUND`, or an error, which is no verdict."""
    words = answer.rstrip(b"\0\n").decode("ascii", "replace").removeprefix("stream: ")
    if words == "OK":
        return Scan()
    if words.endswith(" FOUND"):
        return Scan(found=words.removesuffix(" FOUND")[:200])
    raise ScannerAway(words[:200])


def scanner_at(address: str) -> Scanner:
    """`clamd://host:port`, or `none` where somebody decided so. Raises ValueError."""
    if address == "none":
        return NoScanner()
    scheme, found, rest = address.partition("://")
    host, colon, port = rest.rpartition(":")
    if scheme != "clamd" or not found or not host or not colon or not port.isdecimal():
        raise ValueError("is neither clamd://host:port nor none")
    return ClamdScanner(host.strip("[]"), int(port))
