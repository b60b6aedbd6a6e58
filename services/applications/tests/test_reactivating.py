"""A reactivation: which certificates it is about, which course it rests on, and what is handed in of both."""

from datetime import date
from typing import Any

import pytest
from applications_given import (
    APPLICATION,
    CERTIFICATE,
    DISTRICT,
    JORDAN,
    MORGAN,
    NOW,
    OTHER_APPLICATION,
    TODAY,
    after,
    closed,
    conduct,
    held,
    listed,
    nothing_live,
    nothing_submitted,
    only,
    recorded_certificate,
    reported,
    sealed,
    submission,
    told,
)

from applications.applying import Applying, ApplyingBegan, ApplyingEnded, ApplyingLeft, applying
from applications.certificate import Certificate, certificate
from applications.district import Unlisted
from applications.draft import Draft, draft
from applications.draft_facts import (
    CertificatesChosen,
    CourseReported,
    DistrictChosen,
    DraftStarted,
    PersonalReviewed,
    PurposeStated,
    ReleaseAccepted,
)
from applications.payment import NoPayment
from applications.reactivating import ChooseCertificates, ReportCourse, choose_certificates, report_course
from applications.submitting import submit
from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.facts import Fact
from lectern.contracts.values import CertificateId, CertificateStatus, CourseTaken, Kind, Route, Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.rules import IN_FORCE
from lectern.rules.wording import CONDUCT_QUESTIONS, RELEASE
from lectern.runtime.ids import new_id

EXPIRED = date(2024, 6, 30)
OTHER = CertificateId(new_id())
THIRD = CertificateId(new_id())
WAYS = {each.route: each.text for each in IN_FORCE.of(Kind.REACTIVATION).purposes}
ABOUT: dict[str, Any] = {"application_id": APPLICATION, "saved_at": NOW}


def expired(id_: CertificateId = CERTIFICATE, **changes: Any) -> Certificate:
    given: dict[str, Any] = {"expires_on": EXPIRED, "status": CertificateStatus.EXPIRED} | changes
    fact = recorded_certificate(**given)
    return after(certificate, fact.model_copy(update={"certificate_id": id_}))


def started() -> DraftStarted:
    return DraftStarted(**ABOUT, educator_id=JORDAN, kind=Kind.REACTIVATION, certificate_id=CERTIFICATE)


def began(id_: CertificateId = CERTIFICATE, application: Any = APPLICATION) -> ApplyingBegan:
    return ApplyingBegan(
        educator_id=JORDAN, application_id=application, kind=Kind.REACTIVATION, certificate_id=id_, began_at=NOW
    )


def choosing(*ids: CertificateId, **changes: Any) -> ChooseCertificates:
    command = ChooseCertificates(
        application_id=APPLICATION, educator_id=JORDAN, seen=None, certificate_ids=ids, today=TODAY, now=NOW
    )
    return command.model_copy(update=changes)


def course(**changes: Any) -> CourseTaken:
    known = {
        "college": "Lincoln University",
        "title": "Reading in the content areas",
        "semester_hundredths": 300,
        "completed_on": date(2026, 8, 1),
        "graduate": True,
        "relevance": "I teach reading.",
    }
    return CourseTaken.model_validate(known | changes)


def reporting(**changes: Any) -> ReportCourse:
    return ReportCourse(
        application_id=APPLICATION,
        educator_id=JORDAN,
        seen=None,
        course=course(**changes),
        sealed=sealed("CourseReported.course", audience="state"),
        today=TODAY,
        now=NOW,
    )


def answered(route: Route) -> list[Fact]:
    by_course = CourseReported(**ABOUT, course=sealed("CourseReported.course", audience="state"))
    by_district = DistrictChosen(**ABOUT, district=DISTRICT)
    return [
        started(),
        PersonalReviewed(**ABOUT),
        reported(),
        *(conduct(each.id) for each in CONDUCT_QUESTIONS),
        PurposeStated(**ABOUT, purpose=WAYS[route], route=route),
        CertificatesChosen(**ABOUT, certificate_ids=(CERTIFICATE, OTHER)),
        by_course if route is Route.COURSE else by_district,
        ReleaseAccepted(**ABOUT, release=RELEASE.version),
    ]


def stated(route: Route) -> Draft:
    return after(draft, started(), PurposeStated(**ABOUT, purpose=WAYS[route], route=route))


def handing_in(route: Route, certificates: Any = None, place: Any = None, **changes: Any) -> list[Any]:
    facts = answered(route)
    given = {
        "fee": 0,
        "seen": len(facts) - 1,
        "course": sealed("ApplicationSubmitted.course", audience="state"),
        "said_of_course": course(),
    }
    held_now = (expired(), expired(OTHER)) if certificates is None else certificates
    where = place or (Unlisted() if route is Route.COURSE else listed())
    command = submission(**(given | changes))
    return list(submit(after(draft, *facts), nothing_submitted(), held_now, where, NoPayment(), command))


def live(*facts: Fact) -> Applying:
    return after(applying, *facts)


def test_each_chosen_certificate_is_spoken_for() -> None:
    given = live(began())

    decided = choose_certificates(
        after(draft, started()), given, (expired(), expired(OTHER)), choosing(CERTIFICATE, OTHER)
    )

    assert told(decided) == ["CertificatesChosen", "ApplyingBegan"]
    assert only(decided, ApplyingBegan).certificate_id == OTHER


