"""A district returns an application: what it asked is open again, under the same reference; then it goes back."""

from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    DISTRICT,
    JORDAN,
    MORGAN,
    NOW,
    REFERENCE,
    after,
    awaiting,
    complete,
    handed_in,
    later,
    nothing_submitted,
    only,
    reported,
    returned,
    returned_facts,
    sealed,
    submitted,
    told,
)

from applications.correcting import CorrectApplication, correct
from applications.draft import Draft, NoDraft, draft
from applications.draft_facts import PersonalReviewed
from applications.informing import Stale
from applications.returning import OpenAgain, open_again, when_returned
from lectern.contracts.applications import ApplicationCorrected
from lectern.contracts.district_worklog import DistrictReturned
from lectern.contracts.values import OfficerId, ReturnReason, Task
from lectern.eventlog.errors import NotFound, NotYet, Refused

SAVES = 14


def asked(submission: int = 1) -> OpenAgain:
    return OpenAgain(
        application_id=APPLICATION, submission=submission, reasons=(ReturnReason.HOURS_MISSING,), now=later(days=3)
    )


def correction(**changes: Any) -> CorrectApplication:
    command = CorrectApplication(
        application_id=APPLICATION,
        educator_id=JORDAN,
        seen=SAVES + 1,
        for_district=sealed("ApplicationCorrected.for_district", audience="district"),
        for_state=sealed("ApplicationCorrected.for_state", audience="state"),
        now=later(days=5),
    )
    return command.model_copy(update=changes)


def answered() -> Draft:
    return after(draft, *returned_facts(), reported())


def test_the_draft_is_open_again() -> None:
    assert told(open_again(submitted(), asked())) == ["DraftReturned"]


@pytest.mark.parametrize("given", [complete(), awaiting(), returned()], ids=lambda each: type(each).__name__)
def test_told_twice_or_too_early_it_changes_nothing(given: Draft) -> None:
    assert open_again(given, asked()) == []


def test_about_an_older_submission_it_changes_nothing() -> None:
    assert open_again(submitted(), asked(submission=2)) == []


def test_a_return_of_something_unknown_waits() -> None:
    with pytest.raises(NotYet):
        open_again(NoDraft(), asked())


def test_the_fact_of_the_district_asks_for_it() -> None:
    fact = DistrictReturned(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=1,
        district=DISTRICT,
        reasons=(ReturnReason.HOURS_MISSING,),
        note=sealed("DistrictReturned.note", audience="district"),
        returned_by=OfficerId(MORGAN),
        signature=sealed("DistrictReturned.signature"),
        returned_at=later(days=3),
    )

    [reacting] = when_returned(fact)

    assert (reacting.refs[0].stream, reacting.command) == (f"draft/{APPLICATION}", asked())


def test_it_goes_back_as_the_next_submission_under_the_same_reference() -> None:
    decided = correct(answered(), handed_in(), correction())

    fact = only(decided, ApplicationCorrected)

    assert told(decided) == ["DraftCorrected", "ApplicationCorrected"]
    assert (fact.submission, fact.tasks, fact.district) == (2, (Task.EDUCATION,), DISTRICT)
    assert decided[0].model_dump()["reference"] == REFERENCE  # type: ignore[union-attr]


def test_what_was_asked_has_to_be_answered_first() -> None:
    with pytest.raises(Refused) as refused:
        correct(returned(), handed_in(), correction(seen=SAVES))

    assert refused.value.details == {"tasks": {Task.EDUCATION}}


def test_a_reason_of_its_own_asks_to_look_at_both_parts() -> None:
    reviewed = PersonalReviewed(application_id=APPLICATION, saved_at=NOW)
    given = after(draft, *returned_facts(ReturnReason.OTHER), reviewed)

    with pytest.raises(Refused) as refused:
        correct(given, handed_in(), correction())

    assert refused.value.details == {"tasks": {Task.EDUCATION}}


def test_a_second_click_changes_nothing() -> None:
    assert correct(submitted(), handed_in(), correction()) == []


def test_what_was_changed_while_it_was_sealed_is_not_sent() -> None:
    with pytest.raises(Stale):
        correct(answered(), handed_in(), correction(seen=SAVES))


@pytest.mark.parametrize("given", [complete(), awaiting()], ids=["open", "payment on its way"])
def test_what_was_never_submitted_cannot_be_corrected(given: Draft) -> None:
    with pytest.raises(Refused):
        correct(given, nothing_submitted(), correction())


def test_another_educators_application_looks_like_none() -> None:
    with pytest.raises(NotFound):
        correct(answered(), handed_in(), correction(educator_id=MORGAN))
