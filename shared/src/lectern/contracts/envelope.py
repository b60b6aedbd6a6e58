"""Public facts on the wire: CloudEvents 1.0, binary mode. Attributes are Kafka headers, the body is the fact's JSON.

Decoding trusts nobody: whatever bytes come, it answers with an Envelope or raises Undecodable. The body is kept byte by
byte, because logs keep it so.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import Any, Final, TypeAlias
from uuid import UUID

from pydantic import ValidationError
from pydantic_core import from_json

from lectern.contracts.facts import PublicFact
from lectern.contracts.hearing import PUBLIC_FACTS
from lectern.contracts.upcasting import upcast

Headers: TypeAlias = Iterable[tuple[str, bytes | None]]

MOST_BYTES: Final = 256 * 1024
DEEPEST: Final = 32
_LONGEST_ATTRIBUTE: Final = 1024
_LARGEST_NUMBER: Final = 2**31 - 1

_TYPES: Final[Mapping[str, type[PublicFact]]] = {fact.type_name(): fact for fact in PUBLIC_FACTS}
OWNERS: Final[Mapping[str, str]] = {fact.type_name(): fact.publisher for fact in PUBLIC_FACTS}
"""Who alone may publish a type."""
KINDS: Final[Mapping[str, str]] = {fact.type_name(): fact.stream for fact in PUBLIC_FACTS}
"""The kind of stream a type stands in."""


class Reason(StrEnum):
    """Why a record is no fact. The words are shown to operators."""

    HEADERS = "headers are missing, repeated or not text"
    ATTRIBUTE = "an attribute is not of its form"
    TOO_LARGE = "the body is over 256 KiB"
    TOO_DEEP = "the body is nested over 32 levels"
    NOT_JSON = "the body is not a JSON object in UTF-8"
    NUL = "the body holds a NUL character"
    SHAPE = "the body has not the shape of its type"
    KEY = "the key is not the subject"
    NOT_ITS_TYPE = "the source does not own the type"
    NOT_ITS_STREAM = "the type does not stand in such a stream"

    @property
    def lies(self) -> bool:
        """It says what its source may not say. The true record is here or will come, so nothing waits for this one."""
        return self in {Reason.KEY, Reason.NOT_ITS_TYPE, Reason.NOT_ITS_STREAM}


class Undecodable(Exception):  # noqa: N818 - a verdict about the record
    """The bytes are no fact of ours. `detail` names the place and never shows a value."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}" if detail else str(reason))
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Envelope:
    """A public fact as it crosses Kafka. `occurred_at` is UTC; `body` is the exact JSON.

    Who did it is not said: an officer's id beside a decision tells more than the decision's readers may know.
    """

    id: UUID
    type: str
    source: str
    subject: str
    stream: str
    version: int
    schema: int
    occurred_at: datetime
    correlation_id: UUID
    causation_id: UUID | None
    traceparent: str | None
    rules: str | None
    position: int
    """Where it stands in its publisher's log."""
    body: bytes

    @property
    def kind(self) -> str:
        return self.stream.partition("/")[0]


def dataschema(source: str, type_: str, schema: int) -> str:
    """The name of a shape, for ever."""
    return f"urn:lectern:fact:{source}:{type_}:{schema}"


def encode(envelope: Envelope) -> tuple[bytes, list[tuple[str, bytes]], bytes]:
    """Key, headers and value of the Kafka record."""
    attributes: dict[str, str | None] = {
        "ce_specversion": "1.0",
        "ce_id": str(envelope.id),
        "ce_type": envelope.type,
        "ce_source": envelope.source,
        "ce_subject": envelope.subject,
        "ce_time": envelope.occurred_at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z"),
        "ce_dataschema": dataschema(envelope.source, envelope.type, envelope.schema),
        "ce_sequence": str(envelope.version),
        "ce_stream": envelope.stream,
        "ce_position": str(envelope.position),
        "ce_correlationid": str(envelope.correlation_id),
        "ce_causationid": str(envelope.causation_id) if envelope.causation_id else None,
        "ce_traceparent": envelope.traceparent,
        "ce_rules": envelope.rules,
        "content-type": "application/json",
    }
    headers = [(name, value.encode()) for name, value in attributes.items() if value is not None]
    return envelope.subject.encode(), headers, envelope.body


def decode(key: bytes | None, headers: Headers, value: bytes | None) -> Envelope:
    """The fact in a Kafka record. Raises Undecodable and nothing else."""
    attributes = _Attributes(_texts(headers))
    if attributes.text("ce_specversion") != "1.0":
        raise Undecodable(Reason.ATTRIBUTE, "ce_specversion")
    source, type_ = attributes.matching("ce_source", _SOURCE), attributes.matching("ce_type", _TYPE)
    subject, stream = attributes.matching("ce_subject", _SUBJECT), attributes.matching("ce_stream", _STREAM)
    _refuse_lies(source, type_, stream, key == subject.encode())
    return Envelope(
        id=attributes.uuid("ce_id"),
        type=type_,
        source=source,
        subject=subject,
        stream=stream,
        version=attributes.number("ce_sequence"),
        schema=attributes.schema(source, type_),
        occurred_at=attributes.instant("ce_time"),
        correlation_id=attributes.uuid("ce_correlationid"),
        causation_id=attributes.uuid("ce_causationid") if "ce_causationid" in attributes else None,
        traceparent=attributes.matching("ce_traceparent", _TRACEPARENT) if "ce_traceparent" in attributes else None,
        rules=attributes.text("ce_rules") if "ce_rules" in attributes else None,
        position=attributes.number("ce_position", most=2**63 - 1),
        body=_body(value),
    )