def test_one_that_is_no_longer_chosen_is_free_again() -> None:
    given = live(began(), began(OTHER))

    decided = choose_certificates(after(draft, started()), given, (expired(OTHER),), choosing(OTHER))

    left = only(decided, ApplyingLeft)
    assert left.certificate_id == CERTIFICATE
    again = live(began(), began(OTHER), left)
    assert set(again.live) == {OTHER}
    assert again.turn(CERTIFICATE) == 2


def test_all_of_them_are_free_when_the_application_ends() -> None:
    ended = ApplyingEnded(educator_id=JORDAN, application_id=APPLICATION, ended_at=NOW)

    after_it = live(began(), began(OTHER), began(THIRD, OTHER_APPLICATION), ended)

    assert after_it.live == {THIRD: OTHER_APPLICATION}
    assert (after_it.turn(CERTIFICATE), after_it.turn(OTHER), after_it.turn(THIRD)) == (2, 2, 1)


def test_one_with_another_application_cannot_be_chosen() -> None:
    given = live(began(), began(OTHER, OTHER_APPLICATION))

    with pytest.raises(Refused, match="another application"):
        choose_certificates(after(draft, started()), given, (expired(), expired(OTHER)), choosing(CERTIFICATE, OTHER))


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"expires_on": TODAY, "status": CertificateStatus.ACTIVE}, "Not expired"),
        ({"status": CertificateStatus.REVOKED}, "revoked"),
    ],
)
def test_only_what_is_expired_can_be_chosen(changes: dict[str, Any], why: str) -> None:
    with pytest.raises(Refused, match=why):
        choose_certificates(after(draft, started()), live(began()), (expired(**changes),), choosing(CERTIFICATE))


def test_somebody_elses_certificate_is_not_there() -> None:
    with pytest.raises(NotFound):
        choose_certificates(after(draft, started()), live(began()), (expired(holder=MORGAN),), choosing(CERTIFICATE))


def test_at_least_one_is_chosen() -> None:
    with pytest.raises(Refused, match="at least one"):
        choose_certificates(after(draft, started()), live(began()), (), choosing())


def test_an_upgrade_is_about_one_certificate() -> None:
    upgrade = after(draft, started().model_copy(update={"kind": Kind.UPGRADE}))

    with pytest.raises(Refused):
        choose_certificates(upgrade, nothing_live(), (held(),), choosing(CERTIFICATE))


@pytest.mark.parametrize("completed_on", [date(2026, 5, 24), TODAY])
def test_a_course_of_the_last_six_months_is_saved(completed_on: date) -> None:
    decided = report_course(stated(Route.COURSE), reporting(completed_on=completed_on))

    assert told(decided) == ["CourseReported"]


@pytest.mark.parametrize(
    ("completed_on", "why"), [(date(2026, 5, 23), "more than 6 months"), (date(2026, 11, 25), "Completed only")]
)
def test_one_that_does_not_count_is_refused_where_it_is_entered(completed_on: date, why: str) -> None:
    with pytest.raises(Refused, match=why):
        report_course(stated(Route.COURSE), reporting(completed_on=completed_on))


def test_who_is_hired_reports_no_course() -> None:
    with pytest.raises(Refused, match="does not rest on"):
        report_course(stated(Route.EMPLOYMENT), reporting())


def test_by_a_course_no_district_is_named() -> None:
    fact = only(handing_in(Route.COURSE), ApplicationSubmitted)

    assert (fact.route, fact.district, fact.certificate_ids) == (Route.COURSE, None, (CERTIFICATE, OTHER))
    assert fact.course is not None


def test_by_employment_the_district_is_named_and_no_course() -> None:
    fact = only(handing_in(Route.EMPLOYMENT), ApplicationSubmitted)

    assert (fact.route, fact.district, fact.course) == (Route.EMPLOYMENT, DISTRICT, None)


def test_by_employment_the_district_has_to_be_able_to_verify() -> None:
    with pytest.raises(Refused, match="closed"):
        handing_in(Route.EMPLOYMENT, place=closed())


def test_each_certificate_is_judged_on_the_day_of_submission() -> None:
    with pytest.raises(Refused, match="suspended"):
        handing_in(Route.EMPLOYMENT, (expired(), expired(OTHER, status=CertificateStatus.SUSPENDED)))


def test_the_course_is_judged_again_on_the_day_of_submission() -> None:
    old = {"said_of_course": course(completed_on=date(2026, 5, 24))}

    assert handing_in(Route.COURSE, **old)
    with pytest.raises(Refused, match="more than 6 months"):
        handing_in(Route.COURSE, **old, today=date(2026, 11, 25))


@pytest.mark.parametrize(("route", "missing"), [(Route.COURSE, Task.COURSE), (Route.EMPLOYMENT, Task.DISTRICT)])
def test_what_the_other_route_asks_for_is_not_enough(route: Route, missing: Task) -> None:
    other = Route.EMPLOYMENT if route is Route.COURSE else Route.COURSE
    changed = PurposeStated(**ABOUT, purpose=WAYS[route], route=route)
    facts = [*answered(other), changed]
    command = submission(fee=0, seen=len(facts) - 1, said_of_course=course())

    with pytest.raises(Refused) as refused:
        submit(after(draft, *facts), nothing_submitted(), (expired(), expired(OTHER)), listed(), NoPayment(), command)

    assert refused.value.details["tasks"] == (missing,)
