"""Where nothing is owed there is no payment method, no provider, and the last step reads Submit."""

from pathlib import Path

import pytest
from applications_office import opened

from applications.payment_effects import effects

pytestmark = pytest.mark.postgres


async def test_without_a_fee_it_is_submitted_at_once(postgres: str, tmp_path: Path) -> None:
    async with opened(postgres, tmp_path, fee_cents="0", payment_url=None, payment_secret=None) as office:
        someone = await office.educator()
        person = await someone.browser()
        application = await person.starts(someone)
        await person.answers_all(application)

        tasks = await person.get(f"/drafts/{application}")
        check = await person.get(f"/drafts/{application}/check")
        sent = await person.saves(f"/drafts/{application}/check", {"declared": "yes"})
        confirmation = await person.get(sent.headers["location"])

        assert "Payment method" not in tasks.text
        assert ">Submit</button>" in check.text
        assert "Application submitted" in confirmation.text
        assert "payment" not in confirmation.text
        assert "PaymentRequested" not in await office.types(someone.id)
        assert effects(office.running) == ()
