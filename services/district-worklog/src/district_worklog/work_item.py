"""An application in a district's work log: what the district was asked, and how it answered."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never
from uuid import UUID

from lectern.contracts.district_worklog import (
    ContactHoursCompleted,
    ContactHoursOverdue,
    DistrictAnswered,
    DistrictDeclined,
    DistrictReturned,
    DistrictVerified,
    VerificationClaimed,
    VerificationOverdue,
    VerificationReassigned,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.values import ApplicationId, DeclineReason, DistrictCode, Kind, OfficerId, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unopened:
    """No district was asked."""


@dataclass(frozen=True)
class Waiting:
    """The district has it."""

    educator_id: PersonId
    district: DistrictCode
    kind: Kind
    submission: int
    claimed_by: OfficerId | None = None
    question: UUID | None = None
    """What DESE asked the district, and waits for."""


@dataclass(frozen=True)
class Returned:
    """The educator has it: the district needs something. Handed in again, it waits again."""

    educator_id: PersonId
    district: DistrictCode
    kind: Kind
    submission: int
    question: UUID | None = None


@dataclass(frozen=True)
class Verified:
    """The district attested and sent it to DESE."""

    educator_id: PersonId
    district: DistrictCode
    kind: Kind
    submission: int


@dataclass(frozen=True)
class Declined:
    """The educator has it: the district does not answer for them. It waits again where another district is named."""

    educator_id: PersonId
    district: DistrictCode
    kind: Kind
    submission: int
    reason: DeclineReason


@dataclass(frozen=True)
class PassedOn:
    """The district knew which other one it is. That one has it once the next handing-in names it."""

    educator_id: PersonId
    district: DistrictCode
    kind: Kind
    submission: int
    to: DistrictCode


Asked: TypeAlias = Waiting | Returned | Verified | Declined | PassedOn
WorkItem: TypeAlias = Unopened | Asked
WorkItemFact: TypeAlias = (
    VerificationRequested
    | VerificationClaimed
    | DistrictVerified
    | DistrictReturned
    | DistrictDeclined
    | VerificationReassigned
    | VerificationReopened
    | DistrictAnswered
    | VerificationOverdue
    | ContactHoursCompleted
    | ContactHoursOverdue
)


def evolve(item: WorkItem, fact: WorkItemFact) -> WorkItem:  # noqa: C901, PLR0912 - one line for each fact
    match fact:
        case VerificationRequested():
            if fact.submission <= last_submission(item):
                return item
            question = item.question if isinstance(item, Returned) else None
            return Waiting(fact.educator_id, fact.district, fact.kind, fact.submission, question=question)
        case VerificationClaimed():
            waiting = _waiting(item, fact.submission)
            return replace(waiting, claimed_by=waiting.claimed_by or fact.claimed_by) if waiting else item
        case DistrictVerified():
            waiting = _waiting(item, fact.submission)
            return Verified(*_asked(waiting)) if waiting else item
        case DistrictReturned():
            waiting = _waiting(item, fact.submission)
            return Returned(*_asked(waiting), waiting.question) if waiting else item
        case VerificationReopened():
            if isinstance(item, Verified) and item.submission == fact.submission:
                return Waiting(*_asked(item), question=fact.request_id)
            return item
        case DistrictAnswered():
            waiting = _waiting(item, fact.submission)
            return replace(waiting, question=None) if waiting else item
        case VerificationOverdue():
            return item  # being late changes nothing
        case ContactHoursCompleted() | ContactHoursOverdue():
            return item  # what was promised is followed by itself
        case DistrictDeclined():
            waiting = _waiting(item, fact.submission)
            return Declined(*_asked(waiting), fact.reason) if waiting else item
        case VerificationReassigned():
            waiting = _waiting(item, fact.submission)
            return PassedOn(*_asked(waiting), fact.to) if waiting else item
        case _:
            assert_never(fact)


def last_submission(item: WorkItem) -> int:
    """The handing-in the district was last asked about; 0 before the first."""
    match item:
        case Unopened():
            return 0
        case Waiting() | Returned() | Verified() | Declined() | PassedOn():
            return item.submission
        case _:
            assert_never(item)


def _waiting(item: WorkItem, submission: int) -> Waiting | None:
    """The item, if it waits for an answer to this submission; an answer to an older one changes nothing."""
    return item if isinstance(item, Waiting) and item.submission == submission else None


def _asked(item: Waiting | Verified) -> tuple[PersonId, DistrictCode, Kind, int]:
    return item.educator_id, item.district, item.kind, item.submission


work_item: Noun[WorkItem] = Noun(
    "work-item",
    Unopened(),
    evolve,
    facts=(
        VerificationRequested,
        VerificationClaimed,
        DistrictVerified,
        DistrictReturned,
        DistrictDeclined,
        VerificationReassigned,
        VerificationReopened,
        DistrictAnswered,
        VerificationOverdue,
        ContactHoursCompleted,
        ContactHoursOverdue,
    ),
)


def of_district(item: WorkItem, district: DistrictCode, application_id: ApplicationId) -> Asked:
    """The item, if it is this district's. Raises NotFound: another district's item looks like none at all."""
    match item:
        case Waiting() | Returned() | Verified() | Declined() | PassedOn():
            if item.district != district:
                raise NotFound(application_id)
            return item
        case Unopened():
            raise NotFound(application_id)
        case _:
            assert_never(item)


def about(item: Asked, submission: int) -> None:
    """Raises Refused when somebody looks at an older handing-in than the one the district has now."""
    if submission != item.submission:
        raise Refused(
            "The educator has handed in this application again since you opened it. Look at what is new.",
            conflict="submission",
        )
