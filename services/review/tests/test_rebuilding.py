"""Replay equals live: every view folded again from the log is what the tables hold."""

from typing import Any

import asyncpg
import pytest
from files_given import pdf
from pydantic import TypeAdapter
from review_office import ReviewOffice

from lectern.eventlog.folder import refold
from lectern.eventlog.views import View
from lectern.rules.wording import CONDUCT_QUESTIONS
from review.app import service

pytestmark = pytest.mark.postgres


@pytest.mark.parametrize("view", service.views, ids=lambda view: view.name)
async def test_a_view_is_the_fold_of_its_log(office: ReviewOffice, view: View[Any]) -> None:
    jordan = await (await (await office.educator()).submits(4)).verified()
    await jordan.returned()
    await jordan.corrects(4)
    await jordan.brings("transcript.pdf", pdf(), "transcript")
    await jordan.brings("letter.pdf", pdf(), CONDUCT_QUESTIONS[3].id)
    await jordan.shows_evidence("plan.pdf", pdf(), "UPG-PD")
    arrived = {"what": "transcript", "educator_number": "999999999999", "on": "2026-11-02", "college": "Ozark"}
    reviewer = await office.priya()
    assert (await reviewer.post_json("/api/arrivals", {"arrivals": [arrived]}, key="arrived")).status_code == 200
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


async def test_the_publics_table_is_made_again_from_the_log_without_those_who_were_erased(office: ReviewOffice) -> None:
    kept, gone = await office.educator("Rebuilt de la Keptson"), await office.educator("Rebuilt Goneson")
    before = await _holders(office)
    await office.running.keys.erase(gone.id)
    folder = await asyncpg.connect(office.process.dsn("folder"))
    try:
        await folder.execute("delete from holders")
        await folder.execute("update follower set position = 0 where name = 'holders'")
    finally:
        await folder.close()

    for _ in range(500):
        await office.educator("Rebuilt Wakes")  # the live follower sees that its mark was moved, and begins anew
        after = await _holders(office)
        if kept.id in {each["person_id"] for each in after}:
            break

    assert not [each for each in after if each["person_id"] == gone.id]
    assert [each for each in before if each["person_id"] == kept.id] == [
        each for each in after if each["person_id"] == kept.id
    ]
    assert len([each for each in before if each["person_id"] == kept.id]) == 3


async def _holders(office: ReviewOffice) -> list[dict[str, Any]]:
    async with office.running.read(role="public") as db:
        return [dict(row) for row in await db.fetch("select * from holders order by person_id, at")]
