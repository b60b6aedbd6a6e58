"""The forms of education and experience, and how they stand in a report. Pure."""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Final, Literal, TypeVar

from pydantic import Field, StringConstraints
from pydantic_core import PydanticCustomError

from applications.edge import PageForm
from applications.reporting import BTA_TO_COME, degree_to_come
from lectern.contracts.values import Degree, EducatorReport, YearTaught
from lectern.rules.words import in_hours, quarter_hours
from lectern.rules.years import count_years, counted_years, in_years, school_year_of, school_year_words
from lectern.web import Filled, FormDate, Says
from lectern.web.fields import as_date

Line = Annotated[str, StringConstraints(max_length=200)]
R = TypeVar("R")


class YearForm(PageForm):
    school_year: Annotated[
        int, Field(ge=1960, le=2100), Says(missing="Choose the school year", wrong="Choose a school year")
    ]
    employer: Annotated[Line, Says(missing="Enter the school or district you worked for")]
    position: Annotated[Line, Says(missing="Enter your position, such as Grade 3 teacher")]
    work: Annotated[Literal["teacher", "other"], Says(missing="Choose what it was", wrong="Choose what it was")]
    fte: Annotated[
        Decimal,
        Field(gt=0, le=2, decimal_places=2),
        Says(
            missing="Enter how much of full time it was",
            wrong="Enter the FTE as a number up to 2.00: full time is 1.00, and 80 % is 0.80",
        ),
    ]
    share: Annotated[
        Decimal,
        Field(ge=0, le=1, decimal_places=2),
        Says(
            missing="Enter how much of the year you taught",
            wrong="Enter how much of the year as a number from 0.00 to 1.00",
        ),
    ]

    def row(self) -> YearTaught:
        return YearTaught(
            school_year=self.school_year,
            employer=self.employer,
            position=self.position,
            fte_hundredths=int(self.fte * 100),
            share_hundredths=int(self.share * 100),
            teaching=self.work == "teacher",
        )


class DegreeForm(PageForm):
    degree: Annotated[
        str, StringConstraints(max_length=100), Says(missing="Enter the degree, such as BS in Elementary Education")
    ]
    institution: Annotated[Line, Says(missing="Enter the college or university")]
    year: Annotated[
        int, Field(ge=1940, le=2100), Says(missing="Enter the year", wrong="Enter the year with four digits")
    ]

    def row(self) -> Degree:
        return Degree(institution=self.institution, degree=self.degree, year=self.year)


class ProgramsForm(PageForm):
    hours: Annotated[
        Decimal,
        Field(ge=0, le=9999, multiple_of=Decimal("0.25")),
        Says(missing="Enter the contact hours, or 0", wrong="Enter the hours as a number, such as 32 or 32.25"),
    ]
    development_note: str = ""
    mentoring: Annotated[
        int,
        Field(ge=0, le=40),
        Says(missing="Enter how many school years, or 0", wrong="Enter how many school years as a number, such as 2"),
    ]
    mentoring_note: str = ""
    bta_completed_on: Annotated[
        FormDate | None, Says(label="the day", wrong="Enter a date, such as 6/15/2024, or leave it empty")
    ] = None
    bta_provider: Annotated[str, StringConstraints(max_length=200)] = ""
    evaluation_note: str = ""

    def into(self, report: EducatorReport) -> EducatorReport:
        return report.model_copy(
            update={
                "development_quarter_hours": quarter_hours(self.hours),
                "development_note": self.development_note,
                "mentoring_school_years": self.mentoring,
                "mentoring_note": self.mentoring_note,
                "bta_completed_on": self.bta_completed_on,
                "bta_provider": self.bta_provider,
                "evaluation_note": self.evaluation_note,
            }
        )


def with_days_judged(form: Filled[Any], today: date) -> Filled[Any]:
    """Also where something else is not right, so that everything is said at once."""
    with suppress(PydanticCustomError):
        if form["bta_completed_on"] and as_date(form["bta_completed_on"]) > today:
            form = form.refuse(BTA_TO_COME, field="bta_completed_on")
    if form["year"].isdecimal() and "year" not in form.errors and int(form["year"]) > today.year:
        form = form.refuse(degree_to_come(int(form["year"])), field="year")
    return form


