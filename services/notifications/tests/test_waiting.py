"""Reminders of applications that wait: to whoever has it, each once, none for who answered."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from notifications_given import (
    APPLICATION,
    DANA,
    INDEPENDENCE,
    approved,
    case,
    corrected,
    denied,
    information_requested,
    information_supplied,
    opened_again,
    reopened,
    returned,
    sealed,
    submitted,
    verified,
    withdrawn,
)

from lectern.contracts.review import HoldPlaced, HoldReleased, ReviewAssigned
from lectern.eventlog.streams import Entry
from lectern.rules.clocks import clock_parameters
from lectern.rules.working_days import add_working_days, at_hour
from notifications.application import application
from notifications.notice import NoticeRequested, To, Unrequested
from notifications.wait import WaitReminded, wait
from notifications.waiting import waited_long
from notifications.waits import WaitRow, waits
from notifications.whereabouts import Holder, answered, at_state, handed_in

SAID = clock_parameters("upgrade-2026-11")
DAY = date(2026, 12, 8)
NOW = at_hour(DAY, 15)
OTHER = "115-115"


def on(fact: Any, day: date) -> Any:
    (field,) = (each for each in type(fact).model_fields if each.endswith("_at"))
    return fact.model_copy(update={field: at_hour(day, 15)})


def after(days: int, since: date = DAY) -> date:
    return add_working_days(since, days)


def row_after(*facts: Any) -> WaitRow:
    row = None
    for fact in facts:
        row = waits.fold(row, fact) if isinstance(fact, waits.facts) else row
    assert row is not None
    return row


def state_after(noun: Any, *facts: Any) -> Any:
    state = noun.initial
    for fact in facts:
        state = noun.evolve(state, fact) if isinstance(fact, noun.facts) else state
    return state


def decided(row: WaitRow, *facts: Any, now: datetime) -> list[Any]:
    asking = waited_long.command(row, now)
    states = [state_after(each, *facts) for each in (wait, application, handed_in, answered, at_state)]
    found = asking.decide(*states, Unrequested(), asking.command)
    return [each.fact if isinstance(each, Entry) else each for each in found]


def given(*facts: Any, until: date) -> list[tuple[To, str, date]]:
    """All reminders with whom they are for, on which day, with a ticker that looks at eight every morning."""
    told, reminders, day = list(facts), list[tuple[To, str, date]](), DAY
    while day <= until:
        row, now = row_after(*told), at_hour(day, 8)
        if row.due_at is not None and row.due_at <= now:
            reminded, request = decided(row, *told, now=now)
            assert isinstance(reminded, WaitReminded)
            assert isinstance(request, NoticeRequested)
            reminders.append((request.to, request.notice, day))
            told.append(reminded)
        else:
            day += timedelta(days=1)
    return reminders


def assigned() -> ReviewAssigned:
    return ReviewAssigned(**case(), reviewer=DANA, assigned_at=at_hour(DAY, 15))


IN = on(submitted(), DAY)


def test_the_districts_contacts_are_reminded_once() -> None:
    assert given(IN, until=after(200)) == [(To.DISTRICT, "district-reminder", after(SAID.district_days))]


def test_they_are_reminded_from_the_morning_on() -> None:
    assert row_after(IN).due_at == at_hour(after(SAID.district_days), 7)


def test_after_a_return_the_districts_clock_goes_on() -> None:
    back = after(20)
    facts = (IN, on(returned(), after(4)), on(corrected(), back))

    assert given(*facts, until=after(100)) == [
        (To.DISTRICT, "district-reminder", after(SAID.district_days - 4, since=back)),
    ]


def test_the_next_district_has_its_own_time() -> None:
    moved = on(corrected(), after(20)).model_copy(update={"district": OTHER})
    reminded = WaitReminded(
        application_id=APPLICATION,
        educator_id=IN.educator_id,
        occasion=f"district-reminder|{INDEPENDENCE}",
        notice_id=APPLICATION,
        reminded_at=at_hour(after(SAID.district_days), 7),
    )

    row = row_after(IN, reminded, on(returned(), after(15)), moved)

    assert row.due_at == at_hour(after(SAID.district_days, since=after(20)), 7)


def test_an_educator_who_does_not_answer_is_reminded_of_each_return() -> None:
    facts = (IN, on(returned(), after(2)))

    reminders = given(*facts, until=after(200))

    assert reminders == [(To.EDUCATOR, "returned-reminder", after(each, since=after(2))) for each in SAID.returned_days]
    again = (*facts, on(corrected(), after(50)), on(returned(2), after(52)))
    assert row_after(*again).due_at == at_hour(after(SAID.returned_days[0], since=after(52)), 7)


def test_the_reviewer_is_reminded_and_then_the_supervisors_are_told() -> None:
    facts = (IN, on(verified(), after(3)), assigned())

    assert given(*facts, until=after(300)) == [
        (To.REVIEWER, "review-reminder", after(SAID.state_days, since=after(3))),
        (To.SUPERVISORS, "review-overdue", after(SAID.state_overdue_days, since=after(3))),
    ]
    _, request = decided(row_after(*facts), *facts, now=at_hour(after(SAID.state_days, since=after(3)), 8))
    assert request.officer_id == DANA
    assert request.working_days == SAID.state_days


def test_after_a_stop_everybody_is_told_once_what_still_holds() -> None:
    late, told = at_hour(after(300), 8), [IN, on(returned(), after(2))]

    reminded, _ = decided(row_after(*told), *told, now=late)

    assert reminded.occasion == f"returned-reminder|1|{SAID.returned_days[-1]}"
    assert row_after(*told, reminded).due_at is None


def test_what_dese_asks_the_educator_stands_on_the_educators_clock() -> None:
    facts = (IN, on(verified(), after(3)), on(information_requested(), after(5)))
    supplied = on(information_supplied(), after(60))

    reminders = given(*facts, until=after(59))
    back = row_after(*facts, supplied)

    asked = [(To.EDUCATOR, "information-reminder", after(each, since=after(5))) for each in SAID.returned_days]
    assert reminders == asked
    assert back.holder is Holder.DESE
    assert back.due_at == at_hour(after(SAID.state_days - 2, since=after(60)), 7)


def test_on_hold_nobody_is_reminded() -> None:
    facts = (IN, on(verified(), after(3)), on(held(), after(5)))
    waited = row_after(*facts)

    back = row_after(*facts, on(released(), after(60)))

    assert waited.due_at is None
    assert back.due_at == at_hour(after(SAID.state_days - 2, since=after(60)), 7)
    due = row_after(IN, on(verified(), after(3)))
    assert decided(due, *facts, now=at_hour(after(SAID.state_days, since=after(3)), 8)) == []


def held() -> HoldPlaced:
    return HoldPlaced(**case(), why=sealed("HoldPlaced.why", "state"), placed_by=DANA, placed_at=NOW)


def released() -> HoldReleased:
    return HoldReleased(**case(), why=sealed("HoldReleased.why", "state"), released_by=DANA, released_at=NOW)


def test_what_dese_asks_the_district_goes_on_with_its_clock() -> None:
    facts = (IN, on(verified(), after(3)), on(reopened(), after(20)))

    assert given(*facts, until=after(60)) == [
        (To.DISTRICT, "district-reminder", after(SAID.district_days - 3, since=after(20)))
    ]


@pytest.mark.parametrize("end", [approved(), denied(), withdrawn()], ids=lambda each: each.type)
def test_what_has_ended_waits_for_nobody(end: Any) -> None:
    assert row_after(IN, on(end, after(3))).due_at is None
    assert row_after(IN, on(end, after(3)), on(verified(), after(4))).holder is Holder.NOBODY


@pytest.mark.parametrize("fact", [returned(), verified(), corrected(), approved()], ids=lambda each: each.type)
def test_what_the_view_has_not_seen_counts(fact: Any) -> None:
    row, now = row_after(IN), at_hour(after(SAID.district_days), 8)

    assert decided(row, IN, fact, now=now) == []
    assert len(decided(row, IN, now=now)) == 2


def test_what_was_given_is_not_given_again() -> None:
    row, now = row_after(IN), at_hour(after(SAID.district_days), 8)
    reminded, _ = decided(row, IN, now=now)

    assert decided(row, IN, reminded, now=now) == []


def test_each_number_of_days_is_a_day_of_the_calendar() -> None:
    """Working days after Tuesday, December 8, 2026: Christmas, New Year, January 18, February 12 and 15 are none."""
    stories = ((IN,), (IN, on(returned(), DAY)), (IN, on(verified(), DAY)))

    assert [[day for _, _, day in given(*facts, until=after(90))] for facts in stories] == [
        [date(2026, 12, 22)],
        [date(2026, 12, 22), date(2027, 1, 22)],
        [date(2027, 2, 5), date(2027, 3, 9)],
    ]
    assert row_after(IN).due_at == datetime(2026, 12, 22, 13, 0, tzinfo=UTC)


def test_what_dese_looks_at_again_has_a_clock_and_reminders_of_its_own() -> None:
    sent, back = on(verified(), DAY), on(denied(), after(45))
    again = on(opened_again(), after(50))
    facts = (on(submitted(), DAY), sent, back, again)

    told = given(*facts[:2], until=after(44)) + given(*facts, until=after(50 + SAID.state_days))

    row = row_after(*facts)
    assert (row.holder, row.reviewer, row.cycle) == (Holder.DESE, None, 2)
    assert [to for to, _, _ in told] == [To.REVIEWER, To.REVIEWER]
    assert told[-1][2] == after(50 + SAID.state_days)


def test_a_reminder_of_the_cycle_before_is_given_no_more() -> None:
    facts = (on(submitted(), DAY), on(verified(), DAY))
    row, later = row_after(*facts), at_hour(after(SAID.state_days), 8)

    assert decided(row, *facts, now=later)
    assert decided(row, *facts, on(denied(), DAY), on(opened_again(), DAY), now=later) == []
