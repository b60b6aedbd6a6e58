"""From the account to the decision, over HTTP, on a real Postgres, with the real sandbox."""

import pytest
from applications_office import Office

pytestmark = pytest.mark.postgres


async def test_an_application_goes_from_start_to_district(office: Office) -> None:
    someone, person, application = await office.submitted()

    standing = await person.standing(application)

    assert (standing["stage"], standing["holder"], standing["submission"]) == ("submitted", "district", 1)
    assert (await office.types(someone.id, kind="application/"))[-2:] == ["PaymentReceived", "ApplicationSubmitted"]
