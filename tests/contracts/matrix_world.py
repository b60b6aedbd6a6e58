"""The things on the platform that doors are tried with: an educator's applications, at the stages trials need."""

import re
import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from typing import Any

import httpx
from matrix_people import STAFF, Somebody, signed_in, staff

from lectern.contracts.days import chicago_day
from lectern.contracts.values import Kind, Route
from lectern_local.client import History, Sender
from lectern_local.client.user import User
from lectern_local.demo.cast import Cast, Staff
from lectern_local.demo.educator import Educator
from lectern_local.demo.offices import Dese, District
from lectern_local.demo.people import Person, person
from lectern_local.demo.staff import DISTRICT
from lectern_local.demo.waiting import until
from lectern_local.installation import Installation

PATIENCE = 90.0
CERTIFICATES = 17
EXPIRED = CERTIFICATES
"""Which one has expired, behind those that have not."""
PASSPHRASE = "a gentle oak beside the river"


@dataclass
class World:
    installation: Installation
    http: httpx.AsyncClient
    sender: Sender
    cast: Cast
    today: date
    run: str
    people: list[Person]
    everybody: dict[str, Somebody]
    user: User
    other: User
    """The other educator."""
    employees: Staff
    certificates: list[str]
    applications: dict[str, str] = field(default_factory=dict)
    notice: str = ""
    person_id: str = ""

    def educator(self, which: int) -> Educator:
        """The educator, about one of the certificates."""
        name = f"matrix-{self.run}-{which}"
        return Educator(
            name, self.people[0], self.user, self.sender, DISTRICT, self.today, lambda _: None, certificate=which
        )

    def reactivating(self) -> Educator:
        """The same, about the one that has expired, by a course."""
        name = f"matrix-{self.run}-reactivating"
        more: dict[str, Any] = {"certificate": EXPIRED, "kind": Kind.REACTIVATION, "route": Route.COURSE}
        return Educator(name, self.people[0], self.user, self.sender, DISTRICT, self.today, lambda _: None, **more)

    def hired(self) -> Educator:
        """The other educator, about an expired certificate, hired by the district."""
        name = f"matrix-{self.run}-hired"
        more: dict[str, Any] = {"certificate": 1, "kind": Kind.REACTIVATION, "route": Route.EMPLOYMENT}
        return Educator(name, self.people[1], self.other, self.sender, DISTRICT, self.today, lambda _: None, **more)

    async def reactivated(self) -> str:
        """By employment: the district has promised contact hours."""
        application = await self.hired().begin()
        await self.hired().answer(application)
        await self.hired().submit(application)
        name, kind = f"matrix-{self.run}-hired", Kind.REACTIVATION
        officer = District(name, self.employees.officer, self.today, lambda _: None, kind)
        await officer.arrived(application, 1)
        await officer.verify(application, 1)
        await Dese(name, self.employees.reviewer, self.today, lambda _: None, kind).approve(application, 1)
        return application

    def district(self, which: int) -> District:
        return District(f"matrix-{self.run}-d{which}", self.employees.officer, self.today, lambda _: None)

    def reviewer(self, which: int) -> Dese:
        return Dese(f"matrix-{self.run}-r{which}", self.employees.reviewer, self.today, lambda _: None)

    async def denied(self, which: int) -> str:
        """Handed in, verified, and denied by two."""
        application = await self.draft(which, answered=True)
        await self.educator(which).submit(application)
        await self.educator(which).pay(application)
        await self.verified(which, application, 1)
        await self.reviewer(which).propose_denial(application, 1)
        name = f"matrix-{self.run}-s{which}"
        await Dese(name, self.employees.supervisor, self.today, lambda _: None).second(application, 1)
        await self.educator(which).decided(application)
        return application

    async def draft(self, which: int, *, answered: bool = False) -> str:
        application = await self.educator(which).begin()
        if answered:
            await self.educator(which).answer(application)
        return application

    async def at_district(self, application: str, submission: int = 1) -> None:
        await self.district(0).arrived(application, submission)

    async def verified(self, which: int, application: str, submission: int) -> None:
        await self.district(which).arrived(application, submission)
        await self.district(which).verify(application, submission)

    async def ready(self, application: str, submission: int = 1) -> None:
        """Also for pages, which show what the view holds."""
        await self.reviewer(0).ready(application, submission)

    async def copy(self, role: str, service: str, page: str) -> str:
        """The id of a file that this page links, once it was looked at."""

        async def look() -> str | None:
            shown = await self.everybody[role].asks(service, "GET", page)
            found = re.search(r'href="[^"]*/documents/([0-9a-f-]{36})"', shown.text)
            return found[1] if found else None

        return str(await found_soon(look))

    async def newcomer(self, who: Person) -> Somebody:
        """Registered, not claimed."""
        nobody, email = self.everybody["nobody"], f"new.{secrets.token_hex(6)}@demo.example"
        form = {"first_name": who.first_name, "last_name": who.last_name, "email": email, "password": PASSPHRASE}
        answer = await nobody.asks("applications", "POST", "/register", form=list(form.items()))
        assert answer.status_code == 303, answer.text
        return await signed_in(self.installation, self.http, "newcomer", email, PASSPHRASE)


async def world(installation: Installation, http: httpx.AsyncClient) -> World:
    run = secrets.token_hex(4)
    today = chicago_day(datetime.now(UTC))
    sender = Sender(http, History(), patience=PATIENCE)
    cast = Cast(installation, http, sender, today)
    people = [person(f"matrix-{run}", number) for number in range(4)]
    await cast.record(people[:1], certificates=CERTIFICATES)
    await cast.record([replace(people[0], expired=True)])
    await cast.record(people[1:])
    await cast.record([replace(people[1], expired=True)])
    users = await cast.educators(f"matrix-{run}", people[:2], lambda: None)
    everybody = await staff(installation, http)
    for role, who in zip(("educator", "other-educator"), people, strict=False):
        everybody[role] = await signed_in(installation, http, role, who.email)
    found = World(
        installation=installation,
        http=http,
        sender=sender,
        cast=cast,
        today=today,
        run=run,
        people=people,
        everybody=everybody,
        user=users[0],
        other=users[1],
        employees=await cast.staff(),
        certificates=[],
    )
    found.certificates = await found_soon(lambda: _certificates(users[0]))
    me = await users[0].look("me", "/api/me")
    found.person_id = me["educator_id"]
    everybody["newcomer"] = await found.newcomer(people[2])
    assert set(STAFF) < set(everybody)
    return found


async def _certificates(user: User) -> list[str] | None:
    me = await user.look("my record", "/api/me")
    found = [each["certificate_id"] for each in me["certificates"]]
    return found if len(found) == CERTIFICATES + 1 else None


async def found_soon(look: Callable[[], Awaitable[Any]]) -> Any:
    return await until("what the trials need", look, within=PATIENCE)
