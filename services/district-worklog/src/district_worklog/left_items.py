"""What left a district: one row for each application and district it no longer names. The last time counts."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from district_worklog.leaving import ItemLeft
from lectern.contracts.values import (
    ApplicationId,
    DeclineReason,
    DistrictCode,
    EmployerChange,
    Kind,
    PersonId,
    Reference,
)
from lectern.eventlog.views import View


@dataclass(frozen=True)
class LeftRow:
    id: str
    """`<application>:<district>`."""
    application_id: ApplicationId
    educator_id: PersonId
    district: DistrictCode
    moved_to: DistrictCode | None
    """Where this district passed it on itself; who was named by others is nothing to it."""
    kind: Kind
    rules: str
    reference: Reference
    submission: int
    submitted_on: date
    why: EmployerChange
    declined: DeclineReason | None
    left_at: datetime


def key(fact: ItemLeft) -> str:
    return f"{fact.application_id}:{fact.district}"


def fold(_: LeftRow | None, fact: ItemLeft) -> LeftRow:
    return LeftRow(
        id=key(fact),
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        district=fact.district,
        moved_to=fact.to if fact.why is EmployerChange.PASSED_ON else None,
        kind=fact.kind,
        rules=fact.rules,
        reference=fact.reference,
        submission=fact.submission,
        submitted_on=fact.submitted_on,
        why=fact.why,
        declined=fact.declined,
        left_at=fact.left_at,
    )


left_items = View(
    name="left_items",
    version=1,
    row=LeftRow,
    key=key,
    fold=fold,
    facts=(ItemLeft,),
    sql=Path(__file__).with_suffix(".sql"),
)
