"""Each page is saved by itself; what is not possible is refused, and what is not one's own is not there."""

from collections.abc import Callable
from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    DISTRICT,
    JORDAN,
    MORGAN,
    NOW,
    TODAY,
    after,
    answers_of,
    awaiting,
    closed,
    complete,
    fresh,
    listed,
    registered,
    returned,
    sealed,
    started,
    submitted,
    told,
)

from applications.answering import (
    AcceptRelease,
    AnswerConduct,
    ChooseDistrict,
    ChooseMethod,
    ReviewPersonal,
    StatePurpose,
    accept_release,
    answer_conduct,
    choose_district,
    choose_method,
    review_personal,
    state_purpose,
)
from applications.district import District, Unlisted
from applications.draft import Discarded, Draft, NoDraft, draft
from applications.informing import Stale
from applications.tasks import Progress, progress
from lectern.contracts.values import ConductAnswer, Kind, PaymentMethod, ReturnReason, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.rules import IN_FORCE
from lectern.rules.wording import CONDUCT_QUESTIONS, CONDUCT_WORDING, PURPOSE, RELEASE

QUESTION = CONDUCT_QUESTIONS[0].id
BY: dict[str, Any] = {"application_id": APPLICATION, "educator_id": JORDAN, "seen": 0, "now": NOW}


def conduct(*, yes: bool = False, explanation: str = "", **changes: Any) -> AnswerConduct:
    answer = ConductAnswer(question=QUESTION, yes=yes, explanation=explanation)
    command = AnswerConduct(
        **BY, wording=CONDUCT_WORDING, answer=answer, sealed=sealed("ConductAnswered.answer", audience="state")
    )
    return command.model_copy(update=changes)


def purpose(**changes: Any) -> StatePurpose:
    return StatePurpose(**BY, purpose=PURPOSE).model_copy(update=changes)


STEPS: list[Callable[[Draft, dict[str, Any]], Any]] = [
    lambda state, by: answer_conduct(state, conduct(**by)),
    lambda state, by: state_purpose(state, purpose(**by)),
    lambda state, by: choose_method(state, ChooseMethod(**{**BY, **by}, method=PaymentMethod.CARD)),
    lambda state, by: accept_release(state, AcceptRelease(**{**BY, **by}, release=RELEASE.version)),
    lambda state, by: choose_district(state, listed(), ChooseDistrict(**{**BY, **by}, district=DISTRICT, today=TODAY)),
]


@pytest.mark.parametrize("step", STEPS)
def test_each_step_is_one_fact(step: Callable[[Draft, dict[str, Any]], Any]) -> None:
    assert len(step(fresh(), {})) == 1


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [fresh(), awaiting(), submitted(), returned()], ids=lambda each: type(each).__name__)
def test_another_educators_draft_looks_like_none(step: Any, state: Draft) -> None:
    with pytest.raises(NotFound):
        step(state, {"educator_id": MORGAN})


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", [NoDraft(), Discarded(JORDAN)], ids=["none", "deleted"])
def test_without_a_draft_there_is_nothing_to_answer(step: Any, state: Draft) -> None:
    with pytest.raises(NotFound):
        step(state, {})


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "state", [awaiting(), submitted(), returned(ReturnReason.HOURS_MISSING)], ids=lambda each: type(each).__name__
)
def test_what_is_handed_in_stays_as_it_is(step: Any, state: Draft) -> None:
    with pytest.raises(Refused):
        step(state, {})


@pytest.mark.parametrize("step", STEPS)
def test_a_form_made_from_an_older_state_is_stale(step: Any) -> None:
    with pytest.raises(Stale, match="changed in another window"):
        step(complete(), {"seen": 0})


@pytest.mark.parametrize("step", STEPS)
def test_a_change_of_what_was_seen_is_saved(step: Any) -> None:
    assert len(step(complete(), {"seen": 1})) == 1


def test_the_conduct_pages_are_stale_one_by_one() -> None:
    given = after(draft, started(), *answer_conduct(fresh(), conduct()))

    other = conduct(answer=ConductAnswer(question=CONDUCT_QUESTIONS[1].id, yes=False))

    assert told(answer_conduct(given, other)) == ["ConductAnswered"]


