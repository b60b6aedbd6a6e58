"""Making pages: a template with what the page is about, in the layout all pages share."""

from collections.abc import Mapping, Sequence
from contextvars import ContextVar
from functools import partial
from typing import Any
from urllib.parse import urlencode, urlsplit

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lectern.web.forms import Filled
from lectern.web.kit import kit_of, visitor
from lectern.web.lists import list_address
from lectern.web.secrets import new_form_key
from lectern.web.site import NavLink

_asking: ContextVar[Request] = ContextVar("asking")


def render(
    request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None, **context: Any
) -> Response:
    """A page. One that shows a form with something wrong in it answers 422, and says so in its title and on top."""
    forms = [each for each in context.values() if isinstance(each, Filled)]
    wrong = [each for each in forms if each.errors]
    kit = kit_of(request)
    who = visitor(request)
    token = _asking.set(request)
    try:
        html = kit.templates.get_template(template).render(
            context,
            request=request, principal=who.principal, visitor=who, settings=kit.settings, wrong_forms=wrong,
            list_address=partial(list_address, request),
            nav=current(kit.site.nav(who.principal), request.url.path), subtitle=kit.site.subtitle(who.principal),
        )  # fmt: skip
    finally:
        _asking.reset(token)
    return HTMLResponse(html, 422 if wrong and status == 200 else status, headers)


def see_other(url: str, *, after: int | None = None) -> Response:
    """After a command: on to a page, which waits until it can show what was just done."""
    if after is not None:
        address, mark, fragment = url.partition("#")
        joint = "&" if "?" in address else "?"
        url = f"{address}{joint}{urlencode({'after': after})}{mark}{fragment}"
    return RedirectResponse(url, 303)


def form_key() -> str:
    """A fresh key for a form on the page being rendered, good in this browser's session."""
    request = _asking.get()
    request.state.shows_form = True
    return new_form_key(kit_of(request).settings.secret, visitor(request).binding)


def current(links: Sequence[NavLink], path: str) -> list[tuple[NavLink, str]]:
    """Each entry with its aria-current: `page` for this page, `true` for the section it belongs to."""
    within = [link for link in links if any(_below(path, address) for address in (link.href, *link.also))]
    nearest = max(within, key=lambda link: len(link.href), default=None)
    return [(link, "" if link is not nearest else "page" if path == link.href else "true") for link in links]


def _below(path: str, address: str) -> bool:
    return path == address or (address != "/" and path.startswith(f"{address}/"))


def came_from(request: Request) -> str:
    """The address of our page that a form stands on; empty when the browser does not say, or it is no page of ours."""
    return local_path(request.headers.get("referer", "").partition(request.headers.get("host", "\0"))[2], "")


def local_path(address: str | None, otherwise: str) -> str:
    """An address inside this site, to be led to after sign-in; anything else is `otherwise`."""
    if not address or not address.startswith("/") or address.startswith("//") or "\\" in address:
        return otherwise
    if any(letter <= " " or letter == "\x7f" for letter in address):
        return otherwise
    parts = urlsplit(address)
    return otherwise if parts.scheme or parts.netloc else address
