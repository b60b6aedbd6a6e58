"""The educators' pages as people use them, without scripts: claim, task list, every task, Submit & Pay, status."""

import re
from typing import Any
from urllib.parse import urlsplit

import pytest
from applications_office import CLOSED, OURS, PASSWORD, Office, Person

from lectern.rules.wording import CONDUCT_QUESTIONS, PURPOSE

pytestmark = pytest.mark.postgres

YEAR = {
    "employer": "Independence 30",
    "position": "Grade 3 teacher",
    "fte": "1.00",
    "share": "1.00",
    "work": "teacher",
}
PROGRAMS = {
    "hours": "30",
    "mentoring": "2",
    "bta_completed_on": "6/14/2024",
    "bta_provider": "Ozark Plains University",
    "evaluation_note": "Every year",
}


def text_of(response: Any) -> str:
    words = re.sub(r"<[^>]+>", " ", response.text)
    return re.sub(r"\s+", " ", words)


def path_of(response: Any) -> str:
    return str(urlsplit(response.headers["location"]).path)


async def starts(person: Person) -> str:
    """By the menu; gives the draft's address."""
    answer = await person.saves("/new-applications/upgrade", {})
    assert answer.status_code == 303, answer.text
    return path_of(answer)


async def fills_in(person: Person, draft: str) -> None:
    steps: list[tuple[str, dict[str, Any]]] = [
        ("personal", {"first_name": "Jordan", "last_name": "Avery", "email": "jordan@example.test", "phone": ""}),
        *(("education/years/new", {**YEAR, "school_year": str(year)}) for year in (2022, 2023, 2024, 2025)),
        ("education/programs", PROGRAMS),
        ("education/degrees/new", {"degree": "BS", "institution": "Ozark Plains University", "year": "2022"}),
        ("education", {}),
        *((f"conduct/{each.id}", {"yes": "no", "explanation": ""}) for each in CONDUCT_QUESTIONS),
        ("purpose", {"purpose": PURPOSE}),
        ("payment-method", {"method": "card"}),
        ("release", {}),
        ("district?q=indep", {"district": OURS}),
    ]
    for page, fields in steps:
        path = f"{draft}/{page}"
        answer = await person.saves(path, fields)
        assert answer.status_code == 303, (page, text_of(answer))


async def test_somebody_registers_claims_and_sees_the_certificate(office: Office) -> None:
    someone = await office.somebody().recorded()
    person = office.anybody()

    registered = await person.post(
        "/register",
        {"first_name": "Jordan", "last_name": "Avery", "email": someone.email, "password": PASSWORD},
    )
    before = await person.get("/")
    claimed = await person.post(
        "/claim",
        {
            "educator_number": someone.number,
            "last_name": " AVERY ",
            "birth_date": "5/6/1994",
            "ssn_last4": "1234",
        },
    )
    home = await person.get(claimed.headers["location"])

    assert (registered.status_code, path_of(registered)) == (303, "/claim")
    assert "Claim your record" in before.text
    assert claimed.status_code == 303
    assert "This record is yours now" in home.text
    assert "Initial Professional Certificate" in home.text
    assert "44" in home.text
    for name in ("Upgrade Professional", "Extension Cert", "Reactivation Cert", "Educator Certification System"):
        assert name in home.text


