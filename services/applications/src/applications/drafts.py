"""An educator's drafts, for lists. The task list of one draft is judged by its stream."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import assert_never

from applications.document_facts import DOCUMENT_FACTS, DocumentChecked
from applications.draft import draft
from applications.draft_facts import (
    DistrictChosen,
    DraftAnswered,
    DraftAsked,
    DraftCorrected,
    DraftDiscarded,
    DraftMoved,
    DraftReturned,
    DraftsFact,
    DraftShut,
    DraftStarted,
    DraftSubmitted,
    EducationReported,
    PaymentAwaited,
    PaymentFellThrough,
    PurposeStated,
    SavedPage,
)
from applications.tasks import tasks_of
from lectern.contracts.values import (
    ApplicationId,
    Cents,
    CertificateId,
    DistrictCode,
    Kind,
    PersonId,
    Reference,
    Route,
    Task,
)
from lectern.eventlog.views import View
from lectern.rules.wording import CONDUCT_QUESTIONS


class Stage(StrEnum):
    OPEN = "open"
    PAYING = "paying"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    ASKED = "asked"


@dataclass(frozen=True)
class DraftRow:
    application_id: ApplicationId
    educator_id: PersonId
    kind: Kind
    certificate_id: CertificateId
    stage: Stage
    started_at: datetime
    saved_at: datetime
    pages: tuple[str, ...] = ()
    """Those that were saved at least once."""
    education_complete: bool = False
    district: DistrictCode | None = None
    reference: Reference | None = None
    route: Route | None = None
    instead_of: ApplicationId | None = None
    """The application that is withdrawn when this one is handed in."""

    def done(self, fee: Cents) -> int:
        """How many tasks are completed."""
        return sum(self._is_done(each) for each in self.tasks(fee))

    def tasks(self, fee: Cents) -> tuple[Task, ...]:
        """Those it has, as far as its route is known."""
        return tasks_of(self.kind, fee, route=self.route)

    def _is_done(self, task: Task) -> bool:
        match task:
            case Task.CONDUCT:
                return all(f"{Task.CONDUCT.value}/{each.id}" in self.pages for each in CONDUCT_QUESTIONS)
            case Task.EDUCATION:
                return self.education_complete
            case (
                Task.PERSONAL
                | Task.PURPOSE
                | Task.CERTIFICATES
                | Task.COURSE
                | Task.PAYMENT
                | Task.RELEASE
                | Task.DISTRICT
            ):
                return task.value in self.pages


_STAGES = {
    DraftReturned: Stage.RETURNED,
    DraftAsked: Stage.ASKED,
    DraftAnswered: Stage.SUBMITTED,
    DraftShut: Stage.SUBMITTED,
}


def fold(row: DraftRow | None, fact: DraftsFact) -> DraftRow | None:  # noqa: C901 - one line for each fact
    if isinstance(fact, DraftStarted):
        return _started(fact)
    if row is None:
        return None
    if isinstance(fact, SavedPage):
        return _saved(row, fact)
    if isinstance(fact, DOCUMENT_FACTS):
        return row if isinstance(fact, DocumentChecked) else replace(row, saved_at=fact.saved_at)
    match fact:
        case PaymentAwaited():
            return replace(row, stage=Stage.PAYING, reference=fact.ready.reference, saved_at=fact.saved_at)
        case PaymentFellThrough():
            return replace(row, stage=Stage.OPEN, saved_at=fact.saved_at)
        case DraftSubmitted() | DraftCorrected():
            return replace(row, stage=Stage.SUBMITTED, reference=fact.reference, saved_at=fact.saved_at)
        case DraftReturned() | DraftAsked() | DraftAnswered() | DraftShut():
            return replace(row, stage=_STAGES[type(fact)], saved_at=fact.saved_at)
        case DraftMoved():
            return replace(row, stage=Stage.SUBMITTED, district=fact.district, saved_at=fact.saved_at)
        case DraftDiscarded():
            return None
        case _:
            assert_never(fact)


def _started(fact: DraftStarted) -> DraftRow:
    return DraftRow(
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        kind=fact.kind,
        certificate_id=fact.certificate_id,
        stage=Stage.OPEN,
        started_at=fact.saved_at,
        saved_at=fact.saved_at,
        instead_of=fact.instead_of,
    )


def _saved(row: DraftRow, fact: SavedPage) -> DraftRow:
    pages = row.pages if fact.page in row.pages else (*row.pages, fact.page)
    saved = replace(row, pages=pages, saved_at=fact.saved_at)
    if isinstance(fact, EducationReported):
        return replace(saved, education_complete=fact.complete)
    if isinstance(fact, PurposeStated):
        return replace(saved, route=fact.route)
    return replace(saved, district=fact.district) if isinstance(fact, DistrictChosen) else saved


drafts = View(
    name="drafts",
    version=8,
    row=DraftRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=draft.facts,
    sql=Path(__file__).with_suffix(".sql"),
)
