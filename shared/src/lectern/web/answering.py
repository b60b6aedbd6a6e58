"""Turns what was raised into an answer: a page, or for the API a problem. Never shows what happened inside."""

import json
from http import HTTPStatus
from urllib.parse import quote

import structlog
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from lectern.web.correlation import correlation_of
from lectern.web.errors import GONE, REFRESH_SECONDS, Said, SignInNeeded, away, said
from lectern.web.origin import SAFE_METHODS
from lectern.web.pages import came_from, local_path, render

log = structlog.get_logger("lectern.web")


async def answer(request: Request, error: Exception) -> Response:
    """The answer to whatever was raised while a request was handled."""
    if isinstance(error, SignInNeeded):
        return _sign_in(request)
    if isinstance(error, HTTPException) and error.status_code == 405 and _reopened(request):
        return RedirectResponse(request.url.path.rpartition("/")[0] or "/", 303)
    found = _invalid(error) if isinstance(error, RequestValidationError) else said(error, changing=_changes(request))
    if found.status >= 500 and not found.refresh:
        written = log.warning if away(error) else log.exception
        written("request failed", error=type(error).__name__, exc_info=error)
    return _problem(request, found) if for_machines(request) else _page(request, found)


def for_machines(request: Request) -> bool:
    return request.url.path == "/api" or request.url.path.startswith("/api/")


def _reopened(request: Request) -> bool:
    """Whether somebody opens, from history or a bookmark, an address that only forms are sent to: a page's, and one
    part more. The page is what they want."""
    return request.method == "GET" and request.url.path != "/" and not for_machines(request)


def _changes(request: Request) -> bool:
    return request.method not in SAFE_METHODS


def _invalid(error: RequestValidationError) -> Said:
    """Parts of an address that cannot be: nothing is there. A body or parameter: which, and why."""
    if any(each["loc"][0] == "path" for each in error.errors()):
        return GONE
    wrong = [{"at": "/".join(map(str, each["loc"])), "why": each["msg"]} for each in error.errors()]
    return Said(422, "Some values are not right", "Check the address.", "See errors.", more={"errors": wrong})


def _sign_in(request: Request) -> Response:
    if for_machines(request):
        unknown = Said(401, "Sign in first", "", "Send a bearer token or the cookie of a session.")
        response = _problem(request, unknown)
        response.headers["WWW-Authenticate"] = "Bearer"
        return response
    here = request.url.path + (f"?{request.url.query}" if request.url.query else "")
    target = came_from(request) if _changes(request) else local_path(here, "")
    return RedirectResponse(f"/sign-in?next={quote(target)}" if target else "/sign-in", 303)


def _problem(request: Request, found: Said) -> Response:
    correlation = correlation_of(request.scope)
    body = {
        **found.more,
        "type": "about:blank",
        "title": found.title,
        "status": found.status,
        "detail": found.detail or found.text,
        "support_code": correlation.support_code,
        "correlation_id": str(correlation.id),
    }
    text = json.dumps(body, default=str, ensure_ascii=False)
    return Response(text, found.status, dict(found.headers), "application/problem+json")


def _page(request: Request, found: Said) -> Response:
    headers = dict(found.headers)
    if found.refresh:
        headers["Refresh"] = str(REFRESH_SECONDS)
    code = correlation_of(request.scope).support_code
    pairs = getattr(request.state, "repeatable", None)
    try:
        return render(
            request, "lectern/error.html", status=found.status, headers=headers,
            said=found, code=code, changing=_changes(request), pairs=pairs, here=request.url.path,
        )  # fmt: skip
    except Exception:
        log.exception("error page failed")
        return HTMLResponse(_bare(found, code), found.status, headers)


def _bare(found: Said, code: str) -> str:
    """Where even the layout cannot be made; nothing in it comes from the request."""
    title = HTTPStatus(found.status).phrase
    return (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{title} - Lectern</title></head><body>'
        f"<main><h1>{title}</h1><p>If you call us, give this support code: {code}</p></main></body></html>"
    )
