"""DESE has a case from the moment an application is submitted; it can be decided once the district has verified it."""

from typing import assert_never

from pydantic import AwareDatetime

from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.review import ReviewOpened
from lectern.contracts.values import ApplicationId, DistrictCode, Kind, PersonId
from lectern.eventlog.streams import Command, Reacting
from review.case import Case, Closed, Decided, Undecided, Unopened, Withdrawn, case

FIRST_CYCLE = 1


class OpenReview(Command):
    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    kind: Kind
    district: DistrictCode | None
    at: AwareDatetime


def open_review(state: Case, command: OpenReview) -> list[ReviewOpened]:
    match state:
        case Unopened():
            return [
                ReviewOpened(
                    application_id=command.application_id,
                    educator_id=command.educator_id,
                    submission=command.submission,
                    cycle=FIRST_CYCLE,
                    kind=command.kind,
                    district=command.district,
                    opened_at=command.at,
                )
            ]
        case Undecided() | Decided() | Withdrawn() | Closed():
            return []
        case _:
            assert_never(state)


def open_case(fact: ApplicationSubmitted) -> list[Reacting]:
    """What follows from hearing that an application was submitted."""
    command = OpenReview(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        submission=fact.submission,
        kind=fact.kind,
        district=fact.district,
        at=fact.submitted_at,
    )
    return [Reacting((case(fact.application_id, subject=fact.educator_id),), open_review, command)]
