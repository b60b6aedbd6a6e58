"""Two years of a district that answers nothing, on a real Postgres: each application is said to be overdue once."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date, datetime, timedelta

import pytest
from worklog_given import OURS
from worklog_office import Educator, Office, opened

from district_worklog.being_late import too_long
from lectern.contracts.days import chicago_day
from lectern.eventlog.deadlines import Ticker
from lectern.rules import RULES
from lectern.rules.clocks import clock_parameters
from lectern.rules.working_days import add_working_days, at_hour
from lectern.runtime.ids import new_id

pytestmark = pytest.mark.postgres
MANY, DAYS = 60, 731
SAID = clock_parameters(RULES)


@pytest.fixture
async def office(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One of its own: here the clock runs ahead."""
    async with opened(postgres, files=tmp_path_factory.mktemp("files").as_uri(), scanner="none") as running:
        yield running


def ticker(office: Office, now: datetime) -> Ticker:
    return Ticker(office.process.pool, [too_long], office.running.log, now=lambda: now, new_id=new_id)


async def tick(office: Office, day: date, *, killed: bool) -> None:
    now = at_hour(day, 8)
    if killed:
        task = asyncio.create_task(ticker(office, now).tick(too_long))
        await asyncio.sleep(0.003)
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await asyncio.gather(*(ticker(office, now).tick(too_long) for _ in range(2)))
        await office.level()
    while await ticker(office, now).tick(too_long):
        await office.level()


async def said(office: Office) -> Counter[tuple[str, date]]:
    """(application, the day on which it was said to be overdue)."""
    async with office.process.pool.acquire() as db:
        rows = await db.fetch(
            "select data->>'application_id' as of, data->>'overdue_at' as at, data->>'district' as district from fact "
            "where type = 'VerificationOverdue'"
        )
    assert {row["district"] for row in rows} == {OURS}
    return Counter((row["of"], chicago_day(datetime.fromisoformat(row["at"]))) for row in rows)


async def test_in_two_years_each_is_said_once_on_its_day(office: Office) -> None:
    today, submitted = chicago_day(office.running.now()), list[tuple[Educator, date]]()
    for number in range(MANY):
        days_ago = DAYS - number * DAYS // MANY
        educator = await (await office.educator(f"Waiting Person {number}")).submits(days_ago=days_ago)
        submitted.append((educator, today - timedelta(days=days_ago)))
    await office.level()
    days = [today - timedelta(days=each) for each in range(DAYS, -1, -1)]
    looked = [day for number, day in enumerate(days) if not 300 <= number < 307]

    for number, day in enumerate(looked):
        await tick(office, day, killed=number % 30 == 0)

    due = [(each, add_working_days(day, SAID.district_overdue_days)) for each, day in submitted]
    expected = Counter(
        (str(each.application_id), next(look for look in looked if look >= day)) for each, day in due if day <= today
    )
    assert await said(office) == expected
    assert 0 < len(expected) < MANY
