"""Pages that refused a form, for the half hour in which somebody may come back to them. See lectern.web.kept."""

import secrets
import zlib
from datetime import datetime, timedelta
from hashlib import sha256

import asyncpg
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from lectern.web.secrets import derive

FOR = timedelta(minutes=30)
AT_MOST = 10_000
_NONCE = 12

_KEEP = """
WITH old AS (
    DELETE FROM web.kept_pages WHERE kept_at <= greatest(
        $4, (SELECT kept_at FROM web.kept_pages ORDER BY kept_at DESC OFFSET $5 LIMIT 1)
    )
)
INSERT INTO web.kept_pages (id, sealed, kept_at) VALUES ($1, $2, $3)
"""


class KeptPages:
    """The pages of one service. Sealed with a key that only the page's address and the installation's secret give, and
    for one browser: the database alone does not tell them, nor does the address to anybody else."""

    def __init__(self, pool: asyncpg.Pool, secret: bytes) -> None:
        self._pool, self._secret = pool, derive(secret, "kept-page")

    async def keep(self, status: int, page: bytes, binding: str, now: datetime) -> str:
        """The name to ask for it by; good for half an hour in the browser it was made for."""
        name, nonce = secrets.token_urlsafe(32), secrets.token_bytes(_NONCE)
        sealed = self._seal(name).encrypt(nonce, status.to_bytes(2) + zlib.compress(page, 1), binding.encode())
        await self._pool.execute(_KEEP, _id(name), nonce + sealed, now, now - FOR, AT_MOST)
        return name

    async def find(self, name: str, binding: str, now: datetime) -> tuple[int, bytes] | None:
        """Its status and the page; None when it is no longer kept, or for another browser."""
        sealed = await self._pool.fetchval(
            "SELECT sealed FROM web.kept_pages WHERE id = $1 AND kept_at > $2", _id(name), now - FOR
        )
        if sealed is None:
            return None
        try:
            page = self._seal(name).decrypt(sealed[:_NONCE], sealed[_NONCE:], binding.encode())
        except InvalidTag:
            return None
        return int.from_bytes(page[:2]), zlib.decompress(page[2:])

    def _seal(self, name: str) -> AESGCM:
        return AESGCM(derive(self._secret, name))


def _id(name: str) -> bytes:
    return sha256(name.encode()).digest()
