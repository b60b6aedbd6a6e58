"""How much may be sent: 1 MiB a body, read within 30 seconds, JSON at most 32 levels deep. Checked before anything else
looks at it. Where a file is sent, `lectern.web.uploads` reads the body as it comes, with limits of its own."""

import asyncio
import re

from starlette.exceptions import HTTPException
from starlette.types import Message, Receive, Scope

MAX_BODY = 1024 * 1024
MAX_DEPTH = 32
READ_SECONDS = 30.0
UPLOAD_SECONDS = 300.0
SILENT_SECONDS = 20.0
"""A telephone may be slow with a file, but not still."""
_DRAINED = 32 * MAX_BODY  # a browser that is still sending would not read the answer
_STRING = re.compile(rb'"(?:[^"\\]++|\\.)*+"?', re.DOTALL)
_BRACKET = re.compile(rb"[][{}]")


async def whole_body(scope: Scope, receive: Receive) -> bytes:
    """The body of a request. Raises HTTPException 413 or 408, or 400 for JSON nested too deeply."""
    declared = declared_length(scope)
    if declared == 0:
        return b""
    if declared is not None and declared > _DRAINED:
        raise HTTPException(413)
    try:
        async with asyncio.timeout(READ_SECONDS):
            body = await _read(receive)
    except TimeoutError:
        raise HTTPException(408) from None
    if body is None:
        raise HTTPException(413)
    if media_type(scope).endswith("json") and depth(body) > MAX_DEPTH:
        raise HTTPException(400, "The JSON is nested more than 32 levels deep.")
    return body


def patient(receive: Receive, *, whole: float = UPLOAD_SECONDS, silent: float = SILENT_SECONDS) -> Receive:
    """For a file on its way: what comes must go on coming, and end. Raises HTTPException 408, or 400 where it broke."""
    ends_at = asyncio.get_running_loop().time() + whole

    async def within() -> Message:
        left = ends_at - asyncio.get_running_loop().time()
        try:
            async with asyncio.timeout(min(left, silent)):
                message = await receive()
        except TimeoutError:
            raise HTTPException(408) from None
        if message["type"] == "http.disconnect":
            raise HTTPException(400)
        return message

    return within


def replayed(body: bytes, receive: Receive) -> Receive:
    """The body again, for whoever reads it next; afterwards only the end of the connection can come."""
    waiting = [body]

    async def again() -> Message:
        if waiting:
            return {"type": "http.request", "body": waiting.pop(), "more_body": False}
        return await receive()

    return again


async def _read(receive: Receive) -> bytes | None:
    parts: list[bytes] = []
    length = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise HTTPException(400)
        length += len(message.get("body", b""))
        if length <= MAX_BODY:
            parts.append(message.get("body", b""))
        if length > _DRAINED:
            return None
        if not message.get("more_body"):
            return b"".join(parts) if length <= MAX_BODY else None


def header(scope: Scope, name: bytes) -> str | None:
    """The value of a header that came once; None when it is absent. Raises HTTPException 400 when it came twice."""
    found = [value for key, value in scope["headers"] if key == name]
    if len(found) > 1:
        raise HTTPException(400)
    return found[0].decode("latin-1") if found else None


def declared_length(scope: Scope) -> int | None:
    """Content-Length; 0 where no body was announced, None where its length is not known beforehand."""
    length = header(scope, b"content-length")
    if length is not None:
        if not length.isdecimal():
            raise HTTPException(400)
        return int(length)
    return None if header(scope, b"transfer-encoding") else 0


def media_type(scope: Scope) -> str:
    """The body's type without parameters, in lower case."""
    return (header(scope, b"content-type") or "").partition(";")[0].strip().lower()


def depth(json: bytes) -> int:
    """How deep JSON is nested, without parsing it: a parser would fall over what this is here to refuse."""
    deepest = level = 0
    for found in _BRACKET.finditer(_STRING.sub(b"", json)):
        level += 1 if found[0] in b"[{" else -1
        deepest = max(deepest, level)
    return deepest
