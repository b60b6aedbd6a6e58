"""A case is given to another reviewer by a supervisor, or put back into the queue, with the reason."""

from lectern.contracts.review import ReviewAssigned, ReviewUnassigned
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import OfficerId, Text
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from review.case import Case
from review.case import case as case_stream
from review.deliberation import CaseMoved, Deliberation
from review.heard import Application
from review.standing import OfficerCommand, open_case, submitted


class Reassign(OfficerCommand):
    supervisor: bool
    to: OfficerId | None
    """Somebody at DESE; None: back into the queue, for whoever takes it next."""
    why: Text
    """Plain for the rule, `sealed` for the fact."""
    sealed: Sealed[str, State]


def reassign(_: Deliberation, case: Case, application: Application, command: Reassign) -> list[CaseMoved | Entry]:
    """Whoever has the case may put it back; everything else is a supervisor’s. In any state before a decision."""
    opened = open_case(case, command)
    submitted(application, command)
    mine = opened.reviewer == command.officer and command.to is None
    if not command.supervisor and not mine:
        raise NotFound("only supervisors have this")
    if command.to == opened.reviewer:
        words = "Nobody has this case already." if command.to is None else "This reviewer has the case already."
        raise Refused(words, field="to")
    if not command.why:
        raise Refused("Say why", field="why")
    moved = CaseMoved(
        application_id=command.application_id, by=command.officer, at=command.now, to=command.to, why=command.sealed
    )
    about = {
        "application_id": command.application_id,
        "educator_id": opened.educator_id,
        "submission": command.submission,
        "cycle": opened.cycle,
    }
    told: ReviewAssigned | ReviewUnassigned = (
        ReviewUnassigned.model_validate({**about, "unassigned_at": command.now})
        if command.to is None
        else ReviewAssigned.model_validate({**about, "reviewer": command.to, "assigned_at": command.now})
    )
    return [moved, Entry(told, to=case_stream(command.application_id))]
