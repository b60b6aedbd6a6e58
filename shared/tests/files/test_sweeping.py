"""What no fact names is gone within the hour; what one names, or might yet, stays."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest

from lectern.eventlog.errors import Busy
from lectern.files import Place
from lectern.files.store import files_in_memory
from lectern.files.sweeping import EVERY_S, OLD, YOUNG, Sweeper

NAMED, ORPHAN = (Place("applications", uuid4(), uuid4()) for _ in range(2))


async def _wanted(place: Place) -> bool:
    return place == NAMED


async def test_an_orphan_goes_and_what_is_named_stays() -> None:
    files = files_in_memory()
    for each in (NAMED, ORPHAN):
        await files.put(each, b"x")
    later = datetime.now(UTC) + timedelta(minutes=31)

    removed = await Sweeper(files, "applications", _wanted, lambda: later).sweep()

    assert removed == 1
    assert [each.place async for each in files.standing("applications")] == [NAMED]


async def test_what_was_just_stored_may_still_be_named() -> None:
    files = files_in_memory()
    await files.put(ORPHAN, b"x")
    later = datetime.now(UTC) + timedelta(minutes=29)

    assert await Sweeper(files, "applications", _wanted, lambda: later).sweep() == 0


def test_an_orphan_is_gone_within_the_hour() -> None:
    assert YOUNG + timedelta(seconds=EVERY_S) < timedelta(hours=1)


async def test_old_files_are_asked_about_once_a_day() -> None:
    files, asked = files_in_memory(), []
    await files.put(NAMED, b"x")
    now = datetime.now(UTC) + OLD + timedelta(minutes=1)

    async def wanted(place: Place) -> bool:
        asked.append(place)
        return True

    sweeper = Sweeper(files, "applications", wanted, lambda: now)
    await sweeper.sweep()
    await sweeper.sweep()
    now += timedelta(days=1)
    await sweeper.sweep()

    assert len(asked) == 2


async def test_where_the_log_is_away_nothing_is_removed() -> None:
    files = files_in_memory()
    await files.put(ORPHAN, b"x")

    async def away(_: Place) -> bool:
        raise Busy("away")

    with pytest.raises(Busy):
        await Sweeper(files, "applications", away, lambda: datetime.now(UTC) + timedelta(hours=1)).sweep()
    assert [each.place async for each in files.standing("applications")] == [ORPHAN]
