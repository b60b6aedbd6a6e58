import asyncio
from collections.abc import Callable
from contextlib import suppress
from time import perf_counter

import pytest
from argon2 import extract_parameters
from hypothesis import given
from hypothesis import strategies as st

from lectern.eventlog.errors import Busy
from lectern.web.accounts.passwords import Hashing, WeakPassword, accept

GOOD = "seven quiet otters by the river"


@pytest.mark.parametrize(
    "weak",
    [
        "fourteen chars",
        "x" * 257,
        "correct horse battery staple",
        "CorrectHorseBatteryStaple",
        "aaaaaaaaaaaaaaaaaaaa",
        "123456789012345678",
        "jordan.avery jordan.avery",
        "Lectern Missouri password",
        "password1234567",
        "Password 12345678!",
        "qwertyuiop asdfghjkl",
        "letmein letmein letmein",
        "teacher school 2026 abc",
        "welcome-9876543210",
    ],
)
def test_a_password_that_is_easy_to_guess_is_refused(weak: str) -> None:
    with pytest.raises(WeakPassword):
        accept(weak, "jordan.avery", "Jordan", "Avery")


@pytest.mark.parametrize("good", [GOOD, "ünïcödé wörds öf mïne", "x7$kQ" * 12 + "abcd", "k e n w a b y l o m u p"])
def test_a_long_password_of_any_characters_is_accepted(good: str) -> None:
    accept(good, "jordan.avery", "Jordan", "Avery")


@given(st.text(min_size=1, max_size=300))
def test_any_text_is_accepted_or_refused(text: str) -> None:
    with suppress(WeakPassword):
        accept(text)


async def test_parameters_are_ours() -> None:
    kept = extract_parameters(await Hashing().hashed(GOOD))

    assert (kept.type.name, kept.memory_cost, kept.time_cost, kept.parallelism) == ("ID", 19 * 1024, 2, 1)


async def test_a_password_matches_itself_however_it_was_typed() -> None:
    hashing = Hashing()
    kept = await hashing.hashed("ünquiet otters by the river")

    assert await hashing.matches(kept, "u\u0308nquiet otters by the river")
    assert not await hashing.matches(kept, GOOD)
    assert not await hashing.matches(None, "nobody's password")
    assert not await hashing.matches("no hash", GOOD)


async def test_two_are_hashed_at_a_time_and_the_rest_wait_bounded() -> None:
    running = most = 0

    async def slow(*_: object) -> str:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.05)
        running -= 1
        return "hash"

    hashing = Hashing(slow, wait_seconds=0.01)
    answers = await asyncio.gather(*(hashing.hashed(GOOD) for _ in range(3)), return_exceptions=True)

    assert most == 2
    assert [type(each) for each in answers] == [str, str, Busy]


async def test_nobody_and_a_wrong_password_take_the_same_time() -> None:
    hashing = Hashing()
    kept = await hashing.hashed(GOOD)
    await hashing.matches(None, "warm")

    async def best(of: Callable[[], object]) -> float:
        times = []
        for _ in range(5):
            began = perf_counter()
            await hashing.matches(kept if of() else None, "wrong password of some length")
            times.append(perf_counter() - began)
        return sorted(times)[1]

    assert abs(await best(lambda: True) - await best(lambda: False)) < 0.05
