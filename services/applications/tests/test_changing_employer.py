"""Another district is named for what is handed in: before any has verified it, and after one declined."""

from datetime import date
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
    awaiting,
    began,
    closed,
    complete,
    handed_in_fact,
    nothing_live,
    nothing_submitted,
    only,
    reported,
    returned_facts,
    sealed,
    submitted,
    told,
)

from applications.application import Application, HandedIn, application
from applications.application_status import Holder, application_status
from applications.applying import Applying, applying
from applications.at_district import AtDistrict, Word, work_item
from applications.changing_employer import ChangeEmployer, change_employer
from applications.district import District, district
from applications.draft import Draft, NoDraft, Submitted, draft
from applications.draft_facts import DraftMoved
from applications.timeline import Happened, timeline
from lectern.contracts.applications import EmployerChanged, WithdrawalRequested
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictListed,
    DistrictReturned,
    DistrictVerified,
    VerificationRequested,
)
from lectern.contracts.facts import Fact
from lectern.contracts.values import DeclineReason, EmployerChange, Kind, OfficerId, ReturnReason
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry

OTHER = "048-078"
OFFICER = OfficerId(JORDAN)
ABOUT: dict[str, Any] = {"application_id": APPLICATION, "educator_id": JORDAN, "submission": 1, "district": DISTRICT}


def requested(submission: int = 1) -> VerificationRequested:
    return VerificationRequested(**{**ABOUT, "submission": submission}, kind=Kind.UPGRADE, requested_at=NOW)


def declined() -> DistrictDeclined:
    return DistrictDeclined(
        **ABOUT,
        reason=DeclineReason.NO_LONGER_EMPLOYED,
        note=sealed("DistrictDeclined.note", audience="district"),
        declined_by=OFFICER,
        signature=sealed("DistrictDeclined.signature"),
        declined_at=NOW,
    )


def verified() -> DistrictVerified:
    return DistrictVerified(
        **ABOUT,
        rulings=(),
        evidence=sealed("DistrictVerified.evidence", audience="district"),
        attestation="attestation-upgrade-1",
        verified_by=OFFICER,
        signature=sealed("DistrictVerified.signature"),
        verified_at=NOW,
    )


def returned_fact() -> DistrictReturned:
    return DistrictReturned(
        **ABOUT,
        reasons=(ReturnReason.OTHER,),
        note=sealed("DistrictReturned.note", audience="district"),
        returned_by=OFFICER,
        signature=sealed("DistrictReturned.signature"),
        returned_at=NOW,
    )


def other_listed() -> District:
    return after(district, DistrictListed(district=OTHER, name="KANSAS CITY 33", county="JACKSON", listed_at=NOW))


def naming(
    *item: Fact,
    of: Draft | None = None,
    handed_in: Application | None = None,
    live: Applying | None = None,
    place: District | None = None,
    **said: Any,
) -> list[DraftMoved | Entry]:
    """Names the other district, or the one that is said, with the work item as these facts leave it."""
    command = ChangeEmployer(
        **{
            "application_id": APPLICATION,
            "educator_id": JORDAN,
            "district": OTHER,
            "seen": 1,
            "today": TODAY,
            "now": NOW,
        }
        | said
    )
    return change_employer(
        submitted() if of is None else of,
        after(application, handed_in_fact()) if handed_in is None else handed_in,
        after(applying, began()) if live is None else live,
        after(work_item, *item) if item else AtDistrict(),
        other_listed() if place is None else place,
        command,
    )


def test_the_wrong_one_is_noticed_before_anybody_verified() -> None:
    for item in ((), (requested(),)):
        facts = naming(*item)

        changed = only(facts, EmployerChanged)
        assert told(facts) == ["DraftMoved", "EmployerChanged"]
        assert (changed.submission, changed.before, changed.district) == (2, DISTRICT, OTHER)
        assert changed.why is EmployerChange.NAMED_WRONG


def test_after_a_decline_another_one_is_named() -> None:
    changed = only(naming(requested(), declined()), EmployerChanged)

    assert (changed.submission, changed.district, changed.why) == (2, OTHER, EmployerChange.DECLINED)


def test_a_submission_number_is_given_once() -> None:
    (claim,) = [each.claim for each in naming() if isinstance(each, Entry)]

    assert claim == f"corrected:{APPLICATION}:2"


def test_the_one_that_declined_by_mistake_can_be_named_again() -> None:
    changed = only(naming(requested(), declined(), district=DISTRICT), EmployerChanged)

    assert changed.district == DISTRICT


