"""Tells customers how a payment ended, again and again until they took it."""

import asyncio
import logging
from collections.abc import Callable
from datetime import UTC, datetime

import httpx

from lectern_local.payments_signing import HEADER, signature
from lectern_local.payments_store import Event, Payments

AT_ONCE = 16
ANSWER_SECONDS = 5.0
_LONGEST_SLEEP = 1.0
"""A clock that jumps is noticed after so many seconds."""

_log = logging.getLogger(__name__)


class Webhooks:
    """Works as long as `run` does; what is due stands on the disk, so a killed one goes on after its restart."""

    def __init__(
        self, payments: Payments, secret: bytes, client: httpx.AsyncClient, now: Callable[[], datetime] | None = None
    ) -> None:
        self._payments = payments
        self._secret = secret
        self._client = client
        self._now = now or (lambda: datetime.now(UTC))
        self._something_new = asyncio.Event()

    def look(self) -> None:
        """Something was decided."""
        self._something_new.set()

    async def run(self) -> None:
        while True:
            self._something_new.clear()
            await self.send_due()
            await self._rest()

    async def send_due(self) -> None:
        """Everything that is due now, once."""
        await self._payments.finish_due(self._now())
        events = await self._payments.due_events(self._now(), AT_ONCE)
        await asyncio.gather(*(self._send(event) for event in events))

    async def _rest(self) -> None:
        due = await self._payments.next_due()
        seconds = _LONGEST_SLEEP if due is None else (due - self._now()).total_seconds()
        if seconds <= 0:
            return
        try:
            async with asyncio.timeout(min(seconds, _LONGEST_SLEEP)):
                await self._something_new.wait()
        except TimeoutError:
            pass

    async def _send(self, event: Event) -> None:
        headers = {"Content-Type": "application/json", HEADER: signature(self._secret, event.body, self._now())}
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                answer = await self._client.post(event.url, content=event.body, headers=headers)
            taken, why = answer.is_success, str(answer.status_code)
        except (httpx.HTTPError, httpx.InvalidURL, TimeoutError) as error:
            taken, why = False, type(error).__name__
        if not taken:
            _log.warning("webhook %s not taken: %s", event.event_id, why)
        await self._payments.record_attempt(event.event_id, taken=taken, now=self._now())
