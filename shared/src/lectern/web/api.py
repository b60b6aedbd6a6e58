"""The JSON API: who calls with which key."""

import re
from typing import Annotated

from fastapi import Depends, Header
from starlette.requests import Request

from lectern.eventlog.streams import Call
from lectern.web.accounts import utc_now
from lectern.web.correlation import correlation_of
from lectern.web.errors import Problem
from lectern.web.kit import visitor

_KEY = re.compile(r'^"?([\x21\x23-\x7e]{1,200})"?$')


async def idempotency_key(
    given: Annotated[str | None, Header(alias="Idempotency-Key", description="Names this request, for ever.")] = None,
) -> str:
    """A dependency of requests that change something: the command's key. A missing one is a problem, 400.

    Commands are known by actor and key, so the same key of another caller is another command.
    """
    found = _KEY.match(given or "")
    if found is None:
        raise Problem(
            400, "Idempotency-Key is missing", "Send 1 to 200 printable characters; the same for a repetition."
        )
    return f"api:{found[1]}"


async def api_call(request: Request, key: Annotated[str, Depends(idempotency_key)]) -> Call:
    """A dependency that gives the call to hand to the log."""
    return call_of(request, key, await request.body())


def call_of(request: Request, key: str, body: bytes) -> Call:
    """Where the body is no JSON: `body` stands for all that was sent."""
    correlation = correlation_of(request.scope)
    return Call(
        actor=visitor(request).actor,
        key=key,
        body=f"{request.method} {request.url.path}\n".encode() + body,
        at=utc_now(),
        correlation_id=correlation.id,
        traceparent=correlation.traceparent,
    )
