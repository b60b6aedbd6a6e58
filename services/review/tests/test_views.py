"""Views: given facts, then rows."""

from datetime import UTC, date, datetime
from typing import Any

from review_given import (
    APPLICATION,
    CERTIFICATE,
    EDUCATOR,
    INES,
    NOW,
    PRIYA,
    PROPOSAL,
    SUBMITTED,
    THEO,
    TODAY,
    VERIFIED,
    approval_proposed,
    approved,
    assigned,
    certificate_extended,
    claimed,
    conduct_opened,
    corrected,
    denial_proposed,
    denied,
    paid,
    recorded,
    requested,
    returned,
    sealed,
    signed,
    submitted,
    uid,
    upgraded,
    verified,
)

from lectern.contracts.applications import EducatorRegistered
from lectern.contracts.district_worklog import DistrictChanged, DistrictListed
from lectern.contracts.facts import Fact
from lectern.contracts.review import BackgroundCheckCleared, PersonRecorded
from lectern.contracts.values import CertificateKind
from lectern.eventlog.views import View
from lectern.rules.clocks import Run
from review.case_history import What, case_history
from review.case_page import Outcome, case_page
from review.deliberation import NoteAdded, ProposalSentBack
from review.districts import districts
from review.person import PersonEntered
from review.register_certificates import register_certificates
from review.register_people import register_people
from review.review_queue import Stage, review_queue


def row(view: View[Any], *facts: Fact) -> Any:
    found = None
    for fact in facts:
        assert isinstance(fact, view.facts)
        found = view.fold(found, fact)
    return found


def sent_back() -> ProposalSentBack:
    why = sealed("state", "ProposalSentBack.why")
    return ProposalSentBack(application_id=APPLICATION, by=THEO, at=NOW, proposal_id=PROPOSAL, why=why)


def test_each_clock_runs_while_its_office_has_it() -> None:
    def on(fact: Any, field: str, day: int) -> Any:
        return fact.model_copy(update={field: datetime(2027, 2, day, 16, tzinfo=UTC)})

    given = [
        on(submitted(), "submitted_at", 1),
        on(returned(), "returned_at", 3),
        on(corrected(), "corrected_at", 8),
        on(verified(2), "verified_at", 10),
        on(approval_proposed(submission=2), "at", 16),
    ]

    found = row(review_queue, *given)
    ended = row(review_queue, *given, on(approved(), "approved_at", 17))

    first, second = Run(date(2027, 2, 1), date(2027, 2, 3)), Run(date(2027, 2, 8), date(2027, 2, 10))
    assert found.district_clock == (first, second)
    assert found.state_clock == (Run(date(2027, 2, 10)),)
    assert found.days(date(2027, 2, 16)) == 2  # February 12 and 15 are holidays
    assert ended.state_clock == (Run(date(2027, 2, 10), date(2027, 2, 17)),)


def test_the_queue_follows_an_application_through_its_stages() -> None:
    life = [
        (submitted(), Stage.WITH_DISTRICT),
        (returned(), Stage.RETURNED),
        (corrected(), Stage.WITH_DISTRICT),
        (verified(), Stage.WITH_DISTRICT),
        (verified(2), Stage.READY),
        (assigned(), Stage.READY),
        (denial_proposed(), Stage.SECOND),
        (sent_back(), Stage.READY),
        (approval_proposed(), Stage.SECOND),
        (approved(), Stage.APPROVED),
        (verified(2), Stage.APPROVED),
    ]

    for upto in range(1, len(life) + 1):
        found = row(review_queue, *(fact for fact, _ in life[:upto]))
        assert found.stage is life[upto - 1][1]


def test_age_counts_from_the_district_and_from_the_educator_before() -> None:
    assert row(review_queue, submitted()).since == SUBMITTED
    assert row(review_queue, submitted(), verified(), assigned(), denial_proposed()).since == VERIFIED
    assert row(review_queue, submitted(), verified(), denied()).since == NOW


def test_facts_about_an_unknown_application_make_no_row() -> None:
    assert row(review_queue, verified(), assigned()) is None
    assert row(case_page, verified()) is None


def test_the_page_has_what_the_district_attested_about_this_submission_only() -> None:
    assert row(case_page, submitted(), verified()).attestation.at == VERIFIED
    assert row(case_page, submitted(), verified(), corrected()).attestation is None
    assert row(case_page, submitted(), corrected(), verified(1)).attestation is None
    assert row(case_page, submitted(), verified(), returned()).attestation is None


