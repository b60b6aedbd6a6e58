"""Bad input gets a clear message in the right place, nothing is lost, nothing half done, and nothing is a 500."""

import asyncio
import re
import secrets
from typing import Any

import pytest
from applications_office import CLOSED, OURS, PASSWORD, REPORT, Office, Person, Someone
from fastapi.routing import APIRoute

from applications.account import TRIES
from applications.claiming import NOT_MATCHED, WAIT
from lectern.rules.wording import CONDUCT_QUESTIONS, PURPOSE

pytestmark = pytest.mark.postgres

YEAR = {
    "school_year": "2024",
    "employer": "Independence 30",
    "position": "Grade 3 teacher",
    "fte": "1.00",
    "share": "1.00",
    "work": "teacher",
}
SCRIPT = "<script>alert(1)</script>"


async def draft_of(office: Office, **more: Any) -> tuple[Someone, Person, str]:
    someone = await office.educator(**more)
    person = await someone.browser()
    return someone, person, await person.starts(someone)


# ── claims


async def registered(office: Office, email: str) -> Person:
    person = office.anybody()
    name = {"first_name": "Jordan", "last_name": "Avery"}
    answer = await person.post("/register", {**name, "email": email, "password": PASSWORD})
    assert answer.status_code == 303, answer.text
    return person


def typed(someone: Someone, **wrong: str) -> dict[str, str]:
    return {**someone.proof(), "birth_date": "5/6/1994", **wrong}


async def test_every_wrong_claim_gets_one_and_the_same_answer(office: Office) -> None:
    free, taken = await office.somebody().recorded(), await office.educator()
    person = await registered(office, f"wrong{free.number}@example.test")

    answers = [
        await person.post("/claim", each)
        for each in (typed(free, ssn_last4="9999"), typed(free, educator_number="1" * 7), typed(taken))
    ]

    assert [each.status_code for each in answers] == [422, 422, 422]
    assert all(NOT_MATCHED in each.text for each in answers)


async def test_claims_have_to_wait_after_some_tries(office: Office) -> None:
    free = await office.somebody().recorded()
    person = await registered(office, f"tries{free.number}@example.test")
    for _ in range(TRIES):
        await person.post("/claim", typed(free, ssn_last4="0000"))

    answer = await person.post("/claim", typed(free))

    assert answer.status_code == 422
    assert WAIT in answer.text


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("birth_date", "1/1/2094", "in the past"),
        ("birth_date", "31/31/1990", "There is no day 31/31/1990"),
        ("ssn_last4", "12a4", "four digits"),
        ("educator_number", "abc", "Educator ID"),
        ("last_name", "x" * 101, "100"),
    ],
)
async def test_a_claim_that_cannot_be_is_said_at_its_field(office: Office, field: str, value: str, says: str) -> None:
    free = office.somebody()
    person = await registered(office, f"{field}{free.number}@example.test")

    answer = await person.post("/claim", typed(free, **{field: value}))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert says in answer.text
    assert "1234" not in answer.text


async def test_everything_wrong_with_a_claim_is_said_at_once(office: Office) -> None:
    free = office.somebody()
    person = await registered(office, f"all{free.number}@example.test")

    answer = await person.post("/claim", typed(free, birth_date="2/17/2093", ssn_last4="12"))

    assert "Your birth date is in the past. Check the year." in answer.text
    assert "Enter four digits" in answer.text


async def test_two_accounts_claim_one_record_at_once_and_one_gets_it(office: Office) -> None:
    free = await office.somebody().recorded()
    people = [await registered(office, f"race{at}{free.number}@example.test") for at in range(3)]

    answers = await asyncio.gather(*(each.post("/claim", typed(free)) for each in people))

    assert sorted(each.status_code for each in answers) == [303, 422, 422]
    assert (await office.types(free.id, kind="educator/")).count("EducatorLinked") == 1


async def test_an_unclaimed_account_can_start_nothing(office: Office) -> None:
    free = await office.somebody().recorded()
    person = await registered(office, f"early{free.number}@example.test")

    page = await person.get("/new-applications")
    answer = await person.post_json(
        "/api/applications", {"certificate_id": str(free.certificate_id)}, key=secrets.token_hex(4)
    )

    assert (page.status_code, answer.status_code) == (404, 404)


