"""How a service is put together: what it keeps, hears, shows and does. One app.py per service composes one of these."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from fastapi import FastAPI

from lectern.contracts.facts import Fact
from lectern.eventlog.deadlines import Deadline, SharedDeadline
from lectern.eventlog.effects import Effect, NoAnswer, NotDone
from lectern.eventlog.streams import Noun, Reacting
from lectern.eventlog.views import View

if TYPE_CHECKING:
    from lectern.runtime.running import Running


@dataclass(frozen=True)
class Service:
    """A service's parts. Everything in here is a value; `lectern.runtime.running` gives it a life."""

    name: str
    """Its source on the wire: `district-worklog`."""
    facts: tuple[type[Fact], ...]
    """Every fact type it records itself, public and private."""
    nouns: tuple[Noun[Any], ...]
    views: tuple[View[Any], ...]
    migrations: Path
    reactions: Mapping[type[Fact], Callable[[Any], Sequence[Reacting]]] = field(default_factory=dict)
    people: str | None = None
    """Where staff search by name: the SQL condition under which a reader sees a row of `people`."""
    people_first: str | None = None
    """The condition that `people` was first made with, where it is another now: what was applied never changes."""
    holders: str | None = None
    """Where the public looks people up by name: the SQL condition under which a reader sees a row of `holders`."""
    deadlines: tuple[Deadline[Any] | SharedDeadline[Any], ...] = ()
    effects: "Callable[[Running], Sequence[Effect[Any, Any]]] | None" = None
    effects_beside: bool = False
    """Whether they are acted on beside the pages: without credentials, and too few for a process of their own."""
    chores: "Callable[[Running], Sequence[Callable[[], Awaitable[None]]]] | None" = None
    """What goes on beside the pages as long as the process lives."""
    routes: "Callable[[FastAPI, Running], None] | None" = None
    """Adds the service's pages and API to the app."""


__all__ = ["Deadline", "Effect", "NoAnswer", "NotDone", "Service"]
