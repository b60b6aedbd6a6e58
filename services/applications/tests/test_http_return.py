"""A returned application: reasons and note are shown, the tasks are open, it goes back under the same reference."""

import pytest
from applications_office import REPORT, Office

from lectern.contracts.values import ReturnReason

pytestmark = pytest.mark.postgres
NOTE = "I found records for 26 of the 30 contact hours. Could you add the other 4?"


async def test_it_is_answered_and_sent_again(office: Office) -> None:
    someone, person, application = await office.submitted()
    reference = (await person.standing(application))["reference"]
    await someone.is_opened(application)
    await someone.is_returned(application, NOTE)

    home = await person.get("/")
    status = await person.get(f"/applications/{application}")
    tasks = await person.get(f"/drafts/{application}")
    menu = await person.get("/new-applications/upgrade")
    check = await person.get(f"/drafts/{application}/check")
    early = await person.saves(f"/drafts/{application}/check", {"declared": "yes"})
    await person.put(f"/api/applications/{application}/education", {**REPORT, "development_quarter_hours": 136})
    unticked = await person.saves(f"/drafts/{application}/check", {"answer": "The four hours in June."})
    sent = await person.saves(f"/drafts/{application}/check", {"declared": "yes", "answer": "The four hours in June."})
    await office.level()
    after, followed = await person.standing(application), await person.get(f"/applications/{application}")

    assert "Answer your district’s question" in home.text
    assert NOTE in status.text
    assert "You, since" in status.text
    assert "<small>You have it now</small>" in status.text
    assert "You have submitted already" in menu.text
    assert NOTE in tasks.text
    assert NOTE in check.text
    assert "Professional conduct" not in tasks.text
    assert early.status_code == unticked.status_code == 422
    assert "The four hours in June.</textarea>" in unticked.text
    assert sent.status_code == 303
    assert "The four hours in June." in followed.text
    assert (after["reference"], after["submission"], after["holder"]) == (reference, 2, "district")
    assert (await office.types(someone.id, kind="application/"))[-1] == "ApplicationCorrected"


async def test_only_what_was_asked_can_be_changed(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_returned(application, NOTE, ReturnReason.PERSONAL_DETAILS)

    purpose = await person.get(f"/drafts/{application}/purpose")
    education = await person.put(f"/api/applications/{application}/education", REPORT)

    assert purpose.headers["location"] == f"/drafts/{application}"
    assert education.status_code == 409


async def test_the_way_to_approval_is_told(office: Office) -> None:
    someone, person, application = await office.submitted(expires_in=20)
    await someone.is_opened(application)
    await someone.is_verified(application)
    await someone.is_assigned(application)

    waiting = await person.get(f"/applications/{application}")
    await someone.is_approved(application)
    approved = await person.get(f"/applications/{application}")
    home = await person.get("/")

    assert "DESE, since" in waiting.text
    assert "Your certificate expires before we expect a decision" in waiting.text
    assert "8 to 12 weeks from the day your district sent it" in waiting.text
    assert "Approved on" in approved.text
    assert "Career Continuous Professional Certificate" in home.text


async def test_a_denial_says_why_and_frees_the_certificate(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_verified(application)
    await someone.is_denied(application, "The years could not be shown.")

    page = await person.get(f"/applications/{application}")
    again = await person.starts(someone)

    assert "Denied on" in page.text
    assert "The years could not be shown." in page.text
    assert again != application