async def test_an_email_has_one_account(office: Office) -> None:
    taken = await office.educator()

    answer = await office.anybody().post(
        "/register", {"first_name": "A", "last_name": "B", "email": taken.email, "password": PASSWORD}
    )

    assert answer.status_code == 422
    assert "has an account already" in answer.text


async def test_everything_wrong_with_an_account_is_said_at_once(office: Office) -> None:
    answer = await office.anybody().post(
        "/register", {"first_name": "", "last_name": "Avery", "email": "jordan at home", "password": "short"}
    )

    summary = answer.text[answer.text.index("error-summary") :].partition("</ul>")[0]
    assert answer.status_code == 422
    assert re.findall(r"#(\w+)", summary) == ["first_name", "email", "password"]


async def test_everything_wrong_with_a_page_of_education_is_said_at_once_in_its_order(office: Office) -> None:
    _, person, application = await draft_of(office)
    programs = {"hours": "many", "mentoring": "2", "bta_completed_on": "1/1/2099"}

    answers = [
        await person.saves(f"/drafts/{application}/education/programs", programs),
        await person.saves(f"/drafts/{application}/education/degrees/new", {"year": "2099"}),
        await person.saves(f"/drafts/{application}/education/years/new", {"fte": "", "share": ""}),
    ]

    summaries = [each.text[each.text.index("error-summary") :].partition("</ul>")[0] for each in answers]
    assert [re.findall(r"#(\w+)", each) for each in summaries] == [
        ["hours", "bta_completed_on"],
        ["degree", "institution", "year"],
        ["school_year", "employer", "position", "work", "fte", "share"],
    ]


async def test_a_second_click_on_register_makes_one_account(office: Office) -> None:
    person = office.anybody()
    fields = {"first_name": "A", "last_name": "B", "email": "twice@example.test", "password": PASSWORD}
    key = await person.key("/register")
    other = office.anybody()
    other.cookie = person.cookie

    answers = await asyncio.gather(person.post("/register", fields, key=key), other.post("/register", fields, key=key))

    assert [each.status_code for each in answers] == [303, 303]


# ── answers


@pytest.mark.parametrize(
    ("page", "fields", "field"),
    [
        ("personal", {"first_name": "", "last_name": "A", "email": "a@b.test", "phone": ""}, "first_name"),
        ("personal", {"first_name": "A", "last_name": "A", "email": "nobody", "phone": ""}, "email"),
        ("purpose", {}, "purpose"),
        ("purpose", {"purpose": "something else"}, "purpose"),
        ("payment-method", {"method": "cash"}, "method"),
        ("education/years/new", {**YEAR, "school_year": "2027"}, "school_year"),
        ("education/years/new", {**YEAR, "fte": "three"}, "fte"),
        ("education/years/new", {**YEAR, "share": "1.01"}, "share"),
        ("education/degrees/new", {"degree": "BS", "institution": "UCM", "year": "2099"}, "year"),
        ("education/programs", {"hours": "26.1", "mentoring": "2"}, "hours"),
        ("education/programs", {"hours": "30", "mentoring": "2", "bta_completed_on": "1/1/2031"}, "bta_completed_on"),
        (f"conduct/{CONDUCT_QUESTIONS[0].id}", {"explanation": ""}, "yes"),
        (f"conduct/{CONDUCT_QUESTIONS[0].id}", {"yes": "yes", "explanation": ""}, "explanation"),
        ("district?q=indep", {"district": CLOSED}, "district"),
        ("district?q=indep", {"district": "999-999"}, "district"),
        ("district?q=indep", {"district": "Independence"}, "district"),
    ],
)
async def test_what_is_wrong_is_said_at_its_field(
    office: Office, page: str, fields: dict[str, str], field: str
) -> None:
    _, person, application = await _shared(office)

    answer = await person.saves(f"/drafts/{application}/{page}", fields)

    assert answer.status_code == 422, answer.text
    assert "<title>Error: " in answer.text
    assert field in answer.text


_kept: dict[int, tuple[Someone, Person, str]] = {}


async def _shared(office: Office) -> tuple[Someone, Person, str]:
    """One draft for the cases that change nothing."""
    if id(office) not in _kept:
        _kept[id(office)] = await draft_of(office)
    return _kept[id(office)]


