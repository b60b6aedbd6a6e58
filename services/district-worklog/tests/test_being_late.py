"""A district that has an application for too long: said once, on the morning of the day, whatever else happens."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from worklog_given import (
    APPLICATION,
    NOW,
    OURS,
    THEIRS,
    approved,
    given,
    overdue,
    requested,
    returned,
    submitted,
    verified,
    withdrawn,
)

from district_worklog.being_late import too_long
from district_worklog.case import case
from district_worklog.verifications_due import DueRow, fold
from district_worklog.work_item import work_item
from lectern.contracts.district_worklog import VerificationOverdue
from lectern.contracts.facts import Fact
from lectern.eventlog.streams import Noun
from lectern.rules.clocks import clock_parameters
from lectern.rules.working_days import add_working_days, at_hour

FIRST = date(2026, 12, 8)
LATE_DAYS = clock_parameters("upgrade-2026-11").district_overdue_days
LATE = add_working_days(FIRST, LATE_DAYS)


def state(noun: Noun[Any], *facts: Fact) -> Any:
    return given(noun, *(each for each in facts if isinstance(each, noun.facts)))


def on(fact: Any, field: str, day: date) -> Any:
    return fact.model_copy(update={field: at_hour(day, 15)})


def row_after(*facts: Fact) -> DueRow:
    row = None
    for fact in (submitted(), *facts):
        row = fold(row, fact)  # type: ignore[arg-type]
    assert row is not None
    return row


def said(*facts: Fact, at: datetime) -> list[Any]:
    """What the deadline records at an instant, where the row is due by then."""
    row = row_after(*facts)
    if row.due_at is None or row.due_at > at:
        return []
    asking = too_long.command(row, at)
    return list(asking.decide(state(work_item, *facts), state(case, *facts), asking.command))


ASKED = on(requested(), "requested_at", FIRST)


def test_it_is_said_on_the_morning_of_the_day_and_not_before() -> None:
    morning = at_hour(LATE, 7)
    assert morning == datetime(2027, 1, 7, 13, 0, tzinfo=UTC), "20 working days, without Christmas and New Year"

    early, due = said(ASKED, at=morning - timedelta(microseconds=1)), said(ASKED, at=morning)

    assert early == []
    (entry,) = due
    assert entry.claim == f"overdue:{APPLICATION}:{OURS}"
    assert isinstance(entry.fact, VerificationOverdue)
    assert (entry.fact.working_days, entry.fact.overdue_at) == (LATE_DAYS, morning)


def test_it_is_said_once_also_after_it_came_back() -> None:
    told = (ASKED, overdue(), on(returned(), "returned_at", LATE))
    again = on(requested(submission=2), "requested_at", LATE)

    assert row_after(ASKED, overdue()).due_at is None
    assert row_after(*told, again).due_at is None


def test_days_with_the_educator_do_not_count() -> None:
    back = add_working_days(FIRST, 50)
    paused = (ASKED, on(returned(), "returned_at", add_working_days(FIRST, 5)))
    again = on(requested(submission=2), "requested_at", back)

    assert row_after(*paused).due_at is None
    assert row_after(*paused, again).due_at == at_hour(add_working_days(back, LATE_DAYS - 5), 7)


def test_the_next_district_has_its_own_time() -> None:
    day = add_working_days(FIRST, 30)
    moved = on(requested(submission=2, district=THEIRS), "requested_at", day)

    row = row_after(ASKED, overdue(), on(returned(), "returned_at", day), moved)

    assert row.due_at == at_hour(add_working_days(day, LATE_DAYS), 7)


@pytest.mark.parametrize("end", [verified(), returned(), approved(), withdrawn()], ids=lambda each: each.type)
def test_whoever_answered_is_not_late(end: Fact) -> None:
    assert row_after(ASKED, end).due_at is None


@pytest.mark.parametrize("end", [verified(), returned(), approved(), withdrawn()], ids=lambda each: each.type)
def test_an_answer_that_the_view_has_not_seen_counts(end: Fact) -> None:
    asking = too_long.command(row_after(ASKED), datetime(2027, 3, 1, tzinfo=UTC))

    decided = asking.decide(state(work_item, ASKED, end), state(case, ASKED, end), asking.command)

    assert list(decided) == []


def test_nothing_else_changes() -> None:
    before = state(work_item, ASKED)

    assert state(work_item, ASKED, overdue()) == before
    assert at_hour(LATE, 7) > NOW
