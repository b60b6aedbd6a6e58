"""What stands in a form of education and experience before anything is entered."""

from applications.education_forms import YEARS
from lectern.contracts.values import EducatorReport, YearTaught


def taught(school_year: int) -> YearTaught:
    return YearTaught(
        school_year=school_year, employer="Independence 30", position="Grade 3 teacher", fte_hundredths=50,
        share_hundredths=100, teaching=True,
    )  # fmt: skip


def test_the_first_year_is_a_whole_one_of_teaching() -> None:
    assert YEARS.values(EducatorReport(), None) == {"fte": "1.00", "share": "1.00", "work": "teacher"}


def test_another_year_is_the_one_before_in_the_same_position() -> None:
    values = YEARS.values(EducatorReport(years=(taught(2024), taught(2025))), None)

    assert values is not None
    assert values["school_year"] == 2023
    assert (values["employer"], values["position"], values["fte"]) == ("Independence 30", "Grade 3 teacher", "0.50")
