"""Secrets of the page kit, all derived from one that the installation gives; and the keys that forms carry."""

import hmac
import secrets
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256

_KEY_BYTES = 16


def derive(secret: bytes, purpose: str) -> bytes:
    """32 bytes for one purpose; knowing them tells nothing of those for another."""
    return hmac.digest(secret, b"lectern.web/" + purpose.encode(), sha256)


def new_form_key(secret: bytes, binding: str) -> str:
    """A key that names one sending of one form, and is good only in the session it was made for."""
    return _bound(secret, binding, secrets.token_bytes(_KEY_BYTES))


def command_key(secret: bytes, binding: str, key: str) -> str | None:
    """The command's key in a form's key; None when it is not one of ours, or another session's."""
    name, _, _ = key.partition(".")
    try:
        made = _bound(secret, binding, _decode(name))
    except ValueError:
        return None
    return f"form:{name}" if hmac.compare_digest(made.encode(), key.encode()) else None


def _bound(secret: bytes, binding: str, name: bytes) -> str:
    mac = hmac.digest(derive(secret, "form-key"), binding.encode() + b"\0" + name, sha256)
    return f"{_encode(name)}.{_encode(mac[:_KEY_BYTES])}"


def _encode(value: bytes) -> str:
    return urlsafe_b64encode(value).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    if len(text) != 22 or not text.isascii():
        raise ValueError("not a key of ours")
    return b64decode(text + "==", altchars=b"-_", validate=True)
