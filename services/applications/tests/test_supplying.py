"""DESE asks an educator something: what it asks about is open again, and the answer goes back."""

from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    CERTIFICATE,
    JORDAN,
    MORGAN,
    NOW,
    QUESTION,
    after,
    asked,
    asked_facts,
    awaiting,
    complete,
    handed_in,
    handed_in_fact,
    later,
    nothing_live,
    nothing_submitted,
    only,
    reported,
    returned,
    sealed,
    submission,
    submitted,
    told,
)

from applications.answering import answerable
from applications.application import application
from applications.application_status import Holder, StatusRow, application_status
from applications.correcting import CorrectApplication, correct
from applications.draft import Draft, NoDraft, Submitted, draft
from applications.drafts import DraftRow, Stage, drafts
from applications.ending import EndApplying, discard
from applications.informing import Stale
from applications.supplying import OpenForAnswer, SupplyInformation, open_for_answer, supply, when_asked
from applications.timeline import Happened, timeline
from lectern.contracts.applications import InformationSupplied, WithdrawalRequested
from lectern.contracts.review import InformationRequested
from lectern.contracts.values import OfficerId, Party, Task
from lectern.eventlog.errors import NotFound, NotYet, Refused

SAVES = 14


def requested(party: Party = Party.EDUCATOR) -> InformationRequested:
    return InformationRequested(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=1,
        cycle=1,
        request_id=QUESTION,
        party=party,
        tasks=(Task.EDUCATION,),
        for_educator=sealed("InformationRequested.for_educator", audience="state"),
        requested_by=OfficerId(MORGAN),
        requested_at=later(days=20),
    )


def opening(submission: int = 1) -> OpenForAnswer:
    return OpenForAnswer(
        application_id=APPLICATION,
        submission=submission,
        request_id=QUESTION,
        tasks=(Task.EDUCATION,),
        now=later(days=20),
    )


def answering(**changes: Any) -> SupplyInformation:
    command = SupplyInformation(
        application_id=APPLICATION,
        educator_id=JORDAN,
        request_id=QUESTION,
        seen=SAVES + 1,
        answer="At Oak Street Elementary.",
        sealed=sealed("InformationSupplied.answer", audience="state"),
        for_district=sealed("InformationSupplied.for_district", audience="district"),
        now=later(days=22),
    )
    return command.model_copy(update=changes)


def looked_at() -> Draft:
    return after(draft, *asked_facts(Task.EDUCATION), reported())


def test_the_fact_of_dese_opens_the_draft() -> None:
    (reacting,) = when_asked(requested())

    assert (reacting.refs[0].stream, reacting.command) == (f"draft/{APPLICATION}", opening())
    assert told(open_for_answer(submitted(), opening())) == ["DraftAsked"]


def test_what_is_asked_of_the_district_opens_no_draft() -> None:
    assert when_asked(requested(Party.DISTRICT)) == []


@pytest.mark.parametrize("given", [complete(), asked(Task.EDUCATION), returned()], ids=lambda each: type(each).__name__)
def test_told_twice_or_too_early_it_changes_nothing(given: Draft) -> None:
    assert open_for_answer(given, opening()) == []


def test_about_an_older_submission_it_changes_nothing_and_of_something_unknown_it_waits() -> None:
    assert open_for_answer(submitted(), opening(submission=2)) == []
    with pytest.raises(NotYet):
        open_for_answer(NoDraft(), opening())


def test_only_what_was_asked_about_can_be_changed() -> None:
    assert answerable(asked(Task.EDUCATION), JORDAN, Task.EDUCATION).certificate_id == CERTIFICATE
    with pytest.raises(Refused, match="DESE didn’t ask"):
        answerable(asked(Task.EDUCATION), JORDAN, Task.CONDUCT)


