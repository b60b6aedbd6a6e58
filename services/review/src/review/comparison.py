"""What DESE read about a course in the official transcript, for one application. Private; the last reading counts."""

from dataclasses import dataclass
from typing import Literal, TypeAlias
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import ApplicationId, CourseSeen, OfficerId
from lectern.eventlog.streams import Noun


class TranscriptCompared(PrivateFact):
    """Somebody at DESE compared what the educator reports of the course with the official transcript."""

    type: Literal["TranscriptCompared"] = "TranscriptCompared"
    application_id: ApplicationId
    submission: int
    comparison_id: UUID
    seen: Sealed[CourseSeen, State]
    by: OfficerId
    at: AwareDatetime


@dataclass(frozen=True)
class NotCompared: ...


@dataclass(frozen=True)
class Compared:
    comparison_id: UUID
    seen: Sealed[CourseSeen, State]


Comparison: TypeAlias = NotCompared | Compared


def evolve(_: Comparison, fact: TranscriptCompared) -> Comparison:
    return Compared(fact.comparison_id, fact.seen)


comparison = Noun[Comparison]("comparison", NotCompared(), evolve, facts=(TranscriptCompared,))
