"""What arrives at DESE: marked once for its person, kept where nobody is known, and compared before it counts."""

from datetime import date
from typing import Any

import pytest
from review_given import (
    APPLICATION,
    CERTIFICATE,
    EDUCATOR,
    NOTHING_PROPOSED,
    NOW,
    PRIYA,
    TODAY,
    after,
    assigned,
    names,
    opened,
    recorded,
    requested,
    sealed,
    submitted,
    told,
    uid,
    verified,
)

from lectern.contracts.review import (
    ApplicationApproved,
    BackgroundCheckCleared,
    CertificateReactivated,
    PersonRecorded,
    TranscriptReceived,
)
from lectern.contracts.values import CertificateStatus, CourseSeen, CourseTaken, Kind, Route, Ruling, Verdict
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from review.approving import Approve, approve
from review.arrival import ArrivalId, ArrivalKept, ArrivalMatched, What, arrival
from review.arriving import Arrived, KeepArrival, MatchArrival, SetAside, arrive, keep, match_arrival, set_aside
from review.case import case
from review.certificate import Extended, certificate
from review.comparing import CompareTranscript, compare
from review.comparison import TranscriptCompared, comparison
from review.heard import application, work_item
from review.person import person
from review.standing import OnRecord, Opened

OTHER = uid(4)
COMPARISON = uid(51)
EXPIRED = date(2024, 6, 30)
MINE = after(case, opened().model_copy(update={"kind": Kind.REACTIVATION, "district": None}), assigned())
HIRED = (Ruling(criterion="REA-EMPLOYED", verdict=Verdict.MET), Ruling(criterion="REA-PD24", verdict=Verdict.MET))
VERIFIED = verified().model_copy(update={"rulings": HIRED, "attestation": "attestation-reactivation-1"})
ATTESTED = after(work_item, requested(), VERIFIED)
NOT_ASKED = after(work_item)
SEEN = CourseSeen(
    shown=True, completed_on=date(2026, 9, 1), semester_hundredths=300, posted=True, relevant=True, repeat=False
)
TOLD = CourseTaken(
    college="Lincoln University",
    title="Reading",
    semester_hundredths=300,
    completed_on=date(2026, 9, 1),
    graduate=True,
    relevance="",
)
CLEARED = sealed("state", "BackgroundCheckCleared.cleared_on")


def known() -> PersonRecorded:
    return PersonRecorded(
        person_id=EDUCATOR,
        match_token="t",
        name=sealed("contact", "PersonRecorded.name"),
        educator_number=sealed("contact", "PersonRecorded.educator_number"),
        birth_date=sealed("state", "PersonRecorded.birth_date"),
        recorded_at=NOW,
    )


def transcript() -> TranscriptReceived:
    college = sealed("state", "TranscriptReceived.college")
    return TranscriptReceived(person_id=EDUCATOR, college=college, received_on=date(2026, 11, 2), recorded_at=NOW)


def clearance() -> BackgroundCheckCleared:
    return BackgroundCheckCleared(person_id=EDUCATOR, cleared_on=CLEARED, recorded_at=NOW)


def compared() -> TranscriptCompared:
    return TranscriptCompared(
        application_id=APPLICATION,
        submission=1,
        comparison_id=COMPARISON,
        seen=sealed("state", "TranscriptCompared.seen"),
        by=PRIYA,
        at=NOW,
    )


def lapsed(id_: Any = CERTIFICATE, **changed: Any) -> Any:
    fact = recorded(**({"expires_on": EXPIRED, "status": CertificateStatus.EXPIRED} | changed))
    return after(certificate, fact.model_copy(update={"certificate_id": id_}))


def on_file(*facts: Any) -> Any:
    return after(person, known(), *facts)


def looked(**changed: Any) -> Opened:
    found = {
        "clearances": (CLEARED,),
        "cleared_on": date(2026, 8, 1),
        "comparison_id": COMPARISON,
        "seen": SEEN,
        "course": TOLD,
    }
    return Opened.model_validate(found | changed)


