"""`python clamd_played.py PORT`: speaks clamd's INSTREAM over TCP, and finds EICAR and what says FIND-ME.

A process of its own, so that a test can kill it. It is no scanner; the protocol is the real one.
"""

import asyncio
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

EICAR = b"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!"
MOST = 25 * 1024 * 1024


async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(OSError, EOFError):
        command = await reader.readuntil(b"\0")
        if command == b"zPING\0":
            writer.write(b"PONG\0")
        elif command == b"zINSTREAM\0":
            writer.write(await _scanned(reader))
        else:
            writer.write(b"UNKNOWN COMMAND\0")
        await writer.drain()
    writer.close()


async def _scanned(reader: asyncio.StreamReader) -> bytes:
    data = bytearray()
    while length := int.from_bytes(await reader.readexactly(4)):
        data += await reader.readexactly(length)
        if len(data) > MOST:
            return b"INSTREAM size limit exceeded. ERROR\0"
    if EICAR in data:
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0"
    return b"stream: Lectern.Test.Marked FOUND\0" if b"FIND-ME" in data else b"stream: OK\0"


class Played:
    """The process, to be killed and started again at the same port."""

    def __init__(self) -> None:
        self.port = 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), str(self.port)], stdout=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        self.port = int(self._process.stdout.readline())

    def kill(self) -> None:
        if self._process is not None:
            assert self._process.stdout
            self._process.kill()
            self._process.wait()
            self._process.stdout.close()
            self._process = None


@contextmanager
def played() -> Iterator[Played]:
    playing = Played()
    playing.start()
    try:
        yield playing
    finally:
        playing.kill()


async def main(port: int) -> None:
    server = await asyncio.start_server(answer, "127.0.0.1", port)
    print(server.sockets[0].getsockname()[1], flush=True)  # noqa: T201 - whoever started it reads the port
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1])))
