"""The provider decides, whatever its webhooks do: told twice, not at all, late, or that the payment was declined."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
import pytest

from lectern.contracts.days import chicago_day
from lectern_local.client import History, Refusal, Sender
from lectern_local.client.user import User
from lectern_local.demo.cast import Cast
from lectern_local.demo.educator import Educator
from lectern_local.demo.people import Person, person
from lectern_local.demo.staff import DISTRICT
from lectern_local.demo.waiting import until
from lectern_local.installation import Installation

pytestmark = pytest.mark.platform

EDUCATORS = 5


@dataclass(frozen=True)
class Crowd:
    sender: Sender
    people: list[Person]
    users: list[User]

    def educator(self, number: int) -> Educator:
        today = chicago_day(datetime.now(UTC))
        name = f"pays-{self.people[number].educator_number}"
        return Educator(name, self.people[number], self.users[number], self.sender, DISTRICT, today, lambda _: None)


@pytest.fixture(scope="module")
async def crowd(platform: Installation) -> AsyncIterator[Crowd]:
    run = f"pays-{datetime.now(UTC):%H%M%S%f}"
    async with httpx.AsyncClient(trust_env=False) as http:
        sender = Sender(http, History(), patience=60)
        cast = Cast(platform, http, sender, chicago_day(datetime.now(UTC)))
        people = [person(run, number) for number in range(EDUCATORS)]
        await cast.record(people)
        yield Crowd(sender, people, await cast.educators(run, people, lambda: None))


async def handed_in(educator: Educator) -> str:
    application = await educator.begin()
    await educator.answer(application)
    await educator.submit(application)
    return application


async def stage_becomes(educator: Educator, application: str, stage: str, within: float = 20) -> None:
    async def look() -> bool:
        return bool((await educator.look(application))["stage"] == stage)

    await until(f"stage {stage}", look, within=within)


async def test_a_duplicate_webhook_changes_nothing(crowd: Crowd) -> None:
    educator = crowd.educator(0)
    application = await handed_in(educator)

    await educator.pay(application, webhook="twice")

    await stage_becomes(educator, application, "submitted")
    assert (await educator.look(application))["submission"] == 1


async def test_a_lost_webhook_is_asked_for(crowd: Crowd) -> None:
    educator = crowd.educator(1)
    application = await handed_in(educator)

    await educator.pay(application, webhook="never")

    await stage_becomes(educator, application, "submitted", within=90)


@pytest.mark.parametrize(("number", "outcome", "said"), [(2, "decline", "declined"), (3, "cancel", "cancelled")])
async def test_a_payment_that_fell_through_can_be_made_again(
    crowd: Crowd, number: int, outcome: str, said: str
) -> None:
    educator = crowd.educator(number)
    application = await handed_in(educator)

    await educator.pay(application, outcome=outcome)

    await stage_becomes(educator, application, "open")
    again = crowd.educator(number)
    status = await again.look(application)
    assert status["payment"] is None or status["payment"]["outcome"] == said
    key = f"{again.name}-again"
    await again.user.send("submit again", "POST", f"/api/applications/{application}/submission", {}, key=key)
    address = await again.pay_url(application)
    assert address is not None
    form = {"outcome": "approve", "delay": "0", "webhook": "once"}
    await crowd.sender.send("pay again", "POST", address, key=f"{key}-pay", headers={}, form=form)
    await stage_becomes(again, application, "submitted")


async def test_nothing_is_submitted_twice(crowd: Crowd) -> None:
    educator = crowd.educator(4)
    application = await handed_in(educator)
    await educator.pay(application)
    await stage_becomes(educator, application, "submitted")
    before = await educator.look(application)

    path = f"/api/applications/{application}/district"
    with pytest.raises(Refusal) as refusal:
        await educator.user.send("too late", "PUT", path, {"district": "048-078"}, key=f"{educator.name}-late")

    assert refusal.value.status == 409
    assert await educator.look(application) == before
