"""A report is shown as it was entered, and says what was left out."""

from datetime import date

from applications.answer_rows import report_rows
from lectern.contracts.values import Degree, EducatorReport, YearTaught

TODAY = date(2026, 11, 24)


def taught(school_year: int, *, teaching: bool = True) -> YearTaught:
    return YearTaught(
        school_year=school_year,
        employer="Independence 30",
        position="Grade 3",
        fte_hundredths=50,
        share_hundredths=75,
        teaching=teaching,
    )


def test_what_was_left_out_is_said() -> None:
    rows = report_rows(EducatorReport(), TODAY)

    assert {each.words for each in rows} == {"Not entered"}
    assert len(rows) == 6


def test_the_newest_school_year_comes_first() -> None:
    rows = report_rows(EducatorReport(years=(taught(2023), taught(2025), taught(2024, teaching=False))), TODAY)

    years = [each for each in rows if each.term.startswith("School year 2")]
    assert [each.term for each in years] == ["School year 2025–26", "School year 2024–25", "School year 2023–24"]
    assert years[1].small == "FTE 0.50 · share of the year 0.75 · substitute or aide"


def test_everything_that_was_entered_is_shown() -> None:
    report = EducatorReport(
        degrees=(Degree(institution="UCM", degree="BS", year=2020),),
        development_quarter_hours=118,
        mentoring_school_years=1,
        bta_completed_on=date(2024, 6, 14),
        bta_provider="UCM",
        evaluation_note="Every year",
    )

    assert [each.words for each in report_rows(report, TODAY)] == [
        "BS, UCM",
        "Not entered",
        "29.5 contact hours",
        "1 school year",
        "Completed June 14, 2024",
        "Every year",
    ]


def test_none_at_all_is_said_as_it_was_entered() -> None:
    rows = report_rows(EducatorReport(development_quarter_hours=0, mentoring_school_years=0), TODAY)

    assert [each.words for each in rows][2:4] == ["0 contact hours", "0 school years"]


def test_a_school_year_that_is_not_over_is_marked() -> None:
    rows = report_rows(EducatorReport(years=(taught(2026), taught(2025))), TODAY)

    assert ["only the share taught so far counts" in each.small for each in rows[1:3]] == [True, False]
