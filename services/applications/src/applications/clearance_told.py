"""What DESE's file said of the background check when a reactivation was handed in: told once, for its educator's mail.

The ruling is for the educator and DESE only, so it stands sealed in a stream that the notices alone hear, and for
every reactivation: that something was said tells nobody what (ADR 0025).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from lectern.contracts.applications import ApplicationSubmitted, ClearanceJudged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ApplicationId, ClearanceWord, PersonId
from lectern.eventlog.streams import Entry, Noun, StreamRef


@dataclass(frozen=True)
class ClearanceTold:
    told: bool = False


def evolve(_: ClearanceTold, __: ClearanceJudged) -> ClearanceTold:
    return ClearanceTold(told=True)


clearance_told: Noun[ClearanceTold] = Noun("clearance", ClearanceTold(), evolve, facts=(ClearanceJudged,))
"""`clearance/<application>`"""


def stream_of(application_id: ApplicationId, educator_id: PersonId) -> StreamRef[ClearanceTold]:
    return clearance_told(application_id, subject=educator_id)


def telling(decide: Callable[..., Iterable[Any]], word: Sealed[ClearanceWord, Contact]) -> Callable[..., list[Any]]:
    """Hands in by `decide`, and says this before: the state before the command is that of `clearance_told`.

    Before, because whoever hears of the application writes its first mail.
    """

    def both(*given: Any) -> list[Any]:
        *states, before, command = given
        facts = list(decide(*states, command))
        if before.told:
            return facts
        return [*(_said(each.fact, word) for each in facts if _hands_in(each)), *facts]

    return both


def _hands_in(each: Any) -> bool:
    return isinstance(each, Entry) and isinstance(each.fact, ApplicationSubmitted)


def _said(submitted: Any, word: Sealed[ClearanceWord, Contact]) -> Entry:
    fact = ClearanceJudged(
        application_id=submitted.application_id,
        educator_id=submitted.educator_id,
        word=word,
        judged_at=submitted.submitted_at,
    )
    return Entry(fact, to=stream_of(submitted.application_id, submitted.educator_id))
