"""After a decision, or without its draft, a certificate is free for another application."""

from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    CERTIFICATE,
    JORDAN,
    MORGAN,
    NOW,
    after,
    asked,
    awaiting,
    began,
    complete,
    handed_in_fact,
    nothing_live,
    returned,
    returned_facts,
    sealed,
    submitted,
    told,
)

from applications.application_status import Decision, Holder, application_status
from applications.applying import applying
from applications.draft import Discarded, Draft, NoDraft, Submitted, draft
from applications.ending import (
    EndApplying,
    discard,
    end_applying,
    shut_draft,
    when_approved,
    when_closed,
    when_denied,
)
from lectern.contracts.review import ApplicationApproved, ApplicationClosedIncomplete, ApplicationDenied
from lectern.eventlog.errors import NotFound, Refused


def end(**changes: Any) -> EndApplying:
    return EndApplying(application_id=APPLICATION, educator_id=JORDAN, now=NOW).model_copy(update=changes)


def decision(**more: Any) -> dict[str, Any]:
    return {
        "application_id": APPLICATION,
        "educator_id": JORDAN,
        "submission": 1,
        "cycle": 1,
        "rulings": (),
        "rules": "upgrade-2026-11",
        **more,
    }


def test_the_end_frees_the_certificate() -> None:
    decided = end_applying(after(applying, began()), end())

    assert after(applying, began(), *decided).live == {}


def test_an_end_told_twice_changes_nothing() -> None:
    assert end_applying(nothing_live(), end()) == []


def test_both_decisions_end_it() -> None:
    approved = ApplicationApproved(
        **decision(signed=sealed("ApplicationApproved.signed", audience="state"), approved_at=NOW)
    )
    denied = ApplicationDenied(
        **decision(
            reasons=sealed("ApplicationDenied.reasons", audience="state"),
            note=sealed("ApplicationDenied.note", audience="district"),
            signed=sealed("ApplicationDenied.signed", audience="state"),
            denied_at=NOW,
        )
    )

    reactions = [*when_approved(approved), *when_denied(denied)]

    assert [each.command for each in reactions] == [end(), end()]


def test_a_draft_can_be_deleted() -> None:
    decided = discard(complete(), after(applying, began()), end())

    assert told(decided) == ["DraftDiscarded", "ApplyingEnded"]


def test_deleted_twice_it_is_deleted_once() -> None:
    assert discard(Discarded(JORDAN), nothing_live(), end()) == []


@pytest.mark.parametrize("given", [awaiting(), submitted(), returned()], ids=lambda each: type(each).__name__)
def test_what_is_handed_in_cannot_be_deleted(given: Draft) -> None:
    with pytest.raises(Refused):
        discard(given, nothing_live(), end())


@pytest.mark.parametrize("given", [NoDraft(), Discarded(MORGAN), complete()], ids=["none", "deleted", "somebody's"])
def test_another_educators_draft_looks_like_none(given: Draft) -> None:
    with pytest.raises(NotFound):
        discard(given, nothing_live(), end(educator_id=JORDAN if isinstance(given, NoDraft | Discarded) else MORGAN))


def test_the_turns_of_a_certificate_are_counted() -> None:
    decided = end_applying(after(applying, began()), end())

    assert after(applying, began(), *decided).turn(CERTIFICATE) == 2


def test_what_was_closed_is_open_no_longer_and_frees_the_certificate() -> None:
    fact = ApplicationClosedIncomplete(
        application_id=APPLICATION, educator_id=JORDAN, submission=1, cycle=1, why=None, closed_by=None, closed_at=NOW
    )
    command = EndApplying(application_id=APPLICATION, educator_id=JORDAN, now=NOW)

    assert [each.decide for each in when_closed(fact)] == [end_applying, shut_draft]
    for open_again in (returned(), asked()):
        (shut,) = shut_draft(open_again, command)
        assert shut.type == "DraftShut"
    assert shut_draft(submitted(), command) == []
    assert isinstance(after(draft, *returned_facts(), shut), Submitted)
    row = application_status.fold(application_status.fold(None, handed_in_fact()), fact)
    assert row is not None
    assert (row.decision, row.holder) == (Decision.CLOSED, Holder.NOBODY)
