"""The door every request comes through: correlation, assets, limits, who it is, where it came from, headers, errors."""

from time import perf_counter

import structlog
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from lectern.web import limits
from lectern.web.answering import answer
from lectern.web.assets import FOR_EVER, PREFIX
from lectern.web.correlation import correlate
from lectern.web.headers import secure
from lectern.web.kept import Keeping, shown_again
from lectern.web.kit import Kit, kit_of
from lectern.web.origin import SAFE_METHODS, require_same_origin
from lectern.web.principal import Visitor
from lectern.web.signing import bearer_of, cookie_header, find_visitor, operator

log = structlog.get_logger("lectern.web")
_STRANGER = Visitor("")


class Front:
    """ASGI middleware, the only one; everything it does applies to every answer, whoever made it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        request.state.visitor = _STRANGER
        request.state.correlation = correlate(request.headers.get("traceparent"))
        answering = _Answering(request, send)
        keeping = Keeping(request, answering)
        with request.state.correlation.bound():
            try:
                await self._let_in(request, receive, keeping)
            except Exception as error:
                if answering.status:
                    raise
                await (await answer(request, error))(scope, receive, keeping)
            answering.note()

    async def _let_in(self, request: Request, receive: Receive, send: Send) -> None:
        scope, kit = request.scope, kit_of(request)
        limits.header(scope, b"host")  # two of them are a smuggled request
        if scope["path"].startswith(PREFIX):
            await _asset(kit, request)(scope, receive, send)
            return
        takes_file = kit.site.takes_file(request.method, request.url.path)
        token = bearer_of(request)
        if token is not None:
            request.state.visitor = operator(kit, token)
        elif not request.url.path.startswith(kit.site.machine_paths):
            request.state.visitor = await find_visitor(kit, request)
            require_same_origin(scope, kit.settings.origin, takes_file=takes_file)
        if (kept := await shown_again(request)) is not None:
            await kept(scope, receive, send)
            return
        if takes_file:
            receive = limits.patient(receive)
        elif request.method not in SAFE_METHODS:
            receive = limits.replayed(await limits.whole_body(scope, receive), receive)
        if request.method == "HEAD":
            scope = {**scope, "method": "GET"}  # the server leaves the body out
        await self._app(scope, receive, send)


def _asset(kit: Kit, request: Request) -> Response:
    found = kit.assets.find(request.url.path.removeprefix(PREFIX))
    if found is None or request.method not in {"GET", "HEAD"}:
        raise HTTPException(404)
    headers = {"Cache-Control": FOR_EVER, "Content-Type": found.media_type, "Vary": "Accept-Encoding"}
    if found.gzipped and "gzip" in request.headers.get("accept-encoding", ""):
        return Response(found.gzipped, headers={**headers, "Content-Encoding": "gzip"})
    return Response(found.body, headers=headers)


class _Answering:
    """Sends an answer with our headers, and notes that it did."""

    def __init__(self, request: Request, send: Send) -> None:
        self._request, self._send = request, send
        self._began = perf_counter()
        self.status = 0

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            message = {**message, "headers": self._headers(message)}
        await self._send(message)

    def _headers(self, message: Message) -> list[tuple[bytes, bytes]]:
        request = self._request
        raw = secure(message.get("headers", ()), csp=kit_of(request).csp, tls=request.url.scheme == "https")
        raw.append((b"x-correlation-id", str(request.state.correlation.id).encode()))
        raw.append((b"traceparent", request.state.correlation.traceparent.encode()))
        cookie = getattr(request.state, "new_cookie", None)
        if cookie and getattr(request.state, "shows_form", False) and not any(name == b"set-cookie" for name, _ in raw):
            raw.append((b"set-cookie", cookie_header(kit_of(request).cookie, cookie).encode()))
        return raw

    def note(self) -> None:
        if not self._request.url.path.startswith(PREFIX):
            spent = round((perf_counter() - self._began) * 1000, 1)
            log.info("request", method=self._request.method, path=self._request.url.path, status=self.status, ms=spent)
