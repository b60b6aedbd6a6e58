"""Who takes part: educators with and without an account, and the staff of the demonstration."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

import asyncpg
import httpx
from browser_tab import Tab

from lectern.contracts.days import chicago_day
from lectern_local.client import History, Sender
from lectern_local.client.user import operator
from lectern_local.demo.cast import Cast, Staff
from lectern_local.demo.educator import Educator
from lectern_local.demo.job import Parties
from lectern_local.demo.offices import Dese, District
from lectern_local.demo.passwords import password
from lectern_local.demo.people import Person, person
from lectern_local.demo.staff import DISTRICT, NEIGHBOUR
from lectern_local.installation import Installation
from lectern_local.welcome import Unclaimed, kept

FIRST = {"Avery": "Jordan", "Chen": "Riley", "Ortiz-Reyes": "Camila"}
"""First names of those whom the platform offers."""
LATE = """
update web.sessions set seen_at = seen_at - interval '1 hour' where began_at = (select max(began_at) from web.sessions)
"""
ELSEWHERE = "marcus.lee@kansascity.example"
"""The certification officer of another district."""


@dataclass
class Everybody:
    platform: Installation
    run: str
    """A word of its own: one platform sees many runs."""
    cast: Cast
    staff: Staff
    today: date
    _numbers: "count[int]" = field(default_factory=count)
    _offered: list[Unclaimed] = field(default_factory=list)

    def url(self, service: str, path: str = "") -> str:
        return self.platform.urls[service] + path

    async def on_record(self, *, expired: bool = False) -> Person:
        """Somebody new in the register, whom nobody has claimed; `expired`: years ago."""
        found = person(self.run, next(self._numbers), expired=expired)
        await self.cast.record([found])
        return found

    async def unclaimed(self) -> Person:
        """One of those the platform offers at its start, while there are any; then somebody new."""
        if self._offered:
            return _person(self._offered.pop(0))
        return await self.on_record()

    async def with_account(self) -> tuple[Person, Parties]:
        """Somebody who has registered and claimed, and everybody the application needs, ready to act."""
        who = await self.on_record()
        (user,) = await self.cast.educators(f"{self.run}-{who.educator_number}", [who], lambda: None)
        name, quiet = f"browser-{who.educator_number}", lambda _: None
        return who, Parties(
            educator=Educator(name, who, user, self.cast.sender, DISTRICT, self.today, quiet),
            district=District(name, self.staff.officer, self.today, quiet),
            neighbour=District(f"{name}-neighbour", self.staff.neighbour, self.today, quiet, code=NEIGHBOUR),
            reviewer=Dese(name, self.staff.reviewer, self.today, quiet),
            supervisor=Dese(f"{name}-second", self.staff.supervisor, self.today, quiet),
            colleague=Dese(f"{name}-again", self.staff.colleague, self.today, quiet),
        )

    async def sign_in(self, tab: Tab, service: str, login: str) -> None:
        """On the page the tab was led to."""
        await tab.open(self.url(service, "/sign-in"))
        await self.enter(tab, login)

    async def enter(self, tab: Tab, login: str) -> None:
        """Fills in the sign-in page that is open."""
        await tab.fill("Email", login)
        await tab.fill("Password", password(self.platform, login))
        await tab.press("Sign in")

    async def operator(self) -> str:
        """Somebody who may read what was sent; gives the user name."""
        login = f"operator.{self.run}@dese.example"
        sees = operator(self.cast.sender, self.url("notifications"), self.platform.secrets.api_tokens["notifications"])
        body = {"login": login, "name": "Robin Ellis", "role": "operator", "password": password(self.platform, login)}
        await sees.send("operator", "PUT", "/api/users", body, key=f"operator-{self.run}")
        return login

    async def facts(self, service: str, type_: str, stream: str) -> list[dict[str, Any]]:
        """The data of a stream's facts of this type."""
        db = await asyncpg.connect(self.platform.database(service, "auditor"))
        try:
            rows = await db.fetch("select data from fact where type = $1 and stream = $2", type_, stream)
        finally:
            await db.close()
        return [json.loads(row["data"]) for row in rows]

    async def count(self, service: str, type_: str, stream: str) -> int:
        return len(await self.facts(service, type_, stream))

    async def end_latest_session(self, service: str) -> None:
        """As if half an hour had passed for whoever signed in last."""
        db = await asyncpg.connect(self.platform.database(service, "web"))
        try:
            await db.execute(LATE)
        finally:
            await db.close()


def _person(offered: Unclaimed) -> Person:
    first = FIRST[offered.last_name]
    email = f"{first}.{offered.last_name}@teachers.example".lower()
    born = date.fromisoformat(offered.born)
    return Person(offered.educator_id, first, offered.last_name, born, offered.last_four, email, area="")


@asynccontextmanager
async def everybody(platform: Installation, run: str, *, new: bool) -> AsyncIterator[Everybody]:
    """`new`: nobody has claimed the records yet that a platform offers at its start."""
    today = chicago_day(datetime.now(UTC))
    async with httpx.AsyncClient(trust_env=False, timeout=30) as http:
        offered = kept(platform.data).unclaimed if new else ()
        cast = Cast(platform, http, Sender(http, History(), patience=120), today)
        yield Everybody(platform, run, cast, await cast.staff(), today, _offered=list(offered))
