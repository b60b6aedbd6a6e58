"""Reactivation: each criterion of both routes on both sides of its edge, and what an approval does."""

from datetime import date
from typing import Any

import pytest

from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    CourseSeen,
    CourseTaken,
    DistrictEvidence,
    EducatorReport,
    EstablishedBy,
    Establishment,
    Kind,
    Route,
    Ruling,
    TeachingNow,
    Verdict,
    YearTaught,
)
from lectern.rules import IN_FORCE
from lectern.rules.calendar import Period, promise_due, promise_from, reactivated
from lectern.rules.criteria import REA_BACKGROUND, REA_COURSE, REA_COURSE_AGE, REA_EMPLOYED, REA_PD24, REA_TRANSCRIPT
from lectern.rules.effects import Effect, effect, submit_by
from lectern.rules.facts import CertificateHeld, Facts, OnFile
from lectern.rules.judging import RULE_OF, evaluate, unmet, unmet_by
from lectern.rules.reactivation import clearance_aged
from lectern.rules.sight import visible

TODAY = date(2026, 11, 25)
COURSE = ("REA-EXPIRED", "REA-COURSE", "REA-COURSE-AGE", "REA-TRANSCRIPT", "REA-BACKGROUND")
EMPLOYMENT = ("REA-EXPIRED", "REA-EMPLOYED", "REA-PD24", "REA-BACKGROUND")


def held(
    expires_on: date = date(2024, 6, 30),
    status: CertificateStatus = CertificateStatus.EXPIRED,
    recorded_on: date = date(2026, 9, 1),
) -> CertificateHeld:
    return CertificateHeld(CertificateKind.IPC, status, date(2020, 7, 1), expires_on, recorded_on)


def of(criterion: str, **known: Any) -> Ruling:
    given: dict[str, Any] = {"judged_on": TODAY, "certificate": held()} | known
    facts = Facts(**given)
    return RULE_OF[criterion](facts, IN_FORCE.parameters)


def expired(*certificates: CertificateHeld, on: date = TODAY) -> Ruling:
    return of("REA-EXPIRED", judged_on=on, certificate=certificates[0], others=certificates[1:])


def told(**changed: Any) -> CourseTaken:
    known = {
        "college": "Lincoln University",
        "title": "Reading in the content areas",
        "semester_hundredths": 300,
        "completed_on": date(2026, 8, 1),
        "graduate": True,
        "relevance": "I teach reading.",
    }
    return CourseTaken.model_validate(known | changed)


def read(**changed: Any) -> CourseSeen:
    known = {
        "shown": True,
        "completed_on": date(2026, 8, 1),
        "semester_hundredths": 300,
        "posted": True,
        "relevant": True,
        "repeat": False,
    }
    return CourseSeen.model_validate(known | changed)


def employed(position: TeachingNow | None, *, yes: bool | None = True, reported: Any = None) -> Ruling:
    said = () if yes is None else (Establishment(criterion=REA_EMPLOYED, met=yes, checked="Contract"),)
    evidence = DistrictEvidence(teaching_now=position, established=said)
    return of(REA_EMPLOYED, evidence=evidence, evidence_on=TODAY, reported=reported)


def position(**changed: Any) -> TeachingNow:
    return TeachingNow.model_validate({"since": date(2026, 8, 12), "position": "Art", "fte_hundredths": 50} | changed)


@pytest.mark.parametrize(("recorded_on", "verdict"), [(TODAY, Verdict.UNKNOWN), (date(2026, 11, 26), Verdict.NOT_MET)])
def test_a_register_that_says_expired_on_its_last_day_leaves_it_open(recorded_on: date, verdict: Verdict) -> None:
    assert expired(held(TODAY, recorded_on=recorded_on)).verdict is verdict


def test_each_route_asks_for_its_own_criteria() -> None:
    for route, criteria in ((Route.COURSE, COURSE), (Route.EMPLOYMENT, EMPLOYMENT)):
        judged = evaluate(IN_FORCE, Kind.REACTIVATION, Facts(TODAY, None, route=route))

        assert tuple(each.criterion for each in judged) == criteria
        assert unmet(IN_FORCE, Kind.REACTIVATION, [], route) == criteria
    by = EstablishedBy.DISTRICT
    assert unmet_by(IN_FORCE, Kind.REACTIVATION, [], by, Route.EMPLOYMENT) == ("REA-EMPLOYED", "REA-PD24")
    assert unmet_by(IN_FORCE, Kind.REACTIVATION, [], by, Route.COURSE) == ()


