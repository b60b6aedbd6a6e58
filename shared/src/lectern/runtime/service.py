"""How a service is put together: what it keeps, hears, shows and does. One app.py per service composes one of these."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from fastapi import FastAPI

from lectern.contracts.facts import Fact
from lectern.eventlog.streams import Noun, Reacting
from lectern.eventlog.views import View

if TYPE_CHECKING:
    from lectern.runtime.running import Running

R = TypeVar("R")
I = TypeVar("I", bound=Fact)  # noqa: E741 - an intent
O = TypeVar("O")  # noqa: E741 - an outcome


class NoAnswer(Exception):  # noqa: N818 - an outcome, not a failure
    """The port did not say what became of it: it may have happened or not."""


@dataclass(frozen=True)
class Deadline(Generic[R]):
    """Something that falls due. Rows of `view` have `due_at`; a due one is asked about until a fact settles it."""

    view: View[R]
    command: Callable[[R, datetime], Reacting]
    """What to ask the log when a row is due at this instant."""


@dataclass(frozen=True)
class Effect(Generic[I, O]):
    """What an intent does outside. The key is made from the intent's id and is the same on every attempt."""

    intent: type[I]
    act: Callable[[I, str], Awaitable[O]]
    """Does it; raises NoAnswer when the outcome is unknown."""
    record: Callable[[I, O | NoAnswer], Reacting]
    """The command that records what became of it."""
    outcome: Callable[[I, str], Awaitable[O | None]] | None = None
    """Asks the port what became of a key (None: it never happened). Absent where the port cannot tell."""


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
    deadlines: tuple[Deadline[Any], ...] = ()
    effects: "Callable[[Running], Sequence[Effect[Any, Any]]] | None" = None
    routes: "Callable[[FastAPI, Running], None] | None" = None
    """Adds the service's pages and API to the app."""
