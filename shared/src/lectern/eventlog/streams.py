"""Streams: the facts of one thing, folded by its noun into the state that commands are judged on."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Generic, TypeAlias, TypeVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from lectern.contracts.facts import Fact

S = TypeVar("S")

StreamKey: TypeAlias = tuple[str, str]
"""(source, stream): who recorded it, `<kind>/<id>`. Unique with a version."""


@dataclass(frozen=True, eq=False)
class Noun(Generic[S]):
    """A kind of stream as this service understands it: where it starts, how facts change it.

    `source` is None for the service's own streams and the publisher's name for streams it only hears.
    Facts of the stream that are not among `facts` are ignored when the state is folded.
    """

    kind: str
    initial: S
    evolve: Callable[[S, Any], S]
    facts: tuple[type[Fact], ...]
    source: str | None = None

    def __call__(self, id_: object, *, subject: object | None = None) -> "StreamRef[S]":
        return StreamRef(self, str(id_), None if subject is None else str(subject))


@dataclass(frozen=True)
class StreamRef(Generic[S]):
    """One stream, named by a command. `subject` is needed where the command may be the stream's first."""

    noun: Noun[S]
    id: str
    subject: str | None = None

    @property
    def stream(self) -> str:
        return f"{self.noun.kind}/{self.id}"


@dataclass(frozen=True)
class Entry:
    """A decided fact that says more than itself: the stream it goes to (None: the command's first one), and a claim.

    A claim is what may happen once in this log, `decision:<application>:<cycle>`; a second one is refused.
    """

    fact: Fact
    to: StreamRef[Any] | None = None
    claim: str | None = None


Decided: TypeAlias = Iterable[Fact | Entry]


@dataclass(frozen=True)
class Call:
    """Who asks, with which key, in the course of what.

    `actor` and `key` name the command for ever: the same pair with the same `body` gets the same answer. `body` is the
    plain content as the caller sent it, before anything is sealed; only a keyed HMAC of it is kept. `at` is UTC.
    """

    actor: str
    key: str
    body: bytes
    at: datetime
    correlation_id: UUID
    causation_id: UUID | None = None
    traceparent: str | None = None
    rules: str | None = None
    result: dict[str, str] = field(default_factory=dict)
    """What a repeated call gets back besides the position: ids made by the edge."""

    def about(self, **result: object) -> "Call":
        """The same call, remembering ids the edge made, so that a repetition learns the first one's."""
        return replace(self, result={name: str(value) for name, value in result.items()})


@dataclass(frozen=True)
class Answer:
    """Accepted. `position` is that of the last fact (the log's head, where nothing had to be recorded)."""

    position: int
    result: dict[str, str]
    repeated: bool = False


@dataclass(frozen=True)
class Asked:
    """A command on its way to the writer: the streams it names, the rule, what it says, and who calls."""

    refs: tuple[StreamRef[Any], ...]
    decide: Callable[..., Decided]
    """`decide(state, ..., command)`: one state for each named stream, in order."""
    command: Any
    call: Call


@dataclass(frozen=True)
class Reacting:
    """A command that follows from a heard fact, run in the transaction that records it. Its key is the fact's id."""

    refs: tuple[StreamRef[Any], ...]
    decide: Callable[..., Decided]
    command: Any


def several(
    decide: Callable[..., Decided], *, at: int, count: int, into: Callable[[tuple[Any, ...]], Any] = tuple
) -> Callable[..., Decided]:
    """A rule that looks at `count` streams as one thing: their states come to it at this place, made `into` one."""

    def spread(*states: Any) -> Decided:
        return decide(*states[:at], into(states[at : at + count]), *states[at + count :])

    return spread


class Command(BaseModel):
    """What somebody wants. Frozen, and with no field the rules do not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
