"""`Lectern-Signature: t=<unix seconds>,v1=<hex>`: how the provider and its customers know each other's requests."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta

HEADER = "Lectern-Signature"
WINDOW = timedelta(seconds=300)
"""A signature of another time is refused, so that an overheard request cannot be sent again later."""

_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def signature(secret: bytes, content: bytes, now: datetime) -> str:
    """The header's value. `content` is the body, or "GET /path" where there is none."""
    seconds = int(now.timestamp())
    return f"t={seconds},v1={_mac(secret, seconds, content)}"


def signed(header: str | None, secret: bytes, content: bytes, now: datetime) -> bool:
    found = _FORM.fullmatch(header or "")
    if not found:
        return False
    seconds = int(found[1])
    right = hmac.compare_digest(found[2], _mac(secret, seconds, content))
    return right and abs(now.timestamp() - seconds) <= WINDOW.total_seconds()


def _mac(secret: bytes, seconds: int, content: bytes) -> str:
    return hmac.new(secret, f"{seconds}.".encode() + content, hashlib.sha256).hexdigest()
