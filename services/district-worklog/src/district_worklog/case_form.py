"""The form of the case page: the fields of all cards, and how they become records and come from them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, assert_never
from uuid import UUID

from pydantic import AfterValidator, Field

from district_worklog.desk import Card
from district_worklog.evidence import (
    AssistanceRecord,
    CheckedYear,
    DevelopmentRecord,
    EmployedRecord,
    EvaluationRecord,
    MentoringRecord,
    PromiseRecord,
    Record,
    TeachingNowRecord,
    TeachingRecord,
)
from district_worklog.rulings import Terms
from lectern.contracts.values import EducatorReport
from lectern.rules.criteria import (
    EXT_TEACHING,
    REA_EMPLOYED,
    REA_PD24,
    UPG_BTA,
    UPG_MENTORING,
    UPG_PBTE,
    UPG_PD,
    UPG_TEACHING,
)
from lectern.rules.words import in_hours, quarter_hours
from lectern.rules.years import in_years, school_year_of, school_year_words
from lectern.web import FormDate, FormModel, Says, Ticked, YesNo


def _whole_quarters(hours: Decimal) -> Decimal:
    quarter_hours(hours)
    return hours


Hours = Annotated[Decimal, Field(ge=0, le=9999), AfterValidator(_whole_quarters)]
Choice = Annotated[YesNo | None, Says(missing="Choose Yes or No")]


CARDS = (UPG_TEACHING, UPG_PD, UPG_MENTORING, UPG_BTA, UPG_PBTE, EXT_TEACHING, REA_EMPLOYED, REA_PD24)
"""The criteria that have a card, of all kinds of application."""


DOES = rf"^(save|close|send|years|return|decline|pass-on|answer|documents|(save|change)-({'|'.join(CARDS)}))$"
"""What the page's buttons say."""


class CaseForm(FormModel):
    """What is not on the page (a folded card) is not sent, and stays as it is recorded."""

    submission: Annotated[int, Field(ge=1)]
    seen: tuple[str, ...] = ()
    """`UPG-PD=<record id>` for each record that stood on the page."""
    do: Annotated[str, Field(pattern=DOES)] = "save"
    """Where to go on when it is saved; a criterion says whose card the button stood on."""
    development_hours: Annotated[
        Hours | None,
        Says(label="the contact hours", wrong="Enter the hours as a number of 0 or more, such as 26 or 26.5"),
    ] = None
    plan_approved: Choice = None
    development_checked: str | None = None
    mentoring: Choice = None
    mentoring_years: Annotated[
        int | None, Field(ge=0, le=40), Says(wrong="Enter the school years as a whole number, such as 2")
    ] = None
    mentoring_checked: str | None = None
    assistance: Choice = None
    assistance_on: Annotated[FormDate | None, Says(label="the date")] = None
    assistance_provider: Annotated[str | None, Field(max_length=200)] = None
    assistance_checked: str | None = None
    evaluation: Choice = None
    evaluation_checked: str | None = None
    teaching_now: Choice = None
    teaching_since: Annotated[FormDate | None, Says(label="the first day")] = None
    teaching_position: Annotated[str | None, Field(max_length=200)] = None
    teaching_fte: Annotated[
        Decimal | None,
        Field(gt=0, le=2, decimal_places=2),
        Says(label="the FTE", wrong="Enter the FTE as a number up to 2.00: full time is 1.00, and half time 0.50"),
    ] = None
    teaching_checked: str | None = None
    hired: Choice = None
    hired_since: Annotated[FormDate | None, Says(label="the first day")] = None
    hired_position: Annotated[str | None, Field(max_length=200)] = None
    hired_fte: Annotated[
        Decimal | None,
        Field(gt=0, le=2, decimal_places=2),
        Says(label="the FTE", wrong="Enter the FTE as a number up to 2.00: full time is 1.00, and half time 0.50"),
    ] = None
    hired_checked: str | None = None
    promise: Choice = None
    promise_hours: Annotated[
        Hours | None,
        Says(label="the contact hours", wrong="Enter the hours as a number of 0 or more, such as 10 or 10.5"),
    ] = None
    promise_checked: str | None = None
    attest: Ticked | bool = False

    @property
    def seen_records(self) -> dict[str, UUID]:
        """By criterion; what does not read as one is no record anybody saw."""
        found = (each.partition("=") for each in self.seen)
        return {criterion: id_ for criterion, _, text in found if (id_ := uuid_or_none(text)) is not None}

    def cards(self) -> list[Card]:
        """The cards with something in them, over the records that stood on the page."""
        seen = self.seen_records
        return [Card(record, seen.get(record.criterion)) for record in self._records()]

    def _records(self) -> Iterable[Record]:
        hours = self.development_hours
        if _given(hours, self.plan_approved, self.development_checked):
            yield DevelopmentRecord(
                quarter_hours=None if hours is None else quarter_hours(hours),
                plan_approved=self.plan_approved,
                checked=self.development_checked or "",
            )
        if _given(self.mentoring, self.mentoring_years, self.mentoring_checked):
            yield MentoringRecord(
                shown=self.mentoring, school_years=self.mentoring_years, checked=self.mentoring_checked or ""
            )
        if _given(self.assistance, self.assistance_on, self.assistance_provider, self.assistance_checked):
            yield AssistanceRecord(
                completed=self.assistance,
                completed_on=self.assistance_on,
                provider=self.assistance_provider or "",
                checked=self.assistance_checked or "",
            )
        if _given(self.evaluation, self.evaluation_checked):
            yield EvaluationRecord(took_part=self.evaluation, checked=self.evaluation_checked or "")
        yield from self._teaching_now()
        yield from self._reactivating()

    def _teaching_now(self) -> Iterable[Record]:
        fte, said = self.teaching_fte, (self.teaching_since, self.teaching_position, self.teaching_checked)
        if _given(self.teaching_now, fte, *said):
            yield TeachingNowRecord(
                teaching_now=self.teaching_now,
                since=self.teaching_since,
                position=self.teaching_position or "",
                fte_hundredths=None if fte is None else int(fte * 100),
                checked=self.teaching_checked or "",
            )

    def _reactivating(self) -> Iterable[Record]:
        fte, said = self.hired_fte, (self.hired_since, self.hired_position, self.hired_checked)
        if _given(self.hired, fte, *said):
            yield EmployedRecord(
                hired=self.hired,
                since=self.hired_since,
                position=self.hired_position or "",
                fte_hundredths=None if fte is None else int(fte * 100),
                checked=self.hired_checked or "",
            )
        hours = self.promise_hours
        if _given(self.promise, hours, self.promise_checked):
            yield PromiseRecord(
                promised=self.promise,
                quarter_hours=None if hours is None else quarter_hours(hours),
                checked=self.promise_checked or "",
            )


