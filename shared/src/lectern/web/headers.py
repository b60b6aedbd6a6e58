"""The headers on every answer, whoever made it."""

from collections.abc import Iterable

from starlette.datastructures import MutableHeaders

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
HSTS = "max-age=31536000; includeSubDomains"


def content_security_policy(form_origins: Iterable[str] = ()) -> str:
    """Nothing but ourselves. Browsers ask form-action also where an answer to a form leads on, to a payment page."""
    forms = " ".join(("'self'", *form_origins))
    return (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; "
        f"base-uri 'none'; object-src 'none'; frame-ancestors 'none'; form-action {forms}"
    )


def secure(raw: Iterable[tuple[bytes, bytes]], *, csp: str, tls: bool) -> list[tuple[bytes, bytes]]:
    """The headers of an answer with ours; what must not be kept is marked so unless the answer says how long it may."""
    headers = MutableHeaders(raw=list(raw))
    for name, value in _ALWAYS.items():
        headers[name] = value
    if "Content-Security-Policy" not in headers:
        headers["Content-Security-Policy"] = csp
    if "Cache-Control" not in headers:
        headers["Cache-Control"] = "no-store"
    if tls:
        headers["Strict-Transport-Security"] = HSTS
    if "server" in headers:
        del headers["server"]
    return headers.raw