def test_the_answer_goes_back_about_the_same_submission() -> None:
    decided = supply(looked_at(), handed_in(), answering())

    fact = only(decided, InformationSupplied)
    assert told(decided) == ["DraftAnswered", "InformationSupplied"]
    assert (fact.submission, fact.request_id, fact.tasks) == (1, QUESTION, (Task.EDUCATION,))
    assert isinstance(after(draft, *asked_facts(), decided[0]), Submitted)  # type: ignore[arg-type]


def test_what_only_words_answer_needs_no_task() -> None:
    assert told(supply(asked(), handed_in(), answering(seen=SAVES))) == ["DraftAnswered", "InformationSupplied"]


def test_each_part_is_looked_at_again_first_and_something_is_said() -> None:
    with pytest.raises(Refused) as unseen:
        supply(asked(Task.EDUCATION), handed_in(), answering(seen=SAVES))
    with pytest.raises(Refused) as silent:
        supply(looked_at(), handed_in(), answering(answer=""))

    assert unseen.value.details == {"tasks": {Task.EDUCATION}}
    assert silent.value.details == {"field": "answer"}


def test_a_second_click_changes_nothing_and_another_question_is_read_first() -> None:
    assert supply(submitted(), handed_in(), answering()) == []
    with pytest.raises(Refused, match="something else"):
        supply(looked_at(), handed_in(), answering(request_id=JORDAN))
    with pytest.raises(Stale):
        supply(looked_at(), handed_in(), answering(seen=SAVES))


def test_what_was_asked_back_is_not_answered() -> None:
    back = WithdrawalRequested(application_id=APPLICATION, educator_id=JORDAN, submission=1, requested_at=NOW)

    with pytest.raises(Refused, match="withdrew"):
        supply(looked_at(), after(application, handed_in_fact(), back), answering())


def test_nothing_of_somebody_else_or_not_there_is_answered() -> None:
    for given in (NoDraft(), looked_at()):
        with pytest.raises(NotFound):
            supply(given, handed_in(), answering(educator_id=MORGAN))


@pytest.mark.parametrize("given", [complete(), awaiting(), returned()], ids=["open", "paying", "returned"])
def test_what_dese_did_not_ask_is_not_answered(given: Draft) -> None:
    with pytest.raises(Refused):
        supply(given, nothing_submitted(), answering())


def test_while_it_is_asked_it_is_neither_sent_to_the_district_nor_submitted_nor_deleted() -> None:
    again = CorrectApplication(
        application_id=APPLICATION,
        educator_id=JORDAN,
        seen=SAVES,
        for_district=sealed("ApplicationCorrected.for_district", audience="district"),
        for_state=sealed("ApplicationCorrected.for_state", audience="state"),
        now=NOW,
    )

    with pytest.raises(Refused, match="DESE asked"):
        correct(asked(), handed_in(), again)
    with pytest.raises(Refused, match="submitted"):
        discard(asked(), nothing_live(), EndApplying(application_id=APPLICATION, educator_id=JORDAN, now=NOW))
    assert submission().application_id == APPLICATION


def test_the_status_says_who_has_it_and_what_is_asked_while_it_is_asked() -> None:
    row = None
    for fact in (handed_in_fact(), requested()):
        row = application_status.fold(row, fact)
    assert isinstance(row, StatusRow)
    asked_row = row

    answered = only(supply(looked_at(), handed_in(), answering()), InformationSupplied)
    row = application_status.fold(row, answered)

    assert (asked_row.holder, asked_row.question is not None) == (Holder.EDUCATOR, True)
    assert isinstance(row, StatusRow)
    assert (row.holder, row.question) == (Holder.DESE, None)


def test_the_list_of_drafts_and_the_story_tell_it() -> None:
    row, story = None, None
    for fact in asked_facts():
        row = drafts.fold(row, fact)
    for told_fact in (handed_in_fact(), requested(), requested(Party.DISTRICT)):
        story = timeline.fold(story, told_fact)

    assert isinstance(row, DraftRow)
    assert row.stage is Stage.ASKED
    assert story is not None
    assert [each.what for each in story.entries][1:] == [Happened.ASKED, Happened.DISTRICT_ASKED]
