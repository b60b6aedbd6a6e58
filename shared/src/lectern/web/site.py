"""What a service says about its own pages, and what the installation says about all of them."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol, Self
from urllib.parse import urlsplit

from lectern.web.principal import Principal, Role


@dataclass(frozen=True)
class Link:
    text: str
    href: str


@dataclass(frozen=True)
class NavLink:
    """An entry of the main navigation. The one whose address the page's begins with is the current one."""

    text: str
    href: str
    count: int | None = None
    counted: str = ""
    """What is counted, for those who cannot see it: `unread`."""
    also: tuple[str, ...] = ()
    """Other addresses whose pages belong to this entry: /cases to the queue."""


def _nothing(_: Principal | None) -> Sequence[NavLink]:
    return ()


@dataclass(frozen=True)
class Site:
    """One service's pages."""

    service: str
    package: str | Path
    """The Python package whose folder `templates` holds the service's own pages, or that folder."""
    subtitle: Callable[[Principal | None], Sequence[str]]
    """One or two lines beside the name, in the brand bar."""
    roles: tuple[Role, ...]
    """Who may have an account here."""
    nav: Callable[[Principal | None], Sequence[NavLink]] = _nothing
    footer: Sequence[Link] = ()
    title_of: Mapping[Role, str] = field(default_factory=dict)
    """Words behind the name of somebody signed in: certification officer."""
    home: str = "/"
    register: str | None = None
    """Address of the page where an account is made."""
    machine_paths: tuple[str, ...] = ()
    """Beginnings of paths that machines call with a signature of their own: no session, no same-origin check."""
    form_targets: tuple[str, ...] = ()
    """Names in LECTERN_URLS that an answer to a form may lead on to: payments."""
    uploads: re.Pattern[str] | None = None
    """Whole paths that forms with a file are sent to; no other takes one."""
    wide: bool = False
    sign_in_hint: str = ""
    """A sentence below the heading of the sign-in page."""

    def takes_file(self, method: str, path: str) -> bool:
        return method == "POST" and self.uploads is not None and self.uploads.fullmatch(path) is not None


class _Settings(Protocol):
    @property
    def demo(self) -> bool: ...
    @property
    def official_banner(self) -> str: ...
    @property
    def support(self) -> str: ...
    @property
    def assets(self) -> Path | None: ...
    @property
    def command_key(self) -> bytes: ...
    @property
    def api_tokens(self) -> Mapping[str, str]: ...
    @property
    def urls(self) -> Mapping[str, str]: ...


@dataclass(frozen=True)
class WebSettings:
    """What the page kit needs to know of the installation."""

    secret: bytes = field(repr=False)
    demo: bool = False
    official_banner: str = ""
    support: str = ""
    """Whom people turn to, in words: name, email, phone, hours."""
    assets: Path | None = None
    api_token: str | None = field(default=None, repr=False)
    urls: Mapping[str, str] = field(default_factory=dict)
    """The public base addresses of all services."""
    service: str = ""

    @classmethod
    def of(cls, settings: _Settings, service: str) -> Self:
        """The part of lectern.runtime.settings.Settings that concerns one service's pages."""
        return cls(
            secret=settings.command_key,
            demo=settings.demo,
            official_banner=settings.official_banner,
            support=settings.support,
            assets=settings.assets,
            api_token=settings.api_tokens.get(service),
            urls=settings.urls,
            service=service,
        )

    def origin_of(self, name: str) -> str | None:
        """scheme://host:port of a service's public address, as browsers send it; None when it is not known."""
        if name not in self.urls:
            return None
        parts = urlsplit(self.urls[name])
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def origin(self) -> str | None:
        return self.origin_of(self.service)
