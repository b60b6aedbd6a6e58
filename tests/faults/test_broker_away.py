"""The broker is away: applications are submitted all the same, and arrive when it is back."""

import asyncio
import base64
import json
import secrets
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from time import monotonic

import httpx
import pytest

from applications.provider_signature import HEADER, signature
from lectern.contracts.days import chicago_day
from lectern_local.client import History, Sender
from lectern_local.demo.cast import Cast
from lectern_local.demo.educator import Educator
from lectern_local.demo.offices import District
from lectern_local.demo.people import person
from lectern_local.demo.staff import DISTRICT
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
            answers = await asyncio.gather(*(_paid(platform, http, payment) for _, payment in begun))
            slowest = monotonic() - began
            stages = [(await each.look(id_))["stage"] for each, (id_, _) in zip(educators, begun, strict=True)]
            items = [await district.user.look("item", f"/api/work-log/{id_}") for id_, _ in begun]

        await asyncio.wait_for(asyncio.gather(*(district.arrived(id_, 1) for id_, _ in begun)), 60)

    assert [each.status_code for each in answers] == [200] * COUNT
    assert slowest < 10
    assert stages == ["submitted"] * COUNT
    assert items == [None] * COUNT


async def _to_the_payment(educator: Educator) -> tuple[str, str]:
    """The application's id and its payment's."""
    application = await educator.begin()
    await educator.answer(application)
    await educator.submit(application)
    await educator.pay_url(application)
    standing = await educator.look(application)
    return application, standing["payment"]["payment_id"]


async def _paid(platform: Installation, http: httpx.AsyncClient, payment: str) -> httpx.Response:
    """The provider's word; its 2xx is the moment ApplicationSubmitted is committed."""
    event = {
        "event_id": f"away-{payment}",
        "type": "payment.approved",
        "key": payment,
        "amount_cents": 2500,
        "currency": "USD",
        "occurred_at": datetime.now(UTC).isoformat(),
    }
    body, secret = json.dumps(event).encode(), base64.b64decode(platform.secrets.payment_secret)
    headers = {"Content-Type": "application/json", HEADER: signature(secret, body, datetime.now(UTC))}
    return await http.post(f"{platform.urls['applications']}/payments/webhook", content=body, headers=headers)
