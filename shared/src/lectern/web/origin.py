"""Whether a request that changes something comes from one of our own pages."""

from starlette.exceptions import HTTPException
from starlette.types import Scope

from lectern.web.limits import declared_length, header, media_type

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_BODIES = {"application/x-www-form-urlencoded", "application/json"}
WITH_FILE = "multipart/form-data"


def require_same_origin(scope: Scope, public_origin: str | None, *, takes_file: bool = False) -> None:
    """Raises HTTPException 403 unless it does, and for bodies that no form or script of ours sends.

    Sec-Fetch-Site decides where a browser sends it; others must name our exact origin.
    """
    if scope["method"] in SAFE_METHODS:
        return
    site = header(scope, b"sec-fetch-site")
    ours = site == "same-origin" if site is not None else _exact_origin(scope, public_origin)
    if not ours:
        raise HTTPException(403)
    if declared_length(scope) != 0 and media_type(scope) not in ({WITH_FILE} if takes_file else _BODIES):
        raise HTTPException(403)


def _exact_origin(scope: Scope, public_origin: str | None) -> bool:
    origin = header(scope, b"origin")
    if origin is None:
        return False
    return origin == public_origin or origin == f"{scope['scheme']}://{header(scope, b'host')}"
