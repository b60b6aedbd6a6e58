"""Submit & Pay: everything is answered, the certificate is active on that day, the district can verify, once."""

from datetime import date
from typing import Any

import pytest
from applications_given import (
    MORGAN,
    REFERENCE,
    SAVES,
    TODAY,
    after,
    all_answered,
    awaiting,
    closed,
    complete,
    fresh,
    handed_in,
    held,
    listed,
    nothing_submitted,
    only,
    returned,
    submission,
    submit_complete,
    submitted,
    told,
)

from applications.district import Unlisted
from applications.draft import Draft, Open, draft
from applications.draft_facts import (
    ConductAnswered,
    DistrictChosen,
    DraftStarted,
    EducationReported,
    PaymentAwaited,
    PaymentMethodChosen,
    PersonalReviewed,
    PurposeStated,
    ReleaseAccepted,
)
from applications.informing import Stale
from applications.payment import NoPayment, Outcome, PaymentRequested
from applications.submitting import submit
from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.facts import Fact
from lectern.contracts.values import CertificateStatus, Kind, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from lectern.rules import RULES


def test_with_a_fee_it_waits_for_the_payment() -> None:
    assert told(submit_complete()) == ["PaymentAwaited", "PaymentRequested"]


def test_the_payment_is_the_fee_by_the_chosen_method() -> None:
    request = only(submit_complete(), PaymentRequested)

    assert (request.amount, request.method, request.reference) == (2500, "card", REFERENCE)


def test_nothing_is_told_to_others_before_the_money_came() -> None:
    assert not [each for each in submit_complete() if isinstance(each, ApplicationSubmitted)]


def test_without_a_fee_it_is_submitted_at_once() -> None:
    assert told(submit_complete(fee=0)) == ["ApplicationSubmitted", "DraftSubmitted"]


def test_without_a_fee_no_payment_method_is_asked_for() -> None:
    given = complete(PaymentMethodChosen)

    decided = submit(given, nothing_submitted(), [held()], listed(), NoPayment(), submission(fee=0, seen=SAVES - 1))

    assert "ApplicationSubmitted" in told(decided)


def test_it_says_on_which_day_and_under_which_rules() -> None:
    fact = only(submit_complete(fee=0), ApplicationSubmitted)

    assert (fact.submitted_on, fact.submission, fact.rules) == (TODAY, 1, RULES)


def test_an_application_is_submitted_once_in_the_whole_log() -> None:
    entry = submit_complete(fee=0)[0]

    assert isinstance(entry, Entry)
    assert entry.claim == f"submitted:{submission().application_id}"


@pytest.mark.parametrize(
    ("left_out", "task"),
    [
        (PersonalReviewed, Task.PERSONAL),
        (EducationReported, Task.EDUCATION),
        (ConductAnswered, Task.CONDUCT),
        (PurposeStated, Task.PURPOSE),
        (PaymentMethodChosen, Task.PAYMENT),
        (ReleaseAccepted, Task.RELEASE),
        (DistrictChosen, Task.DISTRICT),
    ],
)
def test_every_task_is_needed(left_out: type[Fact], task: Task) -> None:
    given = complete(left_out)
    assert isinstance(given, Open)

    with pytest.raises(Refused) as refused:
        submit(given, nothing_submitted(), [held()], listed(), NoPayment(), submission(seen=given.answers.saves))

    assert refused.value.details == {"tasks": (task,)}


def test_one_unanswered_conduct_question_is_too_many() -> None:
    facts = [each for each in all_answered() if getattr(each, "question", "") != "conviction"]
    given = after(draft, *facts)

    with pytest.raises(Refused) as refused:
        submit(given, nothing_submitted(), [held()], listed(), NoPayment(), submission(seen=len(facts) - 1))

    assert refused.value.details == {"tasks": (Task.CONDUCT,)}


