"""The hash chain: each fact's hash covers the one before it, so none can be changed, moved or removed unseen."""

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

COLUMNS: tuple[str, ...] = (
    "position",
    "id",
    "source",
    "stream",
    "version",
    "subject",
    "type",
    "schema",
    "data",
    "claim",
    "actor",
    "correlation_id",
    "causation_id",
    "traceparent",
    "occurred_at",
    "recorded_at",
    "rules",
)
"""The columns of the log in table order, without the hash itself."""

ROOT = b""
"""What the first fact stands on."""

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def link(previous: bytes, values: Sequence[Any]) -> bytes:
    """SHA-256 over the previous hash and the UTF-8 of a JSON array of the columns as text, null for nothing."""
    return sha256(previous + _encode([_text(value) for value in values]).encode()).digest()


def link_of(previous: bytes, row: Mapping[str, Any]) -> bytes:
    """The same, for a row read back from the log."""
    return link(previous, [row[column] for column in COLUMNS])


def _text(value: Any) -> str | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"
    return str(value)
