"""What goes wrong, said once: pages for people, RFC 9457 problems for the API. Both carry the support code."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import asyncpg
from starlette.exceptions import HTTPException

from lectern.eventlog.errors import Busy, KeyReused, NotFound, NotYet, Refused
from lectern.web.accounts.throttle import TooManyTries

RETRY_SECONDS = 2
REFRESH_SECONDS = 1

# What a database does that is away, restarting or too slow; sockets say OSError and TimeoutError.
_AWAY = (
    asyncpg.PostgresConnectionError
    | asyncpg.InterfaceError
    | asyncpg.InternalClientError  # what a connection says that was cut in the middle of an answer
    | asyncpg.exceptions.OperatorInterventionError
    | asyncpg.exceptions.InsufficientResourcesError
)
_OURS = (
    asyncpg.DataError | FileNotFoundError | PermissionError | IsADirectoryError
)  # of the same families, but mistakes


class Problem(Exception):  # noqa: N818 - RFC 9457's word
    """An answer of the API that is no success. `more` are further members of the problem."""

    def __init__(self, status: int, title: str, detail: str = "", **more: object) -> None:
        super().__init__(title)
        self.status, self.title, self.detail, self.more = status, title, detail, more


class Updating(Exception):  # noqa: N818 - a state, no failure
    """What a page shows has not caught up yet; the page asks again by itself."""


class TooMuch(Exception):  # noqa: N818 - an answer, no failure
    """One address asked too often for what everybody may ask; ask again in so many seconds."""

    def __init__(self, seconds: int) -> None:
        super().__init__(f"Too much; wait {seconds} s.")
        self.seconds = seconds


class SignInNeeded(Exception):  # noqa: N818 - an answer, no failure
    """Nobody is signed in, or the session has ended."""


@dataclass(frozen=True)
class Said:
    """An answer: what a person reads, and what the API says."""

    status: int
    title: str
    text: str
    detail: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    more: Mapping[str, object] = field(default_factory=dict)
    try_again: bool = False
    refresh: bool = False


_GONE_TEXT = (
    "If you typed the address, check it. If you followed a link, what it led to may be closed, or for somebody else."
)
GONE = Said(404, "We can’t find that page", _GONE_TEXT, "There is no such thing.")
_BY_STATUS = {
    400: Said(400, "We can’t read what was sent", "Go back, reload the page and try again. Nothing was saved."),
    403: Said(403, "This request did not come from one of our pages", "To keep your records safe, nothing was changed. "
              "Open the page again and send it from there."),
    404: GONE,
    405: Said(405, "This page can’t do that", "Go back and choose a link or a button on the page."),
    408: Said(408, "Sending took too long", "Nothing was saved. Check your connection, go back and try again."),
    413: Said(413, "That was too much at once", "A page takes up to 1 MB, a text field up to 4,000 characters and a "
              "file up to 10 MB. Nothing was saved. Go back and send less."),
    415: Said(415, "We can’t read what was sent", "Go back, reload the page and try again. Nothing was saved."),
}  # fmt: skip
_BROKEN = Said(500, "Something went wrong on our side", "It is our fault, and we have a record of it. What you saved "
               "before is kept.", "An unexpected error.")  # fmt: skip
_UNKNOWN_OUTCOME = "It can’t be sent twice: if the first try worked, you will see its result."


def said(error: Exception, *, changing: bool) -> Said:  # noqa: C901 - one line for each answer
    """What to answer; `changing` is whether the request meant to change something. Only 500s are unexpected."""
    match error:
        case Refused():
            return Said(409, "This can’t be done now", error.message, error.message, more=error.details)
        case NotFound():
            return GONE
        case KeyReused():
            text = "This page was sent before with other answers, and those were kept. Open it again to see them."
            return Said(422, "This was sent before", text, "The idempotency key was used with another body.")
        case NotYet() if changing:
            text = "Something this depends on is still on its way. Nothing was saved. Choose “Try again” in a moment."
            return _later("Not everything has arrived yet", text)
        case NotYet() | Updating():
            text = "This page refreshes by itself. You don’t need to send anything again."
            return Said(503, "This page is being updated", text, headers=_retry(), refresh=not changing)
        case TooManyTries():
            text = "Wait a minute, then try again. This protects your account."
            return Said(429, "Too many tries", text, headers={"Retry-After": str(error.seconds)})
        case TooMuch():
            text = "Wait a minute, then try again. So there is room for everybody, and nobody copies the whole list."
            return Said(429, "Too many requests from where you are", text, headers={"Retry-After": str(error.seconds)})
        case Problem():
            return Said(error.status, error.title, error.detail or error.title, error.detail, more=error.more)
        case HTTPException():
            return _of_status(error)
        case _ if changing and away(error):
            text = f"Choose “Try again”. {_UNKNOWN_OUTCOME}"
            return _later("We don’t know yet whether that was saved", text)
        case _ if away(error):
            return _later("We can’t show this page right now", "Wait a moment, then choose “Try again”.")
        case _:
            return _BROKEN


def away(error: Exception) -> bool:
    """Whether something we stand on does not answer: try again later. It may have done what it was asked."""
    return isinstance(error, Busy | OSError | _AWAY) and not isinstance(error, _OURS)


def _later(title: str, text: str) -> Said:
    return Said(503, title, text, text, headers=_retry(), try_again=True)


def _retry() -> dict[str, str]:
    return {"Retry-After": str(RETRY_SECONDS)}


def _of_status(error: HTTPException) -> Said:
    status = error.status_code
    usual = _BY_STATUS.get(status) or Said(status, "This can’t be shown", "Go back and try again.")
    headers = {name: value for name, value in (error.headers or {}).items() if name.lower() in {"allow", "retry-after"}}
    return Said(usual.status, usual.title, usual.text, usual.detail or error.detail, headers)