@pytest.mark.parametrize(
    "changes", [{"expires_on": date(2026, 11, 23)}, {"status": CertificateStatus.REVOKED}], ids=["expired", "revoked"]
)
def test_the_certificate_is_judged_on_the_day_of_submission(changes: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="not active today"):
        submit(complete(), nothing_submitted(), [held(**changes)], listed(), NoPayment(), submission())


def test_a_certificate_that_ends_today_is_active_today() -> None:
    assert submit(complete(), nothing_submitted(), [held(expires_on=TODAY)], listed(), NoPayment(), submission())


@pytest.mark.parametrize("district", [closed(), Unlisted()], ids=["closed since", "gone"])
def test_the_district_has_to_be_open(district: Any) -> None:
    with pytest.raises(Refused, match="closed"):
        submit(complete(), nothing_submitted(), [held()], district, NoPayment(), submission())


def test_a_district_that_closes_later_can_verify_today() -> None:
    assert submit(complete(), nothing_submitted(), [held()], closed(on=date(2026, 12, 1)), NoPayment(), submission())


@pytest.mark.parametrize("given", [awaiting(), submitted()], ids=["payment on its way", "submitted"])
def test_a_second_click_changes_nothing(given: Draft) -> None:
    assert submit(given, nothing_submitted(), [held()], listed(), NoPayment(), submission()) == []


def test_what_was_changed_while_it_was_sealed_is_not_sent() -> None:
    with pytest.raises(Stale):
        submit(complete(), nothing_submitted(), [held()], listed(), NoPayment(), submission(seen=3))


@pytest.mark.parametrize("given", [fresh(), awaiting(), submitted(), returned()], ids=lambda each: type(each).__name__)
def test_another_educators_draft_looks_like_none(given: Draft) -> None:
    with pytest.raises(NotFound):
        submit(given, nothing_submitted(), [held()], listed(), NoPayment(), submission(educator_id=MORGAN))


def test_a_returned_application_is_corrected_not_submitted() -> None:
    with pytest.raises(Refused, match="asked you something"):
        submit(returned(), handed_in(), [held()], listed(), NoPayment(), submission())


def test_a_second_try_keeps_the_reference() -> None:
    state = complete()
    assert isinstance(state, Open)
    given = Open(state.answers, "LEC-2026-000001-0", Outcome.DECLINED)

    decided = submit(given, nothing_submitted(), [held()], listed(), NoPayment(), submission())

    assert only(decided, PaymentAwaited).ready.reference == "LEC-2026-000001-0"


EXTENSION = tuple(
    each.model_copy(update={"kind": Kind.EXTENSION}) if isinstance(each, DraftStarted) else each
    for each in all_answered()
    if not isinstance(each, PaymentMethodChosen)
)


def extending(expires_on: date = date(2027, 1, 15), **changes: Any) -> list[Any]:
    when = submission(fee=0, seen=SAVES - 1, **changes)
    return list(
        submit(
            after(draft, *EXTENSION), nothing_submitted(), [held(expires_on=expires_on)], listed(), NoPayment(), when
        )
    )


def test_an_extension_is_submitted_without_any_payment() -> None:
    fact = only(extending(), ApplicationSubmitted)

    assert (fact.kind, fact.fee, fact.rules) == (Kind.EXTENSION, 0, RULES)
    assert told(extending()) == ["ApplicationSubmitted", "DraftSubmitted"]


def test_an_extension_is_submitted_until_eleven_months_after_the_expiry() -> None:
    assert extending(expires_on=date(2025, 12, 24))
    with pytest.raises(Refused, match="can’t be extended today"):
        extending(expires_on=date(2025, 12, 23))


def test_an_extension_needs_no_payment_method_and_everything_else() -> None:
    for missing in (PersonalReviewed, EducationReported, PurposeStated, ReleaseAccepted, DistrictChosen):
        facts = [each for each in EXTENSION if not isinstance(each, missing)]
        when = submission(fee=0, seen=SAVES - 2)

        with pytest.raises(Refused) as refused:
            submit(after(draft, *facts), nothing_submitted(), [held()], listed(), NoPayment(), when)

        assert refused.value.details["tasks"] == (missing.task,)
