"""Who a request comes from, and what pages and API ask of them."""

import hmac
from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import NAMESPACE_URL, uuid5

from fastapi import Depends
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from starlette.requests import Request
from starlette.responses import Response

from lectern.eventlog.errors import NotFound
from lectern.web.accounts.sessions import Session, fingerprint, new_session_id
from lectern.web.answering import for_machines
from lectern.web.errors import SignInNeeded
from lectern.web.kit import Kit, kit_of, visitor
from lectern.web.lists import forget_list
from lectern.web.principal import Principal, Role, Visitor
from lectern.web.secrets import derive

_SIGNED, _ANONYMOUS = "s.", "a."
_bearer = HTTPBearer(auto_error=False, description="The token of the operator who imports.")  # for OpenAPI only


def signed_in(*roles: Role) -> Callable[..., Awaitable[Principal]]:
    """A dependency that gives the principal. Nobody: SignInNeeded. Another role: as if nothing were there."""

    async def principal(
        request: Request, _: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
    ) -> Principal:
        found = visitor(request).principal
        if found is None:
            raise SignInNeeded
        if found.role not in roles:
            raise NotFound
        return found

    return principal


def bearer_of(request: Request) -> str | None:
    """The token an API request carries."""
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" and for_machines(request) else None


def operator(kit: Kit, token: str) -> Visitor:
    """Who a token stands for; nobody when it is not the right one."""
    expected = kit.settings.api_token
    if not expected or not hmac.compare_digest(token.encode(), expected.encode()):
        return Visitor("")
    name = uuid5(NAMESPACE_URL, f"lectern:{kit.site.service}:operator")
    return Visitor("", Principal(name, Role.OPERATOR, "Operator"))


async def find_visitor(kit: Kit, request: Request) -> Visitor:
    """Whoever the cookie names; a new anonymous visitor where it names nobody."""
    value = request.cookies.get(kit.cookie, "")
    if value.startswith(_SIGNED) and kit.accounts is not None:
        session = await kit.accounts.sessions.find(value.removeprefix(_SIGNED), kit.accounts.now())
        if session and session.principal.role in kit.site.roles:
            return Visitor(session.binding, session.principal, session.ends_at)
        request.state.session_ended = True
    if value.startswith(_ANONYMOUS) and _ours(kit, value):
        return Visitor(fingerprint(value).hex())
    request.state.new_cookie = _anonymous(kit)
    return Visitor(fingerprint(request.state.new_cookie).hex())


def remember(request: Request, response: Response, session: Session) -> Response:
    """Puts a session into the answer to its sign-in."""
    response.headers.append("Set-Cookie", cookie_header(kit_of(request).cookie, _SIGNED + session.id))
    return response


def forget(request: Request, response: Response) -> Response:
    """Takes the cookie away."""
    response.headers.append("Set-Cookie", f"{kit_of(request).cookie}=; Max-Age=0; {_FLAGS}")
    forget_list(request, response)
    return response


async def end_session(request: Request) -> None:
    """Signs out whoever the cookie names."""
    kit = kit_of(request)
    value = request.cookies.get(kit.cookie, "")
    if value.startswith(_SIGNED) and kit.accounts is not None:
        await kit.accounts.sessions.end(value.removeprefix(_SIGNED))


_FLAGS = "Path=/; Secure; HttpOnly; SameSite=Lax"


def cookie_header(name: str, value: str) -> str:
    return f"{name}={value}; {_FLAGS}"


def _anonymous(kit: Kit) -> str:
    name = new_session_id()
    return f"{_ANONYMOUS}{name}.{_mac(kit, name)}"


def _ours(kit: Kit, value: str) -> bool:
    name, _, mac = value.removeprefix(_ANONYMOUS).partition(".")
    return hmac.compare_digest(mac.encode(), _mac(kit, name).encode())


def _mac(kit: Kit, name: str) -> str:
    return hmac.new(derive(kit.settings.secret, "anonymous"), name.encode(), "sha256").hexdigest()[:32]
