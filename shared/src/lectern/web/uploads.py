"""Reading a form that a file comes with, as it comes: its fields are judged like any other form's, the file is spooled.

Memory stays the same however large the file is. What is over the limit is read and dropped: a browser that is still
sending would not read the answer.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Generic, TypeVar

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header
from starlette.exceptions import HTTPException
from starlette.requests import Request

from lectern.eventlog.streams import Call
from lectern.files import MOST_BYTES, Spool
from lectern.files.admitting import TOO_LARGE
from lectern.web.api import call_of
from lectern.web.errors import Problem
from lectern.web.fields import ApiModel, FormModel
from lectern.web.forms import Filled
from lectern.web.limits import declared_length
from lectern.web.origin import WITH_FILE
from lectern.web.reading import judged

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

M = TypeVar("M", bound=FormModel)
A = TypeVar("A", bound=ApiModel)

FILE: Final = "file"
"""The name of the file's field; no form may have a field of this name."""
NONE_CHOSEN: Final = "Choose a file"
_DRAINED: Final = 8 * MOST_BYTES
_MOST_TEXT: Final = 64 * 1024
_MOST_PARTS: Final = 50


@dataclass(frozen=True)
class Upload(Generic[M]):
    """`file` is there where one came whole; else the form says at its field what is wrong."""

    form: Filled[M]
    file: Spool | None


@asynccontextmanager
async def read_upload(request: Request, model: type[M]) -> AsyncIterator[Upload[M]]:
    """The form and its file, which is gone afterwards.

    Raises HTTPException 400 for a body that is no such form, 408 for one that stops coming, 413 for one without end.
    """
    parts = _Parts()
    try:
        await _parsed(request, parts)
        file = parts.file
        digest = [file.name, file.sha256] if file else []
        body = json.dumps([parts.pairs, digest], ensure_ascii=False).encode()
        form = judged(request, model, parts.pairs, body)
        wrong = NONE_CHOSEN if file is None or not file.name else TOO_LARGE if parts.too_large else ""
        yield Upload(form.refuse(wrong, field=FILE), None) if wrong else Upload(form, file)
    finally:
        if parts.file is not None:
            parts.file.close()


@dataclass(frozen=True)
class ApiUpload(Generic[A]):
    fields: A
    file: Spool
    call: Call


@asynccontextmanager
async def read_api_upload(request: Request, model: type[A], key: str) -> AsyncIterator[ApiUpload[A]]:
    """What an API request sends as multipart/form-data: its fields, and the file, which is gone afterwards.

    Raises Problem and RequestValidationError for what is not right, and as `read_upload`.
    """
    parts = _Parts()
    try:
        await _parsed(request, parts)
        file = parts.file
        if file is None or not file.name:
            raise Problem(422, "There is no file", f"Send it as the part {FILE}, with its name.")
        if parts.too_large:
            raise Problem(413, "This file is too large", TOO_LARGE)
        body = json.dumps([parts.pairs, [file.name, file.sha256]], ensure_ascii=False).encode()
        yield ApiUpload(_fields(model, parts.pairs), file, call_of(request, key, body))
    finally:
        if parts.file is not None:
            parts.file.close()


def _fields(model: type[A], pairs: list[tuple[str, str]]) -> A:
    try:
        return model.model_validate(dict(pairs))
    except ValidationError as error:
        found = error.errors(include_input=False, include_url=False)
        raise RequestValidationError([{**each, "loc": ("body", *each["loc"])} for each in found]) from None


def upload_schema(model: type[ApiModel]) -> dict[str, Any]:
    """For `openapi_extra`: the body is read as it comes, so its description is written here."""
    described = model.model_json_schema()
    described["properties"][FILE] = {"type": "string", "format": "binary"}
    described["required"] = [*described.get("required", []), FILE]
    return {"requestBody": {"required": True, "content": {WITH_FILE: {"schema": described}}}}


async def _parsed(request: Request, parts: "_Parts") -> None:
    kind, options = parse_options_header(request.headers.get("content-type", ""))
    boundary = options.get(b"boundary", b"")
    declared = declared_length(request.scope)
    if kind.decode("latin-1").lower() != WITH_FILE or not 0 < len(boundary) <= 200:
        raise HTTPException(400)
    if declared is not None and declared > _DRAINED:
        raise HTTPException(413)
    parser = MultipartParser(boundary, parts.callbacks())
    received = 0
    try:
        async for chunk in request.stream():
            received += len(chunk)
            if received > _DRAINED:
                raise HTTPException(413)
            parser.write(chunk)
        parser.finalize()
    except (FormParserError, UnicodeDecodeError, _Strange):
        raise HTTPException(400) from None
    if not parts.ended:
        raise HTTPException(400)


class _Strange(Exception):  # noqa: N818 - a verdict
    """No browser sends this from our own page."""


@dataclass
class _Parts:
    pairs: list[tuple[str, str]] = field(default_factory=list)
    file: Spool | None = None
    too_large: bool = False
    ended: bool = False
    _headers: dict[bytes, bytes] = field(default_factory=dict)
    _field: bytes = b""
    _value: bytes = b""
    _text: bytearray | None = None
    _name: str = ""
    _seen: int = 0
    _parts: int = 0

    def callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self.begin,
            "on_header_field": self.header_field,
            "on_header_value": self.header_value,
            "on_header_end": self.header_end,
            "on_headers_finished": self.headers_finished,
            "on_part_data": self.data,
            "on_part_end": self.end_part,
            "on_end": self.end,
        }

    def begin(self) -> None:
        self._parts += 1
        self._headers, self._text = {}, None
        if self._parts > _MOST_PARTS:
            raise _Strange

    def header_field(self, data: bytes, start: int, end: int) -> None:
        self._field += self._counted(data[start:end])

    def header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += self._counted(data[start:end])

    def header_end(self) -> None:
        self._headers[self._field.lower()] = self._value
        self._field = self._value = b""

    def headers_finished(self) -> None:
        kind, options = parse_options_header(self._headers.get(b"content-disposition", b""))
        self._name = options.get(b"name", b"").decode()
        if kind != b"form-data" or not self._name:
            raise _Strange
        if b"filename" not in options:
            self._text = bytearray()
        elif self._name == FILE and self.file is None:
            self.file = Spool(options[b"filename"].decode("utf-8", "replace"))
        else:
            raise _Strange

    def data(self, data: bytes, start: int, end: int) -> None:
        if self._text is not None:
            self._text += self._counted(data[start:end])
        elif self.file is not None and not self.too_large:
            self.too_large = self.file.size + end - start > MOST_BYTES
            if not self.too_large:
                self.file.add(data[start:end])

    def end_part(self) -> None:
        if self._text is not None:
            self.pairs.append((self._name, self._text.decode()))
        elif self.file is not None:
            self.file.end()

    def end(self) -> None:
        self.ended = True

    def _counted(self, text: bytes) -> bytes:
        """What is no file stays small."""
        self._seen += len(text)
        if self._seen > _MOST_TEXT:
            raise _Strange
        return text
