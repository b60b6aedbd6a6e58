"""A browser without a browser, for programs that do what people do: the demo, the bench, tests.

Python's cookie jars never send a `__Host-` cookie over plain http, so the cookie is kept and sent here, in one place.
"""

import html
import re
from collections.abc import Mapping, Sequence
from typing import Self
from urllib.parse import urlsplit

import httpx

Fields = Mapping[str, str | Sequence[str]]
_KEY = re.compile(r'<main.*?<form[^>]*\bmethod="post".*?name="key" value="([^"]+)"', re.DOTALL)


class UnexpectedAnswer(Exception):  # noqa: N818 - says what came instead
    """The page is not what a person would need to go on; the message names what came."""


class Browsing:
    """One browser at one service. Every post says which page it comes from, and repeats can say their key."""

    def __init__(self, client: httpx.AsyncClient, base_url: str, service: str) -> None:
        self._client, self._base, self._cookie_name = client, base_url.rstrip("/"), f"__Host-{service}"
        parts = urlsplit(self._base)
        self._origin = f"{parts.scheme}://{parts.netloc}"
        self.cookie: str | None = None
        self._list: str = ""

    async def get(self, path: str) -> httpx.Response:
        return await self._ask("GET", path)

    async def key(self, page: str) -> str:
        """A fresh key from the first form on a page. Raises UnexpectedAnswer."""
        response = await self.get(page)
        found = _KEY.search(response.text)
        if found is None:
            raise UnexpectedAnswer(f"GET {page}: {response.status_code}, no form")
        return html.unescape(found[1])

    async def post(
        self, path: str, fields: Fields, *, page: str | None = None, key: str | None = None
    ) -> httpx.Response:
        """Sends a form found on `page` (its own address, when not said)."""
        key = key or await self.key(page or path)
        return await self._ask("POST", path, data={**fields, "key": key})

    async def post_file(
        self, path: str, fields: Fields, name: str, data: bytes, *, page: str | None = None, key: str | None = None
    ) -> httpx.Response:
        """Sends a form with a file in it, as `post` sends one without."""
        key = key or await self.key(page or path)
        return await self._ask("POST", path, data={**fields, "key": key}, file=(name, data))

    async def post_json(self, path: str, body: object, *, key: str) -> httpx.Response:
        """A request of the API, in the session's name."""
        return await self._ask("POST", path, json=body, headers={"Idempotency-Key": key})

    async def sign_in(self, login: str, password: str) -> Self:
        """Raises UnexpectedAnswer when it is not accepted."""
        response = await self.post("/sign-in", {"login": login, "password": password})
        if response.status_code != 303:
            raise UnexpectedAnswer(f"POST /sign-in: {response.status_code}")
        return self

    async def _ask(
        self,
        method: str,
        path: str,
        *,
        data: Fields | None = None,
        json: object = None,
        file: tuple[str, bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> httpx.Response:
        sent = {"Origin": self._origin, **(headers or {})}
        if self.cookie:
            sent["Cookie"] = f"{self._cookie_name}={self.cookie}; {self._cookie_name}-list={self._list}"
        response = await self._client.request(
            method, self._base + path, data=data, json=json, files={"file": file} if file else None, headers=sent
        )
        for line in response.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            if name == self._cookie_name:
                self.cookie = value or None
            if name == f"{self._cookie_name}-list":
                self._list = value
        return response
