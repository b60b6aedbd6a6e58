"""Extension Cert over HTTP, as an educator uses its pages: from the menu to the new expiry date."""

from datetime import timedelta
from uuid import UUID

import pytest
from applications_office import OURS, REPORT, Office, Person, Someone
from test_http_pages import path_of, text_of

from lectern.contracts.review import CertificateExtended
from lectern.contracts.values import Kind, ReturnReason
from lectern.rules import IN_FORCE, RULES
from lectern.rules.calendar import add_months, add_years
from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern.rules.years import school_year_of
from lectern.web.words import day

pytestmark = pytest.mark.postgres

MENU = "/new-applications/extension"
PURPOSES = [each.text for each in IN_FORCE.of(Kind.EXTENSION).purposes]
YEAR = {"employer": "Independence 30", "position": "Grade 3 teacher", "fte": "0.80", "share": "0.30", "work": "teacher"}


async def starts(person: Person) -> str:
    answer = await person.saves(MENU, {})
    assert answer.status_code == 303, answer.text
    return path_of(answer)


async def fills_in(office: Office, person: Person, draft: str) -> None:
    now = school_year_of(office.today())
    for page, fields in (
        ("personal", {"first_name": "Jordan", "last_name": "Avery", "email": "jordan@example.test", "phone": ""}),
        ("education/years/new", {**YEAR, "school_year": str(now)}),
        ("education", {}),
        *((f"conduct/{each.id}", {"yes": "no", "explanation": ""}) for each in CONDUCT_QUESTIONS),
        ("purpose", {"purpose": PURPOSES[1]}),
        ("release", {}),
        ("district?q=indep", {"district": OURS}),
    ):
        answer = await person.saves(f"{draft}/{page}", fields)
        assert answer.status_code == 303, (page, answer.text)


async def submitted(office: Office) -> tuple[Someone, Person, str]:
    """With the district, by the pages; the application's id."""
    someone = await office.educator()
    person = await someone.browser()
    draft = await starts(person)
    await fills_in(office, person, draft)
    sent = await person.saves(f"{draft}/check", {"declared": "yes"})
    assert sent.status_code == 303, sent.text
    return someone, person, draft.rpartition("/")[2]


async def test_the_start_says_what_it_gives_and_what_it_asks_for(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()

    page = text_of(await person.get(MENU))

    expires = office.today() + timedelta(days=44)
    assert "It costs nothing" in page
    assert "You may upgrade at any time" in page
    assert day(add_years(expires, 4)) in page
    assert "Is currently teaching" in page
    assert "The instructions name no time for it." in page
    assert "Expect 8 to 12 weeks" not in page


async def test_the_tasks_are_those_of_an_extension_and_the_last_step_reads_submit(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)

    tasks = text_of(await person.get(draft))
    await fills_in(office, person, draft)
    check = await person.get(f"{draft}/check")

    assert "Payment method" not in tasks
    assert "0 of 7" in tasks
    assert ">Submit</button>" in check.text
    assert "Submit &amp; Pay" not in check.text
    assert "Mentoring" not in check.text
    assert PURPOSES[1] in text_of(check)
    assert "If DESE approves it" in check.text
    assert day(add_years(office.today() + timedelta(days=44), 4)) in text_of(check)
    assert path_of(await person.get(f"{draft}/payment-method")) == draft


async def test_a_purpose_is_chosen_from_several(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)

    page = await person.get(f"{draft}/purpose")
    nothing = await person.saves(f"{draft}/purpose", {})
    other = await person.saves(f"{draft}/purpose", {"purpose": "I want a raise."})

    assert all(each in text_of(page) for each in PURPOSES)
    assert "Choose the purpose of this application" in nothing.text
    assert "Choose the purpose of this application" in other.text


async def test_it_is_submitted_without_a_payment_and_followed(office: Office) -> None:
    someone, person, application = await submitted(office)

    confirmation = text_of(await person.get(f"/applications/{application}/submitted"))
    followed = text_of(await person.get(f"/applications/{application}"))
    home = text_of(await person.get("/"))

    assert "confirm that you teach there now and send it to DESE" in confirmation
    assert "payment" not in confirmation
    assert "Extend your Initial Professional Certificate" in followed
    assert "The instructions name no time for an extension" in followed
    assert "Your extension application" in home
    assert "PaymentRequested" not in await office.types(someone.id)


async def test_after_the_decision_it_says_until_when(office: Office) -> None:
    someone, person, application = await submitted(office)
    expires = office.today() + timedelta(days=44)
    await someone.is_verified(application)

    await someone.is_approved(application, changed=False)
    soon = text_of(await person.get(f"/applications/{application}"))
    await someone.tells(
        CertificateExtended(
            certificate_id=someone.certificate_id, person_id=someone.id, application_id=UUID(application), cycle=1,
            effective_on=expires, expires_on=add_years(expires, 4), rules=RULES, extended_at=office.now(),
        )
    )  # fmt: skip
    done = text_of(await person.get(f"/applications/{application}"))
    home = text_of(await person.get("/"))

    assert "in a moment" in soon
    until = day(add_years(expires, 4))
    assert f"valid until {until}. Its new period starts on its old expiry date, {day(expires)}." in done
    assert f"Expires {day(add_years(expires, 4))}" in home
    assert "Nothing is due now" in home


async def test_what_a_district_asks_about_the_position_opens_education_again(office: Office) -> None:
    someone, person, application = await submitted(office)

    await someone.is_returned(application, "Since when?", ReturnReason.EMPLOYMENT_UNCLEAR)
    page = text_of(await person.get(f"/drafts/{application}"))
    await person.saves(f"/drafts/{application}/education", {})
    again = await person.saves(f"/drafts/{application}/check", {"declared": "yes"})

    assert "The position you teach in now" in page
    assert again.status_code == 303
    assert (await person.standing(application))["submission"] == 2


async def test_what_expired_is_extended_until_eleven_months_after(office: Office) -> None:
    in_time = await office.educator(expires_in=-20)
    person = await in_time.browser()

    page = text_of(await person.get(MENU))
    home = text_of(await person.get("/"))
    draft = await starts(person)

    expired = office.today() - timedelta(days=20)
    assert f"Expired {day(expired)}" in page
    assert day(add_years(expired, 4)) in page
    assert f"Apply for an extension by {day(add_months(expired, 11))}" in home
    assert day(add_months(expired, 11)) in text_of(await person.get(draft))


async def test_what_expired_too_long_ago_says_why(office: Office) -> None:
    person = await (await office.educator(expires_in=-340)).browser()

    page = await person.get(MENU)

    assert "more than 11 months before" in text_of(page)
    assert ">Start</button>" not in page.text


async def test_who_meets_an_upgrade_by_the_last_report_is_offered_it(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    before = text_of(await person.get(MENU))
    application = await person.starts(someone)
    await person.put(f"/api/applications/{application}/education", REPORT)

    page = text_of(await person.get(MENU))

    assert "You can upgrade instead" not in before
    assert "You can upgrade instead" in page
    assert "To start this one instead, delete that draft." in page
