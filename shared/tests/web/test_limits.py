import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.exceptions import HTTPException
from starlette.types import Message

from lectern.web import limits

JSON = st.recursive(
    st.none() | st.text(alphabet='[]{}"\\a'), lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner)
)


def deep(value: object) -> int:
    match value:
        case list():
            return 1 + max(map(deep, value), default=0)
        case dict():
            return 1 + max(map(deep, value.values()), default=0)
        case _:
            return 0


@given(JSON)
def test_depth_is_counted_without_parsing(value: object) -> None:
    assert limits.depth(json.dumps(value).encode()) == deep(value)


def test_depth_of_what_is_no_json() -> None:
    assert limits.depth(b'"' + b"\\" * 1_000_000) == 0
    assert limits.depth(b"[" * 100_000) == 100_000
    assert limits.depth(b"]]]") == 0


async def read(parts: list[bytes], **headers: str) -> bytes:
    waiting = [*parts]

    async def receive() -> Message:
        return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

    raw = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return await limits.whole_body({"type": "http", "headers": raw}, receive)


async def test_a_body_comes_whole() -> None:
    assert await read([b"a", b"b"], content_length="2") == b"ab"
    assert await read([b"a"], transfer_encoding="chunked") == b"a"


async def test_no_body_was_announced_and_none_is_read() -> None:
    assert await read([]) == b""


@pytest.mark.parametrize("parts", [[b"x" * limits.MAX_BODY, b"y"], [b"x" * 100_000] * 105])
async def test_more_than_a_mebibyte_is_refused(parts: list[bytes]) -> None:
    with pytest.raises(HTTPException) as refused:
        await read(parts, content_length=str(sum(map(len, parts))))

    assert refused.value.status_code == 413


async def test_a_body_said_to_be_enormous_is_not_read() -> None:
    with pytest.raises(HTTPException) as refused:
        await read([], content_length=str(10**12))

    assert refused.value.status_code == 413


async def test_json_nested_too_deeply_is_refused() -> None:
    with pytest.raises(HTTPException) as refused:
        await read([b"[" * 33 + b"]" * 33], content_length="66", content_type="application/json")

    assert refused.value.status_code == 400


@pytest.mark.parametrize("length", ["-1", "1e3", "", "ten"])
async def test_a_length_that_is_none_is_refused(length: str) -> None:
    with pytest.raises(HTTPException) as refused:
        await read([b""], content_length=length)

    assert refused.value.status_code == 400
