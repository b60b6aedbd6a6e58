"""A draft that nobody touches: its educator is told in time, and when its last day is over it is deleted.

Nothing is deleted of which its educator was not told so many days before, however long the ticker stood still.
"""

from datetime import datetime, timedelta
from typing import Any

from pydantic import AwareDatetime

from applications.applying import Applying, applying
from applications.draft import Draft, Open, draft
from applications.draft_reminder import SAID, Told, draft_reminder, kept_until
from applications.drafts_lying import LyingDraft, drafts_lying
from applications.ending import EndApplying, discard
from lectern.contracts.applications import DraftExpiring
from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.streams import Command, Entry, Reacting
from lectern.rules.clocks import by_day


class LookAtDraft(Command):
    """As it was saved last when it fell due; meanwhile it may have been saved again."""

    application_id: ApplicationId
    educator_id: PersonId
    saved_at: AwareDatetime
    now: AwareDatetime


def look_at(draft: Draft, told: Told, live: Applying, command: LookAtDraft) -> list[Any]:
    if not isinstance(draft, Open) or draft.answers.saved_at != command.saved_at:
        return []
    today, saved_on = chicago_day(command.now), chicago_day(command.saved_at)
    if told.expires_on is None or told.expires_on < kept_until(saved_on):
        return _warning(draft, max(kept_until(saved_on), today + timedelta(days=SAID.draft_warning_days)), command)
    if today <= told.expires_on:
        return []
    end = EndApplying(application_id=command.application_id, educator_id=command.educator_id, now=command.now)
    return discard(draft, live, end)


def _warning(draft: Open, expires_on: Any, command: LookAtDraft) -> list[Entry]:
    fact = DraftExpiring(
        application_id=command.application_id,
        educator_id=command.educator_id,
        kind=draft.answers.kind,
        saved_on=chicago_day(command.saved_at),
        expires_on=expires_on,
        noticed_at=command.now,
    )
    return [Entry(fact, to=draft_reminder(command.application_id, subject=command.educator_id))]


def _look(row: LyingDraft, now: datetime) -> Reacting:
    refs = (
        draft(row.application_id),
        draft_reminder(row.application_id, subject=row.educator_id),
        applying(row.educator_id),
    )
    command = LookAtDraft(
        application_id=row.application_id, educator_id=row.educator_id, saved_at=row.saved_at, now=now
    )
    return Reacting(refs, look_at, command)


def _by_day(row: LyingDraft, now: datetime) -> bool:
    """People are told by day; what they were told of happens when its day is over."""
    return row.told is not None or by_day(now, SAID)


lying_too_long = Deadline(view=drafts_lying, command=_look, when=_by_day)
