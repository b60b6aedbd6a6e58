"""The right people hear of each step, by mail, and of nothing that is not theirs."""

import httpx
import pytest

from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern_local.demo.staff import OFFICER, REVIEWER
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform

TO_EDUCATORS = {"submitted", "received", "returned", "sent-to-dese", "decided", "withdrawn", "expiring"}


async def _mails(platform: Installation) -> list[dict[str, object]]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{platform.urls['mailbox']}/api/mails", params={"limit": 1000})
        mails: list[dict[str, object]] = answer.json()["mails"]
        return mails


async def test_each_notice_goes_to_whom_it_concerns(read: object, platform: Installation) -> None:
    for mail in await _mails(platform):
        recipients = str(mail["recipients"])
        if mail["notice"] in TO_EDUCATORS:
            assert "demo.example" in recipients or "teachers.example" in recipients
        elif mail["notice"] == "new-item":
            assert OFFICER in recipients
            assert "dese.example" not in recipients
        else:
            assert mail["notice"] == "application-ready"
            assert REVIEWER in recipients


async def test_no_mail_stands_there_twice(read: object, platform: Installation) -> None:
    assert {mail["copies"] for mail in await _mails(platform)} == {1}


async def test_no_mail_speaks_of_professional_conduct(read: object, platform: Installation) -> None:
    names = [each.name.lower() for each in CONDUCT_QUESTIONS]
    async with httpx.AsyncClient(trust_env=False) as client:
        for mail in (await _mails(platform))[:60]:
            source = (await client.get(f"{platform.urls['mailbox']}/mails/{mail['number']}/source")).text.lower()
            assert not [name for name in names if name in source]
