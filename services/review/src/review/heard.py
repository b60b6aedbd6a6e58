"""What DESE's rules need of the streams it hears: the application as handed in, and what the district says of it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted
from lectern.contracts.district_worklog import DistrictReturned, DistrictVerified, VerificationRequested
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import ApplicationId, CertificateId, ConductAnswers, Kind, PersonId, Ruling
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


Application: TypeAlias = NotSubmitted | Submitted
ApplicationFact: TypeAlias = ApplicationSubmitted | ApplicationCorrected


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
            )
        case ApplicationCorrected():
            if isinstance(state, Submitted) and fact.submission > state.submission:
                return replace(state, submission=fact.submission, conduct=fact.for_state)
            return state
        case _:
            assert_never(fact)


application = Noun[Application](
    "application",
    NotSubmitted(),
    evolve_application,
    facts=(ApplicationSubmitted, ApplicationCorrected),
    source="applications",
)


@dataclass(frozen=True)
class NotRequested: ...


@dataclass(frozen=True)
class AtDistrict:
    submission: int


@dataclass(frozen=True)
class Verified:
    submission: int
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True)
class Returned:
    submission: int


WorkItem: TypeAlias = NotRequested | AtDistrict | Verified | Returned
WorkItemFact: TypeAlias = VerificationRequested | DistrictVerified | DistrictReturned


def evolve_work_item(state: WorkItem, fact: WorkItemFact) -> WorkItem:
    """A fact about an older submission changes nothing."""
    if not isinstance(state, NotRequested) and fact.submission < state.submission:
        return state
    match fact:
        case VerificationRequested():
            return AtDistrict(fact.submission)
        case DistrictVerified():
            return Verified(fact.submission, fact.rulings)
        case DistrictReturned():
            return Returned(fact.submission)
        case _:
            assert_never(fact)


work_item = Noun[WorkItem](
    "work-item",
    NotRequested(),
    evolve_work_item,
    facts=(VerificationRequested, DistrictVerified, DistrictReturned),
    source="district-worklog",
)
