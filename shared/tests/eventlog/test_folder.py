"""Followers and views on Postgres: live equals folded again, marks move once, a fold that raises is contained."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest
from counters import CounterRaised, OpenCounter, RaiseCounter, Total, call, counter, open_counter, raise_counter

from lectern.eventlog.codec import Codec
from lectern.eventlog.database import connect
from lectern.eventlog.folder import Folder, refold
from lectern.eventlog.followers import POLL_S, MarkMoved
from lectern.eventlog.signal import Signal
from lectern.eventlog.streams import Asked
from lectern.eventlog.tables import table_of
from lectern.eventlog.views import View
from lectern.eventlog.writer import Writer
from lectern.runtime.migrations import Migration, migrate_service
from lectern_local.testkit import Databases

pytestmark = pytest.mark.postgres
Start = Callable[[], Writer]


async def opened(writer: Writer, by: tuple[int, ...] = ()) -> UUID:
    id_ = uuid4()
    await writer.ask(Asked((counter(id_, subject=id_),), open_counter, OpenCounter(counter=id_), call()))
    for each in by:
        await writer.ask(Asked((counter(id_),), raise_counter, RaiseCounter(counter=id_, by=each), call()))
    return id_


async def as_auditor(logged: Databases, sql: str) -> list[Any]:
    db = await asyncpg.connect(logged.dsn("svc", "auditor"))
    try:
        return [dict(row) for row in await db.fetch(sql)]
    finally:
        await db.close()


@asynccontextmanager
async def folding(
    logged: Databases, codec: Codec, view: View[Any], signal: Signal, *, poll_s: float = POLL_S
) -> AsyncIterator[Folder]:
    folder = Folder(logged.dsn("svc", "folder"), codec, [view], signal)
    folder.poll_s = poll_s
    task = asyncio.create_task(folder.run())
    yield folder
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def level(folder: Folder, position: int) -> None:
    async with asyncio.timeout(10):
        while folder.position < position:
            await asyncio.sleep(0.01)


async def test_a_later_version_takes_the_place_of_the_table_before_it_and_is_folded_anew(
    logged: Databases, codec: Codec, totals: View[Total], start_writer: Start
) -> None:
    writer = start_writer()
    await opened(writer, by=(3, 4))
    async with folding(logged, codec, totals, writer.appended) as folder:
        await level(folder, 3)
    later = replace(totals, version=2)

    await migrate_service(logged.database_url, "svc", [Migration("view/totals:2", table_of(later))])
    assert await as_auditor(logged, "select * from totals") == []
    async with folding(logged, codec, later, writer.appended) as folder:
        await level(folder, 3)

    assert [each["total"] for each in await as_auditor(logged, "select * from totals")] == [7]


async def test_folds_live_what_a_fold_from_the_start_gives(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    async with folding(logged, codec, totals, writer.appended) as folder:
        ids = await asyncio.gather(*(opened(writer, (1, 2, n)) for n in range(20)))
        await level(folder, 80)

    live = {row["counter"]: row for row in await as_auditor(logged, "select * from totals")}
    again = refold(totals, codec, await as_auditor(logged, "select * from fact order by position"))

    assert set(live) == set(again) == set(ids)
    assert all(
        live[id_]["total"] == row.total and tuple(live[id_]["raised"]) == row.raised for id_, row in again.items()
    )


async def test_hears_of_what_its_own_process_appends(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    async with folding(logged, codec, totals, writer.appended, poll_s=3600) as folder:
        await opened(writer)
        await level(folder, 1)

        await opened(writer, (1, 1, 1))
        await level(folder, 5)


async def test_marks_the_row_whose_fold_raises_and_goes_on_with_the_others(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    async with folding(logged, codec, totals, writer.appended) as folder:
        bad = await opened(writer, (5, 13, 7))
        good = await opened(writer, (5,))
        await level(folder, 6)

    rows = {row["counter"]: row["total"] for row in await as_auditor(logged, "select * from totals")}
    broken = await as_auditor(logged, "select * from broken")

    assert rows == {bad: 5, good: 5}
    assert [(row["view"], row["key"], row["position"]) for row in broken] == [("totals", str(bad), 3)]
    assert "superstitious" in broken[0]["error"]


async def test_only_one_process_folds_and_another_takes_over(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    async with folding(logged, codec, totals, Signal()) as second:
        async with folding(logged, codec, totals, writer.appended) as first:
            await opened(writer, (1,))
            async with asyncio.timeout(20):
                while not (first.running or second.running):
                    await asyncio.sleep(0.01)
            assert [first.running, second.running].count(True) == 1
            async with asyncio.timeout(20):
                while not (first.standing_by or second.standing_by):
                    await asyncio.sleep(0.01)
        async with asyncio.timeout(20):
            while not second.running:
                await asyncio.sleep(0.01)
        await opened(writer, (2,))
        await level(second, 4)

    assert len(await as_auditor(logged, "select * from totals")) == 2


async def test_who_stands_by_sees_how_far_the_other_is(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    async with (
        folding(logged, codec, totals, writer.appended) as first,
        folding(logged, codec, totals, Signal()) as second,
    ):
        await opened(writer, (1, 2))
        await level(first, 3)
        await level(second, 3)

        assert [first.standing_by, second.standing_by] in ([False, True], [True, False])


async def test_what_is_not_for_it_moves_the_mark_before_long(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    deaf = replace(totals, facts=(CounterRaised,), key=lambda _: None)
    async with folding(logged, codec, deaf, writer.appended) as folder:
        await opened(writer, (1, 2))
        await level(folder, 3)
        async with asyncio.timeout(10):
            while (await as_auditor(logged, "select position from follower"))[0]["position"] < 3:
                await asyncio.sleep(0.01)


async def test_a_stale_process_cannot_move_the_mark(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    async with folding(logged, codec, totals, writer.appended) as folder:
        await opened(writer, (1, 2))
        await level(folder, 3)
    stale = Folder(logged.dsn("svc", "folder"), codec, [totals], Signal())
    db = await connect(logged.dsn("svc", "folder"), "stale")
    await stale.started(db)

    with pytest.raises(MarkMoved):
        await stale.step(db)
    await db.close()

    assert [row["total"] for row in await as_auditor(logged, "select * from totals")] == [3]


async def test_a_reader_with_no_tenant_sees_nothing(
    start_writer: Start, logged: Databases, codec: Codec, totals: View[Total]
) -> None:
    writer = start_writer()
    async with folding(logged, codec, totals, writer.appended) as folder:
        await opened(writer)
        await level(folder, 1)

    db = await asyncpg.connect(logged.dsn("svc", "reader"))
    rows = await db.fetch("select * from totals")
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        await db.fetch("select * from fact")
    await db.close()

    assert rows == []