def decide(
    route: Route = Route.COURSE, record: OnRecord | None = None, opened_now: Opened | None = None, **changed: Any
) -> list[Entry]:
    by_course = route is Route.COURSE
    command = Approve(
        application_id=APPLICATION,
        submission=1,
        officer=PRIYA,
        officer_is=None,
        supervisor=False,
        disclosures=0,
        signed=sealed("state", "ApplicationApproved.signed"),
        approved_on=TODAY,
        opened=opened_now or (looked() if by_course else looked(comparison_id=None, seen=None, course=None)),
        now=NOW,
    )
    about: dict[str, Any] = {"kind": Kind.REACTIVATION, "route": route, "district": None if by_course else "048-077"}
    if by_course:
        about["course"] = sealed("state", "ApplicationSubmitted.course")
    handed_in = after(application, submitted(**(about | changed)))
    stands = record or OnRecord(
        (lapsed(),),
        on_file(transcript(), clearance()),
        after(comparison, compared()) if by_course else comparison.initial,
    )
    return approve(MINE, stands, NOTHING_PROPOSED, handed_in, NOT_ASKED if by_course else ATTESTED, command)


def arriving(what: What = What.TRANSCRIPT, **changed: Any) -> Arrived:
    command = Arrived(
        person_id=EDUCATOR,
        what=what,
        on=TODAY,
        college=sealed("state", "TranscriptReceived.college") if what is What.TRANSCRIPT else None,
        cleared_on=CLEARED if what is What.CLEARANCE else None,
        mark="m",
        today=TODAY,
        now=NOW,
    )
    return command.model_copy(update=changed)


def test_by_a_course_no_district_is_waited_for() -> None:
    decided = decide()

    assert names(decided) == ["DecisionSigned", "ApplicationApproved", "CertificateReactivated"]


def test_a_new_period_begins_on_the_day_of_approval() -> None:
    change = told(decide(Route.EMPLOYMENT))[-1]

    assert isinstance(change, CertificateReactivated)
    assert (change.effective_on, change.expires_on) == (TODAY, date(2031, 1, 5))


def test_each_of_several_certificates_changes_once() -> None:
    record = OnRecord((lapsed(), lapsed(OTHER)), on_file(transcript(), clearance()), after(comparison, compared()))

    decided = decide(record=record, certificate_ids=(CERTIFICATE, OTHER))

    assert [each.certificate_id for each in told(decided) if isinstance(each, CertificateReactivated)] == [
        CERTIFICATE,
        OTHER,
    ]


def test_a_reactivated_certificate_runs_again() -> None:
    changed = told(decide())[-1]

    state = after(certificate, recorded(expires_on=EXPIRED, status=CertificateStatus.EXPIRED), changed)

    assert isinstance(state, Extended)
    assert (state.entered.status, state.runs_out_on) == (CertificateStatus.ACTIVE, date(2031, 1, 5))


def test_the_ruling_on_the_clearance_is_not_told_on() -> None:
    for route in Route:
        decision = next(each for each in told(decide(route)) if isinstance(each, ApplicationApproved))

        assert "REA-EXPIRED" in {each.criterion for each in decision.rulings}
        assert "REA-BACKGROUND" not in {each.criterion for each in decision.rulings}


@pytest.mark.parametrize(
    ("cleared_on", "allowed"), [(date(2025, 11, 24), True), (date(2025, 11, 23), False), (None, False)]
)
def test_without_a_clearance_of_the_last_year_it_is_not_approved(cleared_on: date | None, *, allowed: bool) -> None:
    opened_now = looked(cleared_on=cleared_on)

    if allowed:
        assert decide(opened_now=opened_now)
    else:
        with pytest.raises(Refused, match="Background clearance"):
            decide(opened_now=opened_now)


def test_one_that_comes_of_age_while_dese_works_fails_nothing() -> None:
    assert decide(opened_now=looked(cleared_on=date(2025, 12, 1)))


def test_what_arrived_meanwhile_is_looked_at_first() -> None:
    with pytest.raises(Refused, match="Something reached DESE"):
        decide(opened_now=looked(clearances=()))
    with pytest.raises(Refused, match="Something reached DESE"):
        decide(opened_now=looked(comparison_id=None, seen=None))


def test_a_transcript_that_was_not_compared_is_not_enough() -> None:
    record = OnRecord((lapsed(),), on_file(transcript(), clearance()))

    with pytest.raises(Refused, match="College course"):
        decide(record=record, opened_now=looked(comparison_id=None, seen=None))


