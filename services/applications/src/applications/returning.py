"""A district returned an application: its draft is open again, for what was asked."""

from pydantic import AwareDatetime

from applications.draft import Draft, NoDraft, Submitted, draft
from applications.draft_facts import DraftReturned
from lectern.contracts.district_worklog import DistrictReturned
from lectern.contracts.values import ApplicationId, ReturnReason
from lectern.eventlog.errors import NotYet
from lectern.eventlog.streams import Command, Reacting


class OpenAgain(Command):
    application_id: ApplicationId
    submission: int
    reasons: tuple[ReturnReason, ...]
    now: AwareDatetime


def open_again(returned: Draft, command: OpenAgain) -> list[DraftReturned]:
    """About an older submission, or about a draft that is open already, it changes nothing."""
    if isinstance(returned, NoDraft):
        raise NotYet("the application is not here")
    if not (isinstance(returned, Submitted) and returned.submission == command.submission):
        return []
    return [
        DraftReturned(
            application_id=command.application_id,
            submission=command.submission,
            reasons=command.reasons,
            saved_at=command.now,
        )
    ]


def when_returned(fact: DistrictReturned) -> list[Reacting]:
    command = OpenAgain(
        application_id=fact.application_id, submission=fact.submission, reasons=fact.reasons, now=fact.returned_at
    )
    return [Reacting((draft(fact.application_id, subject=fact.educator_id),), open_again, command)]
