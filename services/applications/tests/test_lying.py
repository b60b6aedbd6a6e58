"""A draft nobody touches: told of on the day, deleted after it, never without having been told in time."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from applications_given import (
    JORDAN,
    NOW,
    after,
    all_answered,
    awaiting_facts,
    began,
    returned_facts,
    started,
    submitted_facts,
    told,
)
from documents_given import attached, looked

from applications.applying import applying
from applications.draft import draft
from applications.draft_facts import DraftDiscarded, PurposeStated
from applications.draft_reminder import SAID, draft_reminder, kept_until
from applications.drafts_lying import LyingDraft, drafts_lying
from applications.lying import lying_too_long
from lectern.contracts.applications import DraftExpiring
from lectern.contracts.days import chicago_day, end_of
from lectern.contracts.facts import Fact
from lectern.eventlog.streams import Entry
from lectern.rules.working_days import at_hour

SAVED = chicago_day(NOW)
LAST_DAY = SAVED + timedelta(days=SAID.draft_days)
WARNED = LAST_DAY - timedelta(days=SAID.draft_warning_days)
OPEN = all_answered()


def row_of(*facts: Fact) -> LyingDraft | None:
    row = None
    for fact in facts:
        row = drafts_lying.fold(row, fact)
    return row


def looked_at(*facts: Fact, on: date, hour: int = 12) -> list[Any]:
    """What the deadline records, where the row is due by then."""
    row, now = row_of(*facts), at_hour(on, hour)
    if row is None or row.due_at is None or row.due_at > now:
        return []
    return asked(row, facts, now)


def asked(row: LyingDraft, facts: tuple[Fact, ...], now: datetime) -> list[Any]:
    asking = lying_too_long.command(row, now)
    of = [fact for fact in facts if not isinstance(fact, DraftExpiring)]
    warned = [fact for fact in facts if isinstance(fact, DraftExpiring)]
    states = after(draft, *of), after(draft_reminder, *warned), after(applying, began())
    return list(asking.decide(*states, asking.command))


def warning(decided: list[Any]) -> DraftExpiring:
    (entry,) = decided
    assert isinstance(entry, Entry)
    assert isinstance(entry.fact, DraftExpiring)
    return entry.fact


def test_its_educator_is_told_in_time() -> None:
    assert looked_at(*OPEN, on=WARNED - timedelta(days=1)) == []

    said = warning(looked_at(*OPEN, on=WARNED))

    assert (WARNED - SAVED).days == 166
    assert (LAST_DAY - SAVED).days == 180
    assert (said.educator_id, said.saved_on, said.expires_on) == (JORDAN, SAVED, LAST_DAY)
    assert kept_until(SAVED) == LAST_DAY


def test_told_once_it_is_deleted_when_its_last_day_is_over() -> None:
    facts = (*OPEN, warning(looked_at(*OPEN, on=WARNED)))

    row = row_of(*facts)

    assert row is not None
    assert row.due_at == end_of(LAST_DAY)
    assert looked_at(*facts, on=LAST_DAY) == []
    assert told(looked_at(*facts, on=LAST_DAY + timedelta(days=1))) == ["DraftDiscarded", "ApplyingEnded"]


def test_who_saves_a_page_keeps_it_and_is_told_again() -> None:
    page = PurposeStated(application_id=started().application_id, saved_at=at_hour(WARNED, 15), purpose="upgrade")
    facts = (*OPEN, warning(looked_at(*OPEN, on=WARNED)), page)
    later = WARNED + timedelta(days=SAID.draft_days - SAID.draft_warning_days)

    assert looked_at(*facts, on=LAST_DAY + timedelta(days=1)) == []
    assert warning(looked_at(*facts, on=later)).expires_on == WARNED + timedelta(days=SAID.draft_days)


def test_who_adds_a_file_keeps_it_and_its_scan_is_nobodys_touch() -> None:
    added = attached().model_copy(update={"saved_at": at_hour(WARNED, 15)})
    scanned = looked().model_copy(update={"saved_at": at_hour(LAST_DAY, 15)})
    facts = (*OPEN, warning(looked_at(*OPEN, on=WARNED)), added, scanned)
    later = WARNED + timedelta(days=SAID.draft_days - SAID.draft_warning_days)

    assert looked_at(*facts, on=LAST_DAY + timedelta(days=1)) == []
    assert warning(looked_at(*facts, on=later)).expires_on == WARNED + timedelta(days=SAID.draft_days)


def test_after_a_stop_it_is_told_of_first_and_kept_so_long() -> None:
    late = LAST_DAY + timedelta(days=30)

    said = warning(looked_at(*OPEN, on=late))

    assert said.expires_on == late + timedelta(days=SAID.draft_warning_days)
    assert looked_at(*OPEN, said, on=said.expires_on) == []
    assert told(looked_at(*OPEN, said, on=said.expires_on + timedelta(days=1))) == ["DraftDiscarded", "ApplyingEnded"]


@pytest.mark.parametrize("facts", [awaiting_facts(), submitted_facts(), returned_facts()], ids=["paid", "in", "back"])
def test_what_is_handed_in_has_other_clocks(facts: tuple[Fact, ...]) -> None:
    row = row_of(*facts)

    assert row is not None
    assert row.due_at is None
    before = row_of(*OPEN)
    assert before is not None
    assert asked(before, facts, at_hour(LAST_DAY, 12)) == []


def test_a_deleted_one_is_gone() -> None:
    assert row_of(*OPEN, DraftDiscarded(application_id=started().application_id, saved_at=NOW)) is None
