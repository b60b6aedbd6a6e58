"""Files of a draft: attached, replaced, removed, looked at; told to others once handed in and looked at."""

from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    JORDAN,
    MORGAN,
    NOW,
    after,
    all_answered,
    complete,
    fresh,
    later,
    only,
    reported,
    sealed,
    started,
    told,
)
from applications_given import handed_in as applied
from documents_given import QUESTION, attached, file, looked, ready

from applications.attaching import AT_MOST, AttachDocument, RemoveDocument, attach, remove
from applications.document_facts import DocumentRemoved
from applications.documents import Provided
from applications.draft import Draft, draft
from applications.draft_facts import DraftAsked, DraftCorrected, DraftDiscarded, DraftReturned, DraftSubmitted
from applications.providing import CheckDocument, ProvideDocuments, check, provide, supply_with_files
from applications.supplying import SupplyInformation
from lectern.contracts.applications import DocumentProvided, StateDocumentProvided
from lectern.contracts.documents import Checked
from lectern.contracts.facts import Fact
from lectern.contracts.values import ReturnReason, Task
from lectern.eventlog.errors import NotFound, Refused

NOTHING = Provided()
REFERENCE = "LEC-2026-000412-6"


def handed_in(submission: int = 1) -> DraftSubmitted:
    return DraftSubmitted(application_id=APPLICATION, reference=REFERENCE, submission=submission, saved_at=NOW)


def returned(*reasons: ReturnReason) -> DraftReturned:
    return DraftReturned(application_id=APPLICATION, submission=1, reasons=reasons, saved_at=NOW)


def draft_with(*facts: Fact) -> Draft:
    return after(draft, *all_answered(), *facts)


def attaching(at: int = 1, **changes: Any) -> AttachDocument:
    said: dict[str, Any] = {
        "application_id": APPLICATION,
        "educator_id": JORDAN,
        "seen": None,
        "now": NOW,
        "task": Task.EDUCATION,
        "about": "",
        "replaces": None,
        "ready": ready(at),
    }
    return AttachDocument(**(said | changes))


def removing(at: int = 1, by: Any = JORDAN) -> RemoveDocument:
    return RemoveDocument(application_id=APPLICATION, educator_id=by, seen=None, now=NOW, document_id=file(at))


# ── attaching


def test_a_file_is_attached_to_a_page() -> None:
    assert told(attach(fresh(), attaching())) == ["DocumentAttached"]


def test_conduct_has_files_of_its_own_by_question() -> None:
    given = fresh()

    assert told(attach(given, attaching(task=Task.CONDUCT, about=QUESTION))) == ["DocumentAttached"]
    for wrong in ({"task": Task.CONDUCT}, {"about": QUESTION}, {"task": Task.PURPOSE}):
        with pytest.raises(NotFound):
            attach(given, attaching(**wrong))


def test_ten_files_are_enough_for_a_page_and_replacing_one_is_no_eleventh() -> None:
    given = after(draft, started(), *(attached(at) for at in range(AT_MOST)))

    with pytest.raises(Refused, match="ten files"):
        attach(given, attaching(11))
    assert told(attach(given, attaching(11, replaces=file(3)))) == ["DocumentAttached"]


def test_a_file_takes_the_place_of_another_one_of_its_page() -> None:
    given = after(draft, started(), attached(1), attached(2, replaces=file(1)))

    assert list(given.answers.documents) == [file(2)]  # type: ignore[union-attr]
    with pytest.raises(NotFound):
        attach(given, attaching(3, replaces=file(1)))


def test_what_is_attached_after_the_answers_were_read_has_to_be_read_too() -> None:
    before = complete()

    given = draft_with(attached())

    assert given.answers.saves == before.answers.saves + 1  # type: ignore[union-attr]


def test_nobody_attaches_to_somebody_elses_draft_nor_removes_from_it() -> None:
    given = draft_with(attached())

    with pytest.raises(NotFound):
        attach(given, attaching(2, educator_id=MORGAN))
    with pytest.raises(NotFound):
        remove(given, removing(by=MORGAN))


def test_after_handing_in_nothing_is_attached_replaced_or_removed() -> None:
    given = draft_with(attached(), handed_in())

    for asks in (lambda: attach(given, attaching(2)), lambda: remove(given, removing())):
        with pytest.raises(Refused):
            asks()


def test_a_return_takes_more_files_where_it_asks_and_keeps_what_was_handed_in() -> None:
    given = draft_with(attached(), handed_in(), returned(ReturnReason.HOURS_MISSING))

    assert told(attach(given, attaching(2))) == ["DocumentAttached"]
    for asks in (lambda: attach(given, attaching(2, replaces=file(1))), lambda: remove(given, removing())):
        with pytest.raises(Refused, match="handed in"):
            asks()
    with pytest.raises(Refused, match="didn’t ask"):
        attach(given, attaching(2, task=Task.CONDUCT, about=QUESTION))


