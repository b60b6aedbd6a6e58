"""The contact hours of a reactivation are followed to their last day: the district records them, or it is said once."""

from datetime import date, datetime
from typing import assert_never

from pydantic import AwareDatetime

from district_worklog.application import Application
from district_worklog.case import Case, Closed, Ended, Undecided, Withdrawn
from district_worklog.promise import Kept, Promise, Promised, promise
from district_worklog.promises_due import PromiseRow, promises_due
from district_worklog.recording import handed_in
from district_worklog.work_item import Unopened, WorkItem, of_district, work_item
from lectern.contracts.district_worklog import ContactHoursCompleted, ContactHoursOverdue
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ApplicationId, DistrictCode, Kind, OfficerId, PersonId, Signature
from lectern.eventlog.deadlines import Deadline
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry, Reacting
from lectern.rules.calendar import promise_due, promise_from
from lectern.rules.clocks import by_day
from lectern.rules.rule_sets import Parameters
from lectern.rules.words import day_words, in_hours


class RecordHours(Command):
    """All of the hours, and the day by which they were completed."""

    application_id: ApplicationId
    district: DistrictCode
    officer: OfficerId
    quarter_hours: int
    completed_on: date
    signature: Sealed[Signature, Contact]
    today: date
    now: AwareDatetime


def record_hours(
    promised: Promise, item: WorkItem, decided: Case, heard: Application, command: RecordHours
) -> list[Entry]:
    asked = of_district(item, command.district, command.application_id)
    if asked.kind is not Kind.REACTIVATION:
        raise NotFound(command.application_id)
    numbers = handed_in(heard).terms.rules.parameters
    _within(_approved_on(decided), numbers, command)
    match promised:
        case Kept():
            return []
        case Promised():
            fact = ContactHoursCompleted(
                application_id=command.application_id,
                educator_id=asked.educator_id,
                submission=asked.submission,
                district=asked.district,
                quarter_hours=command.quarter_hours,
                completed_on=command.completed_on,
                recorded_by=command.officer,
                signature=command.signature,
                recorded_at=command.now,
            )
            return [Entry(fact, to=work_item(command.application_id), claim=f"hours:{command.application_id}")]
        case _:
            assert_never(promised)


def _approved_on(decided: Case) -> date:
    match decided:
        case Ended(approved=True, on=date() as day):
            return day
        case Ended() | Withdrawn() | Closed():
            raise Refused("The certificate was not reactivated, so no contact hours are due.")
        case Undecided():
            raise Refused("DESE has not decided yet. Record the hours once the certificate is reactivated.")
        case _:
            assert_never(decided)


def _within(approved_on: date, numbers: Parameters, command: RecordHours) -> None:
    first, last = promise_from(approved_on, numbers), promise_due(approved_on, numbers)
    if command.completed_on > command.today:
        raise Refused("That day is still to come. Enter the day by which the hours were completed.", field="on")
    if not first <= command.completed_on <= last:
        raise Refused(f"Hours count from {day_words(first)} to {day_words(last)}.", field="on")
    if command.quarter_hours < numbers.promised_quarter_hours:
        needed, have = in_hours(numbers.promised_quarter_hours), in_hours(command.quarter_hours)
        raise Refused(f"{have} of {needed} contact hours. Record them when all are completed.", field="hours")


class SayHoursOverdue(Command):
    application_id: ApplicationId
    educator_id: PersonId
    due_on: date
    now: AwareDatetime


def say_hours_overdue(promised: Promise, item: WorkItem, command: SayHoursOverdue) -> list[Entry]:
    match promised:
        case Kept() | Promised(overdue=True):
            return []
        case Promised():
            if isinstance(item, Unopened):
                return []
            fact = ContactHoursOverdue(
                application_id=command.application_id,
                educator_id=command.educator_id,
                submission=item.submission,
                district=item.district,
                due_on=command.due_on,
                overdue_at=command.now,
            )
            return [Entry(fact, to=work_item(command.application_id), claim=f"hours-overdue:{command.application_id}")]
        case _:
            assert_never(promised)


def _say(row: PromiseRow, now: datetime) -> Reacting:
    assert row.due_on is not None  # noqa: S101 - a row without a last day never falls due
    command = SayHoursOverdue(
        application_id=row.application_id, educator_id=row.educator_id, due_on=row.due_on, now=now
    )
    return Reacting((promise(row.application_id), work_item(row.application_id)), say_hours_overdue, command)


hours_overdue = Deadline(view=promises_due, command=_say, when=lambda _, now: by_day(now))
