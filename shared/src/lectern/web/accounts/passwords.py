"""Passwords: what is good enough, and how they are kept. Hashing is slow on purpose and runs beside the event loop."""

import asyncio
import unicodedata
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from functools import cache
from importlib import resources
from itertools import pairwise
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from lectern.eventlog.errors import Busy

SHORTEST = 15
LONGEST = 256
MEMORY_KIB, PASSES, LANES = 19 * 1024, 2, 1
AT_ONCE = 2
OF_THIS_SITE = ("lectern", "missouri", "password", "certificate", "educator", "teacher", "school")
COMMON = ("iloveyou", "letmein", "welcome", "changeme", "football", "baseball", "sunshine", "princess", "qwertz")
"""Words that most guesses are made of, beside those of this site."""
ROWS = ("abcdefghijklmnopqrstuvwxyz", "12345678901234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm")
SHORTEST_RUN = 3
LEFT = 6
"""So many characters have to be left when everything is taken away that others would try first."""

_hasher = PasswordHasher(time_cost=PASSES, memory_cost=MEMORY_KIB, parallelism=LANES)


class WeakPassword(Exception):  # noqa: N818 - an answer to a person, no failure of ours
    """Not good enough; the message is for the person who chose it."""


def accept(password: str, *known: str) -> None:
    """Raises WeakPassword: too short, too long, known from leaks, or made of what everybody knows about them."""
    plain = normal(password)
    if len(plain) < SHORTEST:
        raise WeakPassword(f"Use at least {SHORTEST} characters. A few words in a row are easy to remember.")
    if len(plain) > LONGEST:
        raise WeakPassword(f"Use at most {LONGEST} characters.")
    folded = _folded(plain)
    if folded in _breached() or len(set(folded)) < 5 or _counts_up(folded) or len(_unusual(folded, COMMON)) < LEFT:
        raise WeakPassword("This password is easy to guess or known from leaks. Choose another one.")
    if len(_unusual(folded, (*known, *OF_THIS_SITE, *COMMON))) < LEFT:
        raise WeakPassword("Don’t build your password from your name, your email or the name of this site.")


class Hashing:
    """Argon2id, at most two at a time, off the event loop. One per process. `run` runs a function beside it."""

    def __init__(self, run: Callable[..., Awaitable[Any]] = asyncio.to_thread, wait_seconds: float = 5.0) -> None:
        self._run, self._wait = run, wait_seconds
        self._free = asyncio.Semaphore(AT_ONCE)

    async def hashed(self, password: str) -> str:
        """Raises Busy when too many wait."""
        async with self._turn():
            return str(await self._run(_hasher.hash, normal(password)))

    async def matches(self, kept: str | None, password: str) -> bool:
        """Takes as long when there is nothing to compare with. Raises Busy when too many wait."""
        async with self._turn():
            found = await self._run(_matches, kept or _nobody(), normal(password))
        return bool(found) and kept is not None

    @asynccontextmanager
    async def _turn(self) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._wait):
                await self._free.acquire()
        except TimeoutError:
            raise Busy("Too many sign-ins at once.") from None
        try:
            yield
        finally:
            self._free.release()


def outdated(kept: str) -> bool:
    """Whether it was made with other parameters than today's."""
    return _hasher.check_needs_rehash(kept)


def normal(password: str) -> str:
    """The same characters, however a keyboard composed them."""
    return unicodedata.normalize("NFKC", password)


def _matches(kept: str, password: str) -> bool:
    try:
        return _hasher.verify(kept, password)
    except (VerificationError, InvalidHashError):
        return False


@cache
def _nobody() -> str:
    return _hasher.hash("nobody's password")


@cache
def _breached() -> frozenset[str]:
    text = (resources.files("lectern.web.accounts") / "breached.txt").read_text(encoding="utf-8")
    return frozenset(_folded(line) for line in text.splitlines() if line)


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


def _unusual(folded: str, words: Iterable[str]) -> str:
    """What is left without these words, and without what lies side by side in the alphabet or on a keyboard."""
    for word in words:
        folded = folded.replace(_folded(word), "") if len(word) > 2 else folded
    left, at = "", 0
    while at < len(folded):
        run = _run(folded[at:])
        left, at = (left, at + run) if run >= SHORTEST_RUN else (left + folded[at], at + 1)
    return left


def _run(text: str) -> int:
    """How many characters at the beginning stand in one row like this, forwards or backwards."""
    rows = [*ROWS, *(row[::-1] for row in ROWS)]
    longest = min(len(text), max(map(len, ROWS)))
    return next((n for n in range(longest, 0, -1) if any(text[:n] in row for row in rows)), 0)


def _counts_up(text: str) -> bool:
    return len({(ord(b) - ord(a)) % 10 for a, b in pairwise(text)}) == 1
