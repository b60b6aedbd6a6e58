"""An application goes to another district: one work item there, and nothing later for the one that had it."""

from typing import Any

from worklog_commands import keeping
from worklog_given import (
    FOUR_YEARS,
    NOW,
    OURS,
    THEIRS,
    case_after,
    declined,
    employer_changed,
    evidence_after,
    given,
    heard,
    item_after,
    recorded,
    requested,
    returned,
    submitted,
    verified,
    withdrawn,
)

from district_worklog.case_page import case_page
from district_worklog.district import district
from district_worklog.evidence import at_submission
from district_worklog.leaving import Here, ItemLeft, left_item, move, when_employer_changed
from district_worklog.left_items import left_items
from district_worklog.recording import keep
from district_worklog.work_log import End, Stage, work_log
from lectern.contracts.district_worklog import DistrictListed, VerificationRequested
from lectern.contracts.facts import Fact
from lectern.contracts.values import DeclineReason, EmployerChange
from lectern.eventlog.streams import Entry


def listed(code: str = THEIRS) -> Any:
    return given(district, DistrictListed(district=code, name="ST. LOUIS CITY", county="St. Louis City", listed_at=NOW))


def moving(*facts: Fact, why: EmployerChange = EmployerChange.DECLINED, to: str = THEIRS) -> list[Entry]:
    """What follows from hearing that another district is named, after these facts of the work item."""
    (reaction,) = when_employer_changed(employer_changed(why=why, to=to))
    application = heard(submitted(), employer_changed(why=why, to=to))
    return move(item_after(*facts), application, listed(to), Here(), reaction.command)


def rows(*facts: Fact) -> Any:
    row = None
    for fact in facts:
        row = work_log.fold(row, fact)
    return row


def test_the_new_district_is_asked_once_and_the_old_one_keeps_what_it_knew() -> None:
    asked, left = moving(requested(), declined())

    assert isinstance(asked.fact, VerificationRequested)
    assert (asked.fact.district, asked.fact.submission) == (THEIRS, 2)
    assert asked.claim is not None
    assert asked.claim.startswith("item:")
    assert isinstance(left.fact, ItemLeft)
    assert (left.fact.district, left.fact.to, left.fact.submission) == (OURS, THEIRS, 1)
    assert left.fact.declined is DeclineReason.NO_LONGER_EMPLOYED


def test_it_leaves_from_wherever_it_was() -> None:
    for facts in ((requested(),), (requested(), returned()), (requested(), verified())):
        _, left = moving(*facts, why=EmployerChange.NAMED_WRONG)

        assert isinstance(left.fact, ItemLeft)
        assert left.fact.declined is None


def test_heard_twice_it_is_asked_once() -> None:
    assert moving(requested(), declined(), requested(2, THEIRS)) == []


def test_named_again_it_does_not_leave() -> None:
    (asked,) = moving(requested(), declined(), to=OURS)

    assert isinstance(asked.fact, VerificationRequested)


def test_a_declined_one_is_closed_until_a_district_is_named() -> None:
    row = rows(submitted(), requested(), declined())
    again = rows(submitted(), requested(), declined(), requested(2, THEIRS))

    assert (row.stage, row.closed_as, row.declined) == (Stage.CLOSED, End.DECLINED, DeclineReason.NO_LONGER_EMPLOYED)
    assert (again.stage, again.closed_as, again.district, again.first) == (Stage.TO_VERIFY, None, THEIRS, 2)


def test_what_ended_meanwhile_is_not_opened_by_another_district() -> None:
    row = rows(submitted(), requested(), declined(), withdrawn(), requested(2, THEIRS))

    assert (row.stage, row.closed_as, row.district) == (Stage.CLOSED, End.WITHDRAWN, OURS)


def test_what_one_district_recorded_is_nothing_to_the_next() -> None:
    state = evidence_after(recorded(FOUR_YEARS))
    row = rows(submitted(), requested(), recorded(FOUR_YEARS), requested(2, THEIRS))

    ours, theirs = at_submission(state, 2, OURS), at_submission(state, 2, THEIRS)

    assert ours is not None
    assert theirs is not None
    assert ours.before
    assert not theirs.before
    assert not row.recorded_before
    assert keep(state, item_after(requested(2, THEIRS)), case_after(), keeping(district=THEIRS)) == []


def test_the_new_district_sees_no_history_of_the_old_one() -> None:
    row = None
    for fact in (submitted(), requested(), declined(), requested(2, THEIRS)):
        row = case_page.fold(row, fact)

    assert row is not None
    assert [each.what for each in row.history] == ["named"]


def test_who_was_named_by_the_educator_is_nothing_to_the_old_district() -> None:
    def row(why: EmployerChange) -> Any:
        _, left = moving(requested(), why=why)
        return left_items.fold(None, left.fact)

    assert row(EmployerChange.NAMED_WRONG).moved_to is None
    assert row(EmployerChange.PASSED_ON).moved_to == THEIRS


def test_the_stream_knows_that_it_left() -> None:
    _, left = moving(requested())

    assert left_item.evolve(Here(), left.fact) != Here()