def test_the_page_has_the_proposal_until_it_is_sent_back_or_decided() -> None:
    proposed = row(case_page, submitted(), verified(), denial_proposed())

    assert (proposed.proposal.outcome, proposed.proposal.by) == (Outcome.DENIAL, PRIYA)
    assert row(case_page, submitted(), denial_proposed(), sent_back()).proposal is None
    assert row(case_page, submitted(), denial_proposed(), sent_back()).sent_back.by == THEO
    ended = row(case_page, submitted(), denial_proposed(), signed(PRIYA, THEO, approved=False), denied())
    assert (ended.proposal, ended.decision.outcome, ended.decision.second) == (None, Outcome.DENIAL, THEO)
    assert ended.decision.note == denied().note


def test_the_page_knows_who_read_the_conduct_answers_of_this_submission() -> None:
    assert row(case_page, submitted(), conduct_opened(PRIYA), conduct_opened(THEO)).conduct_read == (PRIYA, THEO)
    assert row(case_page, submitted(), conduct_opened(PRIYA), corrected()).conduct_read == ()
    assert row(case_page, submitted(), corrected(), conduct_opened(PRIYA, 1)).conduct_read == ()


def test_notes_stay() -> None:
    note = NoteAdded(application_id=APPLICATION, by=PRIYA, at=NOW, note=sealed("state", "NoteAdded.note"))

    assert [each.by for each in row(case_page, submitted(), note, corrected(), note).notes] == [PRIYA, PRIYA]


def test_the_history_tells_everything_in_order() -> None:
    found = row(
        case_history,
        paid(),
        submitted(),
        requested(),
        claimed(),
        verified(),
        assigned(INES),
        assigned(PRIYA),
        conduct_opened(),
        approval_proposed(),
        signed(PRIYA, THEO),
        upgraded(),
    )

    assert [each.what for each in found.entries] == [
        What.PAID,
        What.SUBMITTED,
        What.AT_DISTRICT,
        What.OPENED_BY_DISTRICT,
        What.VERIFIED,
        What.ASSIGNED,
        What.ASSIGNED,
        What.CONDUCT_OPENED,
        What.APPROVAL_PROPOSED,
        What.APPROVED,
        What.UPGRADED,
    ]
    assert (found.entries[6].before, found.entries[6].officer) == (INES, PRIYA)
    assert found.entries[9].officer == THEO


def test_the_register_gathers_a_person_from_both_sides() -> None:
    entered = PersonEntered(number_token="n", person_id=EDUCATOR, particulars="p", entered_at=NOW)
    person = PersonRecorded(
        person_id=EDUCATOR,
        match_token="t",
        name=sealed("contact", "PersonRecorded.name"),
        educator_number=sealed("contact", "PersonRecorded.educator_number"),
        birth_date=sealed("state", "PersonRecorded.birth_date"),
        recorded_at=NOW,
    )
    clearance = BackgroundCheckCleared(
        person_id=EDUCATOR, cleared_on=sealed("state", "BackgroundCheckCleared.cleared_on"), recorded_at=NOW
    )
    contact = EducatorRegistered(
        educator_id=EDUCATOR, contact=sealed("contact", "EducatorRegistered.contact"), registered_at=NOW
    )

    found = row(register_people, entered, person, clearance, contact)

    assert (found.number_token, found.name, found.clearances[0].cleared_on) == (
        "n",
        person.name,
        clearance.cleared_on,
    )
    assert found.contact == contact.contact
    assert {register_people.key(each) for each in (entered, person, clearance, contact)} == {EDUCATOR}


def test_an_upgraded_certificate_keeps_its_first_issue() -> None:
    found = row(register_certificates, recorded(), upgraded())

    assert (found.certificate_id, found.kind, found.issued_on) == (CERTIFICATE, CertificateKind.CCPC, date(2023, 1, 15))
    assert (found.effective_on, found.expires_on) == (TODAY, date(2126, 1, 5))
    [change] = found.changes
    assert (change.kind_before, change.expired_before) == (CertificateKind.IPC, date(2027, 1, 15))


def test_an_extended_certificate_stays_what_it_is_and_can_be_upgraded_later() -> None:
    extended = certificate_extended()
    later = upgraded().model_copy(update={"application_id": uid(5)})

    found = row(register_certificates, recorded(), extended)
    after = row(register_certificates, recorded(), extended, later)

    assert (found.kind, found.issued_on, found.expires_on) == (
        CertificateKind.IPC,
        date(2023, 1, 15),
        date(2031, 1, 15),
    )
    assert found.change_by(APPLICATION).expired_before == date(2027, 1, 15)
    assert (after.kind, len(after.changes)) == (CertificateKind.CCPC, 2)
    assert after.change_by(uid(5)).expired_before == date(2031, 1, 15)


def test_districts_have_the_name_the_state_gives_them() -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC)
    listed = DistrictListed(district="048-077", name="INDEPENDENCE 30", county="JACKSON", listed_at=at)
    renamed = DistrictChanged(district="048-077", name="INDEPENDENCE SCHOOL 30", county="JACKSON", changed_at=at)

    assert row(districts, listed, renamed).name == "INDEPENDENCE SCHOOL 30"
