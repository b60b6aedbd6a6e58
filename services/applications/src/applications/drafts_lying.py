"""Drafts that nobody touches, and when to tell or to delete them. A deadline; see lying.

Only open ones: what is being paid for, was handed in or came back has other clocks.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TypeAlias

from applications.document_facts import DocumentAttached, DocumentChecked, DocumentRemoved
from applications.draft import draft
from applications.draft_facts import (
    DraftDiscarded,
    DraftsFact,
    DraftStarted,
    PaymentFellThrough,
    SavedPage,
)
from applications.draft_reminder import SAID, kept_until
from lectern.contracts.applications import DraftExpiring
from lectern.contracts.days import chicago_day, end_of
from lectern.contracts.values import ApplicationId, Kind, PersonId
from lectern.eventlog.views import View
from lectern.rules.working_days import at_hour


@dataclass(frozen=True)
class LyingDraft:
    application_id: ApplicationId
    educator_id: PersonId
    kind: Kind
    saved_at: datetime
    open: bool = True
    told: date | None = None
    """Its last day, as its educator was told since it was saved last."""
    due_at: datetime | None = None


LyingFact: TypeAlias = DraftsFact | DraftExpiring


def fold(row: LyingDraft | None, fact: LyingFact) -> LyingDraft | None:
    after = _after(row, fact)
    return after and replace(after, due_at=_due_at(after))


def _due_at(row: LyingDraft) -> datetime | None:
    if not row.open:
        return None
    if row.told is not None:
        return end_of(row.told)
    return at_hour(kept_until(chicago_day(row.saved_at)) - timedelta(days=SAID.draft_warning_days), SAID.morning_hour)


def _after(row: LyingDraft | None, fact: LyingFact) -> LyingDraft | None:
    if isinstance(fact, DraftStarted):
        return LyingDraft(fact.application_id, fact.educator_id, fact.kind, fact.saved_at)
    if row is None:
        return None
    if isinstance(fact, DraftDiscarded):
        return None
    if isinstance(fact, DraftExpiring):
        return replace(row, told=fact.expires_on)
    if isinstance(fact, DocumentChecked):
        return row  # nobody touched it
    touched = isinstance(fact, SavedPage | DocumentAttached | DocumentRemoved)
    stays_open = row.open if touched else isinstance(fact, PaymentFellThrough)
    return replace(row, open=stays_open, saved_at=fact.saved_at, told=None)


drafts_lying = View(
    name="drafts_lying",
    version=2,
    row=LyingDraft,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(*draft.facts, DraftExpiring),
    sql=Path(__file__).with_suffix(".sql"),
)
