"""Reactivation Cert over HTTP, as an educator uses its pages: both routes, what has arrived, and the new period."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from applications_office import OURS, Office, Person, Someone
from test_http_pages import path_of, text_of

from lectern.contracts.review import (
    BackgroundCheckCleared,
    CertificateReactivated,
    CertificateRecorded,
    TranscriptReceived,
)
from lectern.contracts.values import CertificateKind, CertificateStatus, Kind, Route
from lectern.rules import IN_FORCE, RULES
from lectern.rules.calendar import add_months, add_years
from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.web.words import day

pytestmark = pytest.mark.postgres

MENU = "/new-applications/reactivation"
WAYS = {each.route: each.text for each in IN_FORCE.of(Kind.REACTIVATION).purposes}
ABOUT_ME = {"first_name": "Jordan", "last_name": "Avery", "email": "jordan@example.test", "phone": ""}


async def expired(office: Office) -> tuple[Someone, Person]:
    someone = await office.educator(expires_in=-900)
    return someone, await someone.browser()


async def second_certificate(office: Office, someone: Someone) -> UUID:
    id_ = uuid4()
    fact = CertificateRecorded(
        certificate_id=id_,
        person_id=someone.id,
        kind=CertificateKind.IPC,
        areas=("Art, grades K to 12",),
        issued_on=date(2010, 7, 1),
        expires_on=date(2014, 6, 30),
        status=CertificateStatus.EXPIRED,
        recorded_at=office.now(),
    )
    await office.hears(fact, f"certificate/{id_}", 1, str(someone.id))
    return id_


def course(completed_on: date, **changed: str) -> dict[str, Any]:
    return {
        "college": "Lincoln University",
        "title": "Reading in the content areas",
        "semester_hours": "3",
        "completed_on": f"{completed_on:%m/%d/%Y}",
        "level": "graduate",
        "relevance": "I teach reading in every subject.",
        "first_time": "yes",
        **changed,
    }


async def starts(person: Person) -> str:
    answer = await person.saves(MENU, {})
    assert answer.status_code == 303, answer.text
    return path_of(answer)


async def fills_in(person: Person, draft: str, pages: list[tuple[str, dict[str, Any]]]) -> None:
    for page, fields in (
        ("personal", ABOUT_ME),
        ("education", {}),
        *((f"conduct/{each.id}", {"yes": "no", "explanation": ""}) for each in CONDUCT_QUESTIONS),
        ("release", {}),
        *pages,
    ):
        answer = await person.saves(f"{draft}/{page}", fields)
        assert answer.status_code == 303, (page, answer.text)


async def by_course(office: Office) -> tuple[Someone, Person, str]:
    """Submitted; the application's id."""
    someone, person = await expired(office)
    draft = await starts(person)
    pages = [
        ("purpose", {"purpose": WAYS[Route.COURSE]}),
        ("certificates", {"certificates": str(someone.certificate_id)}),
        ("course", course(office.today() - timedelta(days=40))),
    ]
    await fills_in(person, draft, pages)
    sent = await person.saves(f"{draft}/check", {"declared": "yes"})
    assert sent.status_code == 303, sent.text
    return someone, person, draft.rpartition("/")[2]


async def cleared(office: Office, someone: Someone, on: date) -> None:
    sealed = await someone.sealed(on, "BackgroundCheckCleared.cleared_on", "state")
    await someone.tells(BackgroundCheckCleared(person_id=someone.id, cleared_on=sealed, recorded_at=office.now()))


async def test_who_holds_an_expired_certificate_is_led_here(office: Office) -> None:
    _, person = await expired(office)

    home = text_of(await person.get("/"))
    page = text_of(await person.get(MENU))

    assert "Reactivate your certificate when you want to teach again" in home
    assert "When a district hires you: hired at least half time as a teacher" in home
    assert "It costs nothing" in page
    assert "By a college course: the course is not over six months old" in page
    assert day(add_years(office.today(), 4)) in page
    assert "No background clearance is on file" in page


async def test_an_active_certificate_is_not_reactivated(office: Office) -> None:
    person = await (await office.educator()).browser()

    page = await person.get(MENU)

    assert "Not expired: its last day is" in text_of(page)
    assert ">Start</button>" not in page.text


async def test_who_may_still_extend_is_told(office: Office) -> None:
    person = await (await office.educator(expires_in=-20)).browser()

    page = text_of(await person.get(MENU))

    assert "You may not need it" in page
    assert "look at Extension Cert" in page


async def test_the_purpose_is_the_route_and_its_tasks_follow(office: Office) -> None:
    _, person = await expired(office)
    draft = await starts(person)
    before = text_of(await person.get(draft))

    await person.saves(f"{draft}/purpose", {"purpose": WAYS[Route.COURSE]})
    with_course = text_of(await person.get(draft))
    await person.saves(f"{draft}/purpose", {"purpose": WAYS[Route.EMPLOYMENT]})
    with_district = text_of(await person.get(draft))

    assert "Certificates to reactivate" in before
    assert "College course" not in before
    assert "College course" in with_course
    assert "It goes straight to DESE: no district has a part in it." in with_course
    assert "Employing school district" not in with_course
    assert "Employing school district" in with_district
    assert path_of(await person.get(f"{draft}/course")) == draft


