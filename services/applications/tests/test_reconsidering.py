"""An educator asks DESE to look at a denial again: once for each, in time, while the certificate is free."""

from datetime import date, timedelta
from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    CERTIFICATE,
    JORDAN,
    MORGAN,
    NOW,
    OTHER_APPLICATION,
    after,
    began,
    handed_in,
    handed_in_fact,
    later,
    nothing_live,
    nothing_submitted,
    sealed,
    submitted,
    told,
)

from applications.application import Application, application
from applications.application_status import Decision, Holder, StatusRow, application_status
from applications.applying import Applying, ApplyingBegan, ApplyingEnded, applying
from applications.at_dese import AtDese, NotDenied, case
from applications.draft import Draft, NoDraft
from applications.pages_reconsidering import may_ask_until
from applications.reconsidering import AskReconsideration, ask_reconsideration, last_day
from applications.timeline import Happened, timeline
from applications.withdrawing import WithdrawApplication, withdraw
from lectern.contracts.applications import EmployerChanged, ReconsiderationRequested
from lectern.contracts.days import chicago_day
from lectern.contracts.facts import Fact
from lectern.contracts.review import ApplicationApproved, ApplicationDenied, ReconsiderationOpened
from lectern.contracts.values import EmployerChange, Kind
from lectern.eventlog.errors import NotFound, Refused
from lectern.rules import RULES

CASE: dict[str, Any] = {"application_id": APPLICATION, "educator_id": JORDAN, "submission": 1}
WHY = "The two records are of two schools."
DENIED_ON = chicago_day(NOW)


def denied(cycle: int = 1) -> ApplicationDenied:
    return ApplicationDenied(
        **CASE,
        cycle=cycle,
        reasons=sealed("ApplicationDenied.reasons", audience="state"),
        rulings=(),
        note=sealed("ApplicationDenied.note", audience="district"),
        rules=RULES,
        signed=sealed("ApplicationDenied.signed", audience="state"),
        denied_at=NOW,
    )


def requested(cycle: int = 1) -> ReconsiderationRequested:
    why = sealed("ReconsiderationRequested.why", audience="state")
    return ReconsiderationRequested(**CASE, cycle=cycle, why=why, requested_at=later(days=1))


def opened(cycle: int = 2) -> ReconsiderationOpened:
    return ReconsiderationOpened(**CASE, cycle=cycle, kind=Kind.UPGRADE, district="048-077", opened_at=later(days=1))


def ended() -> ApplyingEnded:
    return ApplyingEnded(educator_id=JORDAN, application_id=APPLICATION, ended_at=NOW)


FREE = after(applying, began(), ended())
DENIED = after(case, denied())


def asking(**changed: Any) -> AskReconsideration:
    said: dict[str, Any] = {
        "application_id": APPLICATION,
        "educator_id": JORDAN,
        "cycle": 1,
        "why": WHY,
        "sealed": sealed("ReconsiderationRequested.why", audience="state"),
        "today": DENIED_ON,
        "now": later(days=1),
    }
    return AskReconsideration.model_validate(said | changed)


def ask(
    draft: Draft | None = None,
    found: Application | None = None,
    denial: AtDese = DENIED,
    live: Applying = FREE,
    **changed: Any,
) -> list[Any]:
    return ask_reconsideration(draft or submitted(), found or handed_in(), denial, live, asking(**changed))


def test_it_is_asked_once_for_a_denial_and_the_certificate_is_spoken_for_again() -> None:
    entries = ask()

    assert told(entries) == ["ReconsiderationRequested", "ApplyingBegan"]
    assert [each.claim for each in entries] == [f"reconsideration:{APPLICATION}:1", f"live:{CERTIFICATE}:2"]
    assert after(applying, began(), ended(), entries[1].fact).live == {CERTIFICATE: APPLICATION}


def test_a_second_click_is_nothing() -> None:
    assert ask(found=after(application, handed_in_fact(), requested())) == []


def test_another_denial_can_be_asked_about_once_more() -> None:
    found = after(application, handed_in_fact(), requested())

    (first, _) = ask(found=found, denial=after(case, denied(), opened(), denied(2)), cycle=2)

    assert first.fact.cycle == 2
    assert first.claim == f"reconsideration:{APPLICATION}:2"


def test_a_page_of_the_denial_before_is_refused() -> None:
    found = after(application, handed_in_fact(), requested())

    with pytest.raises(Refused, match="decided again since"):
        ask(found=found, denial=after(case, denied(), opened(), denied(2)), cycle=1)


