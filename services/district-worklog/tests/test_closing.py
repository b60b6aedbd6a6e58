"""A district that has closed: what waits there is declined by nobody, once, from its day on."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from worklog_commands import claiming, declining
from worklog_given import (
    APPLICATION,
    JORDAN,
    NOW,
    OURS,
    THEIRS,
    TODAY,
    answered,
    approved,
    case_after,
    declined,
    given,
    item_after,
    reopened,
    requested,
    returned,
    submitted,
    verified,
    withdrawn,
)

from district_worklog.claiming import claim
from district_worklog.closing import DeclineForClosed, decline_for_closed, has_closed
from district_worklog.declining import decline
from district_worklog.district import District, district
from district_worklog.verifications_due import DueRow, fold
from district_worklog.work_log import End, Stage, WorkLogRow, work_log
from lectern.contracts.district_worklog import DistrictClosed, DistrictDeclined, DistrictListed
from lectern.contracts.facts import Fact
from lectern.contracts.values import DeclineReason
from lectern.eventlog.errors import Refused


def place(closed_on: date | None = TODAY) -> District:
    listed = DistrictListed(district=OURS, name="INDEPENDENCE 30", county="JACKSON", listed_at=NOW)
    shut = [DistrictClosed(district=OURS, closed_on=closed_on, closed_at=NOW)] if closed_on else []
    return given(district, listed, *shut)  # type: ignore[no-any-return]


def asking(*item: Fact, case: Any = None, closed_on: date | None = TODAY, submission: int = 1) -> list[Any]:
    command = DeclineForClosed(application_id=APPLICATION, submission=submission, now=NOW)
    return decline_for_closed(item_after(*item), case or case_after(), place(closed_on), command)


def by_nobody(submission: int = 1) -> DistrictDeclined:
    return DistrictDeclined(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=OURS,
        reason=DeclineReason.DISTRICT_CLOSED,
        note=None,
        declined_by=None,
        signature=None,
        declined_at=NOW,
    )


def due_row(*facts: Any) -> DueRow:
    row = None
    for fact in (submitted(), *facts):
        row = fold(row, fact)
    assert row is not None
    return row


def test_what_waits_is_declined_by_nobody() -> None:
    assert asking(requested()) == [by_nobody()]


def test_so_is_what_dese_asked_about() -> None:
    assert asking(requested(), verified(), reopened()) == [by_nobody()]


@pytest.mark.parametrize(("closed_on", "count"), [(TODAY, 1), (TODAY + timedelta(days=1), 0), (None, 0)])
def test_its_day_counts(closed_on: date | None, count: int) -> None:
    assert len(asking(requested(), closed_on=closed_on)) == count


def test_its_day_begins_at_midnight_in_missouri() -> None:
    for now, count in ((datetime(2026, 12, 31, 5, 59, tzinfo=UTC), 0), (datetime(2026, 12, 31, 6, 0, tzinfo=UTC), 1)):
        command = DeclineForClosed(application_id=APPLICATION, submission=1, now=now)
        shut = place(date(2026, 12, 31))

        assert len(decline_for_closed(item_after(requested()), case_after(), shut, command)) == count


@pytest.mark.parametrize(
    ("item", "case"),
    [
        ((requested(), verified()), case_after()),
        ((requested(), returned()), case_after()),
        ((requested(), declined()), case_after()),
        ((requested(), verified(), reopened(), answered(), verified()), case_after()),
        ((requested(), returned(), requested(2)), case_after()),
        ((), case_after()),
        ((requested(),), case_after(approved())),
        ((requested(),), case_after(withdrawn())),
    ],
)
def test_what_does_not_wait_for_it_stays(item: tuple[Fact, ...], case: Any) -> None:
    assert asking(*item, case=case) == []


def test_what_comes_back_to_a_closed_district_is_declined_too() -> None:
    assert asking(requested(), returned(), requested(2), submission=2) == [by_nobody(2)]


def test_whoever_works_on_it_is_told_that_the_district_has_closed() -> None:
    item = item_after(requested(), by_nobody())
    for ask in (lambda: claim(item, case_after(), claiming()), lambda: decline(item, case_after(), declining())):
        with pytest.raises(Refused, match="Your district has closed") as refused:
            ask()
        assert refused.value.details["conflict"] == "declined"


def test_each_time_it_is_asked_is_told_apart() -> None:
    asked = [
        due_row(requested()),
        due_row(requested(), verified(), reopened()),
        due_row(requested(), returned(), requested(2)),
        due_row(requested(), declined(), requested(2, THEIRS), requested(3)),
    ]

    assert all(each.waits for each in asked)
    assert len({has_closed.apart(each) for each in asked}) == len(asked)
    for done in (verified(), returned(), declined()):
        assert not due_row(requested(), done).waits


def test_nothing_of_the_question_stays_in_its_row() -> None:
    row: WorkLogRow | None = None
    for fact in (submitted(), requested(), verified(), reopened(), by_nobody()):
        row = work_log.fold(row, fact)

    assert row is not None
    assert (row.stage, row.closed_as, row.declined) == (Stage.CLOSED, End.DECLINED, DeclineReason.DISTRICT_CLOSED)
    assert row.asked_at is None