def test_a_yes_is_explained() -> None:
    with pytest.raises(Refused, match="Explain") as refused:
        answer_conduct(fresh(), conduct(yes=True))

    assert refused.value.details == {"field": "explanation"}


def test_an_explanation_of_a_no_is_not_dropped_silently() -> None:
    with pytest.raises(Refused, match="You chose No") as refused:
        answer_conduct(fresh(), conduct(yes=False, explanation="In 2011, cleared in 2012."))

    assert refused.value.details == {"field": "explanation"}


def test_a_yes_with_an_explanation_is_an_answer_like_any_other() -> None:
    assert told(answer_conduct(fresh(), conduct(yes=True, explanation="In 2011, cleared in 2012."))) == [
        "ConductAnswered"
    ]


def test_an_explanation_has_to_fit_into_a_record_on_the_wire() -> None:
    with pytest.raises(Refused, match="too long"):
        answer_conduct(fresh(), conduct(yes=True, explanation="\N{HORSE}" * 4000))


def test_a_question_nobody_asks_is_not_there() -> None:
    with pytest.raises(NotFound):
        answer_conduct(fresh(), conduct(answer=ConductAnswer(question="favorite-color", yes=False)))


def test_an_answer_to_an_older_wording_is_not_one_to_the_new() -> None:
    with pytest.raises(Refused, match="wording"):
        answer_conduct(fresh(), conduct(wording="conduct-0"))


def test_conduct_is_done_when_every_question_is_answered() -> None:
    given = complete()

    assert progress(answers_of(given), Task.CONDUCT) is Progress.DONE


def test_the_purpose_is_the_given_sentence() -> None:
    with pytest.raises(Refused):
        state_purpose(fresh(), purpose(purpose="I want a raise."))


def test_the_release_is_accepted_as_it_reads_now() -> None:
    with pytest.raises(Refused, match="I Accept"):
        accept_release(fresh(), AcceptRelease(**BY, release="release-0"))


@pytest.mark.parametrize("district", [Unlisted(), closed()], ids=["unknown", "closed"])
def test_a_district_that_cannot_verify_is_not_chosen(district: District) -> None:
    command = ChooseDistrict(**BY, district=DISTRICT, today=TODAY)

    with pytest.raises(Refused, match="on the state’s list") as refused:
        choose_district(fresh(), district, command)

    assert refused.value.details == {"field": "district"}


def test_reviewed_personal_information_needs_no_change() -> None:
    command = ReviewPersonal(**{**BY, "seen": 1}, contact=None)

    assert told(review_personal(fresh(), registered(), command)) == ["PersonalReviewed"]


def test_changed_personal_information_is_told_to_everybody() -> None:
    command = ReviewPersonal(**{**BY, "seen": 1}, contact=sealed("PersonalInformationChanged.contact"))

    assert told(review_personal(fresh(), registered(), command)) == ["PersonalReviewed", "PersonalInformationChanged"]


def test_personal_information_changed_elsewhere_is_noticed() -> None:
    command = ReviewPersonal(**{**BY, "seen": 0}, contact=sealed("PersonalInformationChanged.contact"))

    with pytest.raises(Stale):
        review_personal(fresh(), registered(), command)


def extension() -> Draft:
    return after(draft, started().model_copy(update={"kind": Kind.EXTENSION}))


@pytest.mark.parametrize("said", [each.text for each in IN_FORCE.of(Kind.EXTENSION).purposes])
def test_an_extension_has_several_purposes(said: str) -> None:
    [stated] = state_purpose(extension(), purpose(purpose=said))

    assert stated.purpose == said


def test_an_extension_is_not_for_what_an_upgrade_is_for() -> None:
    with pytest.raises(Refused, match="Choose the purpose"):
        state_purpose(extension(), purpose())


def test_there_is_no_way_to_pay_for_an_extension() -> None:
    with pytest.raises(Refused, match="Nothing has to be paid"):
        choose_method(extension(), ChooseMethod(**BY, method=PaymentMethod.CARD))
