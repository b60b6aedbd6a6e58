"""A denial on the educator's pages, and the way to have it looked at again."""

import pytest
from applications_office import Office

pytestmark = pytest.mark.postgres
NOTE = "The records of 2024 do not agree with each other."
WHY = "They are of two schools."


async def test_a_denial_is_looked_at_again_and_the_page_says_so(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_denied(application, NOTE)
    at = f"/applications/{application}"

    denied, form = await person.get(at), await person.get(f"{at}/reconsideration")
    sent = await person.saves(f"{at}/reconsideration", {"why": WHY})
    await office.level()
    asked = await person.get(at)
    await someone.is_opened_again(application)
    again, withdraw = await person.get(at), await person.get(f"{at}/withdraw")

    assert "Ask DESE to look again" in denied.text
    assert NOTE in form.text
    assert "Only DESE reads this" in form.text
    assert sent.status_code == 303
    assert "You asked DESE to look at it again" in asked.text
    assert "Ask DESE to look again" not in asked.text
    assert "DESE, since" in again.text
    assert "What DESE looks at again" in again.text
    assert NOTE in again.text
    assert "Withdraw this application" not in again.text
    assert withdraw.status_code == 303
    assert "You asked DESE to look at its decision again" in again.text
    assert (await office.types(someone.id, kind="application/"))[-1] == "ReconsiderationRequested"


async def test_the_certificate_is_spoken_for_meanwhile(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_denied(application, NOTE)
    answer = await person.post_json(f"/api/applications/{application}/reconsideration", {"why": WHY}, key="again")
    assert answer.status_code == 202, answer.text

    other = await person.post_json("/api/applications", {"certificate_id": str(someone.certificate_id)}, key="other")

    assert other.status_code == 409


async def test_with_another_application_it_says_what_to_do(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_denied(application, NOTE)
    await person.starts(someone)

    answer = await person.saves(f"/applications/{application}/reconsideration", {"why": WHY})

    assert answer.status_code == 422
    assert "You have another application for this certificate" in answer.text
    assert WHY in answer.text


async def test_what_is_missing_is_said_at_its_field(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_denied(application, NOTE)

    answer = await person.saves(f"/applications/{application}/reconsideration", {"why": " "})

    assert answer.status_code == 422
    assert "Say what DESE should look at again" in answer.text
    assert 'href="#why"' in answer.text


async def test_without_a_denial_the_page_leads_to_the_application(office: Office) -> None:
    _, person, application = await office.submitted()

    page = await person.get(f"/applications/{application}/reconsideration")
    answer = await person.post_json(f"/api/applications/{application}/reconsideration", {"why": WHY}, key="nothing")

    assert page.headers["location"] == f"/applications/{application}"
    assert answer.status_code == 409
    assert "Only a denial" in answer.text
