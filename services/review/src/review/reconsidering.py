"""The educator asks DESE to look at a denial again: the next cycle of the case, on what was handed in and attested."""

from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.applications import ReconsiderationRequested
from lectern.contracts.review import ReconsiderationOpened
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.errors import NotYet, Refused
from lectern.eventlog.streams import Command, Entry, Reacting
from review.case import Case, Closed, Decided, Undecided, Unopened, Withdrawn
from review.case import case as case_stream
from review.deliberation import Deliberation, decided_before
from review.heard import Application, NotSubmitted
from review.heard import application as application_stream
from review.standing import OfficerCommand


class OpenReconsideration(Command):
    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    """The handing-in that was denied."""
    cycle: int
    """The cycle that was denied."""
    now: AwareDatetime


def open_reconsideration(case: Case, application: Application, command: OpenReconsideration) -> list[Entry]:
    """Of anything but this denial it opens nothing: what was not denied needs no other decision."""
    match case:
        case Unopened():
            raise NotYet(command.application_id)
        case Decided(approved=False, cycle=command.cycle):
            pass
        case Undecided() | Decided() | Withdrawn() | Closed():
            return []
        case _:
            assert_never(case)
    if isinstance(application, NotSubmitted):
        raise NotYet(command.application_id)
    opened = ReconsiderationOpened(
        application_id=command.application_id,
        educator_id=command.educator_id,
        submission=command.submission,
        cycle=command.cycle + 1,
        kind=application.kind,
        district=application.district,
        opened_at=command.now,
    )
    claim = f"reconsideration:{command.application_id}:{command.cycle}"
    return [Entry(opened, claim=claim)]


def somebody_else(state: Deliberation, command: OfficerCommand) -> None:
    """Raises Refused where the officer signed the decision that is looked at again."""
    if command.officer in decided_before(state):
        raise Refused("You decided on this application before. Somebody else decides it anew.", before=True)


def when_requested(fact: ReconsiderationRequested) -> list[Reacting]:
    command = OpenReconsideration(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        submission=fact.submission,
        cycle=fact.cycle,
        now=fact.requested_at,
    )
    id_ = fact.application_id
    refs = (case_stream(id_, subject=fact.educator_id), application_stream(id_))
    return [Reacting(refs, open_reconsideration, command)]
