"""From a submission's 2xx to its row in the district's work log, as the district's reader sees it.

The submission is the payment provider's webhook, whose transaction records ApplicationSubmitted; the bench sends it in
the provider's name, at fixed times, whatever became of the ones before.
"""

import asyncio
import json
import secrets
import time
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from statistics import quantiles
from typing import Any
from uuid import UUID

import httpx

from lectern.eventlog.database import connect
from lectern_local.audit.reading_outside import payment_pages
from lectern_local.bench.floor import floor, p50
from lectern_local.bench.place import Servers
from lectern_local.client import History, Sender
from lectern_local.demo.cast import Cast
from lectern_local.demo.educator import Educator
from lectern_local.demo.people import person
from lectern_local.demo.staff import DISTRICT
from lectern_local.installation import Installation
from lectern_local.payments_signing import HEADER, signature

CERTIFICATES = 20
"""Of each made-up educator: an application is about one of them."""
AT_ONCE = 8
LOOKING_S = 0.001
LOST_AFTER_S = 30.0
_ROW = "select 1 from work_log where application_id = $1"
Say = Callable[[str], None]


@dataclass(frozen=True)
class Latency:
    """Milliseconds. `late` counts arrivals that the bench itself sent over 5 ms late."""

    rate: int
    n: int
    p50_ms: float
    p99_ms: float
    floor_ms: float
    worst_ms: float
    late: int

    def shown(self) -> dict[str, Any]:
        return vars(self)


@dataclass(frozen=True)
class Prepared:
    """An application whose payment the provider has not told of yet."""

    application: UUID
    key: str
    payment_id: str
    pay_url: str
    amount: int
    method: str

    def webhook(self) -> bytes:
        """What the provider says when the payment is approved."""
        told = {
            "event_id": f"evt_{secrets.token_hex(12)}",
            "type": "payment.approved",
            "key": self.key,
            "payment_id": self.payment_id,
            "amount_cents": self.amount,
            "currency": "USD",
            "method": self.method,
            "occurred_at": datetime.now(UTC).isoformat(),
        }
        return json.dumps(told).encode()


async def latency(installation: Installation, *, rate: int, n: int, today: date, say: Say) -> Latency:
    """Prepares, measures, settles at the provider, and measures the floor. Raises Refusal, Unreached."""
    least = await floor(Servers(installation.superuser, installation.kafka))
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=100)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=10) as http:
        prepared = await _prepare(installation, http, n, today, say)
        say(f"Sending {n} at {rate} a second …")
        measured = Measuring(installation, http, rate)
        await measured.all(prepared)
        say("Telling the provider …")
        await _settle(http, prepared)
    taken = sorted(measured.taken)
    return Latency(
        rate=rate,
        n=len(taken),
        p50_ms=p50(taken),
        p99_ms=round(quantiles(taken, n=100)[98], 2),
        floor_ms=p50(least),
        worst_ms=round(taken[-1], 2),
        late=measured.late,
    )


async def _prepare(
    installation: Installation, http: httpx.AsyncClient, n: int, today: date, say: Say
) -> list[Prepared]:
    """Applications up to the open payment page."""
    run = f"bench-{secrets.token_hex(4)}"
    sender = Sender(http, History(), patience=60)
    cast = Cast(installation, http, sender, today)
    people = [person(run, number) for number in range(-(-n // CERTIFICATES))]
    say(f"Registering {len(people)} educators with {CERTIFICATES} certificates each …")
    await cast.record(people, CERTIFICATES)
    users = await cast.educators(run, people, lambda: None)
    jobs = [
        Educator(f"{run}-{p}-{c}", people[p], users[p], sender, DISTRICT, today, lambda _: None, c)
        for c in range(CERTIFICATES)
        for p in range(len(people))
    ][:n]
    say(f"Preparing {n} applications …")
    opened = await _each(jobs, _to_payment)
    wanted = {str(key): application for application, key in opened}
    found: list[Prepared] = []
    secret = b64decode(installation.secrets.payment_secret)
    async for page in payment_pages(http, installation.urls["payments"], secret):
        found += [_prepared(wanted[each["key"]], each) for each in page if each["key"] in wanted]
    return found


async def _to_payment(educator: Educator) -> tuple[UUID, str]:
    application = await educator.begin()
    await educator.answer(application)
    await educator.submit(application)
    await educator.pay_url(application)
    status = await educator.look(application)
    return UUID(application), status["payment"]["payment_id"]


async def _each(jobs: list[Educator], work: Callable[[Educator], Any]) -> list[Any]:
    """A few at once."""
    places = asyncio.Semaphore(AT_ONCE)

    async def one(job: Educator) -> Any:
        async with places:
            return await work(job)

    return await asyncio.gather(*(one(job) for job in jobs))


def _prepared(application: UUID, payment: dict[str, Any]) -> Prepared:
    return Prepared(
        application=application,
        key=payment["key"],
        payment_id=payment["id"],
        pay_url=payment["pay_url"],
        amount=payment["amount_cents"],
        method=payment["method"],
    )


class Measuring:
    """`taken` in milliseconds, in the order in which they ended."""

    def __init__(self, installation: Installation, http: httpx.AsyncClient, rate: int) -> None:
        self.taken: list[float] = []
        self.late = 0
        self._http = http
        self._url = f"{installation.urls['applications']}/payments/webhook"
        self._secret = b64decode(installation.secrets.payment_secret)
        self._reader = installation.database("district-worklog", "reader")
        self._rate = rate
        self._free: list[Any] = []
        self._connections: list[Any] = []

    async def all(self, prepared: list[Prepared]) -> None:
        self._free = [await self._connected() for _ in range(self._rate)]
        began = time.perf_counter() + 0.1
        async with asyncio.TaskGroup() as tasks:
            for number, each in enumerate(prepared):
                due = began + number / self._rate
                await asyncio.sleep(max(0.0, due - time.perf_counter()))
                self.late += time.perf_counter() - due > 0.005
                tasks.create_task(self._one(each))
        await asyncio.gather(*(each.close() for each in self._connections))

    async def _connected(self) -> Any:
        """As the reader of the district, for the whole session."""
        db = await connect(self._reader, "bench reader")
        self._connections.append(db)
        await db.execute("select set_config('lectern.district', $1, false)", DISTRICT)
        await db.fetchval(_ROW, UUID(int=0))  # prepared now; a statement only prepared would run into its timeout
        return db

    async def _one(self, each: Prepared) -> None:
        body = each.webhook()
        headers = {HEADER: signature(self._secret, body, datetime.now(UTC)), "Content-Type": "application/json"}
        reader = self._free.pop() if self._free else await self._connected()
        answer = await self._http.post(self._url, content=body, headers=headers)
        answered = time.perf_counter()
        answer.raise_for_status()
        while await reader.fetchval(_ROW, each.application) is None:
            if time.perf_counter() - answered > LOST_AFTER_S:
                raise RuntimeError(f"application {each.application} does not come into the work log")
            await asyncio.sleep(LOOKING_S)
        self.taken.append((time.perf_counter() - answered) * 1000)
        self._free.append(reader)


async def _settle(http: httpx.AsyncClient, prepared: list[Prepared]) -> None:
    """So that the provider says what its webhooks said."""
    form = {"outcome": "approve", "delay": "0", "webhook": "never"}
    for each in prepared:
        answer = await http.post(each.pay_url, data=form)
        if answer.status_code >= httpx.codes.BAD_REQUEST:
            raise RuntimeError(f"the provider answers {answer.status_code}")