def test_what_is_there_already_is_not_sent_there() -> None:
    with pytest.raises(Refused, match="already") as refused:
        naming(requested(), district=DISTRICT)
    assert refused.value.details["field"] == "district"


def test_what_a_district_sent_to_dese_stays() -> None:
    with pytest.raises(Refused, match="sent it to DESE"):
        naming(requested(), verified())


def test_what_it_sent_comes_back_where_it_declines_afterwards() -> None:
    """It has closed, and DESE asked it something."""
    shut = declined().model_copy(update={"reason": DeclineReason.DISTRICT_CLOSED, "note": None, "signature": None})

    changed = only(naming(requested(), verified(), shut), EmployerChanged)

    assert (changed.district, changed.why) == (OTHER, EmployerChange.DECLINED)


def test_a_word_about_an_older_submission_is_none() -> None:
    moved = after(application, handed_in_fact(), only(naming(), EmployerChanged))

    facts = naming(requested(), verified(), handed_in=moved, seen=2, district=DISTRICT)

    assert only(facts, EmployerChanged).submission == 3


def test_what_was_asked_back_or_has_ended_stays() -> None:
    asked = WithdrawalRequested(application_id=APPLICATION, educator_id=JORDAN, submission=1, requested_at=NOW)

    with pytest.raises(Refused, match="has ended"):
        naming(handed_in=after(application, handed_in_fact(), asked))
    with pytest.raises(Refused, match="has ended"):
        naming(live=nothing_live())


def test_a_district_that_is_closed_or_unknown_is_not_named() -> None:
    for place in (closed(date(2026, 11, 1)), after(district)):
        with pytest.raises(Refused, match="isn’t on the state’s list") as refused:
            naming(place=place)
        assert refused.value.details["field"] == "district"


def test_the_other_tab_that_named_another_one_first_is_told() -> None:
    moved = after(application, handed_in_fact(), only(naming(), EmployerChanged))

    with pytest.raises(Refused, match="Look where it is now"):
        naming(handed_in=moved, seen=1, district=DISTRICT)


def test_nothing_submitted_and_somebody_elses_look_alike() -> None:
    for of, by in ((NoDraft(), JORDAN), (submitted(), MORGAN)):
        with pytest.raises(NotFound):
            naming(of=of, educator_id=by)
    with pytest.raises(NotFound):
        naming(handed_in=nothing_submitted())


def test_a_draft_chooses_its_district_in_its_task_list() -> None:
    for of in (complete(), awaiting()):
        with pytest.raises(Refused, match="not submitted yet"):
            naming(of=of)


def test_a_question_of_the_wrong_district_need_not_be_answered() -> None:
    facts = naming(requested(), returned_fact(), of=after(draft, *returned_facts()))

    state = after(draft, *returned_facts(), only(facts, DraftMoved))
    assert isinstance(state, Submitted)
    assert (state.submission, state.answers.district) == (2, OTHER)


def test_what_was_begun_to_be_answered_goes_out_first() -> None:
    begun = after(draft, *returned_facts(), reported())

    with pytest.raises(Refused, match="Send the application again first"):
        naming(requested(), returned_fact(), of=begun)


def test_the_application_knows_where_it_is() -> None:
    state = after(application, handed_in_fact(), only(naming(), EmployerChanged))

    assert isinstance(state, HandedIn)
    assert (state.submission, state.district) == (2, OTHER)


def test_of_two_words_the_later_submission_counts() -> None:
    state = after(work_item, requested(), requested(2), declined())

    assert (state.about(2), state.about(1)) == (Word.NOTHING, Word.NOTHING)


def test_the_status_says_who_has_it_and_why() -> None:
    row = None
    for fact in (handed_in_fact(), declined()):
        row = application_status.fold(row, fact)
    there = application_status.fold(row, only(naming(requested(), declined()), EmployerChanged))

    assert row is not None
    assert there is not None
    assert (row.holder, row.declined, row.note is not None) == (
        Holder.EDUCATOR, DeclineReason.NO_LONGER_EMPLOYED, True,
    )  # fmt: skip
    assert (there.holder, there.declined, there.note, there.district, there.submission) == (
        Holder.DISTRICT, None, None, OTHER, 2,
    )  # fmt: skip


def test_the_story_tells_it_in_order() -> None:
    row = None
    for fact in (handed_in_fact(), declined(), only(naming(requested(), declined()), EmployerChanged)):
        row = timeline.fold(row, fact)

    assert row is not None
    assert [each.what for each in row.entries] == [Happened.SUBMITTED, Happened.DECLINED, Happened.NAMED_ANOTHER]
    assert (row.entries[-1].before, row.entries[-1].district) == (DISTRICT, OTHER)
