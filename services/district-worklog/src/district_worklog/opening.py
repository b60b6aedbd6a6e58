"""An application that names a district appears in its work log: once for each handing-in."""

from typing import assert_never

from pydantic import AwareDatetime

from district_worklog.application import Application, NotSubmitted, Submitted, application
from district_worklog.district import Closed, District, Listed, Unlisted, district
from district_worklog.work_item import WorkItem, last_submission, work_item
from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted
from lectern.contracts.district_worklog import VerificationRequested
from lectern.contracts.values import ApplicationId, DistrictCode, PersonId
from lectern.eventlog.errors import NotYet, Refused
from lectern.eventlog.streams import Command, Entry, Reacting


class RequestVerification(Command):
    """An application names this district; its own instant is the moment it was handed in."""

    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    district: DistrictCode
    requested_at: AwareDatetime


def request_verification(
    item: WorkItem, heard: Application, place: District, command: RequestVerification
) -> list[Entry]:
    match heard:
        case NotSubmitted():
            raise NotYet(command.application_id)
        case Submitted(kind=kind):
            pass
        case _:
            assert_never(heard)
    _can_be_asked(place, command.district)
    if command.submission <= last_submission(item):
        return []
    return [
        Entry(
            VerificationRequested(
                application_id=command.application_id,
                educator_id=command.educator_id,
                submission=command.submission,
                district=command.district,
                kind=kind,
                requested_at=command.requested_at,
            ),
            claim=f"item:{command.application_id}:{command.submission}",
        )
    ]


def _can_be_asked(place: District, code: DistrictCode) -> None:
    """A district that closed after the educator named it is asked all the same, and declines at once: the educator is
    told, and not lost between two."""
    match place:
        case Unlisted():
            raise Refused(f"No district has the code {code}.", field="district")
        case Listed() | Closed():
            return
        case _:
            assert_never(place)


def open_item(fact: ApplicationSubmitted) -> list[Reacting]:
    return _ask(fact, fact.submitted_at)


def reopen_item(fact: ApplicationCorrected) -> list[Reacting]:
    return _ask(fact, fact.corrected_at)


def _ask(fact: ApplicationSubmitted | ApplicationCorrected, at: AwareDatetime) -> list[Reacting]:
    if fact.district is None:
        return []
    return [
        Reacting(
            (
                work_item(fact.application_id, subject=fact.educator_id),
                application(fact.application_id),
                district(fact.district),
            ),
            request_verification,
            RequestVerification(
                application_id=fact.application_id,
                educator_id=fact.educator_id,
                submission=fact.submission,
                district=fact.district,
                requested_at=at,
            ),
        )
    ]
