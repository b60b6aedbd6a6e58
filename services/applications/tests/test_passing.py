"""The district that has an application passes it on: the next submission names the right one."""

from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    DISTRICT,
    JORDAN,
    NOW,
    after,
    began,
    handed_in_fact,
    nothing_live,
    nothing_submitted,
    only,
    returned_facts,
    sealed,
    submitted,
    told,
)

from applications.application import Application, application
from applications.applying import Applying, applying
from applications.draft import Draft, draft
from applications.passing import GoOn, go_on, when_passed_on
from applications.timeline import Happened, timeline
from lectern.contracts.applications import EmployerChanged, WithdrawalRequested
from lectern.contracts.district_worklog import VerificationReassigned
from lectern.contracts.values import EmployerChange, OfficerId
from lectern.eventlog.errors import NotYet

OTHER = "048-078"


def passed_on(submission: int = 1) -> VerificationReassigned:
    return VerificationReassigned(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=submission,
        district=DISTRICT,
        to=OTHER,
        reassigned_by=OfficerId(JORDAN),
        signature=sealed("VerificationReassigned.signature"),
        reassigned_at=NOW,
    )


def hearing(
    of: Draft | None = None, handed_in: Application | None = None, live: Applying | None = None, submission: int = 1
) -> list[Any]:
    (asking,) = when_passed_on(passed_on(submission))
    assert isinstance(asking.command, GoOn)
    assert asking.decide is go_on
    return go_on(
        submitted() if of is None else of,
        after(application, handed_in_fact()) if handed_in is None else handed_in,
        after(applying, began()) if live is None else live,
        asking.command,
    )


def test_the_next_submission_names_the_right_one() -> None:
    facts = hearing()

    changed = only(facts, EmployerChanged)
    assert told(facts) == ["DraftMoved", "EmployerChanged"]
    assert (changed.submission, changed.before, changed.district) == (2, DISTRICT, OTHER)
    assert changed.why is EmployerChange.PASSED_ON


def test_what_comes_before_the_application_waits_for_it() -> None:
    with pytest.raises(NotYet):
        hearing(handed_in=nothing_submitted())


def test_an_older_submission_and_what_ends_stay() -> None:
    asked = WithdrawalRequested(application_id=APPLICATION, educator_id=JORDAN, submission=1, requested_at=NOW)
    moved = after(application, handed_in_fact(), only(hearing(), EmployerChanged))

    assert hearing(handed_in=moved) == []
    assert hearing(handed_in=after(application, handed_in_fact(), asked)) == []
    assert hearing(live=nothing_live()) == []
    assert hearing(of=after(draft, *returned_facts())) == []


def test_the_story_says_who_passed_it_on() -> None:
    row = None
    for fact in (handed_in_fact(), only(hearing(), EmployerChanged)):
        row = timeline.fold(row, fact)

    assert row is not None
    assert [each.what for each in row.entries] == [Happened.SUBMITTED, Happened.NAMED_ANOTHER]
    assert row.entries[-1].why is EmployerChange.PASSED_ON
