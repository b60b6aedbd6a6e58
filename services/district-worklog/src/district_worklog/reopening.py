"""DESE asks the district something: the application stands in its work log again, and waits for an answer."""

from typing import assert_never
from uuid import UUID

from pydantic import AwareDatetime

from district_worklog.work_item import Declined, PassedOn, Returned, Unopened, Verified, Waiting, WorkItem, work_item
from lectern.contracts.district_worklog import VerificationReopened
from lectern.contracts.review import InformationRequested
from lectern.contracts.values import ApplicationId, Party
from lectern.eventlog.errors import NotYet
from lectern.eventlog.streams import Command, Entry, Reacting


class Reopen(Command):
    application_id: ApplicationId
    submission: int
    request_id: UUID
    now: AwareDatetime


def reopen(item: WorkItem, command: Reopen) -> list[Entry]:
    """About another submission than the one that was sent, or an item that is open already, it changes nothing."""
    match item:
        case Unopened():
            raise NotYet(command.application_id)
        case Verified() if item.submission == command.submission:
            return [
                Entry(
                    VerificationReopened(
                        application_id=command.application_id,
                        educator_id=item.educator_id,
                        submission=item.submission,
                        district=item.district,
                        request_id=command.request_id,
                        reopened_at=command.now,
                    ),
                    claim=f"reopened:{command.request_id}",
                )
            ]
        case Verified() | Waiting() | Returned() | Declined() | PassedOn():
            return []
        case _:
            assert_never(item)


def when_asked(fact: InformationRequested) -> list[Reacting]:
    if fact.party is not Party.DISTRICT:
        return []
    command = Reopen(
        application_id=fact.application_id,
        submission=fact.submission,
        request_id=fact.request_id,
        now=fact.requested_at,
    )
    return [Reacting((work_item(fact.application_id, subject=fact.educator_id),), reopen, command)]
