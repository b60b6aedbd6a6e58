"""A whole run: everybody made ready first, then so many applications at once until all have ended or time is up."""

import asyncio
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

import httpx

from lectern.contracts.values import Kind, Route
from lectern_local.client import History, Refusal, Sender, Unreached
from lectern_local.client.user import User
from lectern_local.demo.cast import Cast, Staff
from lectern_local.demo.educator import Educator
from lectern_local.demo.job import Parties
from lectern_local.demo.offices import Dese, District
from lectern_local.demo.people import Person, person
from lectern_local.demo.plan import Planned
from lectern_local.demo.staff import DISTRICT, NEIGHBOUR
from lectern_local.demo.waiting import TooLong
from lectern_local.installation import Installation


@dataclass(frozen=True)
class Wanted:
    """`within`: seconds that the applications have; `patience`: how long one operation is repeated or waited for."""

    run: str
    plan: tuple[Planned, ...]
    concurrency: int
    within: float
    patience: float


@dataclass(frozen=True)
class Watching:
    """Who looks on: what happens in an application, and how far the run is."""

    step: Callable[[int, str], None] = lambda _number, _what: None
    made_ready: Callable[[], None] = lambda: None
    ended: Callable[[str], None] = lambda _how: None
    begun: Callable[[], None] = lambda: None


@dataclass
class Performance:
    """How a run went. `ends` counts applications by how they ended, `ways` those that ended by how they were to go;
    `stuck` says why the others have not."""

    started: int = 0
    ends: Counter[str] = field(default_factory=Counter)
    ways: Counter[str] = field(default_factory=Counter)
    stuck: list[str] = field(default_factory=list)
    seconds: float = 0.0
    history: History = field(default_factory=History)

    @property
    def done(self) -> int:
        """How many are over, stuck ones included."""
        return self.ends.total() + len(self.stuck)

    @property
    def all_ended(self) -> bool:
        return self.ends.total() == self.started and not self.stuck


async def perform(
    installation: Installation, wanted: Wanted, watching: Watching, today: date, going: Performance
) -> None:
    """Raises what signing in and registering raise; an application that gets stuck is only counted in `going`."""
    limits = httpx.Limits(max_connections=4 * wanted.concurrency + 8)
    async with httpx.AsyncClient(trust_env=False, limits=limits, timeout=10) as http:
        sender = Sender(http, going.history, patience=wanted.patience)
        cast = Cast(installation, http, sender, today)
        lapsed = [each.kind is Kind.REACTIVATION for each in wanted.plan]
        people = [person(wanted.run, number, expired=expired) for number, expired in enumerate(lapsed)]
        staff = await cast.staff()
        await cast.record(people)
        users = await cast.educators(wanted.run, people, watching.made_ready)
        watching.begun()
        scene = Scene(wanted, watching, sender, staff, today)
        began = time.monotonic()
        await scene.play(people, users, going)
        going.seconds = round(time.monotonic() - began, 3)


@dataclass(frozen=True)
class Scene:
    wanted: Wanted
    watching: Watching
    sender: Sender
    staff: Staff
    today: date

    async def play(self, people: list[Person], users: list[User], going: Performance) -> None:
        """`concurrency` at once."""
        left = list(enumerate(zip(people, users, strict=True)))[::-1]

        async def worker() -> None:
            while left:
                number, (who, user) = left.pop()
                going.started += 1
                await self._one(number, self._parties(number, who, user), going)

        try:
            async with asyncio.timeout(self.wanted.within):
                await asyncio.gather(*(worker() for _ in range(self.wanted.concurrency)))
        except TimeoutError:
            going.stuck.append(f"{going.started - going.ends.total()} had not ended after {self.wanted.within:.0f} s")
            going.stuck += [f"{len(left)} were not begun"] if left else []

    async def _one(self, number: int, parties: Parties, going: Performance) -> None:
        try:
            end = await self.wanted.plan[number].way(parties)
        except (Refusal, Unreached, TooLong) as error:
            going.stuck.append(f"Application {number + 1}: {error}")
            self.watching.ended("stuck")
            return
        going.ends[end] += 1
        going.ways[self.wanted.plan[number].name] += 1
        self.watching.ended(end)

    def _parties(self, number: int, who: Person, user: User) -> Parties:
        name = f"demo-{self.wanted.run}-{number}"

        def step(what: str) -> None:
            self.watching.step(number, what)

        planned = self.wanted.plan[number]
        kind, route = planned.kind, planned.route
        transcript_of = who.educator_number if route is Route.COURSE else None
        return Parties(
            educator=Educator(name, who, user, self.sender, DISTRICT, self.today, step, kind=kind, route=route),
            district=District(name, self.staff.officer, self.today, step, kind, asked_at_all=planned.by_district),
            neighbour=District(f"{name}-neighbour", self.staff.neighbour, self.today, step, kind, code=NEIGHBOUR),
            reviewer=Dese(name, self.staff.reviewer, self.today, step, kind, transcript_of),
            supervisor=Dese(f"{name}-second", self.staff.supervisor, self.today, step),
            colleague=Dese(f"{name}-again", self.staff.colleague, self.today, step, kind, transcript_of),
        )