async def test_ten_megabytes_in_a_field_are_refused_and_nothing_is_saved(office: Office) -> None:
    someone, person, application = await _shared(office)
    before = await office.types(someone.id)

    answer = await person.saves(
        f"/drafts/{application}/conduct/{CONDUCT_QUESTIONS[0].id}", {"yes": "yes", "explanation": "x" * 10_000_000}
    )

    assert answer.status_code == 413
    assert await office.types(someone.id) == before


async def test_a_text_of_four_thousand_and_one_is_too_long_and_not_lost(office: Office) -> None:
    _, person, application = await _shared(office)
    text = "y" * 4001

    answer = await person.saves(
        f"/drafts/{application}/conduct/{CONDUCT_QUESTIONS[0].id}", {"yes": "yes", "explanation": text}
    )

    assert answer.status_code == 422
    assert text in answer.text


async def test_markup_is_text(office: Office) -> None:
    _, person, application = await draft_of(office)
    question = f"/drafts/{application}/conduct/{CONDUCT_QUESTIONS[0].id}"

    await person.saves(question, {"yes": "yes", "explanation": SCRIPT})
    pages = [await person.get(question), await person.get(f"/drafts/{application}/check")]

    assert all(SCRIPT not in each.text and "&lt;script&gt;" in each.text for each in pages)


async def test_a_stale_form_shows_both_answers_and_can_be_saved(office: Office) -> None:
    _, person, application = await draft_of(office)
    question = f"/drafts/{application}/conduct/{CONDUCT_QUESTIONS[0].id}"
    stale = {"yes": "yes", "explanation": "In the old window.", "seen": "0", "back": "", "wording": "conduct-1"}
    await person.saves(question, {"yes": "yes", "explanation": "In the new window."})

    answer = await person.post(question, stale)
    again = await person.post(question, {**stale, "seen": _seen(answer.text)}, key=_key(answer.text))

    assert answer.status_code == 422
    assert "changed in another window" in answer.text
    assert "In the new window." in answer.text
    assert "In the old window." in answer.text
    assert again.status_code == 303


async def test_stale_personal_information_is_noticed(office: Office) -> None:
    _, person, application = await draft_of(office)
    page = f"/drafts/{application}/personal"
    given = {"first_name": "Jordan", "last_name": "Avery", "email": "one@example.test", "phone": ""}
    await person.saves(page, given)

    answer = await person.post(page, {**given, "email": "two@example.test", "seen": "1", "back": ""})

    assert answer.status_code == 422
    assert "one@example.test" in answer.text
    assert "two@example.test" in answer.text


def _seen(text: str) -> str:
    return str(re.findall(r'name="seen" value="(\d+)"', text)[-1])


def _key(text: str) -> str:
    found = re.findall(r'name="key" value="([^"]+)"', text[text.index("<main") :])
    return str(found[-1])


async def test_a_second_click_saves_once(office: Office) -> None:
    someone, person, application = await draft_of(office)
    page = f"/drafts/{application}/purpose"
    key = await person.key(page)
    form = {"purpose": PURPOSE, "seen": "0", "back": ""}

    answers = await asyncio.gather(*(person.post(page, form, key=key) for _ in range(5)))

    assert {each.status_code for each in answers} == {303}
    assert (await office.types(someone.id)).count("PurposeStated") == 1


async def test_back_and_another_answer_under_the_same_key_is_not_taken_for_the_first(office: Office) -> None:
    someone, person, application = await draft_of(office)
    page = f"/drafts/{application}/conduct/{CONDUCT_QUESTIONS[0].id}"
    key = await person.key(page)
    form = {"yes": "no", "explanation": "", "seen": "0", "back": "", "wording": "conduct-1"}
    await person.post(page, form, key=key)

    answer = await person.post(page, {**form, "yes": "yes", "explanation": "After all."}, key=key)

    assert answer.status_code == 422
    assert (await office.types(someone.id)).count("ConductAnswered") == 1


