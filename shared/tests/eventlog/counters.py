"""A small service of our own for the log's tests: counters that are opened, raised and closed."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import ClassVar, Literal, TypeAlias, assert_never
from uuid import UUID, uuid4

from lectern.contracts.facts import Fact, PrivateFact, PublicFact
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Call, Command, Decided, Entry, Noun


class CounterOpened(PublicFact):
    publisher: ClassVar[str] = "svc"
    stream: ClassVar[str] = "counter"

    type: Literal["CounterOpened"] = "CounterOpened"
    counter: UUID


class CounterRaised(PublicFact):
    publisher: ClassVar[str] = "svc"
    stream: ClassVar[str] = "counter"

    type: Literal["CounterRaised"] = "CounterRaised"
    counter: UUID
    by: int


class NoteTaken(PrivateFact):
    type: Literal["NoteTaken"] = "NoteTaken"
    text: str


CounterFact: TypeAlias = CounterOpened | CounterRaised
OWN: tuple[type[Fact], ...] = (CounterOpened, CounterRaised, NoteTaken)


@dataclass(frozen=True)
class Unopened: ...


@dataclass(frozen=True)
class Opened:
    total: int = 0


Counter: TypeAlias = Unopened | Opened


def evolve(state: Counter, fact: CounterFact) -> Counter:
    match fact:
        case CounterOpened():
            return Opened()
        case CounterRaised():
            return Opened((state.total if isinstance(state, Opened) else 0) + fact.by)
        case _:
            assert_never(fact)


counter: Noun[Counter] = Noun("counter", Unopened(), evolve, (CounterOpened, CounterRaised))
notes: Noun[int] = Noun("notes", 0, lambda n, _: n + 1, (NoteTaken,))


class OpenCounter(Command):
    counter: UUID


def open_counter(state: Counter, command: OpenCounter) -> Decided:
    return [CounterOpened(counter=command.counter)] if isinstance(state, Unopened) else []


class RaiseCounter(Command):
    counter: UUID
    by: int = 1


def raise_counter(state: Counter, command: RaiseCounter) -> Decided:
    if not isinstance(state, Opened):
        raise NotFound(command.counter)
    if state.total + command.by > 1000:
        raise Refused("A counter ends at 1,000.", total=state.total)
    return [CounterRaised(counter=command.counter, by=command.by)]


class OpenOnce(Command):
    counter: UUID
    claim: str


def open_once(state: Counter, command: OpenOnce) -> Decided:
    return [Entry(CounterOpened(counter=command.counter), claim=command.claim)]


@dataclass(frozen=True)
class Total:
    counter: UUID
    total: int
    raised: tuple[int, ...] = ()


def fold_totals(row: Total | None, fact: CounterFact) -> Total | None:
    match fact:
        case CounterOpened():
            return Total(fact.counter, 0)
        case CounterRaised():
            if fact.by == 13:
                raise ValueError("this fold is superstitious")
            return row and Total(fact.counter, row.total + fact.by, (*row.raised[-4:], fact.by))
        case _:
            assert_never(fact)


def call(key: str | None = None, actor: str = "tester", body: bytes = b"") -> Call:
    return Call(actor, key or str(uuid4()), body, datetime(2026, 11, 24, 6, 0, tzinfo=UTC), uuid4())
