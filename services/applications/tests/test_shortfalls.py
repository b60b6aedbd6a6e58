"""What an upgrade lacks is said before it is paid, by the rules the district's records are judged by."""

from datetime import date
from typing import Any

from applications_given import EXPIRES, TODAY, held

from applications.certificate import Held
from applications.shortfalls import shortfalls
from lectern.contracts.values import EducatorReport, Kind, YearTaught


def taught(*school_years: int) -> tuple[YearTaught, ...]:
    return tuple(
        YearTaught(school_year=each, employer="A", position="B", fte_hundredths=100, share_hundredths=100)
        for each in school_years
    )


def reported(**changes: Any) -> EducatorReport:
    whole = EducatorReport(
        years=taught(2022, 2023, 2024, 2025),
        development_quarter_hours=120,
        mentoring_school_years=2,
        bta_completed_on=date(2024, 6, 14),
        evaluation_note="Every year",
    )
    return whole.model_copy(update=changes)


def said(report: EducatorReport, on: date = TODAY, kind: Kind = Kind.UPGRADE) -> dict[str, str]:
    certificate = held()
    assert isinstance(certificate, Held)
    return {each.name: each.words for each in shortfalls(kind, report, on, certificate.as_recorded)}


def test_a_report_of_everything_lacks_nothing() -> None:
    assert said(reported()) == {}


def test_each_count_that_is_too_small_is_said_with_what_is_needed() -> None:
    report = reported(years=taught(2025), development_quarter_hours=20, mentoring_school_years=1)

    assert said(report) == {
        "Four years of teaching": "1.00 of 4.00 years",
        "Professional development": "5 of 30 contact hours",
        "Mentoring": "1 of 2 school years",
    }


def test_what_was_left_empty_is_not_entered() -> None:
    report = reported(bta_completed_on=None, evaluation_note="")

    assert said(report) == {"Beginning Teacher Assistance": "nothing entered", "Evaluation": "nothing entered"}


def test_an_empty_report_lacks_all_of_the_districts_criteria() -> None:
    assert set(said(EducatorReport()).values()) == {"nothing entered"}
    assert len(said(EducatorReport())) == 5


def test_a_certificate_that_has_expired_is_one_of_them() -> None:
    late = EXPIRES.replace(year=EXPIRES.year + 1)

    assert said(reported(), late) == {"Active certificate": f"Expired January {EXPIRES.day}, {EXPIRES.year}"}


def test_without_a_certificate_to_judge_only_the_districts_criteria_count() -> None:
    assert list(shortfalls(Kind.UPGRADE, reported(), TODAY, None)) == []


def test_an_extension_asks_for_a_position_this_school_year() -> None:
    now = taught(2026)[0]

    assert said(EducatorReport(years=(now,)), kind=Kind.EXTENSION) == {}
    assert said(EducatorReport(years=taught(2025)), kind=Kind.EXTENSION) == {"Teaching now": "nothing entered"}
    assert said(EducatorReport(years=(now,)), EXPIRES.replace(year=EXPIRES.year + 1), Kind.EXTENSION) == {
        "Current certificate": f"Expired January {EXPIRES.day}, {EXPIRES.year}, more than 11 months before",
        "Teaching now": "nothing entered",
    }
