"""A declined upgrade is turned into an extension: what was entered is kept, and the old one is asked back once."""

from datetime import date
from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    CERTIFICATE,
    JORDAN,
    MORGAN,
    NOW,
    OTHER_APPLICATION,
    TODAY,
    after,
    began,
    handed_in_fact,
    held,
    later,
    nothing_live,
    only,
    submitted,
    told,
)
from test_changing_employer import declined, requested, verified

from applications.application import Application, application
from applications.applying import Applying, ApplyingBegan, ApplyingEnded, applying
from applications.at_district import work_item
from applications.certificate import Certificate
from applications.draft import Draft, NoDraft, Open, draft
from applications.draft_facts import DraftStarted
from applications.tasks import left
from applications.turning import TurnIntoExtension, taking_the_place, turn_into_extension
from lectern.contracts.applications import WithdrawalRequested
from lectern.contracts.facts import Fact
from lectern.contracts.values import Kind, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry

WITHDRAWAL = WithdrawalRequested(application_id=APPLICATION, educator_id=JORDAN, submission=1, requested_at=NOW)


def turning(
    *item: Fact,
    old: Draft | None = None,
    handed_in: Application | None = None,
    live: Applying | None = None,
    certificate: Certificate | None = None,
    **said: Any,
) -> list[DraftStarted | Entry]:
    command = TurnIntoExtension(
        **{
            "application_id": OTHER_APPLICATION, "instead_of": APPLICATION, "educator_id": JORDAN, "today": TODAY,
            "now": NOW,
        }
        | said
    )  # fmt: skip
    return turn_into_extension(
        NoDraft(),
        submitted() if old is None else old,
        after(application, handed_in_fact()) if handed_in is None else handed_in,
        after(applying, began()) if live is None else live,
        after(work_item, *(item or (requested(), declined()))),
        held() if certificate is None else certificate,
        command,
    )


def facts_of(decided: list[DraftStarted | Entry]) -> list[Any]:
    return [each.fact if isinstance(each, Entry) else each for each in decided]


def turned() -> tuple[Draft, Applying]:
    facts = facts_of(turning())
    return (
        after(draft, *(each for each in facts if not isinstance(each, ApplyingBegan))),
        after(applying, began(), *(each for each in facts if isinstance(each, ApplyingBegan))),
    )


def test_what_was_entered_is_kept_but_purpose_and_district() -> None:
    new, _ = turned()

    assert isinstance(new, Open)
    assert (new.answers.kind, new.answers.instead_of) == (Kind.EXTENSION, APPLICATION)
    assert set(left(new.answers, 0)) == {Task.PURPOSE, Task.DISTRICT}


def test_the_old_one_has_the_certificate_until_it_ends() -> None:
    _, live = turned()
    over = applying.evolve(live, ApplyingEnded(educator_id=JORDAN, application_id=APPLICATION, ended_at=NOW))

    assert live.live == {CERTIFICATE: APPLICATION}
    assert live.certificates_of(OTHER_APPLICATION) == (CERTIFICATE,)
    assert over.live == {CERTIFICATE: OTHER_APPLICATION}
    assert over.instead == {}


def test_a_draft_that_is_deleted_leaves_the_old_one_as_it_is_and_another_can_be_begun() -> None:
    _, live = turned()
    gone = applying.evolve(live, ApplyingEnded(educator_id=JORDAN, application_id=OTHER_APPLICATION, ended_at=NOW))

    again = turning(live=gone)

    entries = [each for each in (*turning(), *again) if isinstance(each, Entry)]
    claims = {each.claim for each in entries if each.claim}
    assert gone.live == {CERTIFICATE: APPLICATION}
    assert len(claims) == 2


def test_it_is_turned_once() -> None:
    _, live = turned()

    with pytest.raises(Refused, match="already") as refused:
        turning(live=live)
    assert refused.value.details["application_id"] == OTHER_APPLICATION


def test_only_what_a_district_declined_is_turned() -> None:
    for item in ((requested(),), (requested(), verified())):
        with pytest.raises(Refused, match="declined"):
            turning(*item)
    with pytest.raises(Refused, match="declined"):
        turning(handed_in=after(application, handed_in_fact(), WITHDRAWAL))


def test_what_has_ended_is_not_turned() -> None:
    with pytest.raises(Refused, match="has ended"):
        turning(live=nothing_live())


def test_somebody_elses_and_none_look_alike() -> None:
    for old, by in ((NoDraft(), JORDAN), (submitted(), MORGAN)):
        with pytest.raises(NotFound):
            turning(old=old, educator_id=by)


def test_a_certificate_that_ended_too_long_ago_is_not_extended() -> None:
    with pytest.raises(Refused, match="no more than 11 months"):
        turning(certificate=held(expires_on=date(2025, 12, 23)))


def handing_in(*_: Any) -> list[Any]:
    return [handed_in_fact()]


def test_handing_it_in_asks_the_old_one_back_in_the_same_moment() -> None:
    command = turning_in()

    decided = taking_the_place(handing_in, APPLICATION)(NoDraft(), after(application, handed_in_fact()), command)

    assert told(decided) == ["ApplicationSubmitted", "WithdrawalRequested"]
    assert only(decided, WithdrawalRequested).application_id == APPLICATION


def test_the_old_one_is_asked_back_once() -> None:
    command, asked = turning_in(), after(application, handed_in_fact(), WITHDRAWAL)

    again = taking_the_place(handing_in, APPLICATION)(NoDraft(), asked, command)
    old = after(application, handed_in_fact())
    second_click = taking_the_place(lambda *_: [], APPLICATION)(NoDraft(), old, command)

    assert told(again) == ["ApplicationSubmitted"]
    assert second_click == []


def turning_in() -> TurnIntoExtension:
    """Anything that says who and when."""
    return TurnIntoExtension(
        application_id=OTHER_APPLICATION, instead_of=APPLICATION, educator_id=JORDAN, today=TODAY, now=later(60)
    )
