"""A reviewer starts on a case, or takes it over from a colleague."""

from lectern.contracts.review import ReviewAssigned
from lectern.eventlog.errors import Refused
from review.case import Case, Undecided
from review.heard import Application, WorkItem
from review.standing import Docket, OfficerCommand, docket


class StartReview(OfficerCommand):
    """`instead_of_colleague`: knowing that somebody else has it."""

    instead_of_colleague: bool = False


def start_review(case: Case, application: Application, item: WorkItem, command: StartReview) -> list[ReviewAssigned]:
    ready = docket(case, application, item, command)
    reviewer = ready.case.reviewer
    if reviewer is not None and reviewer != command.officer and not command.instead_of_colleague:
        raise Refused("A colleague has this case. You can take it over from them.", reviewer=str(reviewer))
    return assigned(ready, command)


def assigned(ready: Docket, command: OfficerCommand) -> list[ReviewAssigned]:
    """Nothing where the officer has the case already."""
    if ready.case.reviewer == command.officer:
        return []
    return [_assigned(ready.case, command)]


def _assigned(case: Undecided, command: OfficerCommand) -> ReviewAssigned:
    return ReviewAssigned(
        application_id=case.application_id,
        educator_id=case.educator_id,
        submission=command.submission,
        cycle=case.cycle,
        reviewer=command.officer,
        assigned_at=command.now,
    )
