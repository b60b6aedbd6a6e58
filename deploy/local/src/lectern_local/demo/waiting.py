"""Waiting for what somebody else has to do first."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import TypeVar

T = TypeVar("T")
LOOK_S = 0.1
SELDOM_S = 1.0


class TooLong(Exception):  # noqa: N818 - an outcome
    """It has not happened in time."""


async def until(what: str, look: Callable[[], Awaitable[T | None]], *, within: float) -> T:
    """Looks again and again, ever less often, until there is something. Raises TooLong."""
    end = time.monotonic() + within
    pause = LOOK_S
    while True:
        found = await look()
        if found:
            return found
        if time.monotonic() > end:
            raise TooLong(f"{what} is not there after {within:.0f} s")
        await asyncio.sleep(pause)
        pause = min(pause * 1.3, SELDOM_S)
