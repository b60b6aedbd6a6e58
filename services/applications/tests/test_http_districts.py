"""A district that named nobody who is told: its educators are told so, before and after they submit."""

import pytest
from applications_office import OURS, SILENT, Office, Person, Someone
from test_http_pages import text_of

pytestmark = pytest.mark.postgres

SELF = "so nobody there is told by email. Tell the person responsible for certification there yourself"


async def answered(office: Office, district: str) -> tuple[Someone, Person, str]:
    someone = await office.educator()
    person = await someone.browser()
    application = await person.starts(someone)
    await person.answers_all(application)
    chosen = await person.put(f"/api/applications/{application}/district", {"district": district})
    assert chosen.status_code == 200, chosen.text
    return someone, person, application


async def test_whoever_chooses_a_district_without_contacts_is_warned(office: Office) -> None:
    _, person, application = await answered(office, SILENT)

    pages = [await person.get(f"/drafts/{application}{each}") for each in ("/district", "/check", "")]

    assert all(SELF in text_of(each) for each in pages)
    assert "Nobody there is told by email: tell them yourself" in text_of(pages[2])


async def test_whoever_chooses_a_district_with_contacts_reads_who_they_are(office: Office) -> None:
    _, person, application = await answered(office, OURS)

    chosen, check = [await person.get(f"/drafts/{application}{each}") for each in ("/district", "/check")]

    assert "Dana Whitfield" in chosen.text
    assert "told by email." not in text_of(check)


@pytest.mark.parametrize(("district", "told"), [(SILENT, False), (OURS, True)])
async def test_nobody_reads_that_somebody_was_told_who_was_not(office: Office, district: str, told: bool) -> None:
    _, person, application = await answered(office, district)
    await person.submits(application)
    await office.pays(person, application)
    await office.level()

    confirmation = text_of(await person.get(f"/applications/{application}/submitted"))
    status = text_of(await person.get(f"/applications/{application}"))

    assert ("Its certification contacts get an email" in confirmation) is told
    assert ("We told its certification contacts" in status) is told
    assert ("You don’t need to do anything" in status) is told
    assert (SELF in confirmation) is not told
    assert (SELF in status) is not told