_FIELDS = {
    UPG_PD: ("development_hours", "plan_approved", "development_checked"),
    UPG_MENTORING: ("mentoring", "mentoring_years", "mentoring_checked"),
    UPG_BTA: ("assistance", "assistance_on", "assistance_provider", "assistance_checked"),
    UPG_PBTE: ("evaluation", "evaluation_checked"),
    EXT_TEACHING: ("teaching_now", "teaching_since", "teaching_position", "teaching_fte", "teaching_checked"),
    REA_EMPLOYED: ("hired", "hired_since", "hired_position", "hired_fte", "hired_checked"),
    REA_PD24: ("promise", "promise_hours", "promise_checked"),
}


def typed_in(typed: Mapping[str, object]) -> frozenset[str]:
    """The criteria whose cards were open when this was sent."""
    return frozenset(criterion for criterion, names in _FIELDS.items() if any(name in typed for name in names))


def fields_of(records: Iterable[Record]) -> dict[str, Any]:
    """What stands in the form for these records."""
    known: dict[str, Any] = {}
    for record in records:
        match record:
            case DevelopmentRecord():
                quarters = record.quarter_hours
                known["development_hours"] = None if quarters is None else in_hours(quarters)
                known["plan_approved"] = record.plan_approved
                known["development_checked"] = record.checked or None
            case MentoringRecord():
                known["mentoring"] = record.shown
                known["mentoring_years"] = record.school_years
                known["mentoring_checked"] = record.checked or None
            case AssistanceRecord():
                known["assistance"] = record.completed
                known["assistance_on"] = record.completed_on
                known["assistance_provider"] = record.provider or None
                known["assistance_checked"] = record.checked or None
            case EvaluationRecord():
                known["evaluation"] = record.took_part
                known["evaluation_checked"] = record.checked or None
            case TeachingNowRecord():
                fte = record.fte_hundredths
                known["teaching_now"] = record.teaching_now
                known["teaching_since"] = record.since
                known["teaching_position"] = record.position or None
                known["teaching_fte"] = None if fte is None else in_years(fte)
                known["teaching_checked"] = record.checked or None
            case EmployedRecord() | PromiseRecord():
                known |= _reactivation_fields(record)
            case TeachingRecord():
                pass  # the years have a page of their own
            case _:
                assert_never(record)
    return known


