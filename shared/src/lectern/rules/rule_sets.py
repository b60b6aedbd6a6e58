"""Rule sets as data: each kind of application with its criteria, steps and purposes, and every number; one file each.

`parameters.RULES` names the set in force; facts carry the version they were judged by. A published file never changes;
the next set is a new file in `sets/`. What a rule does with a number stands in code beside this.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lectern.contracts.values import EstablishedBy, Kind, ReturnReason, Route, Task
from lectern.rules.wording import ATTESTATION, PURPOSE, Status

Part: TypeAlias = Literal["years", "development", "mentoring"]
"""A part of the report on education and experience that an application of a kind may ask for."""
Start: TypeAlias = Literal["old expiry", "approval"]
"""The day on which an extension's new period starts."""


class _Data(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Help(_Data):
    counts: str
    does_not: str
    bring: str


class Criterion(_Data):
    """One requirement. `unverified` names the parts that are our default until the state confirms them."""

    id: str
    name: str
    """In two or three words, for tables."""
    sentence: str
    help: Help
    established_by: EstablishedBy
    citation: str
    status: Status
    unverified: str | None = None
    routes: tuple[Route, ...] = ()
    """Of a kind with routes: those that ask for it; empty: each."""


class Purpose(_Data):
    """What an application may say it is for, word for word. Of a kind with routes it is the route."""

    text: str
    status: Status
    route: Route | None = None


class RouteRules(_Data):
    """What differs between the routes of a kind."""

    steps: tuple[Task, ...]


class KindRules(_Data):
    """What an application of a kind is made of. A kind without the step `payment` costs nothing."""

    steps: tuple[Task, ...]
    """In the order of the instructions."""
    report: tuple[Part, ...]
    """The parts that a complete report on education and experience has."""
    attestation: str
    """The version of the text that the district signs."""
    expected: bool
    """Whether `expected_weeks` is said of its decision."""
    returns: tuple[ReturnReason, ...]
    """Why a district may return it."""
    purposes: tuple[Purpose, ...] = Field(min_length=1)
    criteria: tuple[Criterion, ...]
    """In the order pages show them."""
    routes: Mapping[Route, RouteRules] = Field(default_factory=dict)
    """The ways to make it, where there are several."""

    def route_of(self, purpose: str | None) -> Route | None:
        """Which way somebody takes who states this purpose; None where there is only one, or none is stated."""
        return next((each.route for each in self.purposes if each.text == purpose), None)

    def by(self, route: Route | None) -> "KindRules":
        """What this route is made of; without one as it stands."""
        if route is None or route not in self.routes:
            return self
        criteria = tuple(each for each in self.criteria if not each.routes or route in each.routes)
        return self.model_copy(update={"steps": self.routes[route].steps, "criteria": criteria})

    def established(self, by: EstablishedBy) -> tuple[str, ...]:
        """The criteria that are theirs to establish."""
        return tuple(each.id for each in self.criteria if each.established_by is by)


class Parameters(_Data):
    """Years and shares in hundredths, contact hours in quarter hours, money in US cents."""

    teaching_hundredths: int = Field(gt=0)
    half_time_hundredths: int = Field(gt=0)
    """The FTE from which a position, or positions held together, count."""
    school_year_hundredths: int = Field(gt=0)
    """What a school year counts at most."""
    development_quarter_hours: int = Field(gt=0)
    mentoring_school_years: int = Field(gt=0)
    window_days: int = Field(ge=0)
    """Outside so many days before its expiry a certificate is not "about to expire": we warn, and never block."""
    fee_cents: int = Field(ge=0)
    expected_weeks: tuple[int, int]
    """From the day the district submits to DESE; an expectation, not a deadline."""
    ipc_years: int = Field(gt=0)
    ccpc_years: int = Field(gt=0)
    late_months: int = Field(default=0, ge=0)
    """So many months after its expiry a certificate can still be extended; the last day counts."""
    extension_years: int = Field(default=0, ge=0)
    extension_starts: Start = "old expiry"
    course_semester_hundredths: tuple[int, int] = (0, 0)
    """Semester hours that a course for a reactivation has, least and most."""
    course_months: int = Field(default=0, ge=0)
    """So many months after its completion a course still counts on the day of submission; the last day counts."""
    promised_quarter_hours: int = Field(default=0, ge=0)
    """Contact hours of professional development that a district attests to for a reactivation."""
    promised_months: int = Field(default=0, ge=0)
    """They are completed within so many months before or after the reactivation; the last day counts."""
    background_months: int = Field(default=0, ge=0)
    """So many months after its day a background clearance still counts; the last day counts."""
    reactivation_years: int = Field(default=0, ge=0)
    payment_query_seconds: int = Field(gt=0)
    """A payment without an answer is asked about after so long."""

    # the clocks, in working days where nothing else is said; the first set has none of them
    district_days: int = Field(default=0, ge=0)
    """After so many its contacts are reminded: what is expected of a district."""
    district_overdue_days: int = Field(default=0, ge=0)
    """After so many its administrators are told."""
    state_days: int = Field(default=0, ge=0)
    """After so many the reviewer is reminded: the first of the expected weeks, of five days each."""
    state_overdue_days: int = Field(default=0, ge=0)
    """After so many the supervisors are told: the last of the expected weeks."""
    returned_days: tuple[int, ...] = ()
    """After so many an educator who has not answered a district is reminded, each time."""
    closing_days: int = Field(default=0, ge=0)
    """An application whose educator has not answered for so many days is closed as incomplete."""
    reconsideration_days: int = Field(default=0, ge=0)
    """So many days after a denial its educator can ask for a reconsideration; the last day counts. 0: not at all."""
    draft_days: int = Field(default=0, ge=0)
    """A draft nobody touched for so many days is deleted."""
    draft_warning_days: int = Field(default=0, ge=0)
    """So many days before that its educator is told."""
    morning_hour: int = Field(default=0, ge=0, le=23)
    """From this hour of a working day on, in Missouri, offices are reminded and told."""
    evening_hour: int = Field(default=0, ge=0, le=24)
    """From this hour of a working day on nobody is reminded any more: what falls due later waits for the next one."""
    measured_cases: int = Field(default=0, ge=0)
    """What is measured of waiting rests on so many of the last decided cases of a kind."""
    measured_least: int = Field(default=0, ge=0)
    """With fewer nothing is said of what was measured."""


_OF_KIND: Final = {
    Kind.EXTENSION: {"late_months", "extension_years", "extension_starts"},
    Kind.REACTIVATION: {
        "course_semester_hundredths",
        "course_months",
        "promised_quarter_hours",
        "promised_months",
        "background_months",
        "reactivation_years",
    },
}
"""Parameters that a set without this kind does not have."""
_OF_CLOCKS: Final = {
    "district_days",
    "district_overdue_days",
    "state_days",
    "state_overdue_days",
    "returned_days",
    "closing_days",
    "reconsideration_days",
    "draft_days",
    "draft_warning_days",
    "morning_hour",
    "evening_hour",
    "measured_cases",
    "measured_least",
}
"""Parameters that the first set does not have: all or none."""


class RuleSet(_Data):
    version: str
    effective_on: date
    """The Chicago day it was made for; the newest set is the one in force."""
    parameters: Parameters
    statuses: Mapping[str, Status]
    """Where each parameter comes from."""
    kinds: Mapping[Kind, KindRules]
    """The kinds of application that can be made under it."""

    def of(self, kind: Kind, route: Route | None = None) -> KindRules:
        """Of a kind, or of one of its routes. Raises KeyError for a kind that this set does not have."""
        return self.kinds[kind].by(route)

    def criterion(self, id_: str) -> Criterion:
        """Raises KeyError for an id that this set does not have."""
        return {each.id: each for kind in self.kinds.values() for each in kind.criteria}[id_]

    @model_validator(mode="before")
    @classmethod
    def _apart(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """In the file each parameter stands with its status."""
        parameters: Mapping[str, Mapping[str, Any]] = data["parameters"]
        if odd := [name for name, each in parameters.items() if set(each) != {"value", "status"}]:
            raise ValueError(f"a parameter has a value and a status: {', '.join(odd)}")
        return {
            **_with_kinds(data),
            "parameters": {name: each["value"] for name, each in parameters.items()},
            "statuses": {name: each["status"] for name, each in parameters.items()},
        }

    @model_validator(mode="after")
    def _once(self) -> "RuleSet":
        ids = [each.id for kind in self.kinds.values() for each in kind.criteria]
        if len(ids) != len(set(ids)):
            raise ValueError("a criterion stands in the set twice")
        if (clocks := _OF_CLOCKS & set(self.statuses)) and (missing := _OF_CLOCKS - clocks):
            raise ValueError(f"clocks need {', '.join(sorted(missing))}")
        for kind, needed in _OF_KIND.items():
            if kind in self.kinds and (missing := needed - set(self.statuses)):
                raise ValueError(f"{kind.value} needs {', '.join(sorted(missing))}")
        return self

    @model_validator(mode="after")
    def _ways(self) -> "RuleSet":
        """Of a kind with routes each purpose is one, and whoever asks for a criterion is one."""
        for kind, said in self.kinds.items():
            named = {each.route for each in said.purposes} | {way for each in said.criteria for way in each.routes}
            if named - {None} != set(said.routes) or (said.routes and None in {each.route for each in said.purposes}):
                raise ValueError(f"{kind.value} names a route that it does not have, or a purpose without one")
        return self


def _with_kinds(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """The first set knew upgrades only, so its file says nothing of kinds: what was the same in code stands here."""
    if "kinds" in data:
        return data
    upgrade = {
        "steps": ["personal", "education", "conduct", "purpose", "payment", "release", "district"],
        "report": ["years", "development", "mentoring"],
        "attestation": ATTESTATION.version,
        "expected": True,
        "returns": [each for each in ReturnReason if each is not ReturnReason.EMPLOYMENT_UNCLEAR],
        "purposes": [{"text": PURPOSE, "status": "given"}],
        "criteria": data["criteria"],
    }
    return {**{name: each for name, each in data.items() if name != "criteria"}, "kinds": {"upgrade": upgrade}}


def read(text: str) -> RuleSet:
    """A rule set as its file says it. Raises ValueError (of TOML or of pydantic) that names what is wrong."""
    return RuleSet.model_validate(tomllib.loads(text))


@cache
def rule_sets() -> Mapping[str, RuleSet]:
    """All that were ever published, by version. Raises ValueError where a file is named unlike its version."""
    found: dict[str, RuleSet] = {}
    for file in files(__package__).joinpath("sets").iterdir():
        if file.name.endswith(".toml"):
            one = read(file.read_text(encoding="utf-8"))
            if file.name != f"{one.version}.toml":
                raise ValueError(f"{file.name} holds the rule set {one.version}")
            found[one.version] = one
    return found


def rule_set(version: str) -> RuleSet:
    """A set by its version. Raises KeyError for one never published."""
    return rule_sets()[version]
