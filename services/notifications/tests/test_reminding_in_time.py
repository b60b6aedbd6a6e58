"""Reminders on a real Postgres: through the ticker to the mailbox, a stop of a week, a kill, and two years of many."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest
from notifications_given import APPLICATION, JORDAN, certificate, registered, upgraded
from notifications_office import PASSWORD, Office, opened

from lectern.contracts.days import chicago_day
from lectern.eventlog.deadlines import Ticker
from lectern.rules.working_days import at_hour, is_working_day, next_morning
from lectern.runtime.ids import new_id
from lectern.web import Role
from notifications.expiry import STEPS
from notifications.reminding import expiring_soon

pytestmark = pytest.mark.postgres
MANY = 120


@pytest.fixture
async def office(postgres: str, tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(postgres, tmp_path) as running:
        yield running


def ticker(office: Office, now: datetime) -> Ticker:
    return Ticker(office.process.pool, [expiring_soon], office.running.log, now=lambda: now, new_id=new_id)


async def level(office: Office) -> None:
    assert await office.running.freshness.reached(await office.running.log.head(), 5.0)


async def tick(office: Office, now: datetime) -> None:
    while await ticker(office, now).tick(expiring_soon):
        await level(office)


async def has(office: Office, person: UUID, expires_on: date) -> None:
    """A person with an account and a certificate; the address cannot be read, so no mail is made."""
    held = certificate(expires_on).model_copy(
        update={"person_id": person, "certificate_id": uuid5(person, "certificate")}
    )
    account = registered().model_copy(update={"educator_id": person})
    outcome = await office.hears(held, account, subject=person)
    assert outcome.held == 0


async def asked(office: Office) -> list[tuple[str, int]]:
    """(certificate, step) of every notice that was asked for."""
    async with office.process.pool.acquire() as db:
        rows = await db.fetch(
            "select data->>'certificate_id' as of, (data->>'days')::int as days, "
            "(select count(*) from fact where type = 'NoticeRequested') as requests from fact "
            "where type = 'ExpiryReminded' and data->>'notice_id' is not null order by position"
        )
    assert {row["requests"] for row in rows} <= {len(rows)}
    return [(row["of"], row["days"]) for row in rows]


async def many(office: Office, days: int) -> date:
    """So many people, whose certificates end over so many days after 200 from today. Gives today."""
    today = chicago_day(office.running.now())
    for each in range(MANY):
        await has(office, uuid5(APPLICATION, str(each)), today + timedelta(days=200 + each * days // MANY))
    await level(office)
    return today


def morning(day: date) -> datetime:
    return at_hour(day, 8)


def soon(office: Office) -> datetime:
    """The next time at which people are reminded."""
    return next_morning(office.running.now(), 8)


async def test_an_educator_gets_the_email_once_and_support_reads_it(office: Office) -> None:
    await office.knows_everybody()
    today = chicago_day(office.running.now())
    await office.hears(certificate(today + timedelta(days=50)))
    await level(office)

    await tick(office, soon(office))
    await tick(office, soon(office))

    assert await office.settled(1) == [("expiring/educator", "sent")]
    assert await office.mails() == [("expiring", "jordan@example.test")]
    await office.running.accounts.create_user(login="sam", role=Role.SUPPORT, name="Sam Hill", password=PASSWORD)
    support = await office.browser().sign_in("sam", PASSWORD)
    page = await support.get("/notices")
    assert "Certificate expiring" in page.text
    assert "None, about a certificate" in page.text
    listed = (await office.api("GET", "/api/notices")).json()["notices"]
    assert [each["application_id"] for each in listed] == [None]
    notice = await support.get(f"/notices/{listed[0]['notice_id']}")
    assert "Your teaching certificate expires on" in notice.text
    assert "About a certificate" in notice.text
    assert (await support.get(f"/notices/{listed[0]['notice_id']}/repeat")).status_code == 200


async def test_an_upgrade_cancels_what_was_ahead(office: Office) -> None:
    today = chicago_day(office.running.now())
    await has(office, JORDAN, today + timedelta(days=50))
    held = uuid5(JORDAN, "certificate")
    await office.hears(upgraded().model_copy(update={"certificate_id": held}))
    await level(office)

    await tick(office, next_morning(office.running.now() + timedelta(days=30), 8))

    assert await asked(office) == []


async def test_a_second_certificate_that_falls_due_at_the_same_instant_is_told_too(office: Office) -> None:
    on = chicago_day(office.running.now()) + timedelta(days=50)
    await has(office, JORDAN, on)
    await level(office)
    await tick(office, soon(office))
    await office.hears(certificate(on))
    await level(office)

    await tick(office, soon(office))

    assert [days for _, days in await asked(office)] == [60, 60]


async def test_a_ticker_that_stopped_for_a_week_and_was_killed_misses_and_doubles_nothing(office: Office) -> None:
    today = await many(office, 6)
    back = next_morning(morning(today + timedelta(days=200 + 6 - 30)), 8)

    killed = asyncio.create_task(ticker(office, back).tick(expiring_soon))
    while not await asked(office):
        await asyncio.sleep(0.001)
    killed.cancel()
    with suppress(asyncio.CancelledError):
        await killed
    part = len(await asked(office))
    await asyncio.gather(*(ticker(office, back).tick(expiring_soon) for _ in range(2)))
    await level(office)
    await tick(office, back)

    found = await asked(office)
    assert 0 < part < MANY
    assert Counter(days for _, days in found) == {30: MANY}
    assert len(set(found)) == MANY


async def test_nobody_is_reminded_at_night_or_on_a_holiday(office: Office) -> None:
    day = await many(office, 1) + timedelta(days=30)
    evening = at_hour(day, 18)
    while is_working_day(day):
        day += timedelta(days=1)

    await tick(office, evening)
    await tick(office, at_hour(day, 12))
    at_night = await asked(office)
    await tick(office, next_morning(at_hour(day, 12), 7))

    assert at_night == []
    assert len(await asked(office)) == MANY


async def test_in_two_years_of_many_certificates_each_step_is_told_once(office: Office) -> None:
    today = await many(office, 500)

    for each in range(731):
        if not 300 <= each < 307:  # stopped for a week
            await tick(office, morning(today + timedelta(days=each)))

    found = await asked(office)
    assert len(found) == len(set(found))
    assert Counter(days for _, days in found) == dict.fromkeys(STEPS, MANY)