def _reactivation_fields(record: EmployedRecord | PromiseRecord) -> dict[str, Any]:
    if isinstance(record, PromiseRecord):
        quarters = record.quarter_hours
        return {
            "promise": record.promised,
            "promise_hours": None if quarters is None else in_hours(quarters),
            "promise_checked": record.checked or None,
        }
    fte = record.fte_hundredths
    return {
        "hired": record.hired,
        "hired_since": record.since,
        "hired_position": record.position or None,
        "hired_fte": None if fte is None else in_years(fte),
        "hired_checked": record.checked or None,
    }


def as_reported(report: EducatorReport, terms: Terms, today: date) -> list[Record]:
    """What stands in the form until something is recorded: the numbers and days the educator reported, unanswered."""
    reported = [*_position_reported(report, today), *_programs_reported(report)]
    return [each for each in reported if each.criterion in terms.criteria]


def _position_reported(report: EducatorReport, today: date) -> list[Record]:
    """The teaching position of the school year that runs; of several the one with the most FTE."""
    running = [each for each in report.years if each.teaching and each.school_year == school_year_of(today)]
    most = max(running, key=lambda each: each.fte_hundredths, default=None)
    if most is None:
        return []
    said: dict[str, Any] = {"position": most.position, "fte_hundredths": most.fte_hundredths}
    return [TeachingNowRecord(**said), EmployedRecord(**said)]


def _programs_reported(report: EducatorReport) -> list[Record]:
    records: list[Record] = []
    if report.development_quarter_hours is not None:
        records.append(DevelopmentRecord(quarter_hours=report.development_quarter_hours))
    if report.mentoring_school_years is not None:
        records.append(MentoringRecord(school_years=report.mentoring_school_years))
    if report.bta_completed_on is not None or report.bta_provider:
        records.append(AssistanceRecord(completed_on=report.bta_completed_on, provider=report.bta_provider))
    return records


def without_untouched(cards: Sequence[Card], stood_there: Sequence[Record]) -> list[Card]:
    """Without those that say only what stood there as reported: nobody at the district has confirmed it."""
    return [each for each in cards if each.seen is not None or each.record not in stood_there]


def seen_words(ids: Mapping[str, UUID]) -> tuple[str, ...]:
    """What `seen` holds for records of these ids, by criterion."""
    return tuple(f"{criterion}={id_}" for criterion, id_ in ids.items())


def words_of(record: Record) -> dict[str, str]:
    """A record field by field, for the page that shows two of them side by side."""
    match record:
        case DevelopmentRecord():
            hours = "" if record.quarter_hours is None else in_hours(record.quarter_hours)
            return {
                "Contact hours": hours,
                "Did your district approve the plan?": _choice(record.plan_approved),
                "What you checked": record.checked,
            }
        case MentoringRecord():
            return {
                "Two school years of mentoring?": _choice(record.shown),
                "School years": "" if record.school_years is None else str(record.school_years),
                "What you checked": record.checked,
            }
        case AssistanceRecord():
            return {
                "Program completed?": _choice(record.completed),
                "Completed on": _day(record.completed_on),
                "College or university": record.provider,
                "What you checked": record.checked,
            }
        case EvaluationRecord():
            return {"Took part?": _choice(record.took_part), "What you checked": record.checked}
        case TeachingNowRecord():
            return {
                "Teaching here now?": _choice(record.teaching_now),
                "Since": _day(record.since),
                "Position": record.position,
                "FTE": "" if record.fte_hundredths is None else in_years(record.fte_hundredths),
                "What you checked": record.checked,
            }
        case EmployedRecord():
            return {
                "Hired?": _choice(record.hired),
                "First day": _day(record.since),
                "Position": record.position,
                "FTE": "" if record.fte_hundredths is None else in_years(record.fte_hundredths),
                "What you checked": record.checked,
            }
        case PromiseRecord():
            return {
                "Contact hours attested?": _choice(record.promised),
                "Completed already": "" if record.quarter_hours is None else in_hours(record.quarter_hours),
                "What you checked": record.checked,
            }
        case TeachingRecord():
            return {f"Row {number}": _year(row) for number, row in enumerate(record.years, 1)}
        case _:
            assert_never(record)


def _given(*values: object) -> bool:
    return any(each is not None for each in values)


def _choice(answer: bool | None) -> str:
    return "" if answer is None else "Yes" if answer else "No"


def _year(row: CheckedYear) -> str:
    fte, share = in_years(row.fte_hundredths), in_years(row.share_hundredths)
    kind = "" if row.teaching else ", substitute or aide"
    taught = f"{row.employer}, {row.position}{kind}, {fte} FTE, {share} of the year"
    return f"{school_year_words(row.school_year)}: {taught}. {row.checked_against}"


def _day(day: date | None) -> str:
    return "" if day is None else f"{day.month}/{day.day}/{day.year}"


def uuid_or_none(text: str | None) -> UUID | None:
    """An id that somebody sent; None where it reads as none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