def test_the_purpose_is_the_route() -> None:
    asks = IN_FORCE.of(Kind.REACTIVATION)

    assert [asks.route_of(each.text) for each in asks.purposes] == [Route.COURSE, Route.EMPLOYMENT]
    assert asks.route_of(None) is None
    assert IN_FORCE.of(Kind.UPGRADE).route_of(IN_FORCE.of(Kind.UPGRADE).purposes[0].text) is None


@pytest.mark.parametrize(
    ("expires_on", "status", "verdict"),
    [
        (date(2026, 11, 24), CertificateStatus.ACTIVE, Verdict.MET),
        (date(2026, 11, 24), CertificateStatus.EXPIRED, Verdict.MET),
        (TODAY, CertificateStatus.ACTIVE, Verdict.NOT_MET),
        (date(2026, 11, 26), CertificateStatus.ACTIVE, Verdict.NOT_MET),
        (date(1999, 6, 30), CertificateStatus.EXPIRED, Verdict.MET),
        (date(2026, 11, 26), CertificateStatus.EXPIRED, Verdict.UNKNOWN),
        (date(2024, 6, 30), CertificateStatus.SUSPENDED, Verdict.NOT_MET),
        (date(2024, 6, 30), CertificateStatus.REVOKED, Verdict.NOT_MET),
        (date(2024, 6, 30), CertificateStatus.SURRENDERED, Verdict.NOT_MET),
    ],
)
def test_a_certificate_is_expired_from_the_day_after_its_last_one(
    expires_on: date, status: CertificateStatus, verdict: Verdict
) -> None:
    assert expired(held(expires_on, status)).verdict is verdict


def test_it_is_judged_on_the_day_of_submission_whatever_came_later() -> None:
    lapsed = held(date(2026, 12, 1), CertificateStatus.EXPIRED, recorded_on=date(2026, 12, 2))

    assert expired(lapsed, on=TODAY).verdict is Verdict.NOT_MET
    assert expired(lapsed, on=date(2026, 12, 2)).verdict is Verdict.MET


def test_of_several_each_has_to_be_expired() -> None:
    assert expired(held(), held(date(2023, 6, 30))).verdict is Verdict.MET
    assert (
        expired(held(), held(TODAY, CertificateStatus.ACTIVE)).shortfall
        == "Not expired: its last day is November 25, 2026"
    )
    assert expired(held(date(2026, 11, 26)), held(status=CertificateStatus.REVOKED)).verdict is Verdict.NOT_MET
    assert of("REA-EXPIRED", certificate=None).verdict is Verdict.UNKNOWN


def test_days_of_expiry_are_told_once() -> None:
    ruling = expired(held(), held())

    assert ruling.rests_on == ("Expired June 30, 2024", "Judged on November 25, 2026")


@pytest.mark.parametrize(
    ("hundredths", "verdict"),
    [
        (199, Verdict.NOT_MET),
        (200, Verdict.MET),
        (250, Verdict.MET),
        (300, Verdict.MET),
        (301, Verdict.NOT_MET),
    ],
)
def test_a_course_has_two_to_three_semester_hours(hundredths: int, verdict: Verdict) -> None:
    assert of(REA_COURSE, seen=read(semester_hundredths=hundredths)).verdict is verdict


@pytest.mark.parametrize(
    ("seen", "shortfall"),
    [
        (read(semester_hundredths=100), "1 semester hour, not 2 to 3"),
        (read(semester_hundredths=150), "1.5 semester hours, not 2 to 3"),
        (read(posted=False), "Not posted on the transcript before applying"),
        (read(relevant=False), "Not relevant to growth as an educator"),
        (read(repeat=True), "A repeat of an earlier course"),
        (CourseSeen(shown=False), "The transcript does not show the course"),
    ],
)
def test_what_a_course_lacks_is_said(seen: CourseSeen, shortfall: str) -> None:
    ruling = of(REA_COURSE, seen=seen)

    assert (ruling.verdict, ruling.shortfall) == (Verdict.NOT_MET, shortfall)


@pytest.mark.parametrize("open_", ["semester_hundredths", "posted", "relevant", "repeat"])
def test_a_course_is_met_once_everything_is_compared(open_: str) -> None:
    assert of(REA_COURSE, seen=read(**{open_: None})).verdict is Verdict.UNKNOWN
    assert of(REA_COURSE, seen=read()).verdict is Verdict.MET


