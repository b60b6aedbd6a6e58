"""What the pages show is folded from facts alone."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar

from applications_given import (
    APPLICATION,
    DISTRICT,
    EXPIRES,
    FEE,
    JORDAN,
    MORGAN,
    NOW,
    REFERENCE,
    all_answered,
    handed_in_fact,
    later,
    listed_fact,
    only,
    recorded_certificate,
    recorded_person,
    registered_facts,
    returned_facts,
    sealed,
    started,
    submit_complete,
    submitted_facts,
)

from applications.application_status import Decision, Holder, application_status
from applications.certificates import certificates
from applications.districts import districts
from applications.draft_facts import DraftDiscarded
from applications.drafts import Stage, drafts
from applications.educators import educators
from applications.match_tokens import match_tokens
from applications.payment import Outcome, PaymentOutcomeAsked, PaymentRequested, PaymentSettled, Teller
from applications.payments_pending import LONGEST, payments_pending
from applications.timeline import Happened, timeline
from applications.times_taken import times_taken
from lectern.contracts.applications import ApplicationCorrected, PaymentReceived, PersonalInformationChanged
from lectern.contracts.days import chicago_day
from lectern.contracts.district_worklog import (
    DistrictChanged,
    DistrictClosed,
    DistrictContactsChanged,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
)
from lectern.contracts.facts import Fact
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationDenied,
    CertificateUpgraded,
    HoldPlaced,
    HoldReleased,
    ReviewAssigned,
)
from lectern.contracts.values import (
    CertificateKind,
    Kind,
    OfficerId,
    PaymentMethod,
    ReturnReason,
    Task,
)
from lectern.eventlog.views import View

R = TypeVar("R")
OFFICER = OfficerId(MORGAN)
ITEM: dict[str, Any] = {
    "application_id": APPLICATION,
    "educator_id": JORDAN,
    "submission": 1,
    "district": DISTRICT,
}
CASE: dict[str, Any] = {"application_id": APPLICATION, "educator_id": JORDAN, "submission": 1, "cycle": 1}


def row_of(view: View[R], facts: Iterable[Fact]) -> R | None:
    row: R | None = None
    for fact in facts:
        if isinstance(fact, view.facts):
            row = view.fold(row, fact)
    return row


def claimed_by_district(**more: Any) -> VerificationClaimed:
    signature = sealed("VerificationClaimed.signature")
    return VerificationClaimed(**{**ITEM, **more}, claimed_by=OFFICER, signature=signature, claimed_at=later(days=2))


def returned_by_district() -> DistrictReturned:
    return DistrictReturned(
        **ITEM,
        reasons=(ReturnReason.HOURS_MISSING,),
        note=sealed("DistrictReturned.note", audience="district"),
        returned_by=OFFICER,
        signature=sealed("DistrictReturned.signature"),
        returned_at=later(days=3),
    )


def corrected() -> ApplicationCorrected:
    return ApplicationCorrected(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=2,
        tasks=(Task.EDUCATION,),
        district=DISTRICT,
        for_district=sealed("ApplicationCorrected.for_district", audience="district"),
        for_state=sealed("ApplicationCorrected.for_state", audience="state"),
        corrected_at=later(days=5),
    )


def verified() -> DistrictVerified:
    return DistrictVerified(
        **{**ITEM, "submission": 2},
        rulings=(),
        evidence=sealed("DistrictVerified.evidence", audience="district"),
        attestation="attestation-upgrade-1",
        verified_by=OFFICER,
        signature=sealed("DistrictVerified.signature"),
        verified_at=later(days=12),
    )


def assigned() -> ReviewAssigned:
    return ReviewAssigned(**{**CASE, "submission": 2}, reviewer=OFFICER, assigned_at=later(days=20))


def approved() -> ApplicationApproved:
    return ApplicationApproved(
        **{**CASE, "submission": 2},
        rulings=(),
        rules="upgrade-2026-11",
        signed=sealed("ApplicationApproved.signed", audience="state"),
        approved_at=later(days=40),
    )


def denied() -> ApplicationDenied:
    return ApplicationDenied(
        **{**CASE, "submission": 2},
        reasons=sealed("ApplicationDenied.reasons", audience="state"),
        rulings=(),
        note=sealed("ApplicationDenied.note", audience="district"),
        rules="upgrade-2026-11",
        signed=sealed("ApplicationDenied.signed", audience="state"),
        denied_at=later(days=40),
    )


STORY = (
    handed_in_fact(),
    claimed_by_district(),
    returned_by_district(),
    corrected(),
    verified(),
    assigned(),
)


def test_a_submitted_application_is_with_the_district() -> None:
    row = row_of(application_status, STORY[:1])

    assert row is not None
    assert (row.holder, row.since, row.reference) == (Holder.DISTRICT, NOW, REFERENCE)


def test_a_returned_one_is_with_the_educator_with_what_was_asked() -> None:
    row = row_of(application_status, STORY[:3])

    assert row is not None
    assert (row.holder, row.reasons) == (Holder.EDUCATOR, (ReturnReason.HOURS_MISSING,))
    assert row.note is not None


def test_a_corrected_one_is_with_the_district_again_and_asks_for_nothing() -> None:
    row = row_of(application_status, STORY[:4])

    assert row is not None
    assert (row.holder, row.submission, row.reasons, row.note, row.opened_at) == (Holder.DISTRICT, 2, (), None, None)


def test_the_working_days_are_counted_where_they_went() -> None:
    row = row_of(application_status, STORY)
    today = chicago_day(later(days=41))

    assert row is not None
    days = [row.days_with(each, today) for each in (Holder.DISTRICT, Holder.EDUCATOR, Holder.DESE)]
    assert days == [3 + 4, 0, 19]  # Thanksgiving, weekends and New Year are none


def test_the_expected_range_counts_from_the_day_the_district_sent_it() -> None:
    row = row_of(application_status, STORY)

    assert row is not None
    assert row.sent_on == date(2026, 12, 6)


def test_a_reviewer_is_there_since_the_first_one_started() -> None:
    row = row_of(application_status, (*STORY, assigned()))

    assert row is not None
    assert row.reviewed_since == later(days=20)


def test_what_is_about_an_older_submission_changes_nothing() -> None:
    before = row_of(application_status, STORY[:4])

    assert row_of(application_status, (*STORY[:4], claimed_by_district(), returned_by_district())) == before


def test_a_decision_ends_it() -> None:
    row = row_of(application_status, (*STORY, approved()))

    assert row is not None
    assert (row.decision, row.holder, row.decided_at) == (Decision.APPROVED, Holder.NOBODY, later(days=40))
    assert row.days_with(Holder.DESE, chicago_day(later(days=400))) == 18


def test_a_decision_ends_it_also_where_the_educator_answered_in_that_moment() -> None:
    """DESE alone ends an application; what it decides on may be a handing-in ago."""
    late = approved().model_copy(update={"submission": 1})

    row = row_of(application_status, (*STORY[:4], late))
    taken = row_of(times_taken, measured_of((*STORY[:4], late)))

    assert row is not None
    assert (row.decision, row.holder, row.submission) == (Decision.APPROVED, Holder.NOBODY, 2)
    assert taken is not None
    assert taken.decided_at == late.approved_at


def test_a_denial_says_why() -> None:
    row = row_of(application_status, (*STORY, denied()))

    assert row is not None
    assert (row.decision, row.denied_for) == (Decision.DENIED, denied().reasons)
    assert row.denial is not None


def test_after_the_decision_nothing_changes() -> None:
    before = row_of(application_status, (*STORY, approved()))

    assert row_of(application_status, (*STORY, approved(), denied(), assigned())) == before


def test_the_timeline_tells_everything_in_order() -> None:
    paid = PaymentReceived(
        application_id=APPLICATION,
        educator_id=JORDAN,
        submission=1,
        payment_id=only(submit_complete(), PaymentRequested).payment_id,
        amount=FEE,
        method=PaymentMethod.CARD,
        received_at=NOW,
    )

    row = row_of(timeline, (paid, *STORY, approved()))

    assert row is not None
    everything = list(Happened)
    assert [each.what for each in row.entries] == everything[: everything.index(Happened.APPROVED) + 1]


def test_a_draft_counts_its_tasks() -> None:
    row = row_of(drafts, all_answered())

    assert row is not None
    assert (row.kind, row.stage, row.done(FEE), row.done(0)) == (Kind.UPGRADE, Stage.OPEN, 7, 6)


def test_a_draft_with_one_unanswered_conduct_question_has_that_task_open() -> None:
    row = row_of(drafts, [each for each in all_answered() if getattr(each, "question", "") != "conviction"])

    assert row is not None
    assert row.done(FEE) == 6


def test_a_draft_follows_its_application() -> None:
    stages = [getattr(row_of(drafts, facts), "stage", None) for facts in (submitted_facts(), returned_facts())]

    assert stages == [Stage.SUBMITTED, Stage.RETURNED]


def test_a_deleted_draft_is_gone() -> None:
    deleted = DraftDiscarded(application_id=APPLICATION, saved_at=NOW)

    assert row_of(drafts, (started(), deleted)) is None


def test_a_payment_is_asked_about_after_thirty_seconds_and_then_less_and_less() -> None:
    requested = only(submit_complete(), PaymentRequested)
    about: dict[str, Any] = requested.model_dump(include={"payment_id", "application_id", "educator_id"})
    asked = [PaymentOutcomeAsked(**about, time=time, asked_at=NOW) for time in (1, 2, 30)]

    stories: list[list[Fact]] = [[requested]]
    stories += [[requested, each] for each in asked]
    due = [getattr(row_of(payments_pending, facts), "due_at", NOW) - NOW for facts in stories]

    assert due == [timedelta(seconds=30), timedelta(seconds=30), timedelta(seconds=60), LONGEST]


def test_a_settled_payment_is_asked_about_no_more() -> None:
    requested = only(submit_complete(), PaymentRequested)
    about: dict[str, Any] = requested.model_dump(include={"payment_id", "application_id", "educator_id"})
    ended = PaymentSettled(**about, outcome=Outcome.APPROVED, told_by=Teller.QUERY, settled_at=NOW)

    assert row_of(payments_pending, (requested, ended)) is None


def test_an_upgraded_certificate_is_a_career_certificate_with_new_days() -> None:
    upgraded = CertificateUpgraded(
        certificate_id=recorded_certificate().certificate_id,
        person_id=JORDAN,
        application_id=APPLICATION,
        cycle=1,
        effective_on=date(2027, 1, 5),
        expires_on=date(2126, 1, 5),
        rules="upgrade-2026-11",
        upgraded_at=later(days=42),
    )

    before, after = (
        row_of(certificates, [recorded_certificate()]),
        row_of(certificates, [recorded_certificate(), upgraded]),
    )

    assert before is not None
    assert after is not None
    assert (before.kind, before.expires_on) == (CertificateKind.IPC, EXPIRES)
    assert (after.kind, after.expires_on, after.areas) == (CertificateKind.CCPC, date(2126, 1, 5), before.areas)


def test_a_district_is_found_by_code_name_and_county() -> None:
    row = row_of(districts, [listed_fact()])

    assert row is not None
    assert row.words == "048-077 048077 independence 30 jackson"


def test_a_district_keeps_its_contacts_under_another_name() -> None:
    named = DistrictContactsChanged(
        district=DISTRICT, contacts=sealed("DistrictContactsChanged.contacts"), changed_at=NOW
    )
    renamed = DistrictChanged(district=DISTRICT, name="INDEPENDENCE 31", county="JACKSON", changed_at=NOW)

    before, after = row_of(districts, [listed_fact()]), row_of(districts, [listed_fact(), named, renamed])

    assert before is not None
    assert after is not None
    assert (before.contacts, after.contacts) == (None, named.contacts)


def test_a_closed_district_stays_closed_under_another_name() -> None:
    closed = DistrictClosed(district=DISTRICT, closed_on=date(2026, 12, 1), closed_at=NOW)
    renamed = DistrictChanged(district=DISTRICT, name="INDEPENDENCE 31", county="JACKSON", changed_at=NOW)

    row = row_of(districts, [listed_fact(), closed, renamed])

    assert row is not None
    assert (row.name, row.closed_on) == ("INDEPENDENCE 31", date(2026, 12, 1))


def test_an_educator_is_known_from_the_register_and_reached_as_they_say() -> None:
    changed = PersonalInformationChanged(
        educator_id=JORDAN, contact=sealed("PersonalInformationChanged.contact"), changed_at=later(1)
    )

    row = row_of(educators, [recorded_person(), *registered_facts(), changed])

    assert row is not None
    assert (row.contact, row.revision, row.linked_at) == (changed.contact, 2, NOW)


def test_a_person_recorded_again_keeps_what_the_educator_said() -> None:
    row = row_of(educators, [recorded_person(), *registered_facts(), recorded_person("beef" * 16)])

    assert row is not None
    assert row.contact is not None


def test_only_the_latest_token_of_a_person_matches() -> None:
    row = row_of(match_tokens, [recorded_person("beef" * 16), recorded_person("f00d" * 16)])

    assert row is not None
    assert row.token == "f00d" * 16


def test_what_each_office_took_is_measured_when_it_is_decided() -> None:
    before, after = row_of(times_taken, measured_of(STORY)), row_of(times_taken, measured_of((*STORY, approved())))

    assert before is not None
    assert (before.district_days, before.state_days, before.decided_at) == (None, None, None)
    assert after is not None
    assert (after.district_days, after.state_days, after.decided_at) == (3 + 4, 18, later(days=40))


def test_days_on_hold_are_not_measured() -> None:
    case = {**CASE, "submission": 2}
    why = sealed("HoldPlaced.why", audience="state")
    placed = HoldPlaced(**case, why=why, placed_by=OFFICER, placed_at=later(days=13))
    why = sealed("HoldReleased.why", audience="state")
    released = HoldReleased(**case, why=why, released_by=OFFICER, released_at=later(days=39))

    held = row_of(times_taken, measured_of((*STORY, placed, released, approved())))
    status = row_of(application_status, (*STORY, placed, released, approved()))

    assert held is not None
    assert held.state_days == 1 + 0
    assert status is not None
    assert status.days_with(Holder.DESE, chicago_day(later(days=60))) == 1


def measured_of(facts: Iterable[Fact]) -> list[Fact]:
    return [each for each in facts if isinstance(each, times_taken.facts)]
