"""`Lectern-Signature: t=<unix seconds>,v1=<hex>`: how the provider and we know each other's requests."""

import hashlib
import hmac
import re
from datetime import datetime, timedelta

HEADER = "Lectern-Signature"
WINDOW = timedelta(seconds=300)
"""A signature of another time is refused: an overheard request cannot be sent again later."""
_FORM = re.compile(r"t=(\d{1,12}),v1=([0-9a-f]{64})")


def signature(secret: bytes, content: bytes, now: datetime) -> str:
    """The header's value. `content` is the body, or `GET /path` where there is none."""
    seconds = int(now.timestamp())
    return f"t={seconds},v1={_mac(secret, seconds, content)}"


def signed(header: str | None, secret: bytes, content: bytes, now: datetime) -> bool:
    """Whether somebody with the secret signed this content, within the window."""
    found = _FORM.fullmatch(header or "")
    if found is None:
        return False
    right = hmac.compare_digest(found[2], _mac(secret, int(found[1]), content))
    return right and abs(now.timestamp() - int(found[1])) <= WINDOW.total_seconds()


def _mac(secret: bytes, seconds: int, content: bytes) -> str:
    return hmac.new(secret, f"{seconds}.".encode() + content, hashlib.sha256).hexdigest()
