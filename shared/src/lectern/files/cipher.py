"""How a file is encrypted: in chunks, so that it can be read while it comes, and none can be moved, left out or cut.

AES-256-GCM with a key that encrypts this one file only. The nonce counts the chunks and says which is the last (the
STREAM construction), the associated data names the file.
"""

import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

CHUNK = 64 * 1024
_TAG = 16


class Damaged(ValueError):  # noqa: N818 - a verdict about the bytes
    """They are not those that were written: changed, cut, or another file's."""


def new_key() -> bytes:
    return os.urandom(32)


class _Chunked:
    """Cuts what comes into chunks of one size, and holds the last one back: only the end says that it is the last."""

    def __init__(self, key: bytes, name: str, size: int) -> None:
        self._cipher, self._name, self._size = AESGCM(key), name.encode(), size
        self._waiting = bytearray()
        self._at = 0

    def take(self, data: bytes) -> bytes:
        """What is ready of it."""
        self._waiting += data
        out = bytearray()
        while len(self._waiting) > self._size:
            out += self._next(self._size, last=False)
        return bytes(out)

    def end(self) -> bytes:
        return self._next(len(self._waiting), last=True)

    def _next(self, length: int, *, last: bool) -> bytes:
        chunk = bytes(self._waiting[:length])
        del self._waiting[:length]
        nonce = self._at.to_bytes(11) + bytes([last])
        self._at += 1
        return self._turned(nonce, chunk)

    def _turned(self, nonce: bytes, chunk: bytes) -> bytes:
        raise NotImplementedError


class Sealing(_Chunked):
    """Plain bytes in, encrypted ones out."""

    def __init__(self, key: bytes, name: str) -> None:
        super().__init__(key, name, CHUNK)

    def _turned(self, nonce: bytes, chunk: bytes) -> bytes:
        return self._cipher.encrypt(nonce, chunk, self._name)


class Opening(_Chunked):
    """Encrypted bytes in, plain ones out. Raises Damaged; what came out before is right, but not the whole."""

    def __init__(self, key: bytes, name: str) -> None:
        super().__init__(key, name, CHUNK + _TAG)

    def _turned(self, nonce: bytes, chunk: bytes) -> bytes:
        try:
            return self._cipher.decrypt(nonce, chunk, self._name)
        except InvalidTag:
            raise Damaged(f"chunk {int.from_bytes(nonce[:11])} is not what was written") from None


def sealed(key: bytes, name: str, plain: bytes) -> bytes:
    sealing = Sealing(key, name)
    return sealing.take(plain) + sealing.end()