def test_a_course_that_is_only_reported_is_not_yet_known() -> None:
    ruling = of(REA_COURSE, course=told(semester_hundredths=250))

    assert (ruling.verdict, ruling.rests_on) == (Verdict.UNKNOWN, ("Reported: 2.5 semester hours",))
    assert of(REA_COURSE).verdict is Verdict.UNKNOWN


EDGES = [
    (date(2026, 5, 25), TODAY, True),
    (date(2026, 5, 24), TODAY, False),
    (TODAY, TODAY, True),
    (date(2026, 11, 26), TODAY, False),
    # a month that has no such day ends on its last one
    (date(2026, 8, 31), date(2027, 2, 28), True),
    (date(2026, 8, 31), date(2027, 3, 1), False),
    (date(2027, 8, 31), date(2028, 2, 29), True),
    (date(2027, 8, 31), date(2028, 3, 1), False),
    (date(2027, 8, 29), date(2028, 2, 29), True),
    (date(2027, 8, 28), date(2028, 2, 29), False),
    (date(2028, 2, 29), date(2028, 8, 29), True),
    (date(2028, 2, 29), date(2028, 8, 30), False),
]


@pytest.mark.parametrize(("completed_on", "judged_on", "young"), EDGES)
def test_a_course_counts_for_six_months_to_the_day(completed_on: date, judged_on: date, *, young: bool) -> None:
    by_dese = of(REA_COURSE_AGE, judged_on=judged_on, seen=read(completed_on=completed_on))
    by_educator = of(REA_COURSE_AGE, judged_on=judged_on, course=told(completed_on=completed_on))

    assert by_dese.verdict is (Verdict.MET if young else Verdict.NOT_MET)
    assert by_educator.verdict is (Verdict.UNKNOWN if young else Verdict.NOT_MET)


def test_the_transcripts_day_outweighs_the_educators() -> None:
    old, young = date(2026, 5, 24), date(2026, 5, 25)

    assert of(REA_COURSE_AGE, course=told(completed_on=young), seen=read(completed_on=old)).verdict is Verdict.NOT_MET
    assert of(REA_COURSE_AGE, course=told(completed_on=old), seen=read(completed_on=young)).verdict is Verdict.MET
    assert of(REA_COURSE_AGE).verdict is Verdict.UNKNOWN


def test_a_transcript_has_arrived_and_shows_the_course() -> None:
    arrived = OnFile(transcripts=(date(2026, 10, 1), date(2026, 11, 2)))

    assert of(REA_TRANSCRIPT).verdict is Verdict.UNKNOWN
    assert of(REA_TRANSCRIPT, on_file=OnFile()).shortfall == "No official transcript has reached DESE yet"
    assert of(REA_TRANSCRIPT, on_file=OnFile(), seen=read()).verdict is Verdict.UNKNOWN
    assert of(REA_TRANSCRIPT, on_file=arrived).verdict is Verdict.UNKNOWN
    assert of(REA_TRANSCRIPT, on_file=arrived, seen=CourseSeen(shown=False)).verdict is Verdict.NOT_MET
    assert of(REA_TRANSCRIPT, on_file=arrived, seen=read()).rests_on == (
        "Received November 2, 2026",
        "Shows the course",
    )


@pytest.mark.parametrize(("fte", "verdict"), [(49, Verdict.NOT_MET), (50, Verdict.MET), (100, Verdict.MET)])
def test_hired_means_at_least_half_time(fte: int, verdict: Verdict) -> None:
    assert employed(position(fte_hundredths=fte)).verdict is verdict


def test_less_than_half_time_says_so() -> None:
    assert employed(position(fte_hundredths=49)).shortfall == "FTE 0.49, less than 0.50"


def test_a_position_may_begin_when_the_certificate_is_good_again() -> None:
    ruling = employed(position(since=date(2027, 1, 4)))

    assert (ruling.verdict, ruling.rests_on) == (Verdict.MET, ("First day January 4, 2027", "FTE 0.50"))


@pytest.mark.parametrize("open_", ["since", "position", "fte_hundredths"])
def test_the_districts_yes_needs_the_whole_position(open_: str) -> None:
    assert employed(position(**{open_: "" if open_ == "position" else None})).verdict is Verdict.UNKNOWN
    assert employed(None).verdict is Verdict.UNKNOWN
    assert employed(position(), yes=False).verdict is Verdict.NOT_MET


