"""Somebody at one service: signed in by its form, or an operator with a token."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import httpx

from lectern.web.client import Browsing
from lectern_local.client.sender import Sender


class User:
    """Asks one service in one name."""

    def __init__(self, sender: Sender, base: str, headers: Mapping[str, str]) -> None:
        parts = urlsplit(base)
        self._sender = sender
        self._base = base.rstrip("/")
        self._headers = {"Origin": f"{parts.scheme}://{parts.netloc}", "Accept": "application/json", **headers}

    @property
    def patience(self) -> float:
        """Seconds."""
        return self._sender.patience

    async def send(self, what: str, method: str, path: str, body: Any, *, key: str) -> Any:
        """Something that changes what is recorded; gives the JSON answer. Raises Refusal or Unreached."""
        answer = await self._sender.send(what, method, self._base + path, key=key, headers=self._headers, json=body)
        return answer.json()

    async def look(self, what: str, path: str) -> Any:
        """The JSON found there; None where nothing is (yet)."""
        answer = await self._sender.look(what, self._base + path, headers=self._headers)
        return None if answer is None else answer.json()


def operator(sender: Sender, base: str, token: str) -> User:
    return User(sender, base, {"Authorization": f"Bearer {token}"})


async def signed_in(
    http: httpx.AsyncClient, sender: Sender, base: str, *, service: str, login: str, password: str
) -> User:
    """Raises lectern.web.client.UnexpectedAnswer where the sign-in is not accepted."""
    browsing = await Browsing(http, base, service).sign_in(login, password)
    return User(sender, base, {"Cookie": f"__Host-{service}={browsing.cookie}"})
