"""Who has an application, told from the streams that this service hears."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias, assert_never
from uuid import UUID

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
)
from lectern.contracts.district_worklog import (
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationReopened,
)
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    HoldPlaced,
    HoldReleased,
    InformationRequested,
    ReconsiderationOpened,
)
from lectern.contracts.values import Party
from lectern.eventlog.streams import Noun


class Holder(StrEnum):
    DISTRICT = "district"
    EDUCATOR = "educator"
    DESE = "dese"
    NOBODY = "nobody"
    """It has ended, or was never handed in."""


@dataclass(frozen=True)
class HandedIn:
    """The last handing-in; 0 before the first. And the last question of DESE that was answered."""

    submission: int = 0
    to_district: bool = True
    supplied: UUID | None = None


HandedInFact: TypeAlias = ApplicationSubmitted | ApplicationCorrected | EmployerChanged | InformationSupplied


def evolve_handed_in(state: HandedIn, fact: HandedInFact) -> HandedIn:
    match fact:
        case InformationSupplied():
            return replace(state, supplied=fact.request_id)
        case ApplicationSubmitted() | ApplicationCorrected() | EmployerChanged() if fact.submission > state.submission:
            return replace(state, submission=fact.submission, to_district=fact.district is not None)
        case ApplicationSubmitted() | ApplicationCorrected() | EmployerChanged():
            return state
        case _:
            assert_never(fact)


handed_in: Noun[HandedIn] = Noun(
    "application",
    HandedIn(),
    evolve_handed_in,
    facts=(ApplicationSubmitted, ApplicationCorrected, EmployerChanged, InformationSupplied),
    source="applications",
)


@dataclass(frozen=True)
class Answered:
    """The district's last answer, and to which handing-in."""

    submission: int = 0
    holder: Holder = Holder.DISTRICT


AnswerFact: TypeAlias = DistrictReturned | DistrictDeclined | DistrictVerified | VerificationReopened


def evolve_answered(state: Answered, fact: AnswerFact) -> Answered:
    if fact.submission < state.submission:
        return state
    match fact:
        case DistrictReturned() | DistrictDeclined():
            return Answered(fact.submission, Holder.EDUCATOR)
        case DistrictVerified():
            return Answered(fact.submission, Holder.DESE)
        case VerificationReopened():
            return Answered(fact.submission, Holder.DISTRICT)
        case _:
            assert_never(fact)


answered: Noun[Answered] = Noun(
    "work-item",
    Answered(),
    evolve_answered,
    facts=(DistrictReturned, DistrictDeclined, DistrictVerified, VerificationReopened),
    source="district-worklog",
)


@dataclass(frozen=True)
class AtState:
    """DESE's case: whether it has ended, and the last question that its educator was asked."""

    ended: bool = False
    asked: UUID | None = None
    held: bool = False
    cycle: int = 1
    """Reminders of a later cycle are others."""


CaseFact: TypeAlias = (
    ApplicationApproved
    | ApplicationDenied
    | ApplicationWithdrawn
    | ApplicationClosedIncomplete
    | InformationRequested
    | HoldPlaced
    | HoldReleased
    | ReconsiderationOpened
)


def evolve_at_state(state: AtState, fact: CaseFact) -> AtState:
    match fact:
        case ApplicationApproved() | ApplicationDenied() | ApplicationWithdrawn() | ApplicationClosedIncomplete():
            return replace(state, ended=True)
        case ReconsiderationOpened():
            return replace(state, ended=False, held=False, cycle=fact.cycle)
        case InformationRequested():
            return replace(state, asked=fact.request_id) if fact.party is Party.EDUCATOR else state
        case HoldPlaced() | HoldReleased():
            return replace(state, held=isinstance(fact, HoldPlaced))
        case _:
            assert_never(fact)


at_state: Noun[AtState] = Noun(
    "case",
    AtState(),
    evolve_at_state,
    facts=(
        ApplicationApproved,
        ApplicationDenied,
        ApplicationWithdrawn,
        ApplicationClosedIncomplete,
        InformationRequested,
        HoldPlaced,
        HoldReleased,
        ReconsiderationOpened,
    ),
    source="review",
)


def holder(handed_in: HandedIn, answered: Answered, at_state: AtState) -> Holder:
    if at_state.ended or handed_in.submission == 0:
        return Holder.NOBODY
    if at_state.asked is not None and at_state.asked != handed_in.supplied:
        return Holder.EDUCATOR
    if not handed_in.to_district:
        return Holder.DESE
    return answered.holder if answered.submission == handed_in.submission else Holder.DISTRICT