def test_a_denial_can_be_asked_about_for_ninety_days() -> None:
    last = DENIED_ON + timedelta(days=90)

    assert last_day(RULES, DENIED_ON) == last
    assert told(ask(today=last)) == ["ReconsiderationRequested", "ApplyingBegan"]
    with pytest.raises(Refused, match="could be looked at again until"):
        ask(today=last + timedelta(days=1))


def test_an_application_of_the_first_rule_set_has_the_same_time() -> None:
    assert last_day("upgrade-2026-11", date(2026, 11, 24)) == date(2027, 2, 22)


def approved() -> ApplicationApproved:
    signed = sealed("ApplicationApproved.signed", audience="state")
    return ApplicationApproved(**CASE, cycle=1, rulings=(), rules=RULES, signed=signed, approved_at=NOW)


@pytest.mark.parametrize("facts", [(), (approved(),), (denied(), opened())], ids=["open", "approved", "opened again"])
def test_only_a_denial_in_force_is_looked_at_again(facts: tuple[Fact, ...]) -> None:
    with pytest.raises(Refused, match="Only a denial"):
        ask(denial=after(case, *facts))


def test_while_another_application_has_the_certificate_it_waits() -> None:
    other = ApplyingBegan(
        educator_id=JORDAN,
        application_id=OTHER_APPLICATION,
        kind=Kind.UPGRADE,
        certificate_id=CERTIFICATE,
        began_at=NOW,
    )

    with pytest.raises(Refused, match="another application for this certificate") as refused:
        ask(live=after(applying, began(), ended(), other))
    assert refused.value.details["application_id"] == OTHER_APPLICATION


def test_it_says_why() -> None:
    with pytest.raises(Refused) as nothing:
        ask(why="")
    with pytest.raises(Refused) as too_much:
        ask(why="漢" * 3_000)
    assert nothing.value.details["field"] == too_much.value.details["field"] == "why"


def test_where_another_district_was_named_in_that_moment_nothing_is_looked_at_again() -> None:
    moved = EmployerChanged(
        **{**CASE, "submission": 2},
        before="048-077",
        district="048-078",
        why=EmployerChange.NAMED_WRONG,
        changed_at=NOW,
    )

    with pytest.raises(Refused, match="another district just before"):
        ask(found=after(application, handed_in_fact(), moved))


def test_somebody_elses_looks_like_none() -> None:
    with pytest.raises(NotFound):
        ask(educator_id=MORGAN)
    with pytest.raises(NotFound):
        ask(found=nothing_submitted(), denial=NotDenied(), live=nothing_live())
    with pytest.raises(NotFound):
        ask(draft=NoDraft())


def test_what_is_looked_at_again_cannot_be_withdrawn() -> None:
    with pytest.raises(Refused, match="can’t be withdrawn any more"):
        withdraw(
            after(application, handed_in_fact(), requested()),
            WithdrawApplication(application_id=APPLICATION, educator_id=JORDAN, now=NOW),
        )


def status(*facts: Any) -> StatusRow:
    row = None
    for fact in (handed_in_fact(), *facts):
        row = application_status.fold(row, fact)
    assert row is not None
    return row


def test_the_status_says_who_has_it_again_and_keeps_the_reasons() -> None:
    row = status(denied(), requested(), opened())

    assert (row.decision, row.holder, row.cycle) == (None, Holder.DESE, 2)
    assert row.denial == denied().note
    assert row.stays[-1].until is None


def test_it_is_offered_until_the_last_day_and_once() -> None:
    last = DENIED_ON + timedelta(days=90)

    assert may_ask_until(status(denied()), last) == last
    assert may_ask_until(status(denied()), last + timedelta(days=1)) is None
    assert may_ask_until(status(denied(), requested()), DENIED_ON) is None
    assert may_ask_until(status(denied(), requested(), opened()), DENIED_ON) is None
    assert may_ask_until(status(denied(), requested(), opened(), denied(2)), DENIED_ON) == last
    assert may_ask_until(status(approved()), DENIED_ON) is None


def test_the_decision_of_the_next_cycle_is_the_one_in_force() -> None:
    row = status(denied(), requested(), opened(), approved().model_copy(update={"cycle": 2}))

    assert (row.decision, row.holder) == (Decision.APPROVED, Holder.NOBODY)


def test_the_story_tells_both() -> None:
    row = None
    for fact in (handed_in_fact(), denied(), requested(), opened()):
        row = timeline.fold(row, fact)

    assert row is not None
    assert [each.what for each in row.entries] == [
        Happened.SUBMITTED, Happened.DENIED, Happened.RECONSIDERATION_REQUESTED, Happened.OPENED_AGAIN,
    ]  # fmt: skip
