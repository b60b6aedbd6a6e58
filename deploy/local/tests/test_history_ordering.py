"""Facts of several logs in one order."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from lectern_local.history.command import instant
from lectern_local.history.happened import Happened
from lectern_local.history.ordering import causal_order

BEGAN = datetime(2027, 1, 14, 15, tzinfo=UTC)


def fact(service: str, position: int, *, seconds: float, cause: Happened | None = None) -> Happened:
    id_ = UUID(int=position + 1000 * sum(service.encode()))
    at = BEGAN + timedelta(seconds=seconds)
    return Happened(
        service, position, id_, "a/b", position, "Type", {}, "user:x", cause.id if cause else None, at, public=True
    )


def test_by_time_where_nothing_else_decides() -> None:
    first, second = fact("review", 1, seconds=1), fact("applications", 1, seconds=2)

    assert causal_order([second, first]) == [first, second]


def test_a_cause_stands_first_although_its_clock_is_ahead() -> None:
    cause = fact("applications", 1, seconds=9)
    caused = fact("review", 1, seconds=1, cause=cause)

    assert causal_order([caused, cause]) == [cause, caused]


def test_each_log_keeps_its_order() -> None:
    cause = fact("applications", 5, seconds=9)
    log = [fact("review", 1, seconds=1), fact("review", 2, seconds=2, cause=cause), fact("review", 3, seconds=3)]
    facts = [log[1], cause, log[2], log[0]]

    ordered = causal_order(facts)

    assert ordered == [log[0], cause, log[1], log[2]]


def test_a_day_means_its_end_in_chicago() -> None:
    assert instant("2027-01-14") == datetime(2027, 1, 15, 6, tzinfo=UTC)
    assert instant("2027-01-14T09:30") == datetime(2027, 1, 14, 15, 30, tzinfo=UTC)
    assert instant("2027-01-14T09:30:00Z") == datetime(2027, 1, 14, 9, 30, tzinfo=UTC)
