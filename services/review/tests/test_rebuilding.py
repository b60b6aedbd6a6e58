"""Replay equals live: every view folded again from the log is what the tables hold."""

from typing import Any

import pytest
from pydantic import TypeAdapter
from review_office import ReviewOffice

from lectern.eventlog.folder import refold
from lectern.eventlog.views import View
from review.app import service

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("view", service.views, ids=lambda view: view.name)
async def test_a_view_is_the_fold_of_its_log(office: ReviewOffice, view: View[Any]) -> None:
    jordan = await (await (await office.educator()).submits(4)).verified()
    await jordan.returned()
    await jordan.corrects(4)
    await office.level()
    name, row = view.name, view.row

    async with office.process.pool.acquire() as db:
        log = await db.fetch("select * from fact order by position")
    async with office.running.read(role="reviewer") as db:
        text = await db.fetchval(f"select coalesce(json_agg(v), '[]')::text from {name} v")
    live = TypeAdapter(list[row]).validate_json(text)  # type: ignore[valid-type]

    folded = refold(view, office.running.codec, map(dict, log))

    key = view.columns[0]
    assert {getattr(each, key): each for each in live} == folded
    assert folded
