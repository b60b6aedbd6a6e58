"""A scanner says clean or what it found; anything else is no answer, and the file waits."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager

import pytest
from clamd_played import Played, played
from files_given import EICAR

from lectern.files import ClamdScanner, NoScanner, Scan, scanner_at
from lectern.files.scanning import REST_S, ScannerAway

Served = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


@pytest.fixture
def clamd() -> Iterator[Played]:
    with played() as playing:
        yield playing


async def _chunks(*parts: bytes) -> AsyncIterator[bytes]:
    for part in parts:
        yield part


@asynccontextmanager
async def _answering(answer: bytes, *, wait: bool = False) -> AsyncIterator[int]:
    async def served(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\0")
        if wait:
            await reader.read()
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(served, "127.0.0.1", 0)
    try:
        yield server.sockets[0].getsockname()[1]
    finally:
        server.close()


async def test_says_what_is_clean_and_what_is_not(clamd: Played) -> None:
    scanner = ClamdScanner("127.0.0.1", clamd.port)

    assert await scanner.scan(_chunks(b"a", b"", b"b" * 200_000)) == Scan()
    assert await scanner.scan(_chunks(EICAR[:30], EICAR[30:])) == Scan(found="Win.Test.EICAR_HDB-1")


async def test_a_killed_scanner_is_away_and_then_left_alone_for_a_while(
    clamd: Played,
) -> None:
    now = 0.0
    scanner = ClamdScanner("127.0.0.1", clamd.port, clock=lambda: now)
    clamd.kill()

    with pytest.raises(ScannerAway, match="Refused"):
        await scanner.scan(_chunks(b"a"))
    with pytest.raises(ScannerAway, match="a moment ago"):
        await scanner.scan(_chunks(b"a"))
    now = REST_S
    with pytest.raises(ScannerAway, match="Refused"):
        await scanner.scan(_chunks(b"a"))


@pytest.mark.parametrize(
    "answer", [b"", b"stream: OK", b"INSTREAM size limit exceeded. ERROR\0", b"UNKNOWN COMMAND\0", b"\0", b"x" * 9000]
)
async def test_what_is_no_verdict_is_no_answer(answer: bytes) -> None:
    async with _answering(answer) as port:
        with pytest.raises(ScannerAway):
            await ClamdScanner("127.0.0.1", port).scan(_chunks(b"a"))


async def test_a_scanner_that_hangs_is_away() -> None:
    async with _answering(b"stream: OK\0", wait=True) as port:
        with pytest.raises(ScannerAway, match="Timeout"):
            await ClamdScanner("127.0.0.1", port, answer_s=0.2).scan(_chunks(b"a"))


async def test_no_scanner_is_a_setting_and_says_so() -> None:
    assert await NoScanner().scan(_chunks(b"a")) == Scan(scanned=False)
    assert isinstance(scanner_at("none"), NoScanner)
    assert isinstance(scanner_at("clamd://127.0.0.1:3310"), ClamdScanner)


@pytest.mark.parametrize("address", ["", "off", "127.0.0.1:3310", "clamd://", "clamd://host", "tcp://host:1"])
def test_knows_clamd_and_none_only(address: str) -> None:
    with pytest.raises(ValueError, match="neither"):
        scanner_at(address)
