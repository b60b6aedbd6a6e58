"""A declined application on the educator's pages, and the way to another district; also before anybody declined."""

import pytest
from applications_office import CLOSED, OURS, SILENT, Office

from lectern.contracts.values import Kind
from lectern.rules import IN_FORCE

pytestmark = pytest.mark.postgres
NOTE = "Until June. We believe you teach in Quiet Valley now."


async def test_a_declined_application_goes_to_the_district_that_is_named(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_declined(application, NOTE)
    reference = (await person.standing(application))["reference"]

    home, status = await person.get("/"), await person.get(f"/applications/{application}")
    standing = await person.standing(application)
    chooser = await person.get(f"/applications/{application}/district?q=Quiet")
    sent = await person.saves(f"/applications/{application}/district?q=Quiet", {"district": SILENT})
    await office.level()
    after, page = await person.standing(application), await person.get(sent.headers["location"])

    assert "Name another district" in home.text
    assert "District needed" in home.text
    assert NOTE in status.text
    assert "you no longer work there" in status.text
    assert "You, since" in status.text
    assert standing["declined"] == "no-longer-employed"
    assert "Quiet Valley" in chooser.text
    assert sent.status_code == 303
    assert (after["reference"], after["submission"], after["holder"]) == (reference, 2, "district")
    assert "Sent to Quiet Valley" in page.text
    assert "You named another district" in page.text
    assert ", instead of Independence" in page.text
    assert (await office.types(someone.id, kind="application/"))[-1] == "EmployerChanged"


async def test_a_district_that_has_closed_is_said_to_have_and_another_one_is_named(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_without_district(application)

    home, status = await person.get("/"), await person.get(f"/applications/{application}")
    chooser = await person.get(f"/applications/{application}/district?q=Quiet")
    sent = await person.saves(f"/applications/{application}/district?q=Quiet", {"district": SILENT})
    await office.level()

    assert "Your district has closed, so application" in home.text
    assert "has closed, so your application came back to you." in status.text
    assert "Your district has closed, so it came back to you" in status.text
    assert "Is it a mistake?" not in status.text
    assert "declined" not in status.text
    assert " has closed. Name the district that employs you now" in chooser.text
    assert sent.status_code == 303
    assert (await person.standing(application))["holder"] == "district"


async def test_a_question_of_dese_that_its_closed_district_cannot_answer_goes_back_too(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_verified(application)
    await someone.is_without_district(application)

    status = await person.get(f"/applications/{application}")
    answer = await person.put(f"/api/applications/{application}/employer", {"district": SILENT})

    assert f'href="/applications/{application}/district"' in status.text
    assert answer.status_code == 200, answer.text


async def test_the_wrong_district_is_changed_before_it_answers(office: Office) -> None:
    someone, person, application = await office.submitted()

    status = await person.get(f"/applications/{application}")
    chooser = await person.get(f"/applications/{application}/district?q=048")
    answer = await person.put(f"/api/applications/{application}/employer", {"district": SILENT})

    assert f'href="/applications/{application}/district"' in status.text
    assert f'value="{SILENT}"' in chooser.text
    assert f'value="{OURS}"' not in chooser.text
    assert answer.status_code == 200, answer.text
    assert (await office.types(someone.id, kind="application/"))[-1] == "EmployerChanged"


async def test_what_is_wrong_is_said_at_its_field(office: Office) -> None:
    _, person, application = await office.submitted()
    page = f"/applications/{application}/district?q=Quiet"

    nothing = await person.saves(page, {})
    shut = await person.saves(page, {"district": CLOSED})
    there = await person.saves(page, {"district": OURS})

    for answer, words in (
        (nothing, "Choose a district"),
        (shut, "isn’t on the state’s list"),
        (there, "with this district already"),
    ):
        assert answer.status_code == 422
        assert words in answer.text
        assert 'href="#district"' in answer.text


async def test_a_declined_upgrade_is_turned_into_an_extension_that_takes_its_place(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_declined(application, NOTE)

    status = await person.get(f"/applications/{application}")
    page = await person.get(f"/applications/{application}/extension")
    begun = await person.saves(f"/applications/{application}/extension", {})
    new = begun.headers["location"].rpartition("/")[2].partition("?")[0]
    await office.level()
    again, home = await person.saves(f"/applications/{application}/extension", {}), await person.get("/")
    tasks, back = await person.get(f"/drafts/{new}"), await person.get(f"/applications/{application}")
    purpose = IN_FORCE.of(Kind.EXTENSION).purposes[0].text
    await person.put(f"/api/applications/{new}/purpose", {"purpose": purpose})
    await person.put(f"/api/applications/{new}/district", {"district": SILENT})
    check = await person.get(f"/drafts/{new}/check")
    sent = await person.saves(f"/drafts/{new}/check", {"declared": "yes"})
    await office.level()
    old = await person.get(f"/applications/{application}")

    assert "Turn it into an extension" in status.text
    assert "stays as it is until you submit the extension" in page.text
    assert begun.status_code == 303
    assert again.headers["location"] == f"/drafts/{new}"
    assert "Continue your application" in home.text
    assert "It takes the place of your upgrade" in tasks.text
    assert "Go on with the extension you have begun" in back.text
    assert "is withdrawn, and what you paid for it goes back" in check.text
    assert sent.status_code == 303, sent.text
    assert "You asked to withdraw it" in old.text
    assert (await office.types(someone.id, kind="application/"))[-2:] == ["ApplicationSubmitted", "WithdrawalRequested"]
    assert (await person.standing(new))["holder"] == "district"


async def test_what_is_sent_to_dese_stays_with_its_district(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_verified(application)

    page = await person.get(f"/applications/{application}/district")
    answer = await person.put(f"/api/applications/{application}/employer", {"district": SILENT})

    assert page.headers["location"] == f"/applications/{application}"
    assert answer.status_code == 409
    assert "sent it to DESE" in answer.text


async def test_in_two_tabs_the_second_one_is_told(office: Office) -> None:
    _, person, application = await office.submitted()
    page = f"/applications/{application}/district?q=Quiet"
    key = await person.key(page)
    await person.saves(page, {"district": SILENT})

    second = await person.post(
        f"/applications/{application}/district", {"seen": "1", "q": "Quiet", "district": OURS}, key=key
    )

    assert second.status_code == 422
    assert "Look where it is now" in second.text


async def test_somebody_elses_looks_like_none(office: Office) -> None:
    _, _, application = await office.submitted()
    other = await (await office.educator()).browser()

    page = await other.get(f"/applications/{application}/district")
    answer = await other.put(f"/api/applications/{application}/employer", {"district": SILENT})

    assert (page.status_code, answer.status_code) == (404, 404)
