"""A district closes on a real Postgres: what waits there goes back once, whoever is at work on it in that moment."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from worklog_given import OURS, THEIRS
from worklog_office import Educator, Office, opened

from district_worklog.closing import has_closed
from lectern.contracts.days import chicago_day
from lectern.eventlog.deadlines import Ticker
from lectern.runtime.ids import new_id

pytestmark = pytest.mark.postgres
DECLINED = ["VerificationRequested", "DistrictDeclined"]


@pytest.fixture
async def office(postgres: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Office]:
    """One of its own: here a district closes."""
    async with opened(postgres, files=tmp_path_factory.mktemp("files").as_uri(), scanner="none") as running:
        yield running


async def closes(office: Office, *, in_days: int = 0) -> None:
    day = (chicago_day(office.running.now()) + timedelta(days=in_days)).isoformat()
    shut = {"row": 2, "code": OURS, "name": "INDEPENDENCE 30", "county": "JACKSON", "closed_on": day}
    answer = await office.api("/api/import/districts", {"rows": [shut]})
    assert answer.json()["results"][0]["ok"], answer.text
    await office.level()


async def tick(office: Office, *, in_days: int = 0, at_once: int = 1) -> int:
    """As many tickers as are said, each once."""
    now = office.running.now() + timedelta(days=in_days)
    tickers = [
        Ticker(office.process.pool, [has_closed], office.running.log, now=lambda: now, new_id=new_id)
        for _ in range(at_once)
    ]
    answered = sum(await asyncio.gather(*(each.tick(has_closed) for each in tickers)))
    await office.level()
    return answered


async def waiting(office: Office, name: str) -> Educator:
    return await (await office.educator(name)).submits()


async def test_what_waits_goes_back_once(office: Office) -> None:
    first, second = await waiting(office, "Ada Early"), await waiting(office, "Ben Early")
    there = await (await office.educator("Cleo Elsewhere")).submits(district=THEIRS)
    await office.level()
    await closes(office)

    await tick(office, at_once=2)
    assert await tick(office) == 0

    assert [await office.types(each) for each in (first, second)] == [DECLINED, DECLINED]
    assert await office.types(there) == ["VerificationRequested"]
    page = await (await office.dana()).get(first.address)
    listed = await (await office.dana()).get("/work-log?tab=closed")
    assert "Your district has closed" in page.text
    assert "Your district closed" in listed.text


async def test_until_its_day_everything_goes_on(office: Office) -> None:
    early = await waiting(office, "Dora Before")
    await office.level()
    await closes(office, in_days=2)

    assert await tick(office, in_days=1) == 0
    assert await office.types(early) == ["VerificationRequested"]
    assert await tick(office, in_days=2) == 1
    assert await office.types(early) == DECLINED


async def test_what_comes_later_goes_back_too(office: Office) -> None:
    await office.level()
    await closes(office)
    late = await waiting(office, "Eva Late")
    await office.level()

    assert await tick(office) == 1
    assert await office.types(late) == DECLINED


async def test_closing_while_somebody_answers(office: Office) -> None:
    """One of the two is recorded, and whoever comes second is told."""
    jordan = await waiting(office, "Finn Between")
    await office.level()
    await closes(office)
    dana = await office.dana()
    key = await dana.key(f"{jordan.address}/decline")
    said = {"submission": "1", "reason": "not-employed", "note": "", "do": "send"}

    answer, _ = await asyncio.gather(dana.post(f"{jordan.address}/decline", said, key=key), tick(office))
    await office.level()
    await tick(office)

    assert await office.types(jordan) == DECLINED
    async with office.process.pool.acquire() as db:
        reason = await db.fetchval("select data->>'reason' from fact where type = 'DistrictDeclined'")
    if reason == "district-closed":
        assert answer.status_code == 409
        assert "Your district has closed" in answer.text
    else:
        assert answer.status_code == 303
