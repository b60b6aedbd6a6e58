"""An application that was handed in: public, and told to everybody who works on it. Its draft is another stream."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted, PaymentReceived
from lectern.contracts.values import ApplicationId, DistrictCode, PersonId, Reference
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class NotSubmitted: ...


@dataclass(frozen=True)
class HandedIn:
    application_id: ApplicationId
    educator_id: PersonId
    reference: Reference
    district: DistrictCode | None
    submission: int


Application: TypeAlias = NotSubmitted | HandedIn
ApplicationsOwnFact: TypeAlias = PaymentReceived | ApplicationSubmitted | ApplicationCorrected


def evolve(application: Application, fact: ApplicationsOwnFact) -> Application:
    match fact:
        case PaymentReceived():
            return application
        case ApplicationSubmitted():
            return HandedIn(fact.application_id, fact.educator_id, fact.reference, fact.district, fact.submission)
        case ApplicationCorrected():
            if isinstance(application, HandedIn):
                return replace(application, submission=fact.submission, district=fact.district)
            return application
        case _:
            assert_never(fact)


application = Noun[Application](
    "application", NotSubmitted(), evolve, facts=(PaymentReceived, ApplicationSubmitted, ApplicationCorrected)
)
