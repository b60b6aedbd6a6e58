"""Two years of five hundred applications on a real Postgres, by a clock of its own: every reminder, escalation and
daily email once, on its day, though the ticker stops for a week, over a change of the clocks, and is killed.

What is expected is worked out here from each application's story, by working days alone.
"""

import asyncio
import json
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5

import pytest
from notifications_given import (
    APPLICATION,
    approved,
    asked,
    claimed,
    corrected,
    denied,
    listed,
    overdue,
    registered,
    returned,
    staff_contacts,
    submitted,
    verified,
    withdrawn,
)
from notifications_office import Office, opened

from lectern.contracts.days import chicago_day
from lectern.eventlog.deadlines import Ticker
from lectern.rules.clocks import clock_parameters
from lectern.rules.working_days import add_working_days, at_hour, is_working_day, next_morning
from lectern.runtime.ids import new_id
from notifications.digesting import morning
from notifications.waiting import waited_long

pytestmark = pytest.mark.postgres
MANY, DAYS = 500, 731
FIRST = date(2026, 12, 1)
TICK, HAPPENS = 8, 10
"""Hours in Missouri: the ticker looks before anything happens on a day."""
STOPPED = (
    (date(2027, 3, 11), date(2027, 3, 17)),  # the clocks are put forward on March 14
    (date(2027, 8, 2), date(2027, 8, 8)),
    (date(2027, 11, 4), date(2027, 11, 10)),  # and back on November 7
)
SAID = clock_parameters("upgrade-2026-11")
DISTRICTS = [f"{each:03d}-{each:03d}" for each in range(1, 11)]


@pytest.fixture
async def office(postgres: str, tmp_path: Path) -> AsyncIterator[Office]:
    """Without mails: what is asked for is judged here, and what becomes of it elsewhere."""
    async with opened(postgres, tmp_path, sends=False) as running:
        yield running


# ── stories

STORIES: tuple[tuple[tuple[str, int], ...], ...] = (
    (("verified", 5), ("approved", 30)),
    (("verified", 25), ("denied", 45)),
    (("returned", 3), ("corrected", 35), ("verified", 2), ("approved", 5)),
    (),
    (("claimed", 1), ("verified", 2), ("approved", 70)),
    (("returned", 12), ("withdrawn", 50)),
    (("returned", 6), ("corrected", 1), ("returned", 8), ("corrected", 2), ("verified", 20), ("approved", 1)),
)
"""What happens, each so many working days after what happened before; the first after the submission."""


@dataclass(frozen=True)
class Event:
    what: str
    on: date
    submission: int


@dataclass(frozen=True)
class Story:
    number: int
    district: str
    events: tuple[Event, ...]

    @property
    def application_id(self) -> UUID:
        return uuid5(APPLICATION, f"application {self.number}")

    @property
    def educator_id(self) -> UUID:
        return uuid5(APPLICATION, f"educator {self.number}")


def stories() -> list[Story]:
    return [_story(each, STORIES[each % len(STORIES)]) for each in range(MANY)]


