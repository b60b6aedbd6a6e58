"""Whoever has an application for longer than is expected is reminded of it, each time once; late reminders come once.

The district's contacts, the educator who has not answered, the reviewer, and then DESE's supervisors. The district's
administrators hear of it by the district's own fact. Nothing is decided by it.
"""

from datetime import datetime
from typing import Any
from uuid import uuid5

from pydantic import AwareDatetime

from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, NoticeId, OfficerId, PersonId
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.streams import Command, Entry, Reacting, StreamRef
from lectern.rules.clocks import by_day, clock_parameters, elapsed
from notifications.application import Application, Submitted, application
from notifications.notice import Notice, NoticeRequested, Request, Unrequested, notice_request
from notifications.requesting import NOTICE_IDS
from notifications.wait import Reminders, WaitReminded, wait
from notifications.waits import WaitRow, waits
from notifications.whereabouts import Answered, AtState, HandedIn, Holder, answered, at_state, handed_in, holder


class RemindWaiting(Command):
    """As it was when it fell due; meanwhile somebody else may have it."""

    application_id: ApplicationId
    educator_id: PersonId
    submission: int
    cycle: int
    holder: Holder
    notice: Notice
    occasion: str
    notice_id: NoticeId
    officer_id: OfficerId | None
    since: AwareDatetime
    working_days: int
    now: AwareDatetime


def remind_waiting(  # noqa: PLR0917 - one state for each stream
    given: Reminders,
    about: Application,
    now_in: HandedIn,
    said: Answered,
    at_dese: AtState,
    request: Request,
    command: RemindWaiting,
) -> list[Entry]:
    if command.occasion in given.given or not isinstance(request, Unrequested) or not isinstance(about, Submitted):
        return []
    if at_dese.cycle != command.cycle or (at_dese.held and command.holder is Holder.DESE):
        return []
    if now_in.submission != command.submission or holder(now_in, said, at_dese) is not command.holder:
        return []
    reminded = WaitReminded(
        application_id=command.application_id,
        educator_id=command.educator_id,
        occasion=command.occasion,
        notice_id=command.notice_id,
        reminded_at=command.now,
    )
    return [Entry(reminded), Entry(_requested(about, command), to=_request(command.notice_id, command.educator_id))]


def _requested(about: Submitted, command: RemindWaiting) -> NoticeRequested:
    return NoticeRequested(
        notice_id=command.notice_id,
        notice=command.notice.name,
        to=command.notice.to,
        template=command.notice.template,
        application_id=command.application_id,
        educator_id=about.educator_id,
        reference=about.reference,
        kind=about.kind,
        submission=command.submission,
        district=about.district,
        officer_id=command.officer_id,
        since=command.since,
        working_days=command.working_days,
        happened_at=command.now,
    )


def _request(notice_id: NoticeId, educator_id: PersonId) -> StreamRef[Any]:
    return notice_request(notice_id, subject=educator_id)


def _remind(row: WaitRow, now: datetime) -> Reacting:
    """Raises ValueError for a row that is not due."""
    step = row.due_on(chicago_day(now))
    if step is None:
        raise ValueError("nothing is due")
    notice_id = NoticeId(uuid5(NOTICE_IDS, f"{row.application_id}|{step.occasion}"))
    refs: tuple[StreamRef[Any], ...] = (
        wait(row.application_id, subject=row.educator_id),
        application(row.application_id),
        handed_in(row.application_id),
        answered(row.application_id),
        at_state(row.application_id),
        _request(notice_id, row.educator_id),
    )
    command = RemindWaiting(
        application_id=row.application_id,
        educator_id=row.educator_id,
        submission=row.submission,
        cycle=row.cycle,
        holder=row.holder,
        notice=step.notice,
        occasion=step.occasion,
        notice_id=notice_id,
        officer_id=row.reviewer,
        since=row.since,
        working_days=elapsed(row.clock, chicago_day(now)),
        now=now,
    )
    return Reacting(refs, remind_waiting, command)


def _apart(row: WaitRow) -> str:
    """After a stop two reminders, for two readers, may fall due at once."""
    return f":{','.join(row.given)}"


def _by_day(row: WaitRow, now: datetime) -> bool:
    return by_day(now, clock_parameters(row.rules))


waited_long = Deadline(view=waits, command=_remind, apart=_apart, when=_by_day)
