"""An application leaves a district: another one is named. The old one keeps what it knew, and hears nothing later."""

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeAlias, assert_never

from pydantic import AwareDatetime

from district_worklog.application import Application, NotSubmitted, Submitted, application
from district_worklog.district import District, district
from district_worklog.opening import RequestVerification, request_verification
from district_worklog.work_item import Declined, PassedOn, Returned, Unopened, Verified, Waiting, WorkItem, work_item
from lectern.contracts.applications import EmployerChanged
from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import (
    ApplicationId,
    DeclineReason,
    DistrictCode,
    EmployerChange,
    Kind,
    PersonId,
    Reference,
)
from lectern.eventlog.streams import Entry, Noun, Reacting


class ItemLeft(PrivateFact):
    """The application no longer names this district: its work log keeps this, and nothing that comes later."""

    type: Literal["ItemLeft"] = "ItemLeft"
    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    """The last handing-in this district had."""
    district: DistrictCode
    to: DistrictCode
    kind: Kind
    rules: str
    reference: Reference
    submitted_on: date
    why: EmployerChange
    declined: DeclineReason | None
    """Why the district had declined, if it had."""
    left_at: AwareDatetime


@dataclass(frozen=True)
class Here:
    """It never left this district."""


@dataclass(frozen=True)
class Left:
    to: DistrictCode


LeftItem: TypeAlias = Here | Left


def evolve(_: LeftItem, fact: ItemLeft) -> LeftItem:
    return Left(fact.to)


left_item: Noun[LeftItem] = Noun("left-item", Here(), evolve, facts=(ItemLeft,))
"""`left-item/<application>:<district>`."""


class MoveItem(RequestVerification):
    before: DistrictCode
    why: EmployerChange


def move(item: WorkItem, heard: Application, place: District, _: LeftItem, command: MoveItem) -> list[Entry]:
    asked = request_verification(item, heard, place, command)
    if not asked or isinstance(heard, NotSubmitted):
        return asked
    return [*asked, *_leaving(item, heard, command)]


def _leaving(item: WorkItem, heard: Submitted, command: MoveItem) -> list[Entry]:
    match item:
        case Unopened():
            return []
        case Waiting() | Returned() | Verified() | Declined() | PassedOn():
            pass
        case _:
            assert_never(item)
    if item.district != command.before or command.before == command.district:  # named again after it had declined
        return []
    fact = ItemLeft(
        application_id=command.application_id,
        educator_id=command.educator_id,
        submission=item.submission,
        district=item.district,
        to=command.district,
        kind=item.kind,
        rules=heard.rules,
        reference=heard.reference,
        submitted_on=heard.submitted_on,
        why=command.why,
        declined=item.reason if isinstance(item, Declined) else None,
        left_at=command.requested_at,
    )
    return [Entry(fact, left_item(f"{command.application_id}:{item.district}", subject=command.educator_id))]


def when_employer_changed(fact: EmployerChanged) -> list[Reacting]:
    command = MoveItem(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        submission=fact.submission,
        district=fact.district,
        requested_at=fact.changed_at,
        before=fact.before,
        why=fact.why,
    )
    refs = (
        work_item(fact.application_id, subject=fact.educator_id),
        application(fact.application_id),
        district(fact.district),
        left_item(f"{fact.application_id}:{fact.before}", subject=fact.educator_id),
    )
    return [Reacting(refs, move, command)]