class ReportForm(PageForm):
    """A button only: the report as it stands, or without a row."""


def _year_values(row: YearTaught) -> dict[str, object]:
    return {
        "school_year": row.school_year,
        "employer": row.employer,
        "position": row.position,
        "fte": in_years(row.fte_hundredths),
        "share": in_years(row.share_hundredths),
        "work": "teacher" if row.teaching else "other",
    }


def another_year(report: EducatorReport, today: date) -> dict[str, object]:
    """Where there are some already, the one before them, in the position that was entered last. That year is over."""
    if not report.years:
        return {"fte": "1.00", "work": "teacher"}
    last = report.years[-1]
    values = _year_values(last) | {"school_year": min(each.school_year for each in report.years) - 1}
    return values | {"share": "1.00"} if runs(last.school_year, today) else values


def runs(school_year: int, today: date) -> bool:
    """Whether it is not over yet: only what was taught of it so far counts."""
    return school_year == school_year_of(today)


def _program_values(report: EducatorReport) -> dict[str, object]:
    hours = report.development_quarter_hours
    return {
        "hours": None if hours is None else in_hours(hours),
        "development_note": report.development_note,
        "mentoring": report.mentoring_school_years,
        "mentoring_note": report.mentoring_note,
        "bta_completed_on": report.bta_completed_on,
        "bta_provider": report.bta_provider,
        "evaluation_note": report.evaluation_note,
    }


@dataclass(frozen=True)
class Part:
    """A part of the report with a form of its own. `at` is the row, None for a new one and where there are no rows."""

    form: type[Any]
    page: str
    values: Callable[[EducatorReport, int | None, date], dict[str, object] | None]
    """What stands in the form today; None for a row there is not."""
    change: Callable[[Any, EducatorReport, int | None], EducatorReport]


def _put(rows: tuple[R, ...], at: int | None, row: R) -> tuple[R, ...]:
    return (*rows, row) if at is None else (*rows[:at], row, *rows[at + 1 :])


YEARS: Final = Part(
    YearForm,
    "year",
    lambda report, at, today: (
        another_year(report, today)
        if at is None
        else _year_values(report.years[at])
        if at < len(report.years)
        else None
    ),
    lambda form, report, at: report.model_copy(update={"years": _put(report.years, at, form.row())}),
)
DEGREES: Final = Part(
    DegreeForm,
    "degree",
    lambda report, at, _: {} if at is None else report.degrees[at].model_dump() if at < len(report.degrees) else None,
    lambda form, report, at: report.model_copy(update={"degrees": _put(report.degrees, at, form.row())}),
)
PROGRAMS: Final = Part(
    ProgramsForm, "programs", lambda report, *_: _program_values(report), lambda form, report, _: form.into(report)
)
PARTS: Final = {"years": YEARS, "degrees": DEGREES, "programs": PROGRAMS}


def without(part: str, at: int, report: EducatorReport) -> EducatorReport:
    """The report without a row of `years` or `degrees`."""
    rows = getattr(report, part)
    return report.model_copy(update={part: (*rows[:at], *rows[at + 1 :])})


def year_choices(today: date) -> list[tuple[int, str]]:
    """The school years one may have taught in, the present one first."""
    running = school_year_of(today)
    past = [(year, school_year_words(year)) for year in range(running - 1, 1974, -1)]
    return [(running, f"{school_year_words(running)}, not over yet"), *past]


@dataclass(frozen=True)
class YearLine:
    """A row of the years table with what it counts."""

    at: int
    year: str
    row: YearTaught
    fte: str
    share: str
    counts: str
    why: str
    runs: bool
    """The school year is not over."""


def year_lines(rows: Sequence[YearTaught], today: date) -> tuple[list[YearLine], str]:
    """The table, newest school year first, and its sum."""
    lines = [
        YearLine(
            at,
            school_year_words(each.row.school_year),
            each.row,
            in_years(each.row.fte_hundredths),
            in_years(each.row.share_hundredths),
            in_years(each.hundredths),
            each.why or "",
            runs(each.row.school_year, today),
        )
        for at, each in enumerate(count_years(rows))
    ]
    return sorted(lines, key=lambda line: (-line.row.school_year, line.at)), in_years(counted_years(rows))
