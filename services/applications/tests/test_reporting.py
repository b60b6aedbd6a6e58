"""Education and experience: anything that can be, and nothing from the future."""

from datetime import date, timedelta
from typing import Any

import pytest
from applications_given import APPLICATION, JORDAN, NOW, TODAY, complete, fresh, returned, sealed

from applications.informing import Stale
from applications.reporting import ReportEducation, report_education
from lectern.contracts.values import Degree, EducatorReport, YearTaught
from lectern.eventlog.errors import Refused


def year(school_year: int) -> YearTaught:
    return YearTaught(
        school_year=school_year,
        employer="Independence 30",
        position="Grade 3",
        fte_hundredths=100,
        share_hundredths=100,
    )


WHOLE = EducatorReport(years=(year(2025),), development_quarter_hours=120, mentoring_school_years=2)


def report(content: EducatorReport = WHOLE, **changes: Any) -> ReportEducation:
    command = ReportEducation(
        application_id=APPLICATION,
        educator_id=JORDAN,
        seen=0,
        report=content,
        sealed=sealed("EducationReported.report", audience="district"),
        today=TODAY,
        now=NOW,
    )
    return command.model_copy(update=changes)


def test_a_whole_report_completes_the_task() -> None:
    [fact] = report_education(fresh(), report())

    assert fact.complete


@pytest.mark.parametrize("left_out", ["years", "development_quarter_hours", "mentoring_school_years"])
def test_a_report_that_leaves_something_out_is_saved_and_not_complete(left_out: str) -> None:
    content = EducatorReport.model_validate({k: v for k, v in WHOLE.model_dump().items() if k != left_out})

    [fact] = report_education(fresh(), report(content))

    assert not fact.complete


def test_too_little_is_no_reason_to_refuse() -> None:
    content = WHOLE.model_copy(update={"development_quarter_hours": 0, "mentoring_school_years": 0})

    [fact] = report_education(fresh(), report(content))

    assert fact.complete


@pytest.mark.parametrize(
    ("content", "field"),
    [
        (WHOLE.model_copy(update={"years": (year(2027),)}), "school_year"),
        (WHOLE.model_copy(update={"bta_completed_on": TODAY + timedelta(days=1)}), "bta_completed_on"),
        (WHOLE.model_copy(update={"degrees": (Degree(institution="UCM", degree="BS", year=2027),)}), "year"),
    ],
)
def test_nothing_lies_in_the_future(content: EducatorReport, field: str) -> None:
    with pytest.raises(Refused) as refused:
        report_education(fresh(), report(content))

    assert refused.value.details == {"field": field}


@pytest.mark.parametrize(
    "content",
    [
        WHOLE.model_copy(update={"years": (year(2020),) * 61}),
        WHOLE.model_copy(
            update={
                "development_note": "\N{HORSE}" * 4000,
                "mentoring_note": "\N{HORSE}" * 4000,
                "evaluation_note": "\N{HORSE}" * 4000,
                "bta_provider": "\N{HORSE}" * 4000,
            }
        ),
    ],
    ids=["rows", "bytes"],
)
def test_a_report_has_to_fit_into_a_record_on_the_wire(content: EducatorReport) -> None:
    with pytest.raises(Refused):
        report_education(fresh(), report(content))


def test_the_school_year_that_has_begun_and_today_are_possible() -> None:
    content = WHOLE.model_copy(update={"years": (year(2026),), "bta_completed_on": date(2026, 11, 24)})

    assert report_education(fresh(), report(content))


def test_a_stale_report_is_noticed() -> None:
    with pytest.raises(Stale):
        report_education(complete(), report(seen=0))


def test_a_return_that_asks_for_hours_opens_it_again() -> None:
    assert report_education(returned(), report(seen=1))
