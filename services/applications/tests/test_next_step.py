"""One thing is recommended, and it is the most urgent one."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from applications_given import (
    FEE,
    TODAY,
    all_answered,
    awaiting_facts,
    handed_in_fact,
    recorded_certificate,
    recorded_person,
    status_changed,
)

from applications.application_status import Decision, Holder, StatusRow, application_status
from applications.certificates import CertificateRow, certificates
from applications.drafts import DraftRow, drafts
from applications.educators import EducatorRow, educators
from applications.next_step import NextStep, main_certificate, next_step
from applications.overview import Now, Overview
from applications.payment import Outcome
from lectern.contracts.facts import Fact
from lectern.contracts.values import CertificateKind, CertificateStatus, Kind
from lectern.eventlog.views import View


def row(view: View[Any], *facts: Fact) -> Any:
    found = None
    for fact in facts:
        found = view.fold(found, fact)
    return found


def certificate(**changes: Any) -> CertificateRow:
    found: CertificateRow = row(certificates, recorded_certificate())
    return replace(found, **changes)


def recommended(
    *, held: tuple[CertificateRow, ...] = (), begun: tuple[DraftRow, ...] = (), sent: tuple[StatusRow, ...] = ()
) -> NextStep:
    return next_step(held, begun, sent, TODAY, FEE)


def status(**changes: Any) -> StatusRow:
    found: StatusRow = row(application_status, handed_in_fact())
    return replace(found, **changes)


def test_a_question_of_the_district_comes_first() -> None:
    step = recommended(held=(certificate(),), sent=(status(holder=Holder.EDUCATOR),))

    assert step.heading == "Answer your district’s question"


def test_then_a_payment_that_waits() -> None:
    step = recommended(held=(certificate(),), begun=(row(drafts, *awaiting_facts()),))

    assert step.heading == "Finish your payment"
    assert step.href.endswith("/payment")


def test_a_payment_that_was_declined_is_said() -> None:
    step = next_step((certificate(),), (row(drafts, *all_answered()),), (), TODAY, FEE, fell_through=Outcome.DECLINED)

    assert step.heading == "Try your payment again"
    assert "was declined. No money was taken" in step.why


def test_then_a_draft_with_the_day_it_has_to_be_submitted_by() -> None:
    step = recommended(held=(certificate(),), begun=(row(drafts, *all_answered()),))

    assert step.heading == "Finish your upgrade application and submit it by January 15, 2027"
    assert (step.done, step.tasks) == (7, 8)


def test_while_others_have_it_there_is_nothing_to_do() -> None:
    step = recommended(held=(certificate(),), sent=(status(),))

    assert step.heading == "You don’t need to do anything"
    assert "with your district" in step.why


def test_a_district_that_was_not_told_has_to_be_told() -> None:
    step = next_step((certificate(),), (), (status(),), TODAY, FEE, untold=True)
    opened = next_step((certificate(),), (), (status(opened_at=datetime.now(UTC)),), TODAY, FEE, untold=True)

    assert step.heading == "Tell your district about your application"
    assert opened.heading == "You don’t need to do anything"


def test_near_the_end_an_upgrade_is_recommended() -> None:
    step = recommended(held=(certificate(),))

    assert step.heading == "Apply for an upgrade by January 15, 2027"


def test_long_before_the_end_nothing_is_due_and_it_is_possible() -> None:
    step = recommended(held=(certificate(expires_on=date(2029, 1, 15)),))

    assert step.heading == "Nothing is due now"
    assert step.href == "/new-applications/upgrade"


def test_what_expired_a_day_ago_can_still_be_extended() -> None:
    step = recommended(held=(certificate(expires_on=date(2026, 11, 23)),))

    assert step.heading == "Apply for an extension by October 23, 2027"
    assert "ended yesterday" in step.why
    assert step.href == "/new-applications/extension"


def test_the_last_day_of_an_extension_is_the_last_one_it_is_recommended_on() -> None:
    last, day_after = certificate(expires_on=date(2025, 12, 24)), certificate(expires_on=date(2025, 12, 23))

    assert recommended(held=(last,)).heading == "Apply for an extension by November 24, 2026"
    assert recommended(held=(day_after,)).heading == "Reactivate your certificate when you want to teach again"


def test_a_draft_of_an_extension_has_its_own_last_day() -> None:
    begun = replace(row(drafts, *all_answered()), kind=Kind.EXTENSION)

    step = recommended(held=(certificate(),), begun=(begun,))

    assert step.heading == "Finish your extension application and submit it by December 15, 2027"
    assert "four more years" in step.why
    assert (step.done, step.tasks) == (6, 7)


def test_one_that_expired_long_ago_can_be_reactivated() -> None:
    step = recommended(held=(certificate(expires_on=date(2025, 12, 23)),))

    assert "A recent college course, or a position as a teacher" in step.why
    assert (step.ask, step.href) == (False, "/new-applications/reactivation")


def test_who_holds_another_that_runs_needs_no_reactivation() -> None:
    career = certificate(kind=CertificateKind.CCPC, expires_on=date(2126, 1, 5))

    step = recommended(held=(career, certificate(expires_on=date(2025, 12, 23))))

    assert step.heading == "You hold a Career Continuous Professional Certificate"


def test_one_that_was_revoked_is_told_what_is_open_and_what_is_not() -> None:
    step = recommended(held=(replace(certificate(), status=CertificateStatus.REVOKED),))

    assert step.heading == "Your certificate is not active"
    assert "A reactivation starts from a certificate that has expired." in step.why
    assert (step.ask, step.href) == (True, "")


def test_one_that_dese_suspended_is_told_since_when_and_whom_to_ask() -> None:
    suspended = row(certificates, recorded_certificate(), status_changed(CertificateStatus.SUSPENDED))
    back = row(
        certificates,
        recorded_certificate(),
        status_changed(CertificateStatus.SUSPENDED),
        status_changed(CertificateStatus.ACTIVE),
    )

    step = recommended(held=(suspended,))

    assert step.heading == "Your certificate is suspended"
    assert "November 20, 2026" in step.why
    assert (step.ask, step.href) == (True, "")
    assert recommended(held=(back,)) == recommended(held=(certificate(),))
    assert "nothing is approved on it until DESE reinstates it" in recommended(held=(suspended,), sent=(status(),)).more
    assert recommended(held=(back,), sent=(status(),)).more == ""


def test_a_career_certificate_needs_nothing() -> None:
    step = recommended(held=(certificate(kind=CertificateKind.CCPC, expires_on=date(2126, 1, 5)),))

    assert step.heading == "You hold a Career Continuous Professional Certificate"
    assert "valid until January 5, 2126" in step.why
    assert step.idle


def test_without_a_certificate_it_says_so() -> None:
    assert recommended().heading == "We hold no certificate for you"


def test_the_certificate_that_ends_first_is_the_one_to_upgrade() -> None:
    first, last = certificate(), certificate(expires_on=date(2029, 1, 15))

    assert main_certificate([last, first], TODAY) == first


def test_a_denial_is_explained_before_another_application_is_recommended() -> None:
    denied = status(decision=Decision.DENIED, decided_at=datetime(2026, 11, 20, 15, tzinfo=UTC))

    step = recommended(held=(certificate(),), sent=(denied,))

    assert step.heading == "Read why your application was denied"
    assert "November 20, 2026" in step.why
    assert step.href == f"/applications/{denied.application_id}"


def menu(
    kind: Kind = Kind.UPGRADE,
    *,
    held: tuple[CertificateRow, ...] = (),
    begun: tuple[DraftRow, ...] = (),
    sent: tuple[StatusRow, ...] = (),
) -> Now:
    educator: EducatorRow = row(educators, recorded_person())
    return Overview(educator, "", "", "", None, [*held], [*begun], [*sent], {}).now(kind, TODAY)


def test_the_menu_says_whether_an_upgrade_can_be_started() -> None:
    expired = certificate(expires_on=TODAY - timedelta(days=1))

    assert menu(held=(certificate(),)) is Now.OPEN
    assert menu(held=(certificate(),), begun=(row(drafts, *all_answered()),)) is Now.STARTED
    assert menu(held=(certificate(),), sent=(status(),)) is Now.UNDER_WAY
    assert menu(held=(expired,)) is Now.INACTIVE
    assert menu(Kind.EXTENSION, held=(expired,)) is Now.OPEN
    assert menu(Kind.EXTENSION, held=(certificate(),), sent=(status(),)) is Now.OTHER
    assert menu(held=(certificate(kind=CertificateKind.CCPC),)) is Now.NOTHING
