"""A certificate whose status DESE changed, on its holder's pages."""

import secrets
from uuid import uuid4

import pytest
from applications_office import Office, Someone

from lectern.contracts.review import CertificateStatusChanged
from lectern.contracts.values import CertificateStatus, Signers, StatusOrder

pytestmark = pytest.mark.postgres
WHY = "By order of the board."


async def becomes(office: Office, someone: Someone, status: CertificateStatus) -> None:
    today, expires_on = office.now().date(), office.now().date()
    order = await someone.sealed(StatusOrder(reference="BOE 1", why=WHY), "CertificateStatusChanged.order", "state")
    signed = await someone.sealed(Signers(by=uuid4(), second=uuid4()), "CertificateStatusChanged.signed", "state")
    await someone.tells(
        CertificateStatusChanged(
            certificate_id=someone.certificate_id,
            person_id=someone.id,
            change_id=uuid4(),
            status=status,
            effective_on=today,
            expires_on=expires_on,
            order=order,
            signed=signed,
            changed_at=office.now(),
        )
    )
    await office.level()


async def test_home_menu_and_profile_say_it_and_whom_to_ask(office: Office) -> None:
    someone = await (await office.somebody().recorded()).claimed()
    person = await someone.browser()

    await becomes(office, someone, CertificateStatus.SUSPENDED)
    home, start = await person.get("/"), await person.get("/new-applications/upgrade")
    profile = await person.get("/profile")
    chosen = {"certificate_id": str(someone.certificate_id)}
    begun = await person.post("/new-applications/upgrade", chosen, key=secrets.token_hex(8))

    assert "Suspended since" in home.text
    assert "Your certificate is suspended" in home.text
    assert "Ask DESE’s certification section what you can do" in start.text
    assert "Not while it is suspended" in profile.text
    assert begun.status_code == 422
    assert "Ask DESE’s certification section what you can do" in begun.text
    assert (await person.get(f"/certificates/{someone.certificate_id}/pdf")).status_code == 404
    for page in (home, start, profile, begun):
        assert WHY not in page.text

    await becomes(office, someone, CertificateStatus.ACTIVE)
    assert "Suspended" not in (await person.get("/")).text
    assert (await person.get(f"/certificates/{someone.certificate_id}/pdf")).status_code == 200


async def test_what_was_handed_in_is_kept_and_nobody_is_given_a_letter_about_it(office: Office) -> None:
    someone, person, application = await office.submitted()
    letter = f"/applications/{application}/letter"

    await becomes(office, someone, CertificateStatus.REVOKED)
    status, shut = await person.get(f"/applications/{application}"), await person.get(letter)

    assert "Your certificate is revoked since" in status.text
    assert "Your application is kept as it is" in status.text
    assert letter not in status.text
    assert shut.status_code == 404

    await becomes(office, someone, CertificateStatus.ACTIVE)
    assert "revoked since" not in (await person.get(f"/applications/{application}")).text
    assert (await person.get(letter)).status_code == 200
