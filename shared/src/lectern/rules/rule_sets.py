"""Rule sets as data: the criteria with their words, and every number that the state may set otherwise; one file each.

`parameters.RULES` names the set in force; facts carry the version they were judged by. A published file never changes;
the next set is a new file in `sets/`. What a rule does with a number stands in code beside this.
"""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict, Field, model_validator

from lectern.contracts.values import EstablishedBy

Status: TypeAlias = Literal["given", "unverified"]
"""Given by the instructions for applicants, or our default until the state confirms it."""


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
    payment_query_seconds: int = Field(gt=0)
    """A payment without an answer is asked about after so long."""


class RuleSet(_Data):
    version: str
    effective_on: date
    """The Chicago day it was made for; the newest set is the one in force."""
    parameters: Parameters
    statuses: Mapping[str, Status]
    """Where each parameter comes from."""
    criteria: tuple[Criterion, ...]
    """In the order pages show them."""

    @model_validator(mode="before")
    @classmethod
    def _apart(cls, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """In the file each parameter stands with its status."""
        parameters: Mapping[str, Mapping[str, Any]] = data["parameters"]
        if odd := [name for name, each in parameters.items() if set(each) != {"value", "status"}]:
            raise ValueError(f"a parameter has a value and a status: {', '.join(odd)}")
        return {
            **data,
            "parameters": {name: each["value"] for name, each in parameters.items()},
            "statuses": {name: each["status"] for name, each in parameters.items()},
        }

    @model_validator(mode="after")
    def _once(self) -> "RuleSet":
        ids = [each.id for each in self.criteria]
        if len(ids) != len(set(ids)):
            raise ValueError("a criterion stands in the set twice")
        return self


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
