"""The right people hear of each step, by mail, and of nothing that is not theirs."""

import httpx
import pytest

from lectern.rules.wording import CONDUCT_QUESTIONS
from lectern_local.demo.staff import NEIGHBOURS_OFFICER, OFFICER, REVIEWER
from lectern_local.installation import Installation
from notifications import notice
from notifications.notice import To

pytestmark = pytest.mark.platform

FOR = {(each.name, each.to) for each in vars(notice).values() if isinstance(each, notice.Notice)}
"""Whom each notice is for, as the service says it."""


async def _mails(platform: Installation) -> list[dict[str, object]]:
    async with httpx.AsyncClient(trust_env=False) as client:
        answer = await client.get(f"{platform.urls['mailbox']}/api/mails", params={"limit": 1000})
        mails: list[dict[str, object]] = answer.json()["mails"]
        return mails


async def test_each_notice_goes_to_whom_it_concerns(read: object, platform: Installation) -> None:
    for mail in await _mails(platform):
        name, recipients = str(mail["notice"]), str(mail["recipients"])
        to = {each for of, each in FOR if of == name}

        assert to, name
        if "demo.example" in recipients or "teachers.example" in recipients:
            assert To.EDUCATOR in to, name
        elif "dese.example" in recipients:
            assert to & {To.DESE, To.REVIEWER, To.SUPERVISORS}, name
        else:
            assert to & {To.DISTRICT, To.ADMINISTRATORS}, name
            assert OFFICER in recipients or NEIGHBOURS_OFFICER in recipients, recipients


async def test_a_new_item_is_told_to_the_district_and_a_ready_one_to_dese(read: object, platform: Installation) -> None:
    told = {(str(mail["notice"]), str(mail["recipients"])) for mail in await _mails(platform)}

    assert any(OFFICER in to for name, to in told if name == "new-item")
    assert all("dese.example" not in to for name, to in told if name == "new-item")
    assert all(REVIEWER in to for name, to in told if name == "application-ready")


async def test_no_mail_stands_there_twice(read: object, platform: Installation) -> None:
    assert {mail["copies"] for mail in await _mails(platform)} == {1}


async def test_no_mail_speaks_of_professional_conduct(read: object, platform: Installation) -> None:
    names = [each.name.lower() for each in CONDUCT_QUESTIONS]
    async with httpx.AsyncClient(trust_env=False) as client:
        for mail in (await _mails(platform))[:60]:
            source = (await client.get(f"{platform.urls['mailbox']}/mails/{mail['number']}/source")).text.lower()
            assert not [name for name in names if name in source]