def test_one_that_was_revoked_meanwhile_is_not_reactivated() -> None:
    record = OnRecord(
        (lapsed(), lapsed(OTHER, status=CertificateStatus.REVOKED)),
        on_file(transcript(), clearance()),
        after(comparison, compared()),
    )

    with pytest.raises(Refused, match="Expired certificate"):
        decide(record=record, certificate_ids=(CERTIFICATE, OTHER))


def comparing(**changed: Any) -> CompareTranscript:
    command = CompareTranscript(
        application_id=APPLICATION,
        submission=1,
        officer=PRIYA,
        officer_is=None,
        comparison_id=COMPARISON,
        over=None,
        seen=SEEN,
        sealed=sealed("state", "TranscriptCompared.seen"),
        now=NOW,
    )
    return command.model_copy(update=changed)


def by_course() -> Any:
    course = sealed("state", "ApplicationSubmitted.course")
    return after(application, submitted(kind=Kind.REACTIVATION, route=Route.COURSE, district=None, course=course))


def test_only_what_has_arrived_is_compared() -> None:
    assert names(compare(comparison.initial, MINE, by_course(), on_file(transcript()), comparing())) == [
        "TranscriptCompared"
    ]
    with pytest.raises(Refused, match="No official transcript has arrived"):
        compare(comparison.initial, MINE, by_course(), on_file(), comparing())


def test_a_comparison_is_not_written_over_unseen() -> None:
    there = after(comparison, compared())

    assert compare(there, MINE, by_course(), on_file(transcript()), comparing(over=COMPARISON))
    with pytest.raises(Refused, match="while you were writing"):
        compare(there, MINE, by_course(), on_file(transcript()), comparing())


@pytest.mark.parametrize("missing", ["completed_on", "semester_hundredths"])
def test_what_the_transcript_shows_is_entered(missing: str) -> None:
    seen = SEEN.model_copy(update={missing: None})

    with pytest.raises(Refused, match="Enter the"):
        compare(comparison.initial, MINE, by_course(), on_file(transcript()), comparing(seen=seen))


def test_nobody_compares_their_own_transcript() -> None:
    with pytest.raises(Refused, match="your own"):
        compare(comparison.initial, MINE, by_course(), on_file(transcript()), comparing(officer_is=EDUCATOR))


def test_an_arrival_stands_with_its_person() -> None:
    assert names(arrive(on_file(), arriving())) == ["TranscriptReceived"]
    assert names(arrive(on_file(), arriving(What.CLEARANCE))) == ["BackgroundCheckCleared"]


def test_a_transcript_names_its_college() -> None:
    with pytest.raises(Refused, match="college"):
        arrive(on_file(), arriving(college=None))


def test_nothing_arrives_tomorrow_or_for_nobody() -> None:
    with pytest.raises(Refused, match="still to come"):
        arrive(on_file(), arriving(on=date(2027, 1, 6)))
    with pytest.raises(NotFound):
        arrive(person.initial, arriving())


def kept() -> ArrivalKept:
    said = sealed("state", "ArrivalKept.said")
    return ArrivalKept(arrival_id=ArrivalId(uid(61)), what=What.TRANSCRIPT, said=said, by=PRIYA, at=NOW)


def test_what_is_about_nobody_waits_and_is_settled_once() -> None:
    command = KeepArrival(
        arrival_id=ArrivalId(uid(61)),
        what=What.TRANSCRIPT,
        on=TODAY,
        said=sealed("state", "ArrivalKept.said"),
        mark="m",
        officer=PRIYA,
        today=TODAY,
        now=NOW,
    )
    matching = MatchArrival(arrival_id=ArrivalId(uid(61)), arrived=arriving(), officer=PRIYA)
    aside = SetAside(arrival_id=ArrivalId(uid(61)), why=sealed("state", "ArrivalSetAside.why"), officer=PRIYA, now=NOW)
    waits = after(arrival, kept())

    matched = match_arrival(waits, on_file(), matching)

    assert names(keep(arrival.initial, command)) == ["ArrivalKept"]
    assert names(matched) == ["ArrivalMatched", "TranscriptReceived"]
    assert names(set_aside(waits, aside)) == ["ArrivalSetAside"]
    settled = after(arrival, kept(), *(each for each in told(matched) if isinstance(each, ArrivalMatched)))
    with pytest.raises(Refused, match="settled this arrival already"):
        match_arrival(settled, on_file(), matching)
    with pytest.raises(NotFound):
        set_aside(arrival.initial, aside)
