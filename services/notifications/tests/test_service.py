"""Heard facts become mails, each once: through the log, the effects and a real mailbox."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from notifications_given import (
    INDEPENDENCE,
    approved,
    asked,
    claimed,
    corrected,
    listed,
    returned,
    submitted,
    upgraded,
    verified,
)
from notifications_office import JORDAN_AVERY, PASSWORD, Office, opened

from lectern.web.client import Browsing

pytestmark = pytest.mark.postgres


@pytest.fixture
async def office(postgres: str, tmp_path: Path) -> AsyncIterator[Office]:
    async with opened(postgres, tmp_path) as running:
        yield running


@pytest.fixture
async def blind_office(postgres: str, tmp_path: Path) -> AsyncIterator[Office]:
    """Its mail server cannot be asked what became of a mail, as no mail server in general can."""
    async with opened(postgres, tmp_path, asks_mailbox=False) as running:
        yield running


async def test_every_step_of_an_application_tells_whom_it_concerns_once(office: Office) -> None:
    await office.knows_everybody()

    await office.hears(submitted(), asked(), claimed(), claimed(), returned())
    await office.hears(corrected(), asked(2), claimed(2), verified(2), approved(), upgraded())
    states = await office.settled(10)

    assert {state for _, state in states} == {"sent"}
    assert await office.mails() == [
        ("application-ready", "dana@i30.test"),
        ("decided", "jordan@example.test"),
        ("new-item", "dana@i30.test"),
        ("new-item", "dana@i30.test"),
        ("received", "jordan@example.test"),
        ("received", "jordan@example.test"),
        ("returned", "jordan@example.test"),
        ("sent-to-dese", "jordan@example.test"),
        ("submitted", "jordan@example.test"),
        ("submitted", "jordan@example.test"),
    ]
    assert await office.box.count() == (10, 0)
    types = await office.types()
    assert {name: types.count(name) for name in ("NoticeRequested", "NoticeKept", "NoticeSent")} == {
        "NoticeRequested": 10, "NoticeKept": 10, "NoticeSent": 10,
    }  # fmt: skip


async def test_a_step_waits_for_contacts_that_have_not_arrived(office: Office) -> None:
    await office.knows_educator()

    outcome = await office.hears(submitted(), asked())

    assert outcome.held == 2
    assert await office.states() == []


async def test_a_district_without_contacts_is_visible(office: Office) -> None:
    await office.knows_educator()
    await office.hears(listed(), subject=INDEPENDENCE)

    await office.hears(submitted(), asked())

    assert await office.settled(2) == [("new-item/district", "failed"), ("submitted/educator", "sent")]
    assert await office.mails() == [("submitted", "jordan@example.test")]
    mail = await office.box.mail(1)
    assert mail is not None
    assert "we could not tell anybody there" in mail.text


async def test_a_lost_reply_is_settled_by_asking_the_mailbox(office: Office) -> None:
    await office.knows_everybody()
    office.smtp.faults.drop_next = 1

    await office.hears(submitted())
    async with asyncio.timeout(20):
        while await office.states() != [("submitted/educator", "sent")]:
            await office.sweep()

    assert office.smtp.faults.dropped == 1
    assert await office.box.count() == (1, 0)


async def test_a_lost_reply_of_a_server_that_cannot_be_asked_is_uncertain_and_a_person_decides(
    blind_office: Office,
) -> None:
    office = blind_office
    await office.knows_everybody()
    office.smtp.faults.drop_next = 1

    await office.hears(submitted())
    assert await office.settled(1) == [("submitted/educator", "uncertain")]
    await office.sweep()
    assert await office.box.count() == (1, 0)

    browser = await signed_in(office)
    listed_ = await browser.get("/notices?state=uncertain")
    [notice] = (await office.api("GET", "/api/notices")).json()["notices"]
    page = f"/notices/{notice['notice_id']}"
    keys = [await browser.key(f"{page}/repeat") for _ in range(2)]
    clicks = [await browser.post(f"{page}/repeat", {"repeats": "0"}, key=key) for key in keys]

    assert "Not known" in listed_.text
    assert [click.status_code for click in clicks] == [303, 303]
    assert await office.settled(1) == [("submitted/educator", "sent")]
    assert await office.box.count() == (2, 1)


async def test_a_mail_server_that_is_away_loses_nothing(office: Office) -> None:
    await office.knows_everybody()
    await office.knows_educator(JORDAN_AVERY.model_copy(update={"email": "jordan@deferred.invalid"}))
    await office.hears(submitted())
    while "EffectReleased" not in await office.types():
        await office.states()
    assert await office.states() == [("submitted/educator", "requested")]

    await office.knows_educator()
    async with asyncio.timeout(20):
        while await office.states() != [("submitted/educator", "sent")]:
            await office.sweep()

    assert await office.settled(1) == [("submitted/educator", "sent")]
    assert await office.mails() == [("submitted", "jordan@example.test")]


async def signed_in(office: Office, role: str = "operator") -> Browsing:
    user = {"login": f"{role}@dese.test", "name": "Sam Ortiz", "role": role, "password": PASSWORD}
    made = await office.api("PUT", "/api/users", user)
    assert made.json() == {"change": "new"}, made.text
    assert (await office.api("PUT", "/api/users", user)).json() == {"change": "same"}
    return await office.browser().sign_in(f"{role}@dese.test", PASSWORD)