async def test_submit_clicked_many_times_asks_for_one_payment(office: Office) -> None:
    someone, person, application = await draft_of(office)
    await person.answers_all(application)
    page = f"/drafts/{application}/check"
    keys = [await person.key(page) for _ in range(4)]

    answers = await asyncio.gather(*(person.post(page, {"declared": "yes"}, key=each) for each in keys))

    assert {each.status_code for each in answers} == {303}
    assert (await office.types(someone.id)).count("PaymentRequested") == 1


async def test_submitting_needs_the_declaration_and_all_tasks(office: Office) -> None:
    _, person, application = await draft_of(office)
    page = f"/drafts/{application}/check"

    undeclared = await person.saves(page, {})
    incomplete = await person.saves(page, {"declared": "yes"})

    assert (undeclared.status_code, incomplete.status_code) == (422, 422)
    assert "true and complete" in undeclared.text
    assert "not completed yet" in incomplete.text


async def test_forms_without_our_key_or_from_elsewhere_change_nothing(office: Office) -> None:
    someone, person, application = await draft_of(office)
    page, form = f"/drafts/{application}/purpose", {"purpose": PURPOSE, "seen": "0", "back": ""}
    other = await (await office.educator()).browser()

    foreign_key = await person.post(page, form, key=await other.key("/new-applications/upgrade"))
    person._origin = "https://elsewhere.example"
    foreign_origin = await person.post(page, form, key="x")

    assert (foreign_key.status_code, foreign_origin.status_code) == (422, 403)
    assert "PurposeStated" not in await office.types(someone.id)


# ── somebody else's


async def test_another_educators_pages_and_api_are_not_there(office: Office) -> None:
    _, _, application = await office.submitted()
    other = await (await office.educator()).browser()
    absent = "019e0000-0000-7000-8000-0000000000ff"
    fills = {"question": CONDUCT_QUESTIONS[0].id, "rows": "years", "at": "0", "kind": "extension"}

    for route in _routes(office):
        if "{application_id}" not in route.path:
            continue
        for method in sorted(route.methods or ()):
            paths = [route.path.format(**{**fills, "application_id": each}) for each in (application, absent)]
            answers = [await _call(other, method, path) for path in paths]
            codes = {each.status_code for each in answers}
            assert codes in ({404}, {422}), (method, route.path, codes)
            assert _body(answers[0]) == _body(answers[1]), (method, route.path)


def _routes(office: Office) -> list[APIRoute]:
    found: list[APIRoute] = []

    def walk(routes: Any) -> None:
        for each in routes:
            if isinstance(each, APIRoute):
                found.append(each)
            elif inner := getattr(each, "routes", None) or getattr(getattr(each, "router", None), "routes", None):
                walk(inner)

    walk(office.app.routes)
    return found


async def _call(person: Person, method: str, path: str) -> Any:
    if method == "GET":
        return await person.get(path)
    if path.startswith("/api/"):
        bodies = {
            "education": REPORT,
            "purpose": {"purpose": PURPOSE},
            "payment-method": {"method": "card"},
            "release": {"release": "release-1"},
            "district": {"district": OURS},
        }
        body = bodies.get(path.rpartition("/")[2], {"yes": False} if "/conduct/" in path else {})
        key = secrets.token_hex(4)
        return await (person.put(path, body, key=key) if method == "PUT" else person.post_json(path, body, key=key))
    forms: dict[str, dict[str, str]] = {
        "check": {"declared": "yes"},
        "personal": {"first_name": "A", "last_name": "B", "email": "a@b.test", "phone": ""},
        "purpose": {"purpose": PURPOSE},
        "payment-method": {"method": "card"},
        "release": {"release": "release-1"},
        "district": {"district": OURS},
        "programs": {"hours": "30", "mentoring": "2"},
    }
    name = path.rpartition("/")[2]
    form = forms.get(name, {})
    if "/conduct/" in path:
        form = {"yes": "no", "wording": "conduct-1"}
    if "/years/" in path and name != "remove":
        form = YEAR
    return await person.post(path, form, page="/new-applications/upgrade")


def _body(response: Any) -> str:
    """Without what names this one request."""
    text = re.sub(r"[0-9A-Z]{4}-[0-9A-Z]{4}|[0-9a-f]{8}-[0-9a-f-]{27}", "", response.text)
    return re.sub(r'name="(key|repeat)" value="[^"]*"', "", text)
