"""Educators take away their own certificates, and nobody else's."""

from uuid import uuid4

import pytest
from applications_office import REGISTER, Office, Person
from papers_given import tags_of, text_of

from lectern.contracts.values import CertificateKind, CertificateStatus
from lectern.web.words import day

pytestmark = pytest.mark.postgres


async def test_somebody_downloads_their_certificate_from_home_and_profile(office: Office) -> None:
    someone = await (await office.somebody(first="Ana", last="O'Neil #1").recorded()).claimed()
    person = await someone.browser()
    address = f"/certificates/{someone.certificate_id}/pdf"

    home, profile, answer = await person.get("/"), await person.get("/profile"), await person.get(address)

    assert f'href="{address}"' in home.text
    assert "Download your certificate (PDF)" in home.text
    assert f'href="{address}"' in profile.text
    assert f'href="{REGISTER}/holders/{someone.id}"' in profile.text
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.headers["content-disposition"] == 'attachment; filename="teaching-certificate-ipc.pdf"'
    assert answer.headers["cache-control"] == "no-store"
    said = text_of(answer.content)
    for words in (
        "Initial Professional Certificate",
        "Ana O'Neil #1",
        someone.number,
        "Special Education, grades K to",
    ):
        assert words in said
    assert f"{REGISTER}/holders/{someone.id}" in dict(tags_of(answer.content))["Figure"]


async def test_it_is_the_same_whenever_and_however_it_is_asked_for(office: Office) -> None:
    someone = await (await office.somebody().recorded()).claimed()
    person = await someone.browser()
    address = f"/certificates/{someone.certificate_id}/pdf"

    first, again, api = await person.get(address), await person.get(address), await person.get(f"/api{address}")

    assert first.content == again.content == api.content


async def test_a_name_of_the_educators_own_does_not_come_onto_it(office: Office) -> None:
    someone = await (await office.somebody().recorded()).claimed()
    person = await someone.browser()
    saved = await person.saves(
        "/profile/personal", {"first_name": "Somebody", "last_name": "Else", "email": someone.email, "phone": ""}
    )
    await office.level()

    said = text_of((await person.get(f"/certificates/{someone.certificate_id}/pdf")).content)

    assert saved.status_code == 303
    assert "Somebody Else" in (await person.get("/")).text
    assert "Jordan Avery" in said
    assert "Somebody" not in said


async def test_an_approved_upgrade_is_on_it_with_its_own_days(office: Office) -> None:
    someone, person, application = await office.submitted()
    await someone.is_verified(application)
    await someone.is_approved(application)

    said = text_of((await person.get(f"/certificates/{someone.certificate_id}/pdf")).content)

    assert "Career Continuous Professional Certificate" in said
    assert f"Issued\r\n{day(office.today())}" in said
    assert "Initial" not in said


async def test_nobody_elses_is_there(office: Office) -> None:
    someone = await (await office.somebody().recorded()).claimed()
    other = await (await (await office.somebody().recorded()).claimed()).browser()
    stranger = office.anybody()

    for path in (f"/certificates/{someone.certificate_id}/pdf", f"/api/certificates/{someone.certificate_id}/pdf"):
        theirs, absent = await other.get(path), await other.get(path.replace(str(someone.certificate_id), str(uuid4())))
        assert (theirs.status_code, absent.status_code) == (404, 404), path
    assert (await other.get("/certificates/1/pdf")).status_code == 404
    assert (await stranger.get(f"/certificates/{someone.certificate_id}/pdf")).status_code == 303
    assert (await stranger.get(f"/api/certificates/{someone.certificate_id}/pdf")).status_code == 401


@pytest.mark.parametrize("status", [CertificateStatus.SUSPENDED, CertificateStatus.REVOKED])
async def test_one_that_was_taken_away_is_not_handed_out(status: CertificateStatus, office: Office) -> None:
    someone = await (await office.somebody().recorded(status=status)).claimed()
    person = await someone.browser()

    home, answer = await person.get("/"), await _asked(person, someone.certificate_id)

    assert "Download your certificate" not in home.text
    assert f"Not while it is {status.value}" in (await person.get("/profile")).text
    assert answer == 404


async def test_one_that_has_expired_is(office: Office) -> None:
    someone = await (
        await office.somebody().recorded(-10, status=CertificateStatus.EXPIRED, kind=CertificateKind.IPC)
    ).claimed()

    assert await _asked(await someone.browser(), someone.certificate_id) == 200


async def _asked(person: Person, certificate: object) -> int:
    return (await person.get(f"/certificates/{certificate}/pdf")).status_code
