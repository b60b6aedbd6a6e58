"""What the app carries so that every page can be made: one of these stands in app.state.kit."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from jinja2 import Environment
from starlette.requests import Request

from lectern.web.accounts import Accounts
from lectern.web.assets import Assets
from lectern.web.principal import Visitor
from lectern.web.site import Site, WebSettings

if TYPE_CHECKING:
    from lectern.web.freshness import Freshness


@dataclass(frozen=True)
class Kit:
    site: Site
    settings: WebSettings
    assets: Assets
    templates: Environment
    csp: str
    accounts: Accounts | None = None
    freshness: "Freshness | None" = None

    @property
    def cookie(self) -> str:
        """Cookies ignore ports, so their names carry the service."""
        return f"__Host-{self.site.service}"


def kit_of(request: Request) -> Kit:
    kit = request.app.state.kit
    if not isinstance(kit, Kit):
        raise TypeError("This app was not furnished; see lectern.web.furnish.")
    return kit


def visitor(request: Request) -> Visitor:
    """Who is asking: signed in or not."""
    found = request.state.visitor
    if not isinstance(found, Visitor):
        raise TypeError("This path has no visitors.")
    return found
