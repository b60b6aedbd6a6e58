"""Everybody who may stand before a door of the platform, each with what they carry."""

import secrets
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import httpx
from matrix_forms import forms_of

from lectern.web.client import Browsing
from lectern_local.demo.passwords import password
from lectern_local.installation import Installation

HOMES = {
    "newcomer": "applications",
    "educator": "applications",
    "other-educator": "applications",
    "verifier": "district-worklog",
    "administrator": "district-worklog",
    "other-verifier": "district-worklog",
    "reviewer": "review",
    "supervisor": "review",
    "support": "notifications",
    "operator": "notifications",
}
STAFF = {
    "verifier": "dana.whitfield@independence.example",
    "administrator": "ruth.osei@independence.example",
    "other-verifier": "marcus.lee@kansascity.example",
    "reviewer": "priya.raman@dese.example",
    "supervisor": "theo.marsh@dese.example",
    "support": "noor.haddad@dese.example",
    "operator": "sam.ortega@lectern.example",
}
NOBODY, TOKEN, FOREIGN_TOKEN = "nobody", "token", "foreign-token"
FILE = "file"
"""The field of a form that holds a file: its name and its bytes."""
EVERY_ROLE = (NOBODY, *HOMES, TOKEN, FOREIGN_TOKEN)


@dataclass
class Somebody:
    """`cookie` is the session at home; at another service it is shown under that service's name for it."""

    role: str
    installation: Installation
    http: httpx.AsyncClient
    cookie: str = ""
    _keys: dict[str, tuple[str, str]] = field(default_factory=dict)

    def has_account_at(self, service: str) -> bool:
        return HOMES.get(self.role) == service

    def headers(self, service: str) -> dict[str, str]:
        said = {"Origin": self.installation.urls[service]}
        if self.role in {TOKEN, FOREIGN_TOKEN}:
            of = service if self.role == TOKEN else next(each for each in HOMES.values() if each != service)
            return {**said, "Authorization": f"Bearer {self.installation.secrets.api_tokens[of]}"}
        return {**said, "Cookie": f"__Host-{service}={self.cookie}"} if self.cookie else said

    async def asks(
        self, service: str, method: str, path: str, *, json: Any = None, form: Any = None, new_key: bool = False,
        **headers: str,
    ) -> httpx.Response:  # fmt: skip
        """Under a key of its own; a form with one of this session's (a refused form binds none, so it may be old)."""
        sent = {**self.headers(service), **{name: text for name, text in headers.items() if text}}
        if "Origin" in headers and not headers["Origin"]:
            del sent["Origin"]
        content: dict[str, Any] = {}
        if form is not None and path.startswith("/api"):
            sent.setdefault("Idempotency-Key", secrets.token_hex(8))
            content = _with_file(form)
        elif form is not None:
            if "key" not in dict(form):
                if not new_key and service not in self._keys:
                    self._keys[service] = await self.form_key(service)
                key, cookie = await self.form_key(service) if new_key else self._keys[service]
                form = [*form, ("key", key)]
                if not self.cookie and "Authorization" not in sent:
                    sent["Cookie"] = cookie
            content = _with_file(form) if any(name == FILE for name, _ in form) else {"content": urlencode(form)}
            if "content" in content:
                sent.setdefault("Content-Type", "application/x-www-form-urlencoded")
        elif method != "GET":
            sent.setdefault("Idempotency-Key", secrets.token_hex(8))
            content = {"json": {} if json is None else json}
        return await self.http.request(method, self.installation.urls[service] + path, headers=sent, **content)

    async def form_key(self, service: str) -> tuple[str, str]:
        """A key of this session's forms (an anonymous one's without a session), and its cookie."""
        path = "/account/password" if self.has_account_at(service) else "/sign-in"
        page = await self.http.get(self.installation.urls[service] + path, headers=self.headers(service))
        keys = [form.key for form in forms_of(page.text) if form.key]
        return (keys or [""])[-1], page.headers.get("set-cookie", "").partition(";")[0]


def _with_file(form: Any) -> dict[str, Any]:
    """As a browser sends a form with a file in it, which stands in it as name and bytes."""
    return {
        "data": {name: text for name, text in form if name != FILE},
        "files": {name: file for name, file in form if name == FILE},
    }


async def staff(installation: Installation, http: httpx.AsyncClient) -> dict[str, Somebody]:
    """Nobody, the demonstration's staff, and tokens."""
    found = {each: Somebody(each, installation, http) for each in (NOBODY, TOKEN, FOREIGN_TOKEN)}
    for role, login in STAFF.items():
        found[role] = await signed_in(installation, http, role, login)
    return found


async def signed_in(
    installation: Installation, http: httpx.AsyncClient, role: str, login: str, secret: str | None = None
) -> Somebody:
    service = HOMES[role]
    browser = Browsing(http, installation.urls[service], service)
    await browser.sign_in(login, secret or password(installation, login))
    return Somebody(role, installation, http, browser.cookie or "")
