"""An application that was handed in: public, and told to everybody who works on it. Its draft is another stream."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
    PaymentReceived,
    PaymentRefunded,
    ReconsiderationRequested,
    WithdrawalRequested,
)
from lectern.contracts.values import ApplicationId, Cents, DistrictCode, Kind, PaymentId, PersonId, Reference
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Paid:
    payment_id: PaymentId
    amount: Cents


@dataclass(frozen=True)
class NotSubmitted:
    paid: Paid | None = None


@dataclass(frozen=True)
class HandedIn:
    application_id: ApplicationId
    educator_id: PersonId
    reference: Reference
    kind: Kind
    rules: str
    """The rule set it was submitted under, kept for its whole life."""
    district: DistrictCode | None
    submission: int
    paid: Paid | None = None
    withdrawing: bool = False
    """Its educator asked to withdraw it; what became of that, review says."""
    reconsidered: int = 0
    """The last cycle whose denial the educator asked to have looked at again; 0: none."""


Application: TypeAlias = NotSubmitted | HandedIn
ApplicationsOwnFact: TypeAlias = (
    PaymentReceived
    | ApplicationSubmitted
    | ApplicationCorrected
    | EmployerChanged
    | InformationSupplied
    | WithdrawalRequested
    | ReconsiderationRequested
    | PaymentRefunded
)


def evolve(application: Application, fact: ApplicationsOwnFact) -> Application:
    match fact:
        case PaymentReceived():
            return replace(application, paid=Paid(fact.payment_id, fact.amount))
        case ApplicationSubmitted():
            return HandedIn(
                fact.application_id,
                fact.educator_id,
                fact.reference,
                fact.kind,
                fact.rules,
                fact.district,
                fact.submission,
                application.paid,
            )
        case ApplicationCorrected() | EmployerChanged():
            if isinstance(application, HandedIn):
                return replace(application, submission=fact.submission, district=fact.district)
            return application
        case WithdrawalRequested():
            return replace(application, withdrawing=True) if isinstance(application, HandedIn) else application
        case ReconsiderationRequested():
            if isinstance(application, HandedIn):
                return replace(application, reconsidered=fact.cycle, withdrawing=False)
            return application
        case InformationSupplied() | PaymentRefunded():
            return application
        case _:
            assert_never(fact)


application = Noun[Application](
    "application",
    NotSubmitted(),
    evolve,
    facts=(
        PaymentReceived,
        ApplicationSubmitted,
        ApplicationCorrected,
        EmployerChanged,
        InformationSupplied,
        WithdrawalRequested,
        ReconsiderationRequested,
        PaymentRefunded,
    ),
)
