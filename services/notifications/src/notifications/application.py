"""An educator's application, as this service hears it: what notices name it by."""

from dataclasses import dataclass, replace
from typing import TypeAlias, assert_never

from lectern.contracts.applications import ApplicationCorrected, ApplicationSubmitted, EmployerChanged
from lectern.contracts.values import Cents, CertificateId, DistrictCode, Kind, PersonId, Reference
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class NotSubmitted:
    """Nothing was handed in that we know of."""


@dataclass(frozen=True)
class Submitted:
    educator_id: PersonId
    reference: Reference
    kind: Kind
    district: DistrictCode | None
    fee: Cents
    certificate_ids: tuple[CertificateId, ...]


Application: TypeAlias = NotSubmitted | Submitted
ApplicationFact: TypeAlias = ApplicationSubmitted | ApplicationCorrected | EmployerChanged


def evolve(state: Application, fact: ApplicationFact) -> Application:
    match fact:
        case ApplicationSubmitted():
            return Submitted(fact.educator_id, fact.reference, fact.kind, fact.district, fact.fee, fact.certificate_ids)
        case ApplicationCorrected() | EmployerChanged():
            return state if isinstance(state, NotSubmitted) else replace(state, district=fact.district)
        case _:
            assert_never(fact)


application: Noun[Application] = Noun(
    "application",
    NotSubmitted(),
    evolve,
    facts=(ApplicationSubmitted, ApplicationCorrected, EmployerChanged),
    source="applications",
)