async def test_the_whole_upgrade_by_pages(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    draft = await starts(person)
    await fills_in(person, draft)

    ready = await person.get(draft)
    check = await person.get(f"{draft}/check")
    submitted = await person.saves(f"{draft}/check", {"declared": "yes"})
    paying = await person.get(submitted.headers["location"])
    back = await office.at_provider(paying.headers["location"])
    returned = await person.get(urlsplit(back.headers["location"]).path + "?returned=1")
    await office.level()
    confirmation = await person.get(returned.headers["location"])
    status = await person.get(draft.replace("drafts", "applications"))
    kept = await person.get(draft.replace("drafts", "applications") + "/answers")

    assert "7 of 8" in text_of(ready)
    assert "Submit &amp; Pay" in check.text
    assert submitted.status_code == 303
    assert "payments" not in submitted.headers["location"]
    assert paying.headers["location"].startswith("http://127.0.0.1:8405/pay/")
    assert path_of(returned).endswith("/submitted")
    assert re.search(r"LEC-\d{4}-\d{6}-\d", confirmation.text)
    assert "Independence" in text_of(status)
    assert "You submitted and paid $25.00" in status.text
    assert "Received $25.00" in text_of(kept)
    assert "Paid by Card" in text_of(kept)
    assert "Grade 3 teacher, Independence 30" in text_of(kept)
    assert "Change" not in text_of(kept).partition("What you submitted")[2].partition("Change your password")[0]


async def test_nothing_submitted_is_shown_before_it_is(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)

    early = await person.get(draft.replace("drafts", "applications") + "/answers")

    assert path_of(early) == draft


async def test_a_draft_goes_on_in_another_browser(office: Office) -> None:
    someone = await office.educator()
    draft = await starts(await someone.browser())
    other = await someone.browser()

    await other.saves(f"{draft}/purpose", {"purpose": PURPOSE})
    seen = await (await someone.browser()).get(draft)

    assert "1 of 8" in text_of(seen)


async def test_starting_twice_leads_to_the_same_draft(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    draft = await starts(person)
    await office.level()

    menu = await person.get("/new-applications/upgrade")

    assert "You have started already" in menu.text
    assert draft in menu.text


async def test_change_from_the_check_page_comes_back_to_it(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    draft = await starts(person)
    await fills_in(person, draft)

    for page, fields in (
        ("purpose", {"purpose": PURPOSE}),
        ("payment-method", {"method": "echeck"}),
        (f"conduct/{CONDUCT_QUESTIONS[3].id}", {"yes": "yes", "explanation": "In 2015; it was withdrawn."}),
        ("personal", {"first_name": "Jordan", "last_name": "Avery", "email": "jordan@example.test", "phone": ""}),
    ):
        answer = await person.saves(f"{draft}/{page}?back=check", fields)
        assert path_of(answer) == f"{draft}/check", page

    check = await person.get(f"{draft}/check")
    assert "Electronic check" in check.text
    assert "In 2015; it was withdrawn." in check.text


async def test_years_are_changed_removed_and_summed(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)
    await person.saves(f"{draft}/education/years/new", {**YEAR, "school_year": "2022"})
    await person.saves(f"{draft}/education/years/new", {**YEAR, "school_year": "2023", "fte": "0.40"})

    before = await person.get(f"{draft}/education")
    await person.saves(f"{draft}/education/years/1", {**YEAR, "school_year": "2023", "fte": "0.50", "share": "0.75"})
    changed = await person.get(f"{draft}/education")
    key = await person.key(f"{draft}/education")
    sent = await person.post(f"{draft}/education/years/0/remove", {"seen": "3", "back": ""}, key=key)
    removed = await person.get(sent.headers["location"])
    key = await person.key(f"{draft}/education")
    again = await person.post(f"{draft}/education/years/0/remove", {"seen": "3", "back": ""}, key=key)

    assert "1.00 of 4.00 years" in text_of(before)
    assert "Less than half time" in before.text
    assert "1.75 of 4.00 years" in text_of(changed)
    assert "0.75 of 4.00 years" in text_of(removed)
    assert "The school year 2022–23 is removed" in removed.text
    assert "so nothing was removed" in again.text


async def test_a_draft_is_deleted_after_a_question(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)

    asked = await person.get(f"{draft}/delete")
    await person.saves(f"{draft}/delete", {})
    gone = await person.get(draft)

    assert "can’t be brought back" in asked.text
    assert gone.status_code == 404


async def test_the_profile_shows_and_changes_personal_information(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()

    saved = await person.saves(
        "/profile/personal",
        {"first_name": "Jordan", "last_name": "Avery-Lee", "email": "new@example.test", "phone": "573-555-0117"},
    )
    profile = await person.get(saved.headers["location"])

    assert "Avery-Lee" in profile.text
    assert "573-555-0117" in profile.text
    assert "PersonalInformationChanged" in await office.types(someone.id)
    assert CLOSED not in profile.text


async def test_what_an_upgrade_lacks_as_reported_is_said_before_it_is_paid_and_blocks_nothing(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)
    await fills_in(person, draft)
    complete = await person.get(f"{draft}/check")
    few = {"hours": "5", "mentoring": "1", "bta_completed_on": "", "bta_provider": "", "evaluation_note": ""}
    await person.saves(f"{draft}/education/programs", few)

    check, tasks = await person.get(f"{draft}/check"), await person.get(draft)
    await office.level()
    home = await person.get("/")
    submitted = await person.saves(f"{draft}/check", {"declared": "yes"})

    assert "As you report it, not met: 5 of 30 contact hours" in text_of(home)
    assert f'href="{draft}/education">Look at what you reported' in check.text
    assert "criteria are not met" not in complete.text
    for page in (check, tasks):
        assert "As you report it, four of the six criteria are not met" in page.text
        assert "Professional development: 5 of 30 contact hours; Mentoring: 1 of 2 school years" in text_of(page)
    assert "Beginning Teacher Assistance Not entered" in text_of(check)
    assert submitted.status_code == 303


async def test_another_email_does_not_change_what_one_signs_in_with_and_the_pages_say_so(office: Office) -> None:
    someone = await office.educator()
    person = await someone.browser()
    draft = await starts(person)

    pages = [await person.get("/profile/personal"), await person.get(f"{draft}/personal")]
    saved = await person.saves(
        "/profile/personal", {"first_name": "Jordan", "last_name": "Avery", "email": "new@example.test", "phone": ""}
    )
    profile = await person.get(saved.headers["location"])
    again = await someone.browser()

    assert all(f"You sign in with {someone.email}, also after a change here" in each.text for each in pages)
    assert f"You still sign in with {someone.email}" in profile.text
    assert (await again.get("/profile")).status_code == 200


async def test_a_saved_task_leads_on_to_the_next_one_and_the_last_one_to_the_list(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)
    name = {"first_name": "Jordan", "last_name": "Avery", "email": "jordan@example.test", "phone": ""}

    first = await person.saves(f"{draft}/personal", name)
    later = await person.saves(f"{draft}/release", {})
    around = await person.saves(f"{draft}/district?q=indep", {"district": OURS})
    await fills_in(person, draft)
    last = await person.saves(f"{draft}/purpose", {"purpose": PURPOSE})

    led = [path_of(each).removeprefix(draft) for each in (first, later, around, last)]
    assert led == ["/education", "/district", "/education", ""]


async def test_the_year_before_is_added_just_the_same_with_one_click(office: Office) -> None:
    person = await (await office.educator()).browser()
    draft = await starts(person)
    await person.saves(f"{draft}/education/years/new", {**YEAR, "school_year": "2024"})
    page = (await person.get(f"{draft}/education")).text
    form = page[page.index('years/new" class="form') :].partition("</form>")[0]
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form))

    added = await person.post(f"{draft}/education/years/new", hidden, key=hidden.pop("key"))
    after = await person.get(f"{draft}/education")

    assert "Add 2023–24 too, just the same" in page
    assert added.status_code == 303
    assert "2.00 of 4.00 years" in text_of(after)