def _story(number: int, plan: Sequence[tuple[str, int]]) -> Story:
    day = add_working_days(FIRST + timedelta(days=number * (DAYS - 100) // MANY), 1)
    events, submission = [Event("submitted", day, 1)], 1
    for what, days in plan:
        day = add_working_days(day, days)
        submission += what == "corrected"
        events.append(Event(what, day, submission))
    return Story(number, DISTRICTS[number % len(DISTRICTS)], tuple(_with_overdue(events)))


def _with_overdue(events: Sequence[Event]) -> Iterator[Event]:
    """The district's service says so, at the hour at which all happens here, where it has not answered by then."""
    left = SAID.district_overdue_days
    for event, following in pairwise([*events, None]):
        assert event is not None
        yield event
        if event.what in {"submitted", "corrected"} and left > 0:
            late = add_working_days(event.on, left)
            if following is None or late < _answer(events, event):
                yield Event("overdue", late, event.submission)
                left = 0
            elif following is not None:
                left -= _between(event.on, _answer(events, event))


def _answer(events: Sequence[Event], event: Event) -> date:
    """When the district no longer has it."""
    after = events[events.index(event) + 1 :]
    return next((each.on for each in after if each.what != "claimed"), date.max)


def _between(since: date, until: date) -> int:
    return sum(is_working_day(since + timedelta(days=each)) for each in range(1, (until - since).days + 1))


def facts_of(story: Story, event: Event) -> list[Any]:
    makes: dict[str, Any] = {
        "submitted": lambda: [submitted(), asked()],
        "claimed": lambda: [claimed()],
        "returned": lambda: [returned(event.submission)],
        "corrected": lambda: [corrected(event.submission), asked(event.submission)],
        "overdue": lambda: [overdue(event.submission)],
        "verified": lambda: [verified(event.submission)],
        "approved": lambda: [approved()],
        "denied": lambda: [denied()],
        "withdrawn": lambda: [withdrawn()],
    }
    said = {"application_id": story.application_id, "educator_id": story.educator_id, "district": story.district}
    said |= {"reference": f"LEC-2026-{story.number:06d}-0"}
    found = []
    for fact in makes[event.what]():
        (at,) = (each for each in type(fact).model_fields if each.endswith("_at"))
        changes = {name: value for name, value in said.items() if name in type(fact).model_fields}
        found.append(fact.model_copy(update=changes | {at: at_hour(event.on, HAPPENS)}))
    return found


# ── what is expected


def ticks() -> list[date]:
    days = (FIRST + timedelta(days=each) for each in range(DAYS))
    return [each for each in days if not any(first <= each <= last for first, last in STOPPED)]


TICKS = ticks()


def first_tick(day: date) -> date | None:
    """The first one on a working day: nobody is reminded on others, also after a stop."""
    return next((each for each in TICKS if each >= day and is_working_day(each)), None)


def expected_reminders(story: Story) -> Iterator[tuple[str, date]]:
    """Each at the first look on or after its day, while whoever is reminded still has it."""
    district, state, ends = SAID.district_days, [SAID.state_days, SAID.state_overdue_days], date.max
    moves = [each for each in story.events if each.what not in {"claimed", "overdue"}]
    for event, following in pairwise([*moves, None]):
        assert event is not None
        until = following.on if following else ends
        wanted: list[tuple[str, int]] = []
        if event.what in {"submitted", "corrected"}:
            wanted = [("district-reminder", district)] if district > 0 else []
            district -= _between(event.on, min(until, FIRST + timedelta(days=2000)))
        elif event.what == "returned":
            wanted = [("returned-reminder", each) for each in SAID.returned_days]
        elif event.what == "verified":
            wanted = list(zip(("review-reminder", "review-overdue"), state, strict=True))
        for notice, days in wanted:
            day = first_tick(add_working_days(event.on, days))
            if day is not None and day <= until:
                yield notice, day


def expected_news(story: Story) -> Iterator[tuple[str, date]]:
    """All that is new of an application is told as soon as one piece is due, on a working day, while it is news."""
    pieces, told = list(_pieces(story)), set[str]()
    for day in (each for each in TICKS if is_working_day(each)):
        alive = [each for each in pieces if each.of not in told and each.born < day <= each.dies]
        if any(each.due <= day for each in alive):
            told |= {each.of for each in alive}
            yield from ((each.of, day) for each in alive)


@dataclass(frozen=True)
class Piece:
    of: str
    born: date
    due: date
    dies: date


def _pieces(story: Story) -> Iterator[Piece]:
    for event in story.events:
        dies = date.max
        match event.what:
            case "submitted" | "corrected":
                of, dies = f"new|{story.district}|{event.submission}", _left(story, event)
            case "overdue":
                of, dies = f"overdue|{story.district}|", _left(story, event)
            case "returned":
                of = f"returned|{story.district}|{event.submission}"
            case "approved" | "denied" | "withdrawn":
                of = f"{event.what}|{story.district}|1"
            case _:
                continue
        due = next_morning(at_hour(event.on, HAPPENS), SAID.morning_hour)
        yield Piece(of, event.on, chicago_day(due), dies)


def _left(story: Story, event: Event) -> date:
    after = story.events[story.events.index(event) + 1 :]
    return next((each.on for each in after if each.what not in {"claimed", "overdue"}), date.max)


# ── the run


async def ticked(office: Office, day: date, *, killed: bool) -> None:
    now = at_hour(day, TICK)
    for deadline in (waited_long, morning):
        if killed:
            task = asyncio.create_task(_ticker(office, now).tick(deadline))
            await asyncio.sleep(0.004)
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            await asyncio.gather(*(_ticker(office, now).tick(deadline) for _ in range(2)))
            await level(office)
        while await _ticker(office, now).tick(deadline):
            await level(office)


def _ticker(office: Office, now: datetime) -> Ticker:
    return Ticker(office.process.pool, [waited_long, morning], office.running.log, now=lambda: now, new_id=new_id)


async def level(office: Office) -> None:
    assert await office.running.freshness.reached(await office.running.log.head(), 5.0)


async def recorded(office: Office, type_: str) -> list[Any]:
    async with office.process.pool.acquire() as db:
        rows = await db.fetch("select data::jsonb as data from fact where type = $1 order by position", type_)
    return [json.loads(row["data"]) for row in rows]


def chicago(at: str) -> date:
    return chicago_day(datetime.fromisoformat(at))


async def test_everything_comes_once_on_its_day(office: Office) -> None:
    told = stories()
    by_day: dict[date, list[tuple[Story, Event]]] = defaultdict(list)
    for story in told:
        for event in story.events:
            by_day[event.on].append((story, event))
    await office.hears(staff_contacts(), subject="dese")
    for code in DISTRICTS:
        await office.hears(listed().model_copy(update={"district": code}), subject=code)
    for story in told:
        account = registered().model_copy(update={"educator_id": story.educator_id})
        await office.hears(account, subject=story.educator_id)

    for number in range(DAYS):
        day = FIRST + timedelta(days=number)
        if day in TICKS:
            await ticked(office, day, killed=number % 40 == 7)
        for story, event in by_day[day]:
            outcome = await office.hears(*facts_of(story, event), subject=story.educator_id)
            assert outcome.held == 0
        await level(office)

    last = FIRST + timedelta(days=DAYS - 1)
    reminded = Counter(
        (each["application_id"], each["occasion"].partition("|")[0], chicago(each["reminded_at"]))
        for each in await recorded(office, "WaitReminded")
    )
    assert reminded == Counter(
        (str(story.application_id), *each) for story in told for each in expected_reminders(story) if each[1] <= last
    )
    news = Counter(
        (each["application_id"], of, chicago(each["told_at"]))
        for each in await recorded(office, "DistrictTold")
        for of in each["news"]
    )
    expected = Counter((str(story.application_id), *each) for story in told for each in expected_news(story))
    assert news == expected
    digests = Counter((each["district"], each["day"]) for each in await recorded(office, "DigestMade"))
    assert digests == dict.fromkeys({(of.split("|")[1], day.isoformat()) for _, of, day in expected}, 1)
    asked_for = Counter(each["notice"] for each in await recorded(office, "NoticeRequested"))
    overdue_ones = [each for story in told for each in story.events if each.what == "overdue" and each.on <= last]
    assert asked_for["verification-overdue"] == len(overdue_ones) > 0
    assert asked_for["digest"] == len(digests)
    assert {notice for _, notice, _ in reminded} == {
        "district-reminder",
        "returned-reminder",
        "review-reminder",
        "review-overdue",
    }
