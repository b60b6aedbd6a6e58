"""DESE asks an educator something: the case waits for the answer, and nobody decides before it is here."""

from typing import Any

import pytest
from review_given import (
    APPLICATION,
    ATTESTED,
    EDUCATOR,
    HANDED_IN,
    NOTHING_PROPOSED,
    NOW,
    OPEN,
    PRIYA,
    QUESTION,
    after,
    answered,
    asked,
    assigned,
    corrected,
    denial_proposed,
    names,
    opened,
    reopened,
    requested,
    returned,
    sealed,
    submitted,
    supplied,
    told,
    uid,
    verified,
)

from lectern.contracts.review import InformationRequested
from lectern.contracts.values import InformationReason, Party, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.rules import IN_FORCE
from review.case import case
from review.case_page import CasePageRow, case_page
from review.deliberation import deliberation
from review.heard import application, work_item
from review.requesting import OPENS, RequestInformation, possible, request_information
from review.review_queue import QueueRow, Stage, review_queue
from review.standing import OfficerCommand, docket
from review.withdrawing import AnswerWithdrawal, answer_withdrawal


def asking(*reasons: InformationReason, **changed: Any) -> RequestInformation:
    command = RequestInformation(
        application_id=APPLICATION,
        submission=1,
        officer=PRIYA,
        officer_is=None,
        now=NOW,
        request_id=QUESTION,
        reasons=reasons or (InformationReason.YEARS_UNCLEAR,),
        note="Which school was it in 2024?",
        party=Party.EDUCATOR,
        for_educator=sealed("state", "InformationRequested.for_educator"),
    )
    return command.model_copy(update=changed)


def deciding() -> OfficerCommand:
    return OfficerCommand(application_id=APPLICATION, submission=1, officer=PRIYA, officer_is=None, now=NOW)


def rows(*facts: Any) -> tuple[QueueRow, CasePageRow]:
    queue, page = None, None
    for fact in facts:
        queue = review_queue.fold(queue, fact) if isinstance(fact, review_queue.facts) else queue
        page = case_page.fold(page, fact) if isinstance(fact, case_page.facts) else page
    assert isinstance(queue, QueueRow)
    assert isinstance(page, CasePageRow)
    return queue, page


def test_who_asks_has_the_case_and_the_tasks_behind_the_reasons_are_open() -> None:
    command = asking(InformationReason.PERSONAL_DETAILS, InformationReason.HOURS_MISSING)

    decided = request_information(NOTHING_PROPOSED, OPEN, HANDED_IN, ATTESTED, command)

    (fact,) = (each for each in told(decided) if isinstance(each, InformationRequested))
    assert names(decided) == ["ReviewAssigned", "InformationRequested"]
    assert (fact.party, fact.tasks) == (Party.EDUCATOR, (Task.PERSONAL, Task.EDUCATION))


def test_about_conduct_no_task_is_open_and_nothing_in_the_clear_tells_of_it() -> None:
    decided = request_information(
        NOTHING_PROPOSED, OPEN, HANDED_IN, ATTESTED, asking(InformationReason.CONDUCT_UNCLEAR)
    )

    fact = told(decided)[-1]
    assert isinstance(fact, InformationRequested)
    assert fact.tasks == ()
    assert "conduct" not in fact.model_dump_json(exclude={"for_educator"})


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"reasons": ()}, "reasons"),
        ({"note": ""}, "note"),
        ({"reasons": (InformationReason.EMPLOYMENT_UNCLEAR,)}, "reasons"),
    ],
)
def test_it_says_what_it_is_about(changed: dict[str, Any], field: str) -> None:
    with pytest.raises(Refused) as refused:
        request_information(NOTHING_PROPOSED, OPEN, HANDED_IN, ATTESTED, asking(**changed))

    assert refused.value.details["field"] == field


def test_each_kind_can_be_asked_about_what_its_rule_set_returns_for_and_about_conduct() -> None:
    for kind in IN_FORCE.kinds:
        returns = {each.value for each in IN_FORCE.of(kind).returns}

        assert {each.value for each in possible(IN_FORCE, kind, Party.EDUCATOR)} == returns | {"conduct-unclear"}
        assert {each.value for each in possible(IN_FORCE, kind, Party.DISTRICT)} == returns
    assert set(OPENS) | {InformationReason.CONDUCT_UNCLEAR, InformationReason.OTHER} == set(InformationReason)


def test_nothing_is_asked_while_the_district_has_it_or_a_proposal_waits() -> None:
    with pytest.raises(Refused, match="not verified"):
        request_information(NOTHING_PROPOSED, OPEN, HANDED_IN, after(work_item, requested()), asking())
    with pytest.raises(Refused, match="second person"):
        request_information(after(deliberation, denial_proposed()), OPEN, HANDED_IN, ATTESTED, asking())


