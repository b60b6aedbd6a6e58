"""A case is put on hold, and released: meanwhile nobody decides it, asks about it or proposes anything."""

from lectern.contracts.review import HoldPlaced, HoldReleased
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import Text
from lectern.eventlog.errors import Refused
from review.case import Case
from review.deliberation import Deliberation
from review.heard import Application, WorkItem
from review.requesting import nothing_proposed
from review.standing import OfficerCommand, docket, open_case, submitted


class PlaceHold(OfficerCommand):
    why: Text
    """Plain for the rule, `sealed` for the fact."""
    sealed: Sealed[str, State]


class ReleaseHold(OfficerCommand):
    why: Text
    sealed: Sealed[str, State]


def place_hold(
    case: Case, state: Deliberation, application: Application, item: WorkItem, command: PlaceHold
) -> list[HoldPlaced]:
    """Of a case that could be decided now: what waits for somebody else waits already."""
    ready = docket(case, application, item, command)
    nothing_proposed(state, command)
    _with_reason(command.why)
    return [
        HoldPlaced(
            application_id=command.application_id,
            educator_id=ready.case.educator_id,
            submission=command.submission,
            cycle=ready.case.cycle,
            why=command.sealed,
            placed_by=command.officer,
            placed_at=command.now,
        )
    ]


def release_hold(case: Case, application: Application, command: ReleaseHold) -> list[HoldReleased]:
    """A second click has the same key; whoever comes with another finds it released."""
    held = open_case(case, command)
    handed_in = submitted(application, command)
    if command.officer_is == handed_in.educator_id:
        raise Refused("This is your own application. Somebody else at DESE works on it.")
    if not held.held:
        raise Refused("This case is not on hold any more.")
    _with_reason(command.why)
    return [
        HoldReleased(
            application_id=command.application_id,
            educator_id=held.educator_id,
            submission=command.submission,
            cycle=held.cycle,
            why=command.sealed,
            released_by=command.officer,
            released_at=command.now,
        )
    ]


def _with_reason(why: str) -> None:
    if not why:
        raise Refused("Say why", field="why")
