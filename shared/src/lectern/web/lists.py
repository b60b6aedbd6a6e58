"""The list somebody came from: Back leads to it as it was, with its tab, page, sort and filters.

Its address goes along in a cookie of the browser's session, so every page and form in between stays as it is. It is
taken for what it is, something a browser sent: only an address of the list itself is believed.
"""

from urllib.parse import quote, unquote, urlsplit

from starlette.requests import Request
from starlette.responses import Response

from lectern.web.kit import kit_of

_LONGEST = 1500
"""Of an address; a longer one is not kept."""
_FLAGS = "Path=/; Secure; HttpOnly; SameSite=Lax"


def remember_list(request: Request, response: Response, address: str) -> Response:
    """The same answer; the list it shows is found again at `address`."""
    kept = quote(address, safe="")
    if len(kept) > _LONGEST:
        return forget_list(request, response)
    response.headers.append("Set-Cookie", f"{_name(request)}={kept}; {_FLAGS}")
    return response


def forget_list(request: Request, response: Response) -> Response:
    """The same answer; whoever comes next in this browser starts with the whole list."""
    response.headers.append("Set-Cookie", f"{_name(request)}=; Max-Age=0; {_FLAGS}")
    return response


def list_address(request: Request, path: str) -> str:
    """Where the list at `path` was left, else `path` itself."""
    return believed(unquote(request.cookies.get(_name(request), "")), path)


def believed(said: str, path: str) -> str:
    """What was said, if it is an address of the list at `path`, else `path`."""
    try:
        found = urlsplit(said)
    except ValueError:
        return path
    here = not found.scheme and not found.netloc and found.path == path and not found.fragment
    return said if here and said.isprintable() and said.startswith(path) else path


def _name(request: Request) -> str:
    return f"{kit_of(request).cookie}-list"
