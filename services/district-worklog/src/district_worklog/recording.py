"""The district records what its files show for each criterion, a card at a time; what is unfinished is saved too."""

from collections.abc import Iterator
from datetime import date
from typing import assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from district_worklog.application import Application, NotSubmitted, Submitted
from district_worklog.case import Case
from district_worklog.claiming import OfficerCommand, claimed, waiting_for
from district_worklog.evidence import (
    AnyRecord,
    AssistanceRecord,
    CheckedYear,
    CriterionRecorded,
    DevelopmentRecord,
    EmployedRecord,
    EvaluationRecord,
    Evidence,
    EvidenceKept,
    MentoringRecord,
    PromiseRecord,
    Record,
    SealedRecord,
    TeachingNowRecord,
    TeachingRecord,
    at_submission,
)
from district_worklog.rulings import Terms, verdict_of
from district_worklog.work_item import Waiting, WorkItem, work_item
from lectern.contracts.days import chicago_day
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import Signature
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from lectern.rules.years import school_year_of, school_year_words

OUTDATED = "Somebody recorded this while you were writing."


class Entered(BaseModel):
    """One card: what was entered, plain for the rules and sealed for the log, and the record it was entered over."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    record: AnyRecord
    sealed: SealedRecord
    record_id: UUID
    seen: UUID | None = None
    """The record the officer saw when the form was opened."""


class RecordEvidence(OfficerCommand):
    entered: tuple[Entered, ...]
    signature: Sealed[Signature, Contact]
    """For CriterionRecorded."""
    claim: Sealed[Signature, Contact]
    """For VerificationClaimed: whoever records first has opened the application."""


def record(
    evidence: Evidence, item: WorkItem, case: Case, heard: Application, command: RecordEvidence
) -> list[CriterionRecorded | Entry]:
    waiting = waiting_for(item, case, command)
    submitted = handed_in(heard)
    today = chicago_day(command.now)
    gathered = at_submission(evidence, command.submission, command.district)
    known = gathered.records if gathered else {}
    if strange := {each.record.criterion for each in command.entered} - {*submitted.terms.criteria}:
        raise Refused("This application does not ask for that.", criteria=sorted(strange))
    for each in command.entered:
        _accept(each, known[each.record.criterion].record_id if each.record.criterion in known else None, today)
    recorded = [_recorded(each, waiting, submitted.terms, command, today) for each in command.entered]
    if waiting.claimed_by or not recorded:
        return [*recorded]
    opened = Entry(claimed(waiting, command, command.claim), to=work_item(command.application_id))
    return [opened, *recorded]


class KeepEvidence(OfficerCommand):
    """After a correction: what was recorded before is still right."""


def keep(evidence: Evidence, item: WorkItem, case: Case, command: KeepEvidence) -> list[EvidenceKept]:
    waiting = waiting_for(item, case, command)
    gathered = at_submission(evidence, command.submission, command.district)
    if gathered is None or not gathered.before.keys() - gathered.records.keys():
        return []
    return [
        EvidenceKept(
            application_id=command.application_id,
            educator_id=waiting.educator_id,
            submission=waiting.submission,
            district=waiting.district,
            kept_by=command.officer,
            kept_at=command.now,
        )
    ]


def handed_in(heard: Application) -> Submitted:
    match heard:
        case Submitted():
            return heard
        case NotSubmitted():
            raise NotFound
        case _:
            assert_never(heard)


def _accept(entered: Entered, there: UUID | None, today: date) -> None:
    if there not in {entered.seen, entered.record_id}:
        raise Refused(OUTDATED, conflict="record", criterion=entered.record.criterion)
    for field, message in problems(entered.record, today):
        raise Refused(message, field=field)


def _recorded(
    entered: Entered, waiting: Waiting, terms: Terms, command: RecordEvidence, today: date
) -> CriterionRecorded:
    return CriterionRecorded(
        application_id=command.application_id,
        educator_id=waiting.educator_id,
        submission=waiting.submission,
        district=waiting.district,
        criterion=entered.record.criterion,
        record_id=entered.record_id,
        record=entered.sealed,
        verdict=verdict_of(entered.record, terms, today),
        recorded_by=command.officer,
        signature=command.signature,
        recorded_at=command.now,
    )


# ── what cannot be recorded like this: (field of the form, what to do)


def problems(record: Record, today: date) -> Iterator[tuple[str, str]]:  # noqa: C901 - one for each record
    """Everything that keeps a record from being saved. What is only missing may be saved; a no needs its reason."""
    match record:
        case TeachingRecord():
            for index, row in enumerate(record.years):
                yield from _year_problems(index, row, today)
        case DevelopmentRecord():
            yield from _reason(record.plan_approved, record.checked, "development_checked")
        case MentoringRecord():
            yield from _reason(record.shown, record.checked, "mentoring_checked")
        case AssistanceRecord():
            if record.completed_on is not None and record.completed_on > today:
                yield "assistance_on", "That day is still to come. Enter the day the program was completed."
            yield from _reason(record.completed, record.checked, "assistance_checked")
        case EvaluationRecord():
            yield from _reason(record.took_part, record.checked, "evaluation_checked")
        case TeachingNowRecord():
            if record.teaching_now and record.since is not None and record.since > today:
                yield "teaching_since", "That day is still to come. Enter the first day of the position."
            yield from _reason(record.teaching_now, record.checked, "teaching_checked")
        case EmployedRecord():
            yield from _reason(record.hired, record.checked, "hired_checked")
        case PromiseRecord():
            yield from _reason(record.promised, record.checked, "promise_checked")
        case _:
            assert_never(record)


def _reason(answer: bool | None, checked: str, field: str) -> Iterator[tuple[str, str]]:
    if answer is False and not checked:
        yield field, "You chose No. Say why, so that the educator and DESE understand it."


def _year_problems(index: int, row: CheckedYear, today: date) -> Iterator[tuple[str, str]]:
    if row.school_year > school_year_of(today):
        words = school_year_words(row.school_year)
        yield f"school_year_{index}", f"The school year {words} has not begun. Choose a year that has."
    if not row.checked_against:
        yield f"checked_against_{index}", "Say what you checked this year against, such as a contract or a letter."