def test_a_position_that_is_only_reported_is_not_yet_known() -> None:
    year = YearTaught(school_year=2026, employer="Raytown", position="Art", fte_hundredths=50, share_hundredths=30)

    ruling = employed(None, yes=None, reported=EducatorReport(years=(year,)))

    assert (ruling.verdict, ruling.rests_on) == (Verdict.UNKNOWN, ("Reported: a position this school year",))


def promised(*, yes: bool | None, completed: int | None = None) -> Ruling:
    said = () if yes is None else (Establishment(criterion=REA_PD24, met=yes),)
    return of(REA_PD24, evidence=DistrictEvidence(development_quarter_hours=completed, established=said))


def test_the_districts_word_is_the_promise() -> None:
    assert promised(yes=True).rests_on == ("24 contact hours attested",)
    assert promised(yes=True, completed=42).rests_on == (
        "24 contact hours attested",
        "10.5 of 24 contact hours completed",
    )
    assert promised(yes=False).verdict is Verdict.NOT_MET
    assert promised(yes=None, completed=96).verdict is Verdict.UNKNOWN


CLEARED = [
    (date(2025, 11, 25), TODAY, True),
    (date(2025, 11, 24), TODAY, False),
    (date(2026, 12, 1), TODAY, True),
    (date(2028, 2, 29), date(2029, 2, 28), True),
    (date(2028, 2, 29), date(2029, 3, 1), False),
    (date(2027, 2, 28), date(2028, 2, 28), True),
    (date(2027, 2, 28), date(2028, 2, 29), False),
]


@pytest.mark.parametrize(("cleared_on", "judged_on", "young"), CLEARED)
def test_a_clearance_counts_for_a_year_to_the_day(cleared_on: date, judged_on: date, *, young: bool) -> None:
    ruling = of(REA_BACKGROUND, judged_on=judged_on, on_file=OnFile(cleared_on=cleared_on))

    assert ruling.verdict is (Verdict.MET if young else Verdict.NOT_MET)
    assert clearance_aged(cleared_on, judged_on, IN_FORCE.parameters) is not young


def test_no_clearance_on_file_means_a_new_check() -> None:
    assert of(REA_BACKGROUND, on_file=OnFile()).shortfall == "No background clearance is on file"
    assert of(REA_BACKGROUND).verdict is Verdict.UNKNOWN
    assert not clearance_aged(None, TODAY, IN_FORCE.parameters)


def test_a_district_never_sees_the_ruling_on_the_clearance() -> None:
    for route in Route:
        judged = evaluate(IN_FORCE, Kind.REACTIVATION, Facts(TODAY, held(), route=route, on_file=OnFile()))

        assert REA_BACKGROUND in {each.criterion for each in judged}
        assert REA_BACKGROUND not in {each.criterion for each in visible(judged, "district")}
        assert REA_BACKGROUND in {each.criterion for each in visible(judged, "educator")}


@pytest.mark.parametrize(
    ("approved_on", "until"),
    [(TODAY, date(2030, 11, 25)), (date(2028, 2, 29), date(2032, 2, 29)), (date(2096, 2, 29), date(2100, 2, 28))],
)
def test_a_new_period_begins_on_the_day_of_approval(approved_on: date, until: date) -> None:
    done = effect(IN_FORCE, Kind.REACTIVATION, expires_on=date(2024, 6, 30), approved_on=approved_on)

    assert done == Effect(CertificateKind.IPC, Period(approved_on, until))
    assert reactivated(approved_on) == done.period


def test_an_expired_certificate_can_be_reactivated_at_any_time() -> None:
    assert submit_by(IN_FORCE, Kind.REACTIVATION, date(2024, 6, 30)) is None


@pytest.mark.parametrize(
    ("reactivated_on", "since", "until"),
    [
        (TODAY, date(2026, 5, 25), date(2027, 5, 25)),
        (date(2027, 8, 31), date(2027, 2, 28), date(2028, 2, 29)),
        (date(2026, 8, 31), date(2026, 2, 28), date(2027, 2, 28)),
    ],
)
def test_the_promise_is_due_six_months_after_the_reactivation(reactivated_on: date, since: date, until: date) -> None:
    assert (promise_from(reactivated_on), promise_due(reactivated_on)) == (since, until)
