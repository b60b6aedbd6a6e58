"""Answers as rows of a page: what was asked, what was answered, and where it can be changed. Pure."""

from dataclasses import dataclass

from lectern.contracts.values import EducatorReport, YearTaught
from lectern.rules.upgrade import day_words, in_hours
from lectern.rules.years import in_years, school_year_words
from lectern.web.words import plural


@dataclass(frozen=True)
class Row:
    term: str
    words: str
    small: str = ""
    href: str = ""
    """Where it can be changed; empty where it can't."""


def report_rows(report: EducatorReport) -> list[Row]:
    """Education and experience as the educator reports it; the newest school year first."""
    years = sorted(report.years, key=lambda row: -row.school_year)
    return [
        *(Row("Degree", f"{each.degree}, {each.institution}", str(each.year)) for each in report.degrees),
        *(_year(each) for each in years),
        *_programs(report),
    ]


def _year(row: YearTaught) -> Row:
    other = "" if row.teaching else " · substitute or aide"
    held = f"FTE {in_years(row.fte_hundredths)} · share of the year {in_years(row.share_hundredths)}{other}"
    return Row(f"School year {school_year_words(row.school_year)}", f"{row.position}, {row.employer}", held)


def _programs(report: EducatorReport) -> list[Row]:
    hours, mentoring = report.development_quarter_hours, report.mentoring_school_years
    done = report.bta_completed_on
    rows = [
        Row("Professional development", f"{in_hours(hours or 0)} contact hours", report.development_note),
        Row("Mentoring", plural(mentoring or 0, "school year"), report.mentoring_note),
        Row("Beginning Teacher Assistance", f"Completed {day_words(done)}" if done else "", report.bta_provider),
        Row("Evaluations", report.evaluation_note),
    ]
    there = (hours is not None, mentoring is not None, done is not None, bool(report.evaluation_note))
    return [row for row, reported in zip(rows, there, strict=True) if reported]
