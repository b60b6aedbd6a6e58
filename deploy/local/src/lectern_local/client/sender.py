"""Sends requests until they are answered, always under the same key, and writes down how each one ended."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any

import httpx

from lectern_local.client.history import History, Operation, Outcome

TRY_S = 10.0
FIRST_PAUSE_S = 0.1
LONGEST_PAUSE_S = 1.0
UNKNOWN = frozenset({500, 502, 503, 504})
"""Answers that do not say whether it happened."""


class Refusal(Exception):  # noqa: N818 - an answer
    """The service said no. `problem` is what it said (RFC 9457)."""

    def __init__(self, what: str, status: int, problem: Mapping[str, Any]) -> None:
        words = problem.get("detail") or problem.get("title") or "no reason given"
        super().__init__(f"{what}: {status}, {words}")
        self.status = status
        self.problem = problem


class Unreached(Exception):  # noqa: N818 - an outcome
    """No answer before the deadline: whether it happened is unknown."""


class Sender:
    """One client for many users. `patience` is how many seconds one operation is repeated before it is given up."""

    def __init__(self, http: httpx.AsyncClient, history: History, *, patience: float = 60.0) -> None:
        self._http = http
        self._history = history
        self.patience = patience

    async def send(
        self,
        what: str,
        method: str,
        url: str,
        *,
        key: str,
        headers: Mapping[str, str],
        json: Any = None,
        form: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        """An operation: something that changes what is recorded. Raises Refusal or Unreached."""
        tries, unanswered = 0, 0
        note = self._noting(what, key, time.time())
        sent = {"Idempotency-Key": key, **headers}
        self._history.under_way += 1
        try:
            async for answer in self._answers(method, url, headers=sent, json=json, data=form):
                tries += 1
                if answer is not None and answer.status_code not in UNKNOWN:
                    ok = answer.status_code < 400
                    note(Outcome.OK if ok else Outcome.FAIL, answer.status_code, tries, unanswered)
                    if not ok:
                        raise Refusal(what, answer.status_code, problem_of(answer))
                    return answer
                unanswered += 1
            note(Outcome.UNKNOWN, None, tries, unanswered)
            raise Unreached(f"{what}: no answer within {self.patience:.0f} s")
        finally:
            self._history.under_way -= 1

    async def look(self, what: str, url: str, *, headers: Mapping[str, str]) -> httpx.Response | None:
        """A question. None: there is nothing (yet). Raises Refusal or Unreached."""
        async for answer in self._answers("GET", url, headers=headers):
            if answer is None or answer.status_code in UNKNOWN:
                continue
            if answer.status_code == httpx.codes.NOT_FOUND:
                return None
            if answer.status_code >= 400:
                raise Refusal(what, answer.status_code, problem_of(answer))
            return answer
        raise Unreached(f"{what}: no answer within {self.patience:.0f} s")

    async def _answers(self, method: str, url: str, **request: Any) -> AsyncIterator[httpx.Response | None]:
        """One try after the other, until nobody asks any more or patience ends. None: no answer."""
        until = time.monotonic() + self.patience
        pause = FIRST_PAUSE_S
        while True:
            try:
                answer = await self._http.request(method, url, timeout=TRY_S, **request)
                self._history.internal_errors += answer.status_code == httpx.codes.INTERNAL_SERVER_ERROR
                yield answer
            except httpx.TransportError:
                yield None
            if time.monotonic() + pause > until:
                return
            await asyncio.sleep(pause)
            pause = min(pause * 1.5, LONGEST_PAUSE_S)

    def _noting(self, what: str, key: str, began: float) -> Callable[[Outcome, int | None, int, int], None]:
        def note(outcome: Outcome, status: int | None, tries: int, unanswered: int) -> None:
            seconds = round(time.time() - began, 4)
            self._history.add(Operation(what, key, outcome, status, tries, unanswered, began, seconds))

        return note


def problem_of(answer: httpx.Response) -> Mapping[str, Any]:
    """What a refusal says; nothing, where it is not a problem document."""
    try:
        found = answer.json()
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
