"""What an address carries and nobody but us should read: names that were typed, where a list goes on."""

import json
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lectern.web.secrets import derive

_NONCE = 12
LONGEST = 2_000


def sealed_state(secret: bytes, purpose: str, state: dict[str, Any]) -> str:
    """Letters for an address; good for this purpose and installation only."""
    nonce = secrets.token_bytes(_NONCE)
    text = json.dumps(state, separators=(",", ":"), ensure_ascii=False).encode()
    box = AESGCM(derive(secret, "sealed-state")).encrypt(nonce, text, purpose.encode())
    return urlsafe_b64encode(nonce + box).rstrip(b"=").decode()


def opened_state(secret: bytes, purpose: str, letters: str) -> dict[str, Any] | None:
    """None for what we did not seal for this purpose."""
    if len(letters) > LONGEST or not letters.isascii():
        return None
    try:
        box = urlsafe_b64decode(letters + "=" * (-len(letters) % 4))
        text = AESGCM(derive(secret, "sealed-state")).decrypt(box[:_NONCE], box[_NONCE:], purpose.encode())
    except (ValueError, InvalidTag):
        return None
    found: dict[str, Any] = json.loads(text)
    return found
