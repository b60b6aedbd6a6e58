"""The educators' pages: what is around them, and where they stand."""

import re
from collections.abc import Sequence
from typing import Final

from applications.webhook import PATH
from lectern.web import Link, NavLink, Principal, Role, Site

UPLOADS: Final = re.compile(r"/drafts/[^/]+/(?:conduct/[^/]+/)?documents|/api/applications/[^/]+/documents")
"""What brings a file."""


def _nav(principal: Principal | None) -> Sequence[NavLink]:
    if principal is None:
        return ()
    if principal.person_id is None:
        return (NavLink("Home", "/"), NavLink("Claim your record", "/claim"))
    return (
        NavLink("Home", "/"),
        NavLink("New Applications", "/new-applications"),
        NavLink("Application status", "/applications"),
        NavLink("Profile", "/profile"),
    )


SITE = Site(
    service="applications",
    package="applications",
    subtitle=lambda _: ("Educator Certification System", "Missouri teaching certificates"),
    nav=_nav,
    footer=(Link("Help", "/help"), Link("Change your password", "/account/password")),
    home="/",
    register="/register",
    machine_paths=(PATH,),
    form_targets=("payments",),
    uploads=UPLOADS,
    roles=(Role.EDUCATOR,),
    sign_in_hint="Educators sign in here with the email of their account.",
)
