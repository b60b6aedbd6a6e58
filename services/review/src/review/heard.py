"""What DESE's rules need of the streams it hears: the application as handed in, and what the district says of it."""

from dataclasses import dataclass, replace
from datetime import date, datetime
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
    VerificationRequested,
)
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    CertificateId,
    ConductAnswers,
    CourseTaken,
    DistrictCode,
    Kind,
    PersonId,
    Route,
    Ruling,
)
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class NotSubmitted: ...


@dataclass(frozen=True)
class Submitted:
    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    """The last handing-in."""
    kind: Kind
    certificate_ids: tuple[CertificateId, ...]
    submitted_on: date
    """Of the first handing-in; criteria that look at a day look at this one."""
    rules: str
    conduct: Sealed[ConductAnswers, State]
    supplied: UUID | None = None
    """What DESE asked and the educator answered last."""
    district: DistrictCode | None = None
    """None where no district has to verify anything."""
    route: Route | None = None
    course: Sealed[CourseTaken, State] | None = None


Application: TypeAlias = NotSubmitted | Submitted
ApplicationFact: TypeAlias = ApplicationSubmitted | ApplicationCorrected | InformationSupplied | EmployerChanged


def evolve_application(state: Application, fact: ApplicationFact) -> Application:
    match fact:
        case ApplicationSubmitted():
            return Submitted(
                fact.application_id,
                fact.educator_id,
                fact.submission,
                fact.kind,
                fact.certificate_ids,
                fact.submitted_on,
                fact.rules,
                fact.for_state,
                district=fact.district,
                route=fact.route,
                course=fact.course,
            )
        case ApplicationCorrected():
            if isinstance(state, Submitted) and fact.submission > state.submission:
                return replace(state, submission=fact.submission, conduct=fact.for_state, district=fact.district)
            return state
        case InformationSupplied():
            return replace(state, supplied=fact.request_id) if isinstance(state, Submitted) else state
        case EmployerChanged():
            if isinstance(state, Submitted) and fact.submission > state.submission:
                return replace(state, submission=fact.submission)
            return state
        case _:
            assert_never(fact)


application = Noun[Application](
    "application",
    NotSubmitted(),
    evolve_application,
    facts=(ApplicationSubmitted, ApplicationCorrected, InformationSupplied, EmployerChanged),
    source="applications",
)


@dataclass(frozen=True)
class NotRequested: ...


@dataclass(frozen=True)
class AtDistrict:
    submission: int
    question: UUID | None = None
    """What DESE asked the district, while the answer is not here."""


@dataclass(frozen=True)
class Verified:
    submission: int
    rulings: tuple[Ruling, ...]
    answered: UUID | None = None
    """What DESE asked before and is answered with this."""


@dataclass(frozen=True)
class Returned:
    submission: int
    at: datetime
    question: UUID | None = None


@dataclass(frozen=True)
class Declined:
    submission: int
    at: datetime


WorkItem: TypeAlias = NotRequested | AtDistrict | Verified | Returned | Declined
WorkItemFact: TypeAlias = (
    VerificationRequested | DistrictVerified | DistrictReturned | VerificationReopened | DistrictDeclined
)


def evolve_work_item(state: WorkItem, fact: WorkItemFact) -> WorkItem:
    """A fact about an older submission changes nothing."""
    if not isinstance(state, NotRequested) and fact.submission < state.submission:
        return state
    match fact:
        case VerificationRequested():
            return AtDistrict(fact.submission, _question(state))
        case DistrictVerified():
            return Verified(fact.submission, fact.rulings, _question(state))
        case DistrictReturned():
            return Returned(fact.submission, fact.returned_at, _question(state))
        case VerificationReopened():
            return AtDistrict(fact.submission, fact.request_id)
        case DistrictDeclined():
            return Declined(fact.submission, fact.declined_at)
        case _:
            assert_never(fact)


def _question(state: WorkItem) -> UUID | None:
    return state.question if isinstance(state, AtDistrict | Returned) else None


work_item = Noun[WorkItem](
    "work-item",
    NotRequested(),
    evolve_work_item,
    facts=(VerificationRequested, DistrictVerified, DistrictReturned, VerificationReopened, DistrictDeclined),
    source="district-worklog",
)