def test_one_question_at_a_time_and_none_about_oneself() -> None:
    waiting = after(case, opened(), assigned(), asked())

    with pytest.raises(Refused, match="asked the educator something"):
        request_information(NOTHING_PROPOSED, waiting, HANDED_IN, ATTESTED, asking(request_id=uid(23)))
    with pytest.raises(Refused, match="your own application"):
        request_information(NOTHING_PROPOSED, OPEN, HANDED_IN, ATTESTED, asking(officer_is=EDUCATOR))
    with pytest.raises(NotFound):
        request_information(NOTHING_PROPOSED, after(case), HANDED_IN, ATTESTED, asking())


def test_nobody_decides_before_the_answer_to_the_last_question_is_here() -> None:
    waiting = after(case, opened(), asked())

    with pytest.raises(Refused, match="when the answer is here"):
        docket(waiting, HANDED_IN, ATTESTED, deciding())
    assert docket(waiting, after(application, submitted(), supplied()), ATTESTED, deciding()).case == waiting
    again = after(case, opened(), asked(), asked(uid(23)))
    with pytest.raises(Refused, match="when the answer is here"):
        docket(again, after(application, submitted(), supplied()), ATTESTED, deciding())


def test_of_a_district_no_task_is_opened_and_conduct_is_never_asked() -> None:
    of_district = {
        "party": Party.DISTRICT,
        "for_educator": None,
        "for_district": sealed("district", "InformationRequested.for_district"),
    }

    decided = request_information(NOTHING_PROPOSED, OPEN, HANDED_IN, ATTESTED, asking(**of_district))

    fact = told(decided)[-1]
    assert isinstance(fact, InformationRequested)
    assert (fact.party, fact.tasks, fact.for_educator) == (Party.DISTRICT, (), None)
    with pytest.raises(Refused, match="from the list"):
        request_information(
            NOTHING_PROPOSED,
            OPEN,
            HANDED_IN,
            ATTESTED,
            asking(InformationReason.CONDUCT_UNCLEAR, **of_district),
        )


def test_a_district_has_answered_once_it_attested_again() -> None:
    waiting = after(case, opened(), asked(party=Party.DISTRICT))
    sent = (requested(), verified(), reopened())

    for heard in ((requested(), verified()), sent, (*sent, answered())):
        with pytest.raises(Refused):
            docket(waiting, HANDED_IN, after(work_item, *heard), deciding())
    assert docket(waiting, HANDED_IN, after(work_item, *sent, answered(), verified()), deciding()).case == waiting


def test_what_the_district_returns_meanwhile_is_answered_with_the_next_submission() -> None:
    waiting = after(case, opened(), asked(party=Party.DISTRICT))
    item = after(work_item, requested(), verified(), reopened(), returned(), requested(2), verified(2))
    command = deciding().model_copy(update={"submission": 2})

    ready = docket(waiting, after(application, submitted(), corrected()), item, command)
    assert ready.verified is not None
    assert ready.verified.submission == 2


def test_the_queue_follows_a_question_to_the_district_and_back() -> None:
    given = (submitted(), verified(), asked(party=Party.DISTRICT))

    waiting, page = rows(*given)
    ready, after_it = rows(*given, reopened(), answered(), verified())

    assert waiting.stage is Stage.DISTRICT_ASKED
    assert page.asked[0].of_district is not None
    assert (ready.stage, ready.sent_at) == (Stage.READY, verified().verified_at)
    assert after_it.asked[0].answered is not None


def test_it_can_still_be_withdrawn() -> None:
    command = AnswerWithdrawal(application_id=APPLICATION, educator_id=EDUCATOR, submission=1, now=NOW)

    (entry,) = answer_withdrawal(after(case, opened(), asked()), command)

    assert entry.fact.type == "ApplicationWithdrawn"


def test_the_queue_says_who_has_it_and_an_answer_makes_the_case_no_younger() -> None:
    given = (submitted(), verified(), assigned(), asked())

    waiting, page = rows(*given)
    ready, answered = rows(*given, supplied())

    assert (waiting.stage, waiting.since) == (Stage.ASKED, NOW)
    assert page.asked[0].answered is None
    assert (ready.stage, ready.since, ready.sent_at) == (Stage.READY, NOW, verified().verified_at)
    assert answered.asked[0].answered is not None
    assert answered.report == supplied().for_district


def test_what_an_older_question_asked_stays_on_the_page() -> None:
    _, page = rows(submitted(), verified(), asked(), supplied(), asked(uid(23)))

    assert [each.answered is None for each in page.asked] == [False, True]
