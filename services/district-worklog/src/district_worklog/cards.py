"""The criterion cards of the case page: what the educator reported, what the district recorded, what is left."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import assert_never

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
from district_worklog.rulings import Terms, evidence_of, rulings_of
from lectern.contracts.values import EducatorReport, Ruling, Verdict, YearTaught
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
from lectern.rules.rule_sets import Help, Parameters
from lectern.rules.words import day_words, in_hours
from lectern.rules.years import count_years, in_years, school_year_of, school_year_words

ANCHORS = MappingProxyType(
    {
        UPG_TEACHING: "teaching",
        UPG_PD: "development",
        UPG_MENTORING: "mentoring-card",
        UPG_BTA: "assistance-card",
        UPG_PBTE: "evaluation-card",
        EXT_TEACHING: "teaching-now",
        REA_EMPLOYED: "hired-card",
        REA_PD24: "promise-card",
    }
)


def next_anchor(criterion: str, criteria: Sequence[str]) -> str:
    """Where to go on after this criterion: the card of the next one, or the attestation."""
    anchors = [*(ANCHORS[each] for each in criteria), "send"]
    return anchors[anchors.index(ANCHORS[criterion]) + 1]


@dataclass(frozen=True)
class YearLine:
    """A row of the years table with what it counts."""

    year: str
    employer: str
    position: str
    fte: str
    share: str
    counts: str
    why: str
    against: str


@dataclass(frozen=True)
class CardView:
    id: str
    anchor: str
    number: int
    title: str
    help: Help
    ruling: Ruling
    reported: tuple[str, ...]
    recorded: tuple[str, ...]
    """Empty where nothing is recorded for this handing-in."""
    kept_aside: tuple[str, ...]
    """What was recorded for the handing-in before."""
    open: bool
    """Shown as fields, not folded to a line."""


@dataclass(frozen=True)
class Cards:
    """All cards, with the records and rulings they were made from."""

    views: tuple[CardView, ...]
    rulings: tuple[Ruling, ...]
    years: tuple[YearLine, ...]
    total: str

    @property
    def confirmed(self) -> int:
        return sum(each.verdict is Verdict.MET for each in self.rulings)


def cards(
    report: EducatorReport,
    records: Mapping[str, Record],
    before: Mapping[str, Record],
    *,
    terms: Terms,
    today: date,
    change: Collection[str] = (),
) -> Cards:
    """`change` names cards to be opened although they are met."""
    rulings = rulings_of(evidence_of(records.values(), today, terms), terms, today, report)
    asked = {each.id: each for each in terms.rules.of(terms.kind).criteria}
    numbers = terms.rules.parameters
    views = tuple(
        CardView(
            id=ruling.criterion,
            anchor=ANCHORS[ruling.criterion],
            number=number,
            title=asked[ruling.criterion].sentence,
            help=asked[ruling.criterion].help,
            ruling=ruling,
            reported=tuple(_reported(ruling.criterion, report, numbers, today)),
            recorded=tuple(_recorded(records.get(ruling.criterion), numbers)),
            kept_aside=tuple(_recorded(before.get(ruling.criterion), numbers)),
            open=ruling.verdict is not Verdict.MET or ruling.criterion in change,
        )
        for number, ruling in enumerate(rulings, 1)
    )
    lines, total = year_lines(_years(report, records), today, numbers)
    return Cards(views, rulings, lines, total)


def _years(report: EducatorReport, records: Mapping[str, Record]) -> Sequence[YearTaught]:
    taught = records.get(UPG_TEACHING)
    return taught.years if isinstance(taught, TeachingRecord) else report.years


def year_lines(rows: Sequence[YearTaught], today: date, numbers: Parameters) -> tuple[tuple[YearLine, ...], str]:
    """The table and its sum. School years that have not begun count nothing."""
    begun = school_year_of(today)
    counting = iter(count_years([row for row in rows if row.school_year <= begun], numbers))
    lines, total = [], 0
    for row in rows:
        counted = next(counting) if row.school_year <= begun else None
        hundredths = counted.hundredths if counted else 0
        total += hundredths
        lines.append(
            YearLine(
                year=school_year_words(row.school_year),
                employer=row.employer,
                position=row.position,
                fte=in_years(row.fte_hundredths),
                share=in_years(row.share_hundredths),
                counts=in_years(hundredths),
                why=(counted.why or "") if counted else "This school year has not begun",
                against=row.checked_against if isinstance(row, CheckedYear) else "",
            )
        )
    return tuple(lines), in_years(total)


# ── in words


def _reported(criterion: str, report: EducatorReport, numbers: Parameters, today: date) -> Iterator[str]:
    match criterion:
        case "UPG-TEACHING":
            if not report.years:
                yield "No years of teaching"
        case "UPG-PD":
            hours = report.development_quarter_hours
            needed = in_hours(numbers.development_quarter_hours)
            yield "No contact hours" if hours is None else f"{in_hours(hours)} of {needed} contact hours"
            yield from _words(report.development_note)
        case "UPG-MENTORING":
            years = report.mentoring_school_years
            yield "No mentoring" if years is None else f"{years} of {numbers.mentoring_school_years} school years"
            yield from _words(report.mentoring_note)
        case "UPG-BTA":
            on = report.bta_completed_on
            yield "No completed program" if on is None else f"Completed {day_words(on)}"
            yield from _words(report.bta_provider)
        case "EXT-TEACHING" | "REA-EMPLOYED":
            yield from _positions(report, today)
        case "REA-PD24":
            yield "Nothing: the district attests to it"
        case _:
            yield report.evaluation_note or "Nothing about evaluations"


def _positions(report: EducatorReport, today: date) -> Iterator[str]:
    """Those of the school year that runs."""
    running = [each for each in report.years if each.school_year == school_year_of(today)]
    if not running:
        yield f"No position in the school year {school_year_words(school_year_of(today))}"
    for row in running:
        kind = "" if row.teaching else ", substitute or aide"
        yield f"{row.position}{kind}, {row.employer}, {in_years(row.fte_hundredths)} FTE"


def _recorded(record: Record | None, numbers: Parameters) -> Iterator[str]:  # noqa: C901, PLR0912 - one for each record
    match record:
        case None:
            return
        case TeachingRecord():
            yield f"{year_lines(record.years, date.max, numbers)[1]} years counted"
        case DevelopmentRecord():
            if record.quarter_hours is not None:
                yield f"{in_hours(record.quarter_hours)} contact hours"
            yield from _answered(record.plan_approved, "Plan approved", "Plan not approved")
            yield from _words(record.checked)
        case MentoringRecord():
            yield from _mentored(record)
        case AssistanceRecord():
            yield from _answered(record.completed, "Yes", "No")
            if record.completed_on is not None:
                yield f"Completed {day_words(record.completed_on)}"
            yield from _words(record.provider)
            yield from _words(record.checked)
        case EvaluationRecord():
            yield from _answered(record.took_part, "Yes", "No")
            yield from _words(record.checked)
        case TeachingNowRecord():
            yield from _position(record.teaching_now, record)
        case EmployedRecord():
            yield from _position(record.hired, record)
        case PromiseRecord():
            yield from _answered(record.promised, f"{in_hours(numbers.promised_quarter_hours)} contact hours", "No")
            if record.quarter_hours:
                yield f"{in_hours(record.quarter_hours)} of them completed"
            yield from _words(record.checked)
        case _:
            assert_never(record)


def _mentored(record: MentoringRecord) -> Iterator[str]:
    yield from _answered(record.shown, "Yes", "No")
    if record.school_years is not None:
        yield f"{record.school_years} school {'year' if record.school_years == 1 else 'years'}"
    yield from _words(record.checked)


def _position(answer: bool | None, record: TeachingNowRecord | EmployedRecord) -> Iterator[str]:
    yield from _answered(answer, "Yes", "No")
    if record.since is not None:
        yield (
            f"First day {day_words(record.since)}"
            if isinstance(record, EmployedRecord)
            else (f"Since {day_words(record.since)}")
        )
    yield from _words(record.position)
    if record.fte_hundredths is not None:
        yield f"{in_years(record.fte_hundredths)} FTE"
    yield from _words(record.checked)


def _words(text: str) -> Iterator[str]:
    if text:
        yield text


def _answered(answer: bool | None, yes: str, no: str) -> Iterator[str]:
    if answer is not None:
        yield yes if answer else no


# ── what is left before it can be sent: (field or anchor, what to do)


def left(
    rulings: Sequence[Ruling],
    records: Mapping[str, Record],
    terms: Terms,
    filled_in: Mapping[str, Record] = MappingProxyType({}),
) -> Iterator[tuple[str, str]]:
    """One line for each criterion that is not met, in the order of the page.

    `filled_in`: what stands in the fields as reported, where nothing is recorded; then only the answer is missing.
    """
    for ruling in rulings:
        if ruling.verdict is not Verdict.MET:
            recorded = records.get(ruling.criterion)
            if recorded is None and _enough_hours(filled_in.get(ruling.criterion), terms):
                recorded = filled_in[ruling.criterion]
            yield _left(ruling, recorded, terms)


def _enough_hours(record: Record | None, terms: Terms) -> bool:
    hours = record.quarter_hours if isinstance(record, DevelopmentRecord) else None
    return hours is not None and hours >= terms.rules.parameters.development_quarter_hours


def _left(ruling: Ruling, record: Record | None, terms: Terms) -> tuple[str, str]:
    name = terms.rules.criterion(ruling.criterion).name
    needed = terms.rules.parameters.development_quarter_hours
    short = ruling.shortfall or ""
    return_it = "or return the application."
    match ruling.criterion, record:
        case "UPG-TEACHING", None:
            return "teaching", f"{name}: choose “Check these years”, compare them with your records and save them."
        case "UPG-TEACHING", _:
            return "teaching", f"{name}: {short} are counted. Add a year, {return_it}"
        case "UPG-PD", DevelopmentRecord(quarter_hours=None) | None:
            return "development_hours", f"{name}: enter the contact hours you can confirm, and choose Yes or No."
        case "UPG-PD", DevelopmentRecord(quarter_hours=int(have)) if have < needed:
            more = in_hours(needed - have)
            return "development_hours", f"{name}: {short} are recorded. Record {more} more, {return_it}"
        case "UPG-PD", DevelopmentRecord(plan_approved=None):
            return "plan_approved", f"{name}: choose Yes or No."
        case "UPG-MENTORING", MentoringRecord(shown=True):
            return "mentoring_years", f"{name}: {short} are recorded. Correct the number, {return_it}"
        case "EXT-TEACHING", TeachingNowRecord(teaching_now=True):
            return _missing_of(record, "teaching"), f"{name}: {short[:1].lower()}{short[1:]}. Enter it, {return_it}"
        case "REA-EMPLOYED", EmployedRecord(hired=True):
            return _missing_of(record, "hired"), f"{name}: {short[:1].lower()}{short[1:]}. Correct it, {return_it}"
        case _:
            return _ANSWERS[ruling.criterion], f"{name}: {_open_or_no(record)}"


_ANSWERS = {
    UPG_PD: "plan_approved",
    UPG_MENTORING: "mentoring",
    UPG_BTA: "assistance",
    UPG_PBTE: "evaluation",
    EXT_TEACHING: "teaching_now",
    REA_EMPLOYED: "hired",
    REA_PD24: "promise",
}
"""The field that answers each criterion."""


def _missing_of(record: TeachingNowRecord | EmployedRecord, fields: str) -> str:
    """The first field that is open; the FTE where none is."""
    if record.since is None:
        return f"{fields}_since"
    return f"{fields}_position" if not record.position else f"{fields}_fte"


def _open_or_no(record: Record | None) -> str:
    match record:
        case (
            DevelopmentRecord(plan_approved=False)
            | MentoringRecord(shown=False)
            | AssistanceRecord(completed=False)
            | EvaluationRecord(took_part=False)
            | TeachingNowRecord(teaching_now=False)
            | EmployedRecord(hired=False)
            | PromiseRecord(promised=False)
        ):
            return "you recorded No. Change the answer, or return the application."
        case _:
            return "choose Yes or No."


__all__ = [
    "ANCHORS",
    "CardView",
    "Cards",
    "YearLine",
    "cards",
    "left",
    "next_anchor",
    "year_lines",
]
