"""What a district recorded for its criteria while it checks an application. It stays here until it attests to it.

A stream of its own for each application. Every record belongs to one handing-in; those of the one before are kept
beside, so that the district need not type again what is still right.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from types import MappingProxyType
from typing import Annotated, Literal, TypeAlias, assert_never
from uuid import UUID

from pydantic import AwareDatetime, Field

from lectern.contracts.facts import PrivateFact
from lectern.contracts.sealed import Contact, District, Sealed
from lectern.contracts.values import (
    ApplicationId,
    DistrictCode,
    OfficerId,
    PersonId,
    Signature,
    TeachingNow,
    Text,
    Value,
    Verdict,
    YearTaught,
)
from lectern.eventlog.streams import Noun

# ── what is recorded for each criterion; sealed for the audience `district`


class CheckedYear(YearTaught):
    """A row of the years table, and what it was checked against: a contract, a letter."""

    checked_against: str = Field(default="", max_length=200)


class TeachingRecord(Value):
    """The years table sums itself; there is no other yes or no."""

    criterion: Literal["UPG-TEACHING"] = "UPG-TEACHING"
    years: tuple[CheckedYear, ...] = Field(default=(), max_length=60)


class DevelopmentRecord(Value):
    criterion: Literal["UPG-PD"] = "UPG-PD"
    quarter_hours: int | None = Field(default=None, ge=0, le=40_000)
    """Contact hours in quarter hours: 120 = 30 hours."""
    plan_approved: bool | None = None
    checked: Text = ""


class MentoringRecord(Value):
    criterion: Literal["UPG-MENTORING"] = "UPG-MENTORING"
    shown: bool | None = None
    school_years: int | None = Field(default=None, ge=0, le=40)
    checked: Text = ""


class AssistanceRecord(Value):
    """The Beginning Teacher Assistance program."""

    criterion: Literal["UPG-BTA"] = "UPG-BTA"
    completed: bool | None = None
    completed_on: date | None = None
    provider: str = Field(default="", max_length=200)
    checked: Text = ""


class EvaluationRecord(Value):
    """The district's Performance-Based Teacher Evaluation."""

    criterion: Literal["UPG-PBTE"] = "UPG-PBTE"
    took_part: bool | None = None
    checked: Text = ""


class TeachingNowRecord(Value):
    """The position somebody teaches in at the district now."""

    criterion: Literal["EXT-TEACHING"] = "EXT-TEACHING"
    teaching_now: bool | None = None
    since: date | None = None
    position: str = Field(default="", max_length=200)
    fte_hundredths: int | None = Field(default=None, ge=1, le=200)
    checked: Text = ""

    @property
    def position_held(self) -> TeachingNow | None:
        """None where nothing of it is recorded."""
        held = TeachingNow(since=self.since, position=self.position, fte_hundredths=self.fte_hundredths)
        return None if held == TeachingNow() else held


class EmployedRecord(Value):
    """The position somebody is hired for; it may begin once the certificate is good again."""

    criterion: Literal["REA-EMPLOYED"] = "REA-EMPLOYED"
    hired: bool | None = None
    since: date | None = None
    position: str = Field(default="", max_length=200)
    fte_hundredths: int | None = Field(default=None, ge=1, le=200)
    checked: Text = ""

    @property
    def position_held(self) -> TeachingNow | None:
        """None where nothing of it is recorded."""
        held = TeachingNow(since=self.since, position=self.position, fte_hundredths=self.fte_hundredths)
        return None if held == TeachingNow() else held


class PromiseRecord(Value):
    """The contact hours that the district attests to for a reactivation."""

    criterion: Literal["REA-PD24"] = "REA-PD24"
    promised: bool | None = None
    quarter_hours: int | None = Field(default=None, ge=0, le=40_000)
    """Those already completed, in quarter hours."""
    checked: Text = ""


Record: TypeAlias = (
    TeachingRecord
    | DevelopmentRecord
    | MentoringRecord
    | AssistanceRecord
    | EvaluationRecord
    | TeachingNowRecord
    | EmployedRecord
    | PromiseRecord
)
AnyRecord: TypeAlias = Annotated[Record, Field(discriminator="criterion")]
SealedRecord: TypeAlias = Sealed[AnyRecord, District]


# ── private facts


class EvidenceFact(PrivateFact):
    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    district: DistrictCode


class CriterionRecorded(EvidenceFact):
    """Somebody at the district recorded what its files show for a criterion. A later record replaces it."""

    type: Literal["CriterionRecorded"] = "CriterionRecorded"
    criterion: str
    record_id: UUID
    record: SealedRecord
    verdict: Verdict
    recorded_by: OfficerId
    signature: Sealed[Signature, Contact]
    recorded_at: AwareDatetime


class EvidenceKept(EvidenceFact):
    """What was recorded for the handing-in before is still right for this one."""

    type: Literal["EvidenceKept"] = "EvidenceKept"
    kept_by: OfficerId
    kept_at: AwareDatetime


# ── the noun


@dataclass(frozen=True)
class Recorded:
    record_id: UUID
    record: SealedRecord
    verdict: Verdict


Records: TypeAlias = Mapping[str, Recorded]
"""By criterion."""
NONE: Records = MappingProxyType({})


@dataclass(frozen=True)
class NothingRecorded:
    pass


@dataclass(frozen=True)
class Gathered:
    submission: int
    district: DistrictCode
    records: Records = field(default_factory=lambda: NONE)
    before: Records = field(default_factory=lambda: NONE)
    """Those of the handing-in before this one."""


Evidence: TypeAlias = NothingRecorded | Gathered
EvidenceFacts: TypeAlias = CriterionRecorded | EvidenceKept


def evolve(state: Evidence, fact: EvidenceFacts) -> Evidence:
    now = at_submission(state, fact.submission, fact.district)
    if now is None:
        return state
    match fact:
        case CriterionRecorded():
            recorded = Recorded(fact.record_id, fact.record, fact.verdict)
            return replace(now, records={**now.records, fact.criterion: recorded})
        case EvidenceKept():
            return replace(now, records={**now.before, **now.records}, before=NONE)
        case _:
            assert_never(fact)


def at_submission(state: Evidence, submission: int, district: DistrictCode) -> Gathered | None:
    """What a district recorded for a handing-in; None when there is a later one already.

    What one district recorded is nothing to the next.
    """
    match state:
        case NothingRecorded():
            return Gathered(submission, district)
        case Gathered():
            if submission < state.submission:
                return None
            if submission == state.submission:
                return state
            return Gathered(submission, district, before=state.records if district == state.district else NONE)
        case _:
            assert_never(state)


evidence: Noun[Evidence] = Noun("evidence", NothingRecorded(), evolve, facts=(CriterionRecorded, EvidenceKept))
