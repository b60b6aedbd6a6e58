"""The broker is away: applications are submitted all the same, and arrive when it is back."""

import asyncio
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import monotonic

import httpx
import pytest

from lectern.contracts.days import chicago_day
from lectern_local.client import History, Sender
from lectern_local.demo.cast import Cast
from lectern_local.demo.educator import Educator
from lectern_local.demo.offices import District
from lectern_local.demo.people import person
from lectern_local.demo.staff import DISTRICT
from lectern_local.demo.waiting import until
from lectern_local.installation import Installation
from lectern_local.run import Run

pytestmark = pytest.mark.platform
COUNT = 6


@asynccontextmanager
async def broker_away(platform: Installation) -> AsyncIterator[None]:
    """It keeps its connections and answers nothing: worse than one that is gone."""
    broker = Run(platform.data).processes()["kafka"]
    broker.send(signal.SIGSTOP)
    try:
        yield
    finally:
        broker.send(signal.SIGCONT)


async def test_submitting_goes_on_and_arrives_later(platform: Installation) -> None:
    today, run = chicago_day(datetime.now(UTC)), secrets.token_hex(4)
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        sender = Sender(http, History(), patience=60)
        cast = Cast(platform, http, sender, today)
        who = person(f"away-{run}", 0)
        await cast.record([who], certificates=COUNT)
        (user,) = await cast.educators(f"away-{run}", [who], lambda: None)
        district = District(f"away-{run}", (await cast.staff()).officer, today, lambda _: None)
        educators = [
            Educator(f"away-{run}-{at}", who, user, sender, DISTRICT, today, lambda _: None, certificate=at)
            for at in range(COUNT)
        ]
        begun = await asyncio.gather(*(_to_the_payment(each) for each in educators))

        async with broker_away(platform):
            began = monotonic()
            submitted = await asyncio.gather(*(_submitted(*each) for each in zip(educators, begun, strict=True)))
            slowest = monotonic() - began
            items = [await district.user.look("item", f"/api/work-log/{each}") for each in begun]

        await asyncio.wait_for(asyncio.gather(*(district.arrived(each, 1) for each in begun)), 60)

    assert submitted == [True] * COUNT
    assert slowest < 15
    assert items == [None] * COUNT


async def _to_the_payment(educator: Educator) -> str:
    """The application's id, with its payment page open."""
    application = await educator.begin()
    await educator.answer(application)
    await educator.submit(application)
    await educator.pay_url(application)
    return application


async def _submitted(educator: Educator, application: str) -> bool:
    """Paid on the provider's page; its webhook's 2xx is the moment ApplicationSubmitted is committed."""
    await educator.pay(application)

    async def look() -> bool:
        return bool((await educator.look(application))["stage"] == "submitted")

    return await until("the submission", look, within=20)
