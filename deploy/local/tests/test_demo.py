"""What `lectern demo` wants and what it says in the end."""

from collections import Counter
from datetime import date

import pytest

from lectern.contracts.values import EducatorReport, EstablishedBy, Kind
from lectern.rules import IN_FORCE
from lectern_local.demo import answers
from lectern_local.demo.command import planned, told
from lectern_local.demo.job import WAYS, with_dese, with_district
from lectern_local.demo.offices import evidence
from lectern_local.demo.performing import Performance
from lectern_local.demo.plan import SORTS, expected, mixed, possible, same
from lectern_local.trouble import Trouble


@pytest.mark.parametrize(
    ("end", "ends", "said"),
    [
        ("approved", {"approved": 20}, "20 started: 20 approved, in 10.0 s, 2.0 a second."),
        (
            "returned",
            {"approved": 4},
            "4 started: 4 returned by the district, corrected and approved, in 10.0 s, 0.4 a second.",
        ),
        ("denied", {"denied": 4}, "4 started: 4 denied, in 10.0 s, 0.4 a second."),
        (
            "approved",
            {"with_district": 3, "with_dese": 3},
            "6 started: 3 left with the district, 3 left with DESE, in 10.0 s, 0.6 a second.",
        ),
    ],
)
def test_the_last_line_says_what_ended_how(end: str, ends: dict[str, int], said: str) -> None:
    going = Performance(started=sum(ends.values()), ends=Counter(ends), seconds=10.0)

    assert told(going, end) == said


def test_the_last_line_counts_what_has_not_ended() -> None:
    going = Performance(started=3, ends=Counter(approved=1), stuck=["Application 2: no"], seconds=10.0)

    assert told(going, "approved") == "3 started: 1 approved, 2 not at an end, in 10.0 s, 0.1 a second."


def test_as_many_are_left_with_the_district_as_with_dese() -> None:
    plan = same("upgrade", "approved", 1, leave=2)

    assert [each.way for each in plan] == [WAYS["approved"], with_district, with_dese, with_district, with_dese]


def test_where_no_district_has_a_part_all_are_left_with_dese() -> None:
    assert [each.way for each in same("reactivation-course", "approved", 0, leave=1)] == [with_dese, with_dese]


def test_sixty_go_every_way_several_times() -> None:
    plan = mixed(60)

    assert len(plan) == 60
    assert {(each.sort, each.name) for each in plan} == {
        (sort, name) for sort in SORTS for name in WAYS if possible(sort, name)
    }
    assert min(Counter(each.name for each in plan).values()) >= 2
    assert expected(plan).total() == 60


@pytest.mark.parametrize(("end", "leave"), [("denied", 0), ("approved", 1)])
def test_mixed_is_asked_for_by_itself(end: str, leave: int) -> None:
    with pytest.raises(Trouble, match="every way"):
        planned("mixed", end, 4, leave)


def test_a_course_needs_no_district() -> None:
    with pytest.raises(Trouble, match="can’t go that way"):
        planned("reactivation-course", "returned", 1, 0)


@pytest.mark.parametrize("kind", IN_FORCE.kinds)
def test_what_is_recorded_and_reported_is_what_the_kind_asks_for(kind: Kind) -> None:
    today = date(2026, 11, 25)

    reported = EducatorReport.model_validate(answers.report(today, kind))
    recorded = evidence(today, kind)

    assert bool(reported.development_quarter_hours) == ("development" in IN_FORCE.of(kind).report)
    assert {each["criterion"] for each in recorded["established"]} == set(
        IN_FORCE.of(kind).established(EstablishedBy.DISTRICT)
    )
    assert answers.RETURNED[kind][0] in IN_FORCE.of(kind).returns
