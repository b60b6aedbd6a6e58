"""Answers as rows of a page: what was asked, what was answered, and where it can be changed. Pure."""

from dataclasses import dataclass
from datetime import date

from lectern.contracts.values import EducatorReport, YearTaught
from lectern.rules.words import day_words, in_hours
from lectern.rules.years import in_years, school_year_of, school_year_words
from lectern.web.words import plural


@dataclass(frozen=True)
class Row:
    term: str
    words: str
    small: str = ""
    href: str = ""
    """Where it can be changed; empty where it can't."""


NOTHING = "Not entered"
NOT_OVER = "not over yet: only the share taught so far counts"


def report_rows(report: EducatorReport, today: date, *, programs: bool = True) -> list[Row]:
    """Education and experience as the educator reports it, also what is left out; the newest school year first.

    `programs`: whether development, mentoring and beginning teacher program are asked about.
    """
    years = sorted(report.years, key=lambda row: -row.school_year)
    degrees = [Row("Degree", f"{each.degree}, {each.institution}", str(each.year)) for each in report.degrees]
    return [
        *(degrees or [Row("Degrees", NOTHING)]),
        *([_year(each, today) for each in years] or [Row("School years you taught", NOTHING)]),
        *(_programs(report) if programs else ()),
    ]


def _year(row: YearTaught, today: date) -> Row:
    other = "" if row.teaching else " · substitute or aide"
    so_far = f" · {NOT_OVER}" if row.school_year == school_year_of(today) else ""
    held = f"FTE {in_years(row.fte_hundredths)} · share of the year {in_years(row.share_hundredths)}{other}{so_far}"
    return Row(f"School year {school_year_words(row.school_year)}", f"{row.position}, {row.employer}", held)


def _programs(report: EducatorReport) -> list[Row]:
    hours, mentoring, done = report.development_quarter_hours, report.mentoring_school_years, report.bta_completed_on
    return [
        Row(
            "Professional development",
            NOTHING if hours is None else f"{in_hours(hours)} contact hours",
            report.development_note,
        ),
        Row("Mentoring", NOTHING if mentoring is None else plural(mentoring, "school year"), report.mentoring_note),
        Row(
            "Beginning Teacher Assistance",
            f"Completed {day_words(done)}" if done else NOTHING,
            report.bta_provider,
        ),
        Row("Evaluations", report.evaluation_note or NOTHING),
    ]
