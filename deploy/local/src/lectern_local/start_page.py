"""The page to begin at: who uses which pages, and with what they sign in here."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from fastapi import APIRouter, Request, Response

from lectern.web import Site, render
from lectern_local.welcome import SignIn, kept

START = Site(
    service="start",
    package="lectern_local",
    subtitle=lambda _: ("This installation", "Where everything is"),
    roles=(),
    machine_paths=("/healthz",),
    wide=True,
)


@dataclass(frozen=True)
class Door:
    """One group of people and the pages made for them."""

    title: str
    words: str
    way_in: str
    """The words of the link."""
    href: str
    sign_ins: tuple[SignIn, ...]


LOOK_UP = "/look-up"
PUBLIC = (
    "Everybody",
    "See who holds which certificate, and how it stands on a day. Nobody needs to sign in.",
    "Look up a certificate",
)
DOORS = (
    (
        "applications",
        "Educators",
        "Claim your record, apply for an upgrade, see who has your application.",
        "Open the pages for educators",
    ),
    (
        "district-worklog",
        "District staff",
        "Verify what applicants report, and send applications to the state.",
        "Open the district’s work log",
    ),
    (
        "review",
        "DESE staff",
        "Decide applications, and keep the register of certificates.",
        "Open the state’s queue",
    ),
    (
        "notifications",
        "Notices",
        "Every notice that was sent, and those nobody knows to have arrived.",
        "Open the notices",
    ),
    ("mailbox", "Emails", "Every email of this installation; none leaves this machine.", "Open the mailbox"),
)


def routes(data: Path, urls: Mapping[str, str]) -> APIRouter:
    """`data` is the platform's directory, where `up` leaves what people need to begin."""
    router = APIRouter()

    @router.get("/", response_model=None)
    async def get_start(request: Request) -> Response:
        welcome = kept(data)
        doors = [
            Door(title, words, way_in, urls[name], tuple(each for each in welcome.sign_ins if _of(each, urls[name])))
            for name, title, words, way_in in DOORS
            if name in urls
        ]
        if register := urls.get("review"):
            doors.insert(min(1, len(doors)), Door(*PUBLIC, register.rstrip("/") + LOOK_UP, ()))
        return render(request, "start.html", doors=doors, unclaimed=welcome.unclaimed)

    return router


def _of(sign_in: SignIn, url: str) -> bool:
    return sign_in.where.startswith(url.rstrip("/"))
