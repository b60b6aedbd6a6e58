"""Effects: what leaves the building. An intent is a fact first; then somebody starts it, does it, records the outcome.

The stream `effect/<intent>` decides who acts, so two effects processes are harmless. The key of the act is made from
the intent's id, the same on every attempt. No answer is not no: the port is asked where it can tell, else a person is.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, Literal, TypeAlias, TypeVar, assert_never
from uuid import UUID

import structlog
from pydantic import AwareDatetime

from lectern.contracts.facts import Fact, PrivateFact
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command, Decided, Entry, Noun, Reacting, StreamRef
from lectern.eventlog.views import View

log = structlog.get_logger(__name__)
I = TypeVar("I", bound=Fact)  # noqa: E741 - an intent
O = TypeVar("O")  # noqa: E741 - an outcome


class NoAnswer(Exception):  # noqa: N818 - an outcome, not a failure
    """The port did not say what became of it: it may have happened or not."""


class NotDone(Exception):  # noqa: N818 - an outcome, not a failure
    """The port was not reached, or said that nothing happened and that it may be tried again."""


@dataclass(frozen=True)
class Effect(Generic[I, O]):
    """What an intent does outside."""

    intent: type[I]
    act: Callable[[I, str], Awaitable[O]]
    """Does it under this key. Raises NoAnswer when the outcome is unknown, NotDone when surely nothing happened."""
    record: Callable[[I, O | NoAnswer, datetime], Reacting]
    """The command that records what became of it, at this instant (UTC)."""
    outcome: Callable[[I, str], Awaitable[O | None]] | None = None
    """Asks the port what became of a key (None: it never happened). Absent where the port cannot tell."""


# ── the noun


class EffectStarted(PrivateFact):
    """Somebody is about to act: whoever comes second keeps away."""

    type: Literal["EffectStarted"] = "EffectStarted"
    intent: UUID
    position: int
    """Of the intent, in this log."""
    worker: UUID
    started_at: AwareDatetime


class EffectReleased(PrivateFact):
    """Surely nothing happened; it may be started again."""

    type: Literal["EffectReleased"] = "EffectReleased"
    intent: UUID
    reason: str
    released_at: AwareDatetime


class EffectSettled(PrivateFact):
    """The outcome is recorded, be it that there was no answer."""

    type: Literal["EffectSettled"] = "EffectSettled"
    intent: UUID
    answered: bool
    settled_at: AwareDatetime


EffectFact: TypeAlias = EffectStarted | EffectReleased | EffectSettled
EFFECT_FACTS: tuple[type[Fact], ...] = (EffectStarted, EffectReleased, EffectSettled)


@dataclass(frozen=True)
class Open:
    attempts: int = 0


@dataclass(frozen=True)
class Started:
    worker: UUID
    attempts: int


@dataclass(frozen=True)
class Settled: ...


EffectState: TypeAlias = Open | Started | Settled


def evolve(state: EffectState, fact: EffectFact) -> EffectState:
    match fact:
        case EffectStarted():
            return Started(fact.worker, state.attempts + 1 if isinstance(state, Open) else 1)
        case EffectReleased():
            return Open(state.attempts if isinstance(state, Started) else 0)
        case EffectSettled():
            return Settled()
        case _:
            assert_never(fact)


effect: Noun[EffectState] = Noun("effect", Open(), evolve, EFFECT_FACTS)


# ── the verbs


class StartEffect(Command):
    intent: UUID
    position: int
    worker: UUID
    now: AwareDatetime


def start(state: EffectState, command: StartEffect) -> Decided:
    match state:
        case Open():
            return [
                EffectStarted(
                    intent=command.intent, position=command.position, worker=command.worker, started_at=command.now
                )
            ]
        case Started() | Settled():
            raise Refused("Somebody started this already.")
        case _:
            assert_never(state)


class ReleaseEffect(Command):
    intent: UUID
    worker: UUID
    reason: str
    now: AwareDatetime


def release(state: EffectState, command: ReleaseEffect) -> Decided:
    match state:
        case Started(worker=command.worker):
            return [EffectReleased(intent=command.intent, reason=command.reason, released_at=command.now)]
        case Open() | Started() | Settled():
            return []
        case _:
            assert_never(state)


class SettleEffect(Command):
    intent: UUID
    answered: bool
    now: AwareDatetime


def settling(recording: Reacting) -> Callable[..., Decided]:
    """A rule that settles the effect and records the outcome in one go: both or neither, and only once."""

    def settle(state: EffectState, *rest: Any) -> Decided:
        *states, command = rest
        match state:
            case Started():
                settled = EffectSettled(intent=command.intent, answered=command.answered, settled_at=command.now)
                return [Entry(settled), *_to_first(recording, recording.decide(*states, recording.command))]
            case Open() | Settled():
                return []
            case _:
                assert_never(state)

    return settle


def _to_first(recording: Reacting, decided: Decided) -> list[Entry]:
    first: StreamRef[Any] = recording.refs[0]
    entries = (item if isinstance(item, Entry) else Entry(item) for item in decided)
    return [entry if entry.to is not None else replace(entry, to=first) for entry in entries]


# ── the view of those that are under way


@dataclass(frozen=True)
class OpenEffect:
    intent: UUID
    position: int
    since: datetime
    released: bool


def _fold(row: OpenEffect | None, fact: EffectFact) -> OpenEffect | None:
    match fact:
        case EffectStarted():
            return OpenEffect(fact.intent, fact.position, fact.started_at, released=False)
        case EffectReleased():
            return row and replace(row, released=True, since=fact.released_at)
        case EffectSettled():
            return None
        case _:
            assert_never(fact)


open_effects: View[OpenEffect] = View(
    name="open_effects",
    version=1,
    row=OpenEffect,
    key=lambda fact: fact.intent,
    fold=_fold,
    facts=EFFECT_FACTS,
    sql=Path(__file__).with_suffix(".sql"),
)

ACT_S = 20.0
"""An act without an answer for so long has no answer."""


async def attempt(act: Callable[[], Awaitable[O]]) -> O | NoAnswer | NotDone:
    """The outcome of an act, within its deadline."""
    try:
        async with asyncio.timeout(ACT_S):
            return await act()
    except TimeoutError:
        return NoAnswer("no answer in time")
    except (NoAnswer, NotDone) as outcome:
        return outcome
    except Exception as error:
        log.exception("an act failed")
        return NoAnswer(repr(error))


def by_intent(effects: Sequence[Effect[Any, Any]]) -> dict[type[Fact], Effect[Any, Any]]:
    return {each.intent: each for each in effects}
