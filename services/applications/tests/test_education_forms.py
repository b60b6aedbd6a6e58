"""What stands in a form of education and experience before anything is entered."""

from datetime import date

from applications.education_forms import YEARS, year_choices, year_lines
from lectern.contracts.values import EducatorReport, YearTaught

TODAY = date(2026, 11, 24)


def taught(school_year: int) -> YearTaught:
    return YearTaught(
        school_year=school_year, employer="Independence 30", position="Grade 3 teacher", fte_hundredths=50,
        share_hundredths=100, teaching=True,
    )  # fmt: skip


def test_no_share_is_preset_for_a_year_that_may_not_be_over() -> None:
    assert YEARS.values(EducatorReport(), None, TODAY) == {"fte": "1.00", "work": "teacher"}


def test_before_a_year_that_is_not_over_stands_a_whole_one() -> None:
    running = taught(2026).model_copy(update={"share_hundredths": 40})

    values = YEARS.values(EducatorReport(years=(running,)), None, TODAY)

    assert values is not None
    assert (values["school_year"], values["share"]) == (2025, "1.00")


def test_only_the_running_year_is_marked_as_not_over() -> None:
    lines, _ = year_lines((taught(2025), taught(2026)), TODAY)

    assert [(each.year, each.runs) for each in lines] == [("2026–27", True), ("2025–26", False)]
    assert [words for _, words in year_choices(TODAY)[:2]] == ["2026–27, not over yet", "2025–26"]


def test_another_year_is_the_one_before_in_the_same_position() -> None:
    values = YEARS.values(EducatorReport(years=(taught(2024), taught(2025))), None, TODAY)

    assert values is not None
    assert values["school_year"] == 2023
    assert (values["employer"], values["position"], values["fte"]) == ("Independence 30", "Grade 3 teacher", "0.50")