async def test_by_a_course_it_goes_straight_to_dese(office: Office) -> None:
    _, person, application = await by_course(office)

    confirmation = text_of(await person.get(f"/applications/{application}/submitted"))
    followed = text_of(await person.get(f"/applications/{application}"))
    answers = text_of(await person.get(f"/applications/{application}/answers"))

    assert "DESE has your application now. No district has a part in it." in confirmation
    assert "Have your official transcript sent to DESE" in confirmation
    assert "DESE, since" in followed
    assert "Not received yet" in followed
    assert "Lincoln University. 3 semester hours, graduate" in answers
    assert "Employing school district" not in answers


async def test_what_arrives_at_dese_is_seen_that_day(office: Office) -> None:
    someone, person, application = await by_course(office)

    college = await someone.sealed("Lincoln University", "TranscriptReceived.college", "state")
    await someone.tells(
        TranscriptReceived(person_id=someone.id, college=college, received_on=office.today(), recorded_at=office.now())
    )
    await cleared(office, someone, office.today())
    page = text_of(await person.get(f"/applications/{application}"))

    assert f"Received {day(office.today())}" in page
    assert "Lincoln University" in page
    assert f"Cleared {day(office.today())}" in page
    assert "A new background check is needed" not in page
    assert "Nothing is missing." in page


async def test_a_missing_clearance_is_told_and_stops_nobody(office: Office) -> None:
    someone, person = await expired(office)
    await cleared(office, someone, office.today() - timedelta(days=400))
    draft = await starts(person)
    pages = [
        ("purpose", {"purpose": WAYS[Route.EMPLOYMENT]}),
        ("certificates", {"certificates": str(someone.certificate_id)}),
        ("district?q=indep", {"district": OURS}),
    ]
    await fills_in(person, draft, pages)

    check = text_of(await person.get(f"{draft}/check"))
    sent = await person.saves(f"{draft}/check", {"declared": "yes"})
    followed = text_of(await person.get(f"/applications/{draft.rpartition('/')[2]}"))

    assert "A new background check is needed" in check
    assert "more than a year before" in check
    assert sent.status_code == 303
    assert "DESE can’t approve before a new clearance has reached it" in followed
    assert await office.types(someone.id, kind="clearance/") == ["ClearanceJudged"]
    rows = await office.process.pool.fetch("select data from fact where stream like 'clearance/%'")
    assert "missing" not in "".join(str(row["data"]) for row in rows)


async def test_several_certificates_are_checked_and_each_becomes_good_again(office: Office) -> None:
    someone, person = await expired(office)
    other = await second_certificate(office, someone)
    draft = await starts(person)
    nothing = await person.saves(f"{draft}/certificates", {})
    page = text_of(await person.get(f"{draft}/certificates"))
    pages: list[tuple[str, dict[str, Any]]] = [
        ("purpose", {"purpose": WAYS[Route.EMPLOYMENT]}),
        ("certificates", {"certificates": [str(someone.certificate_id), str(other)]}),
        ("district?q=indep", {"district": OURS}),
    ]
    await fills_in(person, draft, pages)
    await person.saves(f"{draft}/check", {"declared": "yes"})
    application = draft.rpartition("/")[2]
    await someone.is_verified(application)
    await someone.is_approved(application, changed=False)
    today, until = office.today(), add_years(office.today(), 4)

    for id_ in (someone.certificate_id, other):
        fact = CertificateReactivated(
            certificate_id=id_, person_id=someone.id, application_id=UUID(application), cycle=1,
            effective_on=today, expires_on=until, rules=RULES, reactivated_at=office.now(),
        )  # fmt: skip
        await office.hears(fact, f"certificate/{id_}", 2, str(someone.id))
    done = text_of(await person.get(f"/applications/{application}"))
    home = text_of(await person.get("/"))

    assert "Choose at least one certificate" in nothing.text
    assert "Art, grades K to 12" in page
    assert f"good again, from {day(today)} until {day(until)}" in done
    assert f"Expires {day(until)}" in home
    assert "Expired" not in home


async def test_a_course_that_is_too_old_is_refused_at_its_field(office: Office) -> None:
    _, person = await expired(office)
    draft = await starts(person)
    await person.saves(f"{draft}/purpose", {"purpose": WAYS[Route.COURSE]})
    edge = add_months(office.today(), -6)

    late = await person.saves(f"{draft}/course", course(edge - timedelta(days=5)))
    again = await person.saves(f"{draft}/course", course(office.today(), first_time="no"))
    kept = await person.saves(f"{draft}/course", course(office.today()))

    assert "more than 6 months before" in text_of(late)
    assert "Reading in the content areas" in late.text
    assert "A course you took before does not reactivate a certificate" in text_of(again)
    assert kept.status_code == 303