def fact_of(envelope: Envelope) -> PublicFact | None:
    """The fact itself, lifted to its newest shape. None: its type, or its schema, is newer than this code.

    Raises Undecodable where the body has not the shape it names.
    """
    known = _TYPES.get(envelope.type)
    if known is None or envelope.schema > known.schema_number:
        return None
    try:
        if envelope.schema == known.schema_number:
            return known.model_validate_json(envelope.body)
        return known.model_validate(upcast(envelope.type, envelope.schema, from_json(envelope.body)))
    except ValidationError as error:
        places = sorted({".".join(map(str, each["loc"])) for each in error.errors(include_input=False)})
        raise Undecodable(Reason.SHAPE, ", ".join(places)[:200]) from None
    except (KeyError, TypeError, ValueError):
        raise Undecodable(Reason.SHAPE, "an upcaster does not take it") from None


def subject_of(key: bytes | None) -> str | None:
    """Whom a record is about that says nothing else we can read. None: nobody can tell."""
    try:
        text = (key or b"").decode()
    except UnicodeDecodeError:
        return None
    return text if _SUBJECT.fullmatch(text) else None


_SOURCE = re.compile(r"[a-z][a-z-]{0,62}")
_TYPE = re.compile(r"[A-Z][A-Za-z0-9]{0,99}")
_SUBJECT = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,99}")
_STREAM = re.compile(r"[a-z][a-z-]{0,62}/[A-Za-z0-9][A-Za-z0-9:._-]{0,199}")
_TRACEPARENT = re.compile(r"[0-9a-f]{2}-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}")
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
_NUMBER = re.compile(r"[1-9][0-9]{0,18}")
_INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,6})?(Z|[+-]\d\d:\d\d)", re.ASCII)


class _Attributes:
    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def __contains__(self, name: str) -> bool:
        return name in self._texts

    def text(self, name: str) -> str:
        value = self._texts.get(name)
        if value is None:
            raise Undecodable(Reason.HEADERS, f"{name} is missing")
        if not 0 < len(value) <= _LONGEST_ATTRIBUTE or not value.isprintable():
            raise Undecodable(Reason.ATTRIBUTE, name)
        return value

    def matching(self, name: str, form: re.Pattern[str]) -> str:
        value = self.text(name)
        if not form.fullmatch(value):
            raise Undecodable(Reason.ATTRIBUTE, name)
        return value

    def uuid(self, name: str) -> UUID:
        return UUID(self.matching(name, _UUID))

    def number(self, name: str, most: int = _LARGEST_NUMBER) -> int:
        value = int(self.matching(name, _NUMBER))
        if value > most:
            raise Undecodable(Reason.ATTRIBUTE, name)
        return value

    def schema(self, source: str, type_: str) -> int:
        prefix, _, number = self.text("ce_dataschema").rpartition(":")
        if f"{prefix}:" != dataschema(source, type_, 0)[:-1] or not _NUMBER.fullmatch(number) or len(number) > 6:
            raise Undecodable(Reason.ATTRIBUTE, "ce_dataschema")
        return int(number)

    def instant(self, name: str) -> datetime:
        try:
            return datetime.fromisoformat(self.matching(name, _INSTANT)).astimezone(UTC)
        except (ValueError, OverflowError):
            raise Undecodable(Reason.ATTRIBUTE, name) from None


def _texts(headers: Headers) -> dict[str, str]:
    texts: dict[str, str] = {}
    for name, value in headers:
        if name in texts:
            raise Undecodable(Reason.HEADERS, "one is there twice")
        try:
            texts[name] = (value or b"").decode()
        except UnicodeDecodeError:
            raise Undecodable(Reason.HEADERS, "one is not text") from None
    return texts


def _body(value: bytes | None) -> bytes:
    if value is None:
        raise Undecodable(Reason.NOT_JSON, "there is none")
    if len(value) > MOST_BYTES:
        raise Undecodable(Reason.TOO_LARGE)
    try:
        value.decode()
        parsed = from_json(value, allow_inf_nan=False)
    except ValueError as error:
        deep = "recursion limit" in str(error)
        raise Undecodable(Reason.TOO_DEEP if deep else Reason.NOT_JSON) from None
    if not isinstance(parsed, dict):
        raise Undecodable(Reason.NOT_JSON, "it is not an object")
    _refuse_depth(parsed)
    if b"\\u0000" in value and _holds_nul(parsed):
        raise Undecodable(Reason.NUL)
    return value


def _refuse_depth(parsed: dict[str, Any]) -> None:
    level: list[Any] = [parsed]
    for _ in range(DEEPEST):
        level = [child for each in level for child in _children(each) if isinstance(child, dict | list)]
        if not level:
            return
    raise Undecodable(Reason.TOO_DEEP)


def _holds_nul(node: Any) -> bool:
    if isinstance(node, str):
        return "\0" in node
    if isinstance(node, dict) and any("\0" in name for name in node):
        return True
    return any(_holds_nul(child) for child in _children(node))


def _children(node: Any) -> Iterable[Any]:
    if isinstance(node, dict):
        return node.values()
    return node if isinstance(node, list) else ()


def _refuse_lies(source: str, type_: str, stream: str, keyed: bool) -> None:
    if not keyed:
        raise Undecodable(Reason.KEY)
    if OWNERS.get(type_, source) != source:
        raise Undecodable(Reason.NOT_ITS_TYPE, type_)
    if KINDS.get(type_, stream.partition("/")[0]) != stream.partition("/")[0]:
        raise Undecodable(Reason.NOT_ITS_STREAM, type_)
