"""An educator reports education and experience. Nothing of it is established; it only has to be possible."""

from datetime import date

from applications.answering import Answer, answerable
from applications.draft import Draft
from applications.draft_facts import EducationReported
from applications.informing import Stale
from applications.tasks import lacking
from lectern.contracts.sealed import District, Sealed
from lectern.contracts.values import EducatorReport, Task
from lectern.eventlog.errors import Refused
from lectern.rules.years import school_year_of, school_year_words


class ReportEducation(Answer):
    report: EducatorReport
    sealed: Sealed[EducatorReport, District]
    today: date


BTA_TO_COME = "That day is in the future. Enter the day you completed the program, or leave it empty."
MOST_BYTES = 60_000
"""Of a whole report: what is submitted has to fit into one record on the wire, 256 KiB with everything in it."""
MOST_ROWS = 60
"""More than a working life."""


def degree_to_come(year: int) -> str:
    return f"{year} is in the future. Enter the year you finished the degree."


def report_education(draft: Draft, command: ReportEducation) -> list[EducationReported]:
    answers = answerable(draft, command.educator_id, Task.EDUCATION)
    if command.seen not in (None, answers.revision(Task.EDUCATION.value)):
        raise Stale
    possible(command.report, command.today)
    return [
        EducationReported(
            application_id=command.application_id,
            report=command.sealed,
            complete=not lacking(command.report, answers.kind),
            saved_at=command.now,
        )
    ]


def possible(report: EducatorReport, today: date) -> None:
    """Raises Refused for what lies in the future, naming the field, and for too much."""
    if len(report.years) + len(report.degrees) > MOST_ROWS:
        raise Refused(f"A report takes up to {MOST_ROWS} school years and degrees. Remove one first.")
    if len(report.model_dump_json().encode()) > MOST_BYTES:
        raise Refused("This is too much text. Shorten the notes.")
    for row in report.years:
        if row.school_year > school_year_of(today):
            raise Refused(
                f"The school year {school_year_words(row.school_year)} has not begun yet. Enter one you taught.",
                field="school_year",
            )
    for degree in report.degrees:
        if degree.year > today.year:
            raise Refused(degree_to_come(degree.year), field="year")
    if report.bta_completed_on and report.bta_completed_on > today:
        raise Refused(BTA_TO_COME, field="bta_completed_on")
