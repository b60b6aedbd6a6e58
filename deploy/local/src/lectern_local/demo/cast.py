"""Getting everybody ready: made-up educators are imported, registered, claimed and signed in; staff sign in once."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx

from lectern_local.client import Refusal, Sender
from lectern_local.client.user import User, operator, signed_in
from lectern_local.demo.passwords import password
from lectern_local.demo.people import Person
from lectern_local.demo.staff import COLLEAGUE, NEIGHBOURS_OFFICER, OFFICER, REVIEWER, SUPERVISOR
from lectern_local.demo.waiting import until
from lectern_local.importing.kinds import PEOPLE
from lectern_local.importing.reading import Row
from lectern_local.importing.sending import send_rows
from lectern_local.installation import Installation
from lectern_local.trouble import Trouble

AT_ONCE = 4
IMPORTS = 5
"""A register under load may ask for a row again."""
NOT_HEARD_YET = httpx.codes.CONFLICT


@dataclass(frozen=True)
class Staff:
    officer: User
    neighbour: User
    """The officer of another district."""
    reviewer: User
    supervisor: User
    colleague: User
    """Another reviewer."""


@dataclass(frozen=True)
class Cast:
    """Signs people in at one installation."""

    installation: Installation
    http: httpx.AsyncClient
    sender: Sender
    today: date
    _signing_in: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def staff(self) -> Staff:
        """The demo's own: Dana Whitfield, Marcus Lee, and three at DESE. Raises UnexpectedAnswer."""
        return Staff(
            await self._sign_in("district-worklog", OFFICER),
            await self._sign_in("district-worklog", NEIGHBOURS_OFFICER),
            await self._sign_in("review", REVIEWER),
            await self._sign_in("review", SUPERVISOR),
            await self._sign_in("review", COLLEAGUE),
        )

    async def record(self, people: Sequence[Person], certificates: int = 1) -> None:
        """Puts them into the register, as an import does, each with so many certificates."""
        lines = [each.row(self.today, number) for each in people for number in range(certificates)]
        rows = [Row(line, row) for line, row in enumerate(lines, 2)]
        register = self._operator("review")
        for _ in range(IMPORTS):
            sent = await send_rows(PEOPLE, rows, {"review": register}, dry_run=False, moved=lambda _: None)
            if not sent.bad:
                return
            wrong = {each.line for each in sent.bad}
            rows = [row for row in rows if row.line in wrong]
        raise Trouble(f"The register did not take {len(sent.bad)} rows, first: {sent.bad[0].message}")

    async def register(self, run: str, people: Sequence[Person]) -> None:
        """Registers and claims everybody, a few at once."""

        async def one(number: int, person: Person) -> None:
            async with self._signing_in:
                await self._register(f"{run}-{number}", person)

        await asyncio.gather(*(one(number, person) for number, person in enumerate(people)))

    async def educators(self, run: str, people: Sequence[Person], moved: Callable[[], None]) -> list[User]:
        """Registers, claims and signs in everybody, a few at once."""

        async def one(number: int, person: Person) -> User:
            async with self._signing_in:
                await self._register(f"{run}-{number}", person)
                user = await self._sign_in("applications", person.email)
            moved()
            return user

        return await asyncio.gather(*(one(number, person) for number, person in enumerate(people)))

    async def _register(self, name: str, person: Person) -> None:
        """Until the educators' service has heard of the person, it knows nobody of that name."""
        office = self._operator("applications")
        body = self._claim(person)

        async def look() -> Any:
            try:
                return await office.send("register", "POST", "/api/educators", body, key=f"{name}-register")
            except Refusal as refusal:
                if refusal.status != NOT_HEARD_YET or "email" in str(refusal).lower():
                    raise
                return None

        await until(f"the record of {person.educator_number} at the educators’ service", look, within=60)

    def _claim(self, person: Person) -> dict[str, str]:
        return {
            "email": person.email,
            "password": password(self.installation, person.email),
            "first_name": person.first_name,
            "last_name": person.last_name,
            "educator_number": person.educator_number,
            "birth_date": person.birth_date.isoformat(),
            "ssn_last4": person.ssn_last4,
        }

    def _operator(self, service: str) -> User:
        base, token = self.installation.urls[service], self.installation.secrets.api_tokens[service]
        return operator(self.sender, base, token)

    async def _sign_in(self, service: str, login: str) -> User:
        base = self.installation.urls[service]
        secret = password(self.installation, login)
        return await signed_in(self.http, self.sender, base, service=service, login=login, password=secret)
