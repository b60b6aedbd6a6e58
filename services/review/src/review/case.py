"""A case: DESE's side of one application, from its submission to the decision that ends it. Public stream."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TypeAlias, assert_never
from uuid import UUID

from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    ReconsiderationOpened,
    ReviewAssigned,
    ReviewOpened,
    ReviewUnassigned,
    WithdrawalTooLate,
)
from lectern.contracts.values import ApplicationId, DistrictCode, Kind, OfficerId, Party, PersonId
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unopened: ...


@dataclass(frozen=True)
class Question:
    """What DESE asked last. Whether it is answered, the streams of those who were asked say."""

    request_id: UUID
    party: Party
    submission: int
    at: datetime


@dataclass(frozen=True)
class Undecided:
    """Open. Whether it can be decided also depends on the district, and on what DESE asked; see `standing`."""

    application_id: ApplicationId
    educator_id: PersonId
    cycle: int
    kind: Kind
    district: DistrictCode | None
    reviewer: OfficerId | None = None
    question: Question | None = None
    held: bool = False


@dataclass(frozen=True)
class Decided:
    application_id: ApplicationId
    cycle: int
    approved: bool


@dataclass(frozen=True)
class Withdrawn:
    """Ended without a decision: its educator asked for it."""

    application_id: ApplicationId
    cycle: int


@dataclass(frozen=True)
class Closed:
    """Ended without a decision: its educator was asked for something, and did not answer."""

    application_id: ApplicationId
    cycle: int


Case: TypeAlias = Unopened | Undecided | Decided | Withdrawn | Closed
CaseFact: TypeAlias = (
    ReviewOpened
    | ReviewAssigned
    | ReviewUnassigned
    | HoldPlaced
    | HoldReleased
    | InformationRequested
    | ApplicationApproved
    | ApplicationDenied
    | ApplicationClosedIncomplete
    | ApplicationWithdrawn
    | ReconsiderationOpened
    | WithdrawalTooLate
)


def evolve(state: Case, fact: CaseFact) -> Case:
    match fact:
        case ReviewOpened() | ReconsiderationOpened():
            return Undecided(fact.application_id, fact.educator_id, fact.cycle, fact.kind, fact.district)
        case ReviewAssigned() | ReviewUnassigned() | HoldPlaced() | HoldReleased() | InformationRequested():
            return _worked_on(state, fact) if isinstance(state, Undecided) else state
        case ApplicationApproved():
            return Decided(fact.application_id, fact.cycle, approved=True)
        case ApplicationDenied():
            return Decided(fact.application_id, fact.cycle, approved=False)
        case ApplicationWithdrawn():
            return Withdrawn(fact.application_id, fact.cycle)
        case ApplicationClosedIncomplete():
            return Closed(fact.application_id, fact.cycle)
        case WithdrawalTooLate():
            return state
        case _:
            assert_never(fact)


def _worked_on(
    state: Undecided, fact: ReviewAssigned | ReviewUnassigned | HoldPlaced | HoldReleased | InformationRequested
) -> Undecided:
    match fact:
        case ReviewAssigned():
            return replace(state, reviewer=fact.reviewer)
        case ReviewUnassigned():
            return replace(state, reviewer=None)
        case HoldPlaced():
            return replace(state, held=True)
        case HoldReleased():
            return replace(state, held=False)
        case InformationRequested():
            return replace(state, question=Question(fact.request_id, fact.party, fact.submission, fact.requested_at))
        case _:
            assert_never(fact)


case = Noun[Case](
    "case",
    Unopened(),
    evolve,
    facts=(
        ReviewOpened,
        ReviewAssigned,
        ReviewUnassigned,
        HoldPlaced,
        HoldReleased,
        InformationRequested,
        ApplicationApproved,
        ApplicationDenied,
        ApplicationClosedIncomplete,
        ApplicationWithdrawn,
        ReconsiderationOpened,
        WithdrawalTooLate,
    ),
)
