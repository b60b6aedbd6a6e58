"""What a service makes of a record without its log: whether it is for it, the fact, and the commands that follow."""

import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from lectern.contracts.envelope import OWNERS, Envelope, Undecodable, decode, fact_of, subject_of
from lectern.contracts.facts import Fact, PublicFact
from lectern.contracts.hearing import Kinds
from lectern.eventlog.records import Record
from lectern.eventlog.streams import Reacting

State: TypeAlias = Literal["waiting", "behind", "parked", "lie"]
"""waiting: tried again by itself. behind: something of its subject is parked before it. parked: holds everything later
of its subject. lie: kept alone, holds nothing."""
Reactions: TypeAlias = Mapping[type[Fact], Callable[[Any], Sequence[Reacting]]]


@dataclass(frozen=True)
class Holding:
    """Why a record is not in the log. Words for operators, without a value of the record."""

    state: State
    reason: str
    detail: str = ""


@dataclass(frozen=True)
class Heard:
    """A record for this service, as far as it is understood. `fact` is None for what this code does not know yet."""

    record: Record
    subject: str | None
    envelope: Envelope | None = None
    fact: PublicFact | None = None
    follows: tuple[Reacting, ...] = ()
    trouble: Holding | None = None


class Ear:
    """Hears the kinds of streams a service subscribes to; its own facts and other streams pass by."""

    def __init__(self, kinds: Kinds, reactions: Reactions) -> None:
        self._kinds = kinds
        self._reactions = reactions

    def hear(self, record: Record) -> Heard | None:
        """None: not for this service."""
        if not self._concerns(record):
            return None
        try:
            envelope = decode(record.key, record.headers, record.value)
        except Undecodable as undecodable:
            return Heard(record, subject_of(record.key), trouble=_undecodable(undecodable))
        try:
            fact = fact_of(envelope)
        except Undecodable as undecodable:
            return Heard(record, envelope.subject, envelope, trouble=_undecodable(undecodable))
        try:
            follows = self._follows(fact)
        except Exception as error:
            return Heard(record, envelope.subject, envelope, fact, trouble=raised(error))
        return Heard(record, envelope.subject, envelope, fact, follows)

    def _concerns(self, record: Record) -> bool:
        """Also what pretends to stand in a stream we hear, and what says nothing we can read."""
        said = {name: value.decode(errors="replace") for name, value in record.headers if value is not None}
        if "ce_source" not in said or "ce_stream" not in said:
            return True
        kind, source = said["ce_stream"].partition("/")[0], said["ce_source"]
        owner = OWNERS.get(said.get("ce_type", ""), source)
        return (source, kind) in self._kinds or (owner, kind) in self._kinds

    def _follows(self, fact: PublicFact | None) -> tuple[Reacting, ...]:
        if fact is None or (react := self._reactions.get(type(fact))) is None:
            return ()
        return tuple(react(fact))


def raised(error: Exception) -> Holding:
    """A reaction or a rule raised what is no answer."""
    frames = traceback.extract_tb(error.__traceback__)
    place = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return Holding("parked", "its reaction raised", f"{type(error).__name__}{place}")


def _undecodable(undecodable: Undecodable) -> Holding:
    return Holding("lie" if undecodable.reason.lies else "parked", str(undecodable.reason), undecodable.detail)
