"""DESE asks the district something: the item is open again, what was recorded stands, and the answer goes with it."""

import pytest
from worklog_commands import answering, recording, returning
from worklog_given import (
    ALL_FIVE,
    APPLICATION,
    JORDAN,
    NOW,
    OURS,
    QUESTION,
    answered,
    asked,
    case_after,
    claimed,
    corrected,
    evidence_after,
    heard,
    item_after,
    recorded,
    reopened,
    requested,
    returned,
    submitted,
    supplied,
    verified,
    withdrawn,
)

from district_worklog.case_page import CasePageRow, case_page
from district_worklog.recording import record
from district_worklog.reopening import Reopen, reopen, when_asked
from district_worklog.returning import return_to_educator
from district_worklog.verifying import verify
from district_worklog.work_item import Verified, Waiting
from district_worklog.work_log import Stage, WorkLogRow, work_log
from lectern.contracts.values import Party, ReturnReason
from lectern.eventlog.errors import NotYet, Refused
from lectern.eventlog.streams import Entry

OPEN_AGAIN = item_after(requested(), claimed(), verified(), reopened())
RECORDED = evidence_after(*(recorded(each) for each in ALL_FIVE))


def command(submission: int = 1) -> Reopen:
    return Reopen(application_id=APPLICATION, submission=submission, request_id=QUESTION, now=NOW)


def test_the_fact_of_dese_opens_what_was_sent() -> None:
    (reacting,) = when_asked(asked())

    assert (reacting.refs[0].stream, reacting.command) == (f"work-item/{APPLICATION}", command())
    assert reopen(item_after(requested(), verified()), command()) == [Entry(reopened(), claim=f"reopened:{QUESTION}")]
    assert when_asked(asked(Party.EDUCATOR)) == []


def test_open_already_or_about_another_submission_it_changes_nothing_and_of_something_unknown_it_waits() -> None:
    assert reopen(OPEN_AGAIN, command()) == []
    assert reopen(item_after(requested(), verified()), command(submission=2)) == []
    with pytest.raises(NotYet):
        reopen(item_after(), command())


def test_it_waits_again_and_evidence_may_change() -> None:
    assert isinstance(OPEN_AGAIN, Waiting)
    assert OPEN_AGAIN.question == QUESTION
    changed = record(RECORDED, OPEN_AGAIN, case_after(), heard(), recording())
    assert changed == []


def test_the_answer_goes_with_what_is_attested_again() -> None:
    told = verify(OPEN_AGAIN, RECORDED, case_after(), heard(), answering())

    assert [each.type for each in told] == ["DistrictAnswered", "DistrictVerified"]
    assert isinstance(item_after(requested(), verified(), reopened(), *told), Verified)


def test_without_an_answer_nothing_is_sent() -> None:
    with pytest.raises(Refused) as refused:
        verify(OPEN_AGAIN, RECORDED, case_after(), heard(), answering(""))

    assert refused.value.details["field"] == "answer"


def test_an_answer_that_nobody_asked_for_is_not_told() -> None:
    told = verify(item_after(requested()), RECORDED, case_after(), heard(), answering())

    assert [each.type for each in told] == ["DistrictVerified"]


def test_a_return_meanwhile_keeps_the_question() -> None:
    told = return_to_educator(OPEN_AGAIN, case_after(), heard(), returning(ReturnReason.HOURS_MISSING))
    item = item_after(requested(), verified(), reopened(), returned(), requested(2))

    assert [each.type for each in told] == ["DistrictReturned"]
    assert isinstance(item, Waiting)
    assert item.question == QUESTION


def test_a_withdrawn_application_is_not_answered() -> None:
    with pytest.raises(Refused, match="withdrew"):
        verify(OPEN_AGAIN, RECORDED, case_after(withdrawn()), heard(), answering())


def test_the_work_log_has_it_again_with_what_was_recorded() -> None:
    row, page = None, None
    told = (
        submitted(),
        requested(),
        claimed(),
        *(recorded(each) for each in ALL_FIVE),
        verified(),
        asked(),
        reopened(),
    )
    for fact in told:
        row = work_log.fold(row, fact) if isinstance(fact, work_log.facts) else row
        page = case_page.fold(page, fact) if isinstance(fact, case_page.facts) else page

    assert isinstance(row, WorkLogRow)
    assert (row.stage, row.asked_at, len(row.met)) == (Stage.TO_VERIFY, NOW, 5)
    assert isinstance(page, CasePageRow)
    assert page.history[-1].what == "asked"
    row = work_log.fold(row, verified())
    page = case_page.fold(page, answered())
    assert isinstance(row, WorkLogRow)
    assert (row.stage, row.asked_at) == (Stage.SENT, None)
    assert isinstance(page, CasePageRow)
    assert page.history[-1].what == "answered"


def test_what_an_educator_told_dese_is_the_report_from_then_on() -> None:
    page = case_page.fold(case_page.fold(None, submitted()), supplied())

    assert isinstance(page, CasePageRow)
    assert page.report == supplied().for_district
    state = heard(submitted(), corrected(), supplied(2))
    assert getattr(state, "report", None) == supplied(2).for_district
    assert (reopened().district, reopened().educator_id) == (OURS, JORDAN)
