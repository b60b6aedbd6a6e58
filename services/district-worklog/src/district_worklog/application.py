"""An educator's application, as this service hears it: what the district is asked about, and for which handing-in."""

from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias, assert_never

from district_worklog.rulings import Terms
from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
)
from lectern.contracts.sealed import District, Sealed
from lectern.contracts.values import EducatorReport, Kind, PersonId, Reference, Route
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Noun
from lectern.rules import rule_set


@dataclass(frozen=True)
class NotSubmitted:
    """Nothing was handed in that we know of."""


@dataclass(frozen=True)
class Submitted:
    educator_id: PersonId
    submission: int
    reference: Reference
    kind: Kind
    rules: str
    submitted_on: date
    """The Chicago day of the first handing-in: criteria that look at a day look at this one."""
    report: Sealed[EducatorReport, District]
    route: Route | None = None

    @property
    def terms(self) -> Terms:
        """What it is judged by. Raises Refused where this service does not know its rule set."""
        try:
            return Terms(rule_set(self.rules), self.kind, self.submitted_on, self.route)
        except KeyError:
            raise Refused(f"It was submitted under rule set {self.rules}, which is not in use here.") from None


Application: TypeAlias = NotSubmitted | Submitted
ApplicationFact: TypeAlias = ApplicationSubmitted | ApplicationCorrected | InformationSupplied | EmployerChanged


def evolve(state: Application, fact: ApplicationFact) -> Application:
    match fact:
        case ApplicationSubmitted():
            return Submitted(
                educator_id=fact.educator_id,
                submission=fact.submission,
                reference=fact.reference,
                kind=fact.kind,
                rules=fact.rules,
                submitted_on=fact.submitted_on,
                report=fact.for_district,
                route=fact.route,
            )
        case ApplicationCorrected():
            if isinstance(state, NotSubmitted) or fact.submission <= state.submission:
                return state
            return replace(state, submission=fact.submission, report=fact.for_district)
        case InformationSupplied():
            return replace(state, report=fact.for_district) if isinstance(state, Submitted) else state
        case EmployerChanged():
            if isinstance(state, NotSubmitted) or fact.submission <= state.submission:
                return state
            return replace(state, submission=fact.submission)
        case _:
            assert_never(fact)


application: Noun[Application] = Noun(
    "application",
    NotSubmitted(),
    evolve,
    facts=(ApplicationSubmitted, ApplicationCorrected, InformationSupplied, EmployerChanged),
    source="applications",
)
