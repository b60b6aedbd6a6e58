"""How values are sealed and data keys wrapped: AES-256-GCM, a random 96-bit nonce before ciphertext and tag. Pure but
for the randomness."""

import base64
import binascii
import hashlib
import os
from collections.abc import Hashable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeVar, cast
from uuid import UUID

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from pydantic import TypeAdapter, ValidationError
from pydantic_core import to_json

from lectern.contracts.sealed import Audience, Sealed
from lectern.eventlog.keys import Plain, Unreadable

T = TypeVar("T")
_NONCE = 12


@dataclass(frozen=True)
class DataKey:
    """A subject's key for an audience, ready to use."""

    id: UUID
    subject: str
    audience: Audience
    cipher: AESGCM


def fingerprint(kek: bytes) -> str:
    """Names a key-encryption key without saying anything about it."""
    return hashlib.sha256(b"lectern key-encryption key|" + kek).hexdigest()[:16]


def wrapped(raw: bytes, kek: bytes, id_: UUID, subject: str, audience: str) -> bytes:
    return _encrypt(AESGCM(kek[:32]), raw, _place(id_, subject, audience))


def unwrapped(stored: bytes, kek: bytes, id_: UUID, subject: str, audience: Audience) -> DataKey:
    """Raises Unreadable: another key-encryption key, or the row was changed."""
    raw = _decrypt(AESGCM(kek[:32]), stored, _place(id_, subject, audience))
    return DataKey(id_, subject, audience, AESGCM(raw))


def sealed_with(key: DataKey, plain: Plain[Any]) -> Sealed[Any, Any]:
    open_form: Sealed[Any, Any] = Sealed(
        subject=plain.subject, audience=plain.audience, key=key.id, origin=plain.origin, sealed=""
    )
    ciphertext = _encrypt(key.cipher, to_json(plain.value), open_form.associated_data())
    return open_form.model_copy(update={"sealed": base64.b64encode(ciphertext).decode()})


def opened_with(key: DataKey, sealed: Sealed[T, Any], type_: type[T]) -> T:
    """Raises Unreadable."""
    try:
        stored = base64.b64decode(sealed.sealed, validate=True)
        adapter: TypeAdapter[T] = _adapter(cast("Hashable", type_))
        return adapter.validate_json(_decrypt(key.cipher, stored, sealed.associated_data()))
    except (binascii.Error, ValidationError):
        raise Unreadable(f"{sealed.origin} of {sealed.subject} does not hold what it should") from None


@lru_cache(maxsize=256)
def _adapter(type_: Hashable) -> TypeAdapter[Any]:
    return TypeAdapter(cast("Any", type_))


def _place(id_: UUID, subject: str, audience: str) -> bytes:
    return f"{id_}|{subject}|{audience}".encode()


def _encrypt(cipher: AESGCM, plain: bytes, place: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + cipher.encrypt(nonce, plain, place)


def _decrypt(cipher: AESGCM, stored: bytes, place: bytes) -> bytes:
    try:
        return cipher.decrypt(stored[:_NONCE], stored[_NONCE:], place)
    except (InvalidTag, ValueError):
        raise Unreadable("sealed under another key or for another place, or changed since") from None