def test_a_file_answers_what_a_return_asked() -> None:
    given = draft_with(handed_in(), returned(ReturnReason.HOURS_MISSING), attached())

    assert given.again == frozenset({Task.EDUCATION})  # type: ignore[union-attr]


def test_removing_twice_is_nothing() -> None:
    given = draft_with(attached())

    assert told(remove(given, removing())) == ["DocumentRemoved"]
    gone = DocumentRemoved(application_id=APPLICATION, task=Task.EDUCATION, document_id=file(), saved_at=NOW)
    assert remove(draft_with(attached(), gone), removing()) == []


# ── looking, and telling


def looking(at: int = 1, checked: Checked = Checked.CLEAN) -> CheckDocument:
    return CheckDocument(
        application_id=APPLICATION, document_id=file(at), checked=checked, found="", now=later(seconds=9)
    )


PROVIDE = ProvideDocuments(application_id=APPLICATION, now=later(seconds=9))


def test_a_file_that_is_looked_at_before_it_is_handed_in_is_told_to_nobody() -> None:
    given = draft_with(attached())

    assert told(check(given, NOTHING, NOTHING, looking())) == ["DocumentChecked"]


def test_a_file_that_is_looked_at_after_it_was_handed_in_is_told_then() -> None:
    given = draft_with(attached(), handed_in())

    then = check(given, NOTHING, NOTHING, looking())

    assert told(then) == ["DocumentChecked", "DocumentProvided"]
    provided = only(then, DocumentProvided)
    assert (provided.submission, provided.scanned, provided.provided_at) == (1, True, later(seconds=9))


def test_what_was_looked_at_before_is_told_once_the_others_have_the_application() -> None:
    given = draft_with(attached(1), looked(1), attached(2, state=True), looked(2, Checked.NOT_SCANNED), handed_in())

    then = provide(given, NOTHING, NOTHING, PROVIDE)

    assert told(then) == ["DocumentProvided", "StateDocumentProvided"]
    assert only(then, StateDocumentProvided).scanned is False


@pytest.mark.parametrize("checked", [Checked.INFECTED, Checked.LOST, None])
def test_what_did_not_pass_is_told_to_nobody(checked: Checked | None) -> None:
    given = draft_with(attached(), *((looked(1, checked),) if checked else ()), handed_in())

    assert provide(given, NOTHING, NOTHING, PROVIDE) == []
    if checked is None:
        assert told(check(given, NOTHING, NOTHING, looking(1, Checked.INFECTED))) == ["DocumentChecked"]


def test_each_file_is_told_once() -> None:
    given = draft_with(attached(), looked(), handed_in())

    assert provide(given, Provided(frozenset({file()})), NOTHING, PROVIDE) == []
    assert check(given, NOTHING, NOTHING, looking()) == []


def test_a_file_added_after_a_return_goes_with_the_next_handing_in() -> None:
    given = draft_with(
        attached(1),
        looked(1),
        handed_in(),
        returned(ReturnReason.HOURS_MISSING),
        attached(2),
        looked(2),
        DraftCorrected(application_id=APPLICATION, reference=REFERENCE, submission=2, saved_at=NOW),
    )

    then = provide(given, Provided(frozenset({file(1)})), NOTHING, PROVIDE)

    assert only(then, DocumentProvided).document_id == file(2)
    assert only(then, DocumentProvided).submission == 2


def test_before_it_is_handed_in_nothing_is_told() -> None:
    assert provide(draft_with(attached(), looked()), NOTHING, NOTHING, PROVIDE) == []


def test_a_look_at_what_is_gone_is_nothing() -> None:
    gone = DraftDiscarded(application_id=APPLICATION, saved_at=NOW)

    for given in (fresh(), draft_with(attached(), gone), after(draft)):
        assert check(given, NOTHING, NOTHING, looking()) == []
    assert provide(draft_with(attached(), gone), NOTHING, NOTHING, PROVIDE) == []


def test_a_file_added_for_dese_goes_with_the_answer() -> None:
    asked = DraftAsked(
        application_id=APPLICATION, submission=1, request_id=file(99), tasks=(Task.EDUCATION,), saved_at=NOW
    )
    given = draft_with(handed_in(), asked, reported(), attached(), looked())
    answer = SupplyInformation(
        application_id=APPLICATION,
        educator_id=JORDAN,
        request_id=None,
        seen=given.answers.saves,  # type: ignore[union-attr]
        answer="Here it is.",
        sealed=sealed("InformationSupplied.answer", audience="state"),
        for_district=sealed("InformationSupplied.for_district", audience="district"),
        now=later(seconds=9),
    )

    then = supply_with_files(given, applied(), NOTHING, NOTHING, answer)

    assert told(then) == ["DraftAnswered", "InformationSupplied", "DocumentProvided"]
    assert only(then, DocumentProvided).submission == 1
