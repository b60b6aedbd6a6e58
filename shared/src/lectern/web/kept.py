"""Refused forms that can be come back to: a page that answers a form with what is wrong gets an address of its own.

A browser does not keep the answer to a form that must not be stored: after it, Back would show the browser's own error,
and what somebody typed would be gone. So the answer is kept here and the browser is led to it. Kept are only refusals
(4xx) to browsers that say they navigate; programs get them at once. See ADR 0015.
"""

from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.types import Message, Send

from lectern.web.errors import away
from lectern.web.kit import kit_of, visitor
from lectern.web.pages import came_from

_NAME = "kept"


async def shown_again(request: Request) -> Response | None:
    """The kept page a request names; where it is no longer kept, on to the page itself. None when it names none."""
    name = request.query_params.get(_NAME)
    accounts = kit_of(request).accounts
    if name is None or accounts is None or request.method != "GET":
        return None
    found = await accounts.kept_pages.find(name, visitor(request).binding, accounts.now())
    if found is None:
        return RedirectResponse(_without(request.url.path, request.url.query), 303)
    status, page = found
    return HTMLResponse(page, status)


def _without(path: str, query: str, *more: tuple[str, str]) -> str:
    kept = [pair for pair in parse_qsl(query, keep_blank_values=True) if pair[0] != _NAME]
    return path + (f"?{urlencode([*kept, *more])}" if kept or more else "")


@dataclass
class Keeping:
    """Sends an answer on, but holds back a refusal to a browser's form until it is kept, and leads to it instead."""

    request: Request
    onward: Send
    _held: Message | None = None
    _page: bytes = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._held, self._page = (message, b"") if self._refuses(message) else (None, b"")
        if self._held is None:
            await self.onward(message)
        elif message["type"] == "http.response.body":
            self._page += message.get("body", b"")
            if not message.get("more_body"):
                await self._answer(self._held)

    def _refuses(self, start: Message) -> bool:
        request = self.request
        return (
            request.method == "POST"
            and request.headers.get("sec-fetch-mode") == "navigate"
            and 400 <= start["status"] < 500
            and Headers(raw=list(start["headers"])).get("content-type", "").startswith("text/html")
            and bool(came_from(request))
        )

    async def _answer(self, start: Message) -> None:
        name = await self._kept(start["status"])
        if name is None:
            await self.onward(start)
            await self.onward({"type": "http.response.body", "body": self._page})
            return
        path, _, query = came_from(self.request).partition("?")
        await RedirectResponse(_without(path, query, (_NAME, name)), 303)(
            self.request.scope, self.request.receive, self.onward
        )

    async def _kept(self, status: int) -> str | None:
        """The page's name; None where it cannot be kept now."""
        accounts = kit_of(self.request).accounts
        if accounts is None:
            return None
        try:
            return await accounts.kept_pages.keep(status, self._page, visitor(self.request).binding, accounts.now())
        except Exception as error:
            if away(error):
                return None
            raise
