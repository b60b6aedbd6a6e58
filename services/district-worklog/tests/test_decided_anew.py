"""DESE looks at its denial again: the district has nothing to do, unless DESE asks it something."""

from worklog_given import (
    approved,
    asked,
    case_after,
    claimed,
    denied,
    item_after,
    opened_again,
    reopened,
    requested,
    submitted,
    verified,
    withdrawn,
)

from district_worklog.case import Ended, Undecided
from district_worklog.case_page import CasePageRow, case_page
from district_worklog.reopening import reopen, when_asked
from district_worklog.verifications_due import DueRow, verifications_due
from district_worklog.work_log import End, Stage, WorkLogRow, work_log

SENT = (submitted(), requested(), claimed(), verified())


def row_after(*facts: object) -> WorkLogRow:
    row: WorkLogRow | None = None
    for fact in facts:
        row = work_log.fold(row, fact)
    assert row is not None
    return row


def test_the_row_is_with_dese_again_and_then_decided() -> None:
    again = row_after(*SENT, denied(), opened_again())

    assert (again.stage, again.closed_as, again.moved_at) == (Stage.SENT, None, opened_again().opened_at)
    anew = row_after(*SENT, denied(), opened_again(), approved())
    assert (anew.stage, anew.closed_as) == (Stage.CLOSED, End.APPROVED)


def test_what_was_withdrawn_stays_closed() -> None:
    assert row_after(*SENT, withdrawn(), opened_again()).closed_as is End.WITHDRAWN


def test_the_case_is_open_again_for_an_answer_to_dese() -> None:
    assert isinstance(case_after(denied(), opened_again()), Undecided)
    assert isinstance(case_after(denied(), opened_again(), approved()), Ended)
    (reacting,) = when_asked(asked())
    assert reopen(item_after(requested(), verified()), reacting.command)
    assert row_after(*SENT, denied(), opened_again(), reopened()).stage is Stage.TO_VERIFY


def test_a_question_of_dese_meanwhile_can_become_overdue() -> None:
    row: DueRow | None = None
    for fact in (submitted(), requested(), verified(), denied(), reopened()):
        row = verifications_due.fold(row, fact)
    assert row is not None
    assert row.due_at is None

    row = verifications_due.fold(row, opened_again())
    assert row is not None
    assert row.due_at is not None


def test_the_history_of_the_district_says_so() -> None:
    row: CasePageRow | None = None
    for fact in (submitted(), requested(), verified(), denied(), opened_again()):
        row = case_page.fold(row, fact)

    assert row is not None
    assert [each.what for each in row.history] == ["submitted", "verified", "denied", "again"]
