"""What others may expect rests on the last decided cases of the kind, and is said where there are enough of them."""

from collections.abc import AsyncIterator
from uuid import uuid4

import pytest
from applications_office import Office

from applications.measured import Measured, Range, measured
from lectern.contracts.values import Kind
from lectern.eventlog.database import connect
from lectern.rules import RULES
from lectern.rules.clocks import clock_parameters

pytestmark = pytest.mark.postgres
SAID = clock_parameters(RULES)


@pytest.fixture(autouse=True)
async def cleared(office: Office) -> AsyncIterator[None]:
    """The service is one for all tests: what others decided is put aside, and rows made here are taken away."""
    db = await connect(office.process.dsn("folder"), "test")
    await office.level()
    aside = await db.fetch("delete from times_taken returning *")
    yield
    await db.execute("delete from times_taken where submission = 0")
    if aside:
        fields = ", ".join(f"${n}" for n in range(1, len(aside[0]) + 1))
        await db.executemany(f"insert into times_taken values ({fields})", [tuple(each) for each in aside])
    await db.close()


async def decided(office: Office, kind: Kind, times: list[tuple[int | None, int]]) -> None:
    """Rows as the fold makes them, the last one decided last."""
    db = await connect(office.process.dsn("folder"), "test")
    try:
        await db.executemany(
            "insert into times_taken values ($1, $2, 0, '[]', '[]', $3, $4, now() + make_interval(secs => $5))",
            [(uuid4(), kind.value, *each, number) for number, each in enumerate(times)],
        )
    finally:
        await db.close()


async def found(office: Office, kind: Kind) -> Measured | None:
    async with office.running.read(educator=uuid4()) as db:
        return await measured(db, kind)


async def test_with_too_few_nothing_is_said(office: Office) -> None:
    await decided(office, Kind.EXTENSION, [(1, 1)] * (SAID.measured_least - 1))

    assert await found(office, Kind.EXTENSION) is None

    await decided(office, Kind.EXTENSION, [(1, 1)])
    assert await found(office, Kind.EXTENSION) == Measured(SAID.measured_least, Range(1, 1), Range(1, 1))


async def test_it_rests_on_the_last_cases_of_the_kind(office: Office) -> None:
    """Those that went to DESE at once say nothing of districts."""
    old = [(90, 90)] * 50
    last = [(each % 10 + 1, each % 100 + 1) for each in range(SAID.measured_cases - 20)] + [(None, 5)] * 20

    await decided(office, Kind.REACTIVATION, [*old, *last])

    times = await found(office, Kind.REACTIVATION)
    assert times is not None
    assert times.cases == SAID.measured_cases
    assert times.district == Range(5, 9)
    assert times.state.most < 90
    assert times.state.words == f"up to {times.state.half} working days in half of them, " + (
        f"up to {times.state.most} working days in nine of ten"
    )


async def test_nobody_reads_it_without_being_an_educator(office: Office) -> None:
    async with office.running.read() as db:
        assert await db.fetchval("select count(*) from times_taken") == 0


async def test_the_status_page_says_it_with_the_number_of_cases(office: Office) -> None:
    _, browser, application = await office.submitted()
    before = await browser.get(f"/applications/{application}")
    await decided(office, Kind.UPGRADE, [(4, 31)] * SAID.measured_least)

    after = await browser.get(f"/applications/{application}")
    confirmed = await browser.get(f"/applications/{application}/submitted")

    assert "8 to 12 weeks" in before.text
    assert "decided applications of this kind" not in before.text
    for page in (after, confirmed):
        assert "8 to 12 weeks" in page.text
        assert f"Of the last {SAID.measured_least} decided applications of this kind" in page.text
        assert "districts took up to 4 working days in half of them, up to 4 working days in nine of ten" in page.text
        assert "DESE took up to 31 working days" in page.text
