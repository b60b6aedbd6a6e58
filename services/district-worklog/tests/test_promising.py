"""The contact hours of a reactivation: recorded within their months, else overdue once, on the day after their last."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from worklog_given import APPLICATION, DANA, JORDAN, OURS, THEIRS, given, requested, sealed, submitted, verified

from district_worklog.application import application
from district_worklog.case import case
from district_worklog.promise import promise
from district_worklog.promises_due import PromiseRow, promises_due
from district_worklog.promising import RecordHours, SayHoursOverdue, hours_overdue, record_hours, say_hours_overdue
from district_worklog.work_item import work_item
from lectern.contracts.days import end_of
from lectern.contracts.district_worklog import ContactHoursCompleted, ContactHoursOverdue
from lectern.contracts.facts import Fact
from lectern.contracts.review import ApplicationApproved, ApplicationDenied
from lectern.contracts.values import Kind, Route
from lectern.eventlog.errors import NotFound, Refused
from lectern.rules import RULES

APPROVED_AT = datetime(2026, 8, 31, 15, tzinfo=UTC)
DUE = date(2027, 2, 28)
TODAY = date(2027, 3, 5)
ABOUT: dict[str, Any] = {"application_id": APPLICATION, "educator_id": JORDAN, "submission": 1, "cycle": 1}


def applied(**changed: Any) -> Any:
    return submitted().model_copy(update={"kind": Kind.REACTIVATION, "route": Route.EMPLOYMENT, **changed})


def approved() -> ApplicationApproved:
    signed = sealed("ApplicationApproved.signed", audience="state")
    return ApplicationApproved(**ABOUT, rulings=(), rules=RULES, signed=signed, approved_at=APPROVED_AT)


def asked(kind: Kind = Kind.REACTIVATION) -> Any:
    return given(work_item, requested().model_copy(update={"kind": kind}), verified())


def recording(**changed: Any) -> RecordHours:
    command = RecordHours(
        application_id=APPLICATION,
        district=OURS,
        officer=DANA,
        quarter_hours=96,
        completed_on=DUE,
        signature=sealed("ContactHoursCompleted.signature"),
        today=TODAY,
        now=APPROVED_AT,
    )
    return command.model_copy(update=changed)


def record(state: Any = None, decided: Any = None, item: Any = None, **changed: Any) -> list[Any]:
    heard = given(application, applied())
    where = given(case, approved()) if decided is None else decided
    return record_hours(state or promise.initial, item or asked(), where, heard, recording(**changed))


def completed() -> ContactHoursCompleted:
    [entry] = record()
    assert isinstance(entry.fact, ContactHoursCompleted)
    return entry.fact


def overdue() -> ContactHoursOverdue:
    [entry] = say_hours_overdue(promise.initial, asked(), saying())
    assert isinstance(entry.fact, ContactHoursOverdue)
    return entry.fact


def saying() -> SayHoursOverdue:
    return SayHoursOverdue(application_id=APPLICATION, educator_id=JORDAN, due_on=DUE, now=end_of(DUE))


def row(*facts: Fact) -> PromiseRow | None:
    found = None
    for each in facts:
        found = promises_due.fold(found, each)
    return found


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        (date(2026, 2, 28), True),
        (date(2026, 2, 27), False),
        (DUE, True),
        (date(2027, 3, 1), False),
    ],
)
def test_hours_count_six_months_before_and_after_the_reactivation(day: date, counts: bool) -> None:
    if counts:
        assert len(record(completed_on=day)) == 1
    else:
        with pytest.raises(Refused, match="Hours count from February 28, 2026 to February 28, 2027"):
            record(completed_on=day)


def test_less_than_what_was_promised_is_not_recorded() -> None:
    with pytest.raises(Refused, match=r"23\.75 of 24 contact hours"):
        record(quarter_hours=95)


def test_a_day_to_come_is_not_recorded() -> None:
    with pytest.raises(Refused, match="still to come"):
        record(completed_on=date(2026, 9, 2), today=date(2026, 9, 1))


def test_they_are_recorded_once() -> None:
    assert record(given(promise, completed())) == []


def test_they_can_be_recorded_after_it_was_said_that_they_are_overdue() -> None:
    assert len(record(given(promise, overdue()))) == 1


def test_nothing_is_due_before_the_approval_or_after_a_denial() -> None:
    denied = ApplicationDenied(
        **ABOUT,
        reasons=sealed("ApplicationDenied.reasons", audience="state"),
        rulings=(),
        note=sealed("ApplicationDenied.note", audience="district"),
        rules=RULES,
        signed=sealed("ApplicationDenied.signed", audience="state"),
        denied_at=APPROVED_AT,
    )

    with pytest.raises(Refused, match="has not decided"):
        record(decided=case.initial)
    with pytest.raises(Refused, match="no contact hours are due"):
        record(decided=given(case, denied))


def test_another_districts_promise_is_not_there() -> None:
    with pytest.raises(NotFound):
        record(district=THEIRS)
    with pytest.raises(NotFound):
        record(item=asked(Kind.EXTENSION))


def test_overdue_is_said_once_and_not_of_what_is_completed() -> None:
    assert say_hours_overdue(given(promise, overdue()), asked(), saying()) == []
    assert say_hours_overdue(given(promise, completed()), asked(), saying()) == []


def test_it_falls_due_when_the_last_day_is_over_by_its_own_rules() -> None:
    found = row(applied(), verified(), approved())

    assert found is not None
    assert (found.due_on, found.due_at, found.district) == (DUE, end_of(DUE), OURS)
    assert hours_overdue.command(found, end_of(DUE) + timedelta(days=7)).command.due_on == DUE


@pytest.mark.parametrize("last", [completed, overdue])
def test_nothing_falls_due_afterwards(last: Any) -> None:
    found = row(applied(), verified(), approved(), last())

    assert found is not None
    assert found.due_at is None


def test_nothing_is_promised_by_a_course_or_for_another_kind() -> None:
    assert row(applied(route=Route.COURSE), approved()) is None
    assert row(applied(kind=Kind.UPGRADE, route=None), verified(), approved()) is None
