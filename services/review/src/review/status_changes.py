"""What DESE's people read of changes of a certificate's status: what waits for a second person, and what was done."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from typing import assert_never
from uuid import UUID

from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import CertificateId, CertificateStatus, OfficerId, PersonId, StatusOrder
from lectern.eventlog.views import View
from review.discipline import DisciplineFact, StatusChangeConfirmed, StatusChangeProposed, StatusChangeSentBack


@dataclass(frozen=True)
class Proposal:
    change_id: UUID
    status: CertificateStatus
    effective_on: date
    order: Sealed[StatusOrder, State]
    by: OfficerId
    at: datetime


@dataclass(frozen=True)
class Done:
    """A proposal that was confirmed, or sent back with a reason."""

    proposal: Proposal
    by: OfficerId
    at: datetime
    sent_back: Sealed[str, State] | None = None


@dataclass(frozen=True)
class StatusChangesRow:
    certificate_id: CertificateId
    person_id: PersonId
    waiting: Proposal | None = None
    waiting_since: datetime | None = None
    done: tuple[Done, ...] = ()
    """The first one first."""


def fold(row: StatusChangesRow | None, fact: DisciplineFact) -> StatusChangesRow | None:
    match fact:
        case StatusChangeProposed():
            known = row or StatusChangesRow(fact.certificate_id, fact.person_id)
            waiting = Proposal(fact.change_id, fact.status, fact.effective_on, fact.order, fact.by, fact.at)
            return replace(known, waiting=waiting, waiting_since=fact.at)
        case StatusChangeConfirmed():
            return row and _done(row, fact)
        case StatusChangeSentBack():
            return row and _done(row, fact, fact.why)
        case _:
            assert_never(fact)


def _done(
    row: StatusChangesRow,
    fact: StatusChangeConfirmed | StatusChangeSentBack,
    sent_back: Sealed[str, State] | None = None,
) -> StatusChangesRow:
    if row.waiting is None:
        return row
    done = Done(row.waiting, fact.by, fact.at, sent_back)
    return replace(row, waiting=None, waiting_since=None, done=(*row.done, done))


status_changes = View(
    name="status_changes",
    version=1,
    row=StatusChangesRow,
    key=lambda fact: fact.certificate_id,
    fold=fold,
    facts=(StatusChangeProposed, StatusChangeSentBack, StatusChangeConfirmed),
    sql=Path(__file__).with_suffix(".sql"),
)
