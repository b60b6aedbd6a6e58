"""Tells everybody in the process that the log grew. Between processes followers poll."""

import asyncio


class Signal:
    """Many may wait; `set` wakes them all. A wait that times out is no error: the waiter looks for itself."""

    def __init__(self) -> None:
        self._waiting: set[asyncio.Event] = set()

    def set(self) -> None:
        for event in self._waiting:
            event.set()

    def listen(self) -> "Listener":
        return Listener(self._waiting)


class Listener:
    """One waiter's ear. Clear it before looking, so that nothing between the look and the wait is missed."""

    def __init__(self, waiting: set[asyncio.Event]) -> None:
        self._event = asyncio.Event()
        self._waiting = waiting
        waiting.add(self._event)

    def clear(self) -> None:
        self._event.clear()

    async def wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._event.wait()
        except TimeoutError:
            return

    def close(self) -> None:
        self._waiting.discard(self._event)
