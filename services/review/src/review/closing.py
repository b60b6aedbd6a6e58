"""A case ends as incomplete: its educator was asked for something and did not answer, a person or the clock says so.

Never because a district or DESE is late: nothing is closed while they have it.
"""

from datetime import datetime

from pydantic import AwareDatetime

from lectern.contracts.review import ApplicationClosedIncomplete
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import ApplicationId, OfficerId, Party, Text
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command, Entry, Reacting
from review.answers_due import AnswerDue, answers_due
from review.case import Case, Undecided
from review.case import case as case_stream
from review.heard import Application, Declined, Returned, Submitted, WorkItem
from review.heard import application as application_stream
from review.heard import work_item as work_item_stream
from review.standing import OfficerCommand, open_case, submitted


class CloseIncomplete(OfficerCommand):
    """A person closes it, and says why."""

    why: Text
    """Plain for the rule, `sealed` for the fact."""
    sealed: Sealed[str, State]


class CloseUnanswered(Command):
    """The time for an answer is over. `asked_at`: of which question."""

    application_id: ApplicationId
    asked_at: AwareDatetime
    now: AwareDatetime


def owed_since(case: Undecided, application: Submitted, item: WorkItem) -> datetime | None:
    """Since when the educator owes an answer, or another district; None where nothing is owed."""
    question = case.question
    if question and question.party is Party.EDUCATOR and question.request_id != application.supplied:
        return question.at
    if isinstance(item, Returned | Declined) and item.submission == application.submission:
        return item.at
    return None


def close_incomplete(case: Case, application: Application, item: WorkItem, command: CloseIncomplete) -> list[Entry]:
    opened = open_case(case, command)
    handed_in = submitted(application, command)
    if command.officer_is == handed_in.educator_id:
        raise Refused("This is your own application. Somebody else at DESE works on it.")
    if owed_since(opened, handed_in, item) is None:
        raise Refused("The educator owes no answer. An application is closed only while one is owed.")
    if not command.why:
        raise Refused("Say why", field="why")
    return [_closed(opened, handed_in, command.now, command.officer, command.sealed)]


def close_unanswered(case: Case, application: Application, item: WorkItem, command: CloseUnanswered) -> list[Entry]:
    """Nothing where it has ended, was answered, or something else is asked since."""
    if not isinstance(case, Undecided) or not isinstance(application, Submitted):
        return []
    if owed_since(case, application, item) != command.asked_at:
        return []
    return [_closed(case, application, command.now)]


def _closed(
    case: Undecided,
    application: Submitted,
    now: datetime,
    by: OfficerId | None = None,
    why: Sealed[str, State] | None = None,
) -> Entry:
    closed = ApplicationClosedIncomplete(
        application_id=case.application_id,
        educator_id=case.educator_id,
        submission=application.submission,
        cycle=case.cycle,
        why=why,
        closed_by=by,
        closed_at=now,
    )
    to = case_stream(case.application_id)
    return Entry(closed, to=to, claim=f"decision:{case.application_id}:{case.cycle}")


def _close(row: AnswerDue, now: datetime) -> Reacting:
    assert row.asked_at is not None  # noqa: S101 - only due rows are asked about
    id_ = row.application_id
    command = CloseUnanswered(application_id=id_, asked_at=row.asked_at, now=now)
    return Reacting((case_stream(id_), application_stream(id_), work_item_stream(id_)), close_unanswered, command)


unanswered = Deadline(view=answers_due, command=_close)
