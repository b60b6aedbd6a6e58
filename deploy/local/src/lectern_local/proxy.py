"""A TCP proxy on loopback for fault tests: it passes bytes on until it is told to cut, to stall or to come back."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

SURELY = 6


class Proxy:
    """Stands before one server. `address` stays the same while it is cut."""

    def __init__(self, host: str, port: int, *, own_port: int = 0, swap: tuple[bytes, bytes] | None = None) -> None:
        """`swap`: bytes of the server's answers, and what to put in their place (as many)."""
        self._to = (host, port)
        self._server: asyncio.Server | None = None
        self._port = own_port
        self._swap = swap
        self._passing = asyncio.Event()
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self._port}"

    async def open(self) -> None:
        """Takes connections (again)."""
        self._passing.set()
        if self._server is None:
            self._server = await asyncio.start_server(self._take, "127.0.0.1", self._port)
            self._port = self._server.sockets[0].getsockname()[1]

    async def cut(self) -> None:
        """Ends every connection at once and refuses new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.drop()
        await asyncio.sleep(0)

    def drop(self) -> None:
        """Ends every connection at once; new ones are taken."""
        for writer in list(self._writers):
            writer.transport.abort()

    def stall(self) -> None:
        """Keeps connections and passes nothing more, in either direction, until `open`."""
        self._passing.clear()

    async def close(self) -> None:
        await self.cut()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _take(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            onward, onward_writer = await asyncio.open_connection(*self._to)
        except OSError:
            writer.transport.abort()
            return
        for source, target, swap in ((reader, onward_writer, None), (onward, writer, self._swap)):
            task = asyncio.create_task(self._pass_on(source, target, swap))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _pass_on(
        self, source: asyncio.StreamReader, target: asyncio.StreamWriter, swap: tuple[bytes, bytes] | None
    ) -> None:
        self._writers.add(target)
        kept = b""
        try:
            while data := await source.read(65536):
                await self._passing.wait()
                if swap:
                    data, kept = swapped(kept + data, swap)
                target.write(data)
                await target.drain()
            with suppress(OSError, NotImplementedError):
                target.write_eof()
        except OSError:
            pass
        finally:
            self._writers.discard(target)
            target.close()


def swapped(data: bytes, swap: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
    """The data with the swap made, and the end of it that is surely the beginning of what is to be swapped.

    Fewer than SURELY bytes say nothing: a whole answer may end in them, and would never arrive.
    """
    old, new = swap
    data = data.replace(old, new)
    kept = next((n for n in range(min(len(old) - 1, len(data)), SURELY - 1, -1) if data.endswith(old[:n])), 0)
    return data[: len(data) - kept], data[len(data) - kept :]


@asynccontextmanager
async def proxy(address: str) -> AsyncIterator[Proxy]:
    """A proxy before host:port, open."""
    host, _, port = address.rpartition(":")
    standing = Proxy(host, int(port))
    await standing.open()
    try:
        yield standing
    finally:
        await standing.close()
