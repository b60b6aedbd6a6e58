"""Last days on a real Postgres: a ticker that stopped and was killed, and two years of many certificates."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

import pytest
from review_office import ReviewOffice, opened

from lectern.contracts.days import chicago_day, end_of
from lectern.eventlog.deadlines import Ticker
from lectern.runtime.ids import new_id
from review.expiring import last_day_over

pytestmark = pytest.mark.postgres
MANY = 240


@pytest.fixture
async def office(postgres: str) -> AsyncIterator[ReviewOffice]:
    """One for each test: here the clock runs ahead."""
    async with opened(postgres) as running:
        yield running


async def tick(office: ReviewOffice, now: datetime) -> int:
    """Until nothing is due any more; gives how many were asked about."""
    ticker, asked = Ticker(office.process.pool, [last_day_over], office.running.log, now=lambda: now, new_id=new_id), 0
    while answered := await ticker.tick(last_day_over):
        asked += answered
        await office.level()
    return asked


async def recorded(office: ReviewOffice) -> list[tuple[str, date, datetime]]:
    """(certificate, its last day, when that was recorded), in the order of the log."""
    async with office.process.pool.acquire() as db:
        rows = await db.fetch(
            "select stream, data->>'expires_on' as on, data->>'recorded_at' as at from fact "
            "where type = 'CertificateExpired' order by position"
        )
    return [(row["stream"], date.fromisoformat(row["on"]), datetime.fromisoformat(row["at"])) for row in rows]


async def many(office: ReviewOffice, last_days: list[date], **changed: str) -> None:
    rows = [office.person_row(expires_on=each.isoformat(), **changed) for each in last_days]
    for at in range(0, len(rows), 100):
        answer = await office.imports(*rows[at : at + 100])
        assert all(each["ok"] for each in answer.json()["results"]), answer.text
    await office.level()


def spread(office: ReviewOffice, count: int, days: int) -> list[date]:
    """So many last days from today on, over so many days."""
    today = chicago_day(office.running.now())
    return [today + timedelta(days=each * days // count) for each in range(count)]


async def test_an_import_of_what_is_long_over_lets_nothing_fall_due(office: ReviewOffice) -> None:
    yesterday = chicago_day(office.running.now()) - timedelta(days=1)
    await many(office, [yesterday - timedelta(days=each) for each in range(200)], issued_on="2015-01-16")

    asked = await tick(office, office.running.now() + timedelta(days=400))

    assert (asked, await recorded(office)) == (0, [])


async def test_a_ticker_that_stopped_for_a_week_and_was_killed_misses_and_doubles_nothing(office: ReviewOffice) -> None:
    last_days = spread(office, MANY, 7)
    await many(office, last_days)
    back = end_of(max(last_days)) + timedelta(hours=1)

    def ticker() -> Ticker:
        return Ticker(office.process.pool, [last_day_over], office.running.log, now=lambda: back, new_id=new_id)

    killed = asyncio.create_task(ticker().tick(last_day_over))
    while not await recorded(office):
        await asyncio.sleep(0.001)
    killed.cancel()
    with suppress(asyncio.CancelledError):
        await killed
    part = len(await recorded(office))
    await asyncio.gather(*(ticker().tick(last_day_over) for _ in range(2)))
    await office.level()
    await tick(office, back)

    found = await recorded(office)
    assert 0 < part < MANY
    assert sorted(on for _, on, _ in found) == last_days
    assert set(Counter(stream for stream, _, _ in found).values()) == {1}
    assert await tick(office, back) == 0


async def test_two_years_of_many_certificates_end_each_once_on_the_day_after_the_last(office: ReviewOffice) -> None:
    last_days = spread(office, MANY, 730)
    await many(office, last_days)
    first = chicago_day(office.running.now())

    for each in range(735):
        day = first + timedelta(days=each)
        stopped = 300 <= each < 307  # for a week
        if not stopped:
            await tick(office, datetime(day.year, day.month, day.day, 7, tzinfo=UTC))

    found = await recorded(office)
    assert sorted(on for _, on, _ in found) == last_days
    assert set(Counter(stream for stream, _, _ in found).values()) == {1}
    late = [on for _, on, at in found if chicago_day(at) != on + timedelta(days=1)]
    assert all(299 <= (on - first).days < 306 for on in late)


async def test_the_register_shows_the_end(office: ReviewOffice) -> None:
    educator = await office.educator()

    await tick(office, office.running.now() + timedelta(days=50))

    page = await (await office.priya()).get(f"/register/{educator.id}")
    assert "Its last day was over" in page.text
