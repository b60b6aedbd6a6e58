"""The five criterion cards of the case page: what the educator reported, what the district recorded, what is left."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import assert_never

from district_worklog.evidence import (
    AssistanceRecord,
    CheckedYear,
    DevelopmentRecord,
    EvaluationRecord,
    MentoringRecord,
    Record,
    TeachingRecord,
)
from district_worklog.rulings import evidence_of, rulings_of
from lectern.contracts.values import EducatorReport, Ruling, Verdict, YearTaught
from lectern.rules.criteria import DISTRICT_CRITERIA, UPG_BTA, UPG_MENTORING, UPG_PBTE, UPG_PD, UPG_TEACHING
from lectern.rules.criteria import criterion as criterion_of
from lectern.rules.parameters import UPGRADE
from lectern.rules.rule_sets import Help
from lectern.rules.upgrade import day_words, in_hours
from lectern.rules.years import count_years, in_years, school_year_of, school_year_words

ANCHORS = MappingProxyType(
    {
        UPG_TEACHING: "teaching",
        UPG_PD: "development",
        UPG_MENTORING: "mentoring-card",
        UPG_BTA: "assistance-card",
        UPG_PBTE: "evaluation-card",
    }
)


def next_anchor(criterion: str) -> str:
    """Where to go on after this criterion: the card of the next one, or the attestation."""
    anchors = [*ANCHORS.values(), "send"]
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
    submitted_on: date,
    today: date,
    change: Collection[str] = (),
) -> Cards:
    """`change` names cards to be opened although they are met."""
    rulings = rulings_of(evidence_of(records.values(), today), submitted_on, today, report)
    views = tuple(
        CardView(
            id=ruling.criterion,
            anchor=ANCHORS[ruling.criterion],
            number=number,
            title=criterion_of(ruling.criterion).sentence,
            help=criterion_of(ruling.criterion).help,
            ruling=ruling,
            reported=tuple(_reported(ruling.criterion, report)),
            recorded=tuple(_recorded(records.get(ruling.criterion))),
            kept_aside=tuple(_recorded(before.get(ruling.criterion))),
            open=ruling.verdict is not Verdict.MET or ruling.criterion in change,
        )
        for number, ruling in enumerate(rulings, 1)
    )
    lines, total = year_lines(_years(report, records), today)
    return Cards(views, rulings, lines, total)


def _years(report: EducatorReport, records: Mapping[str, Record]) -> Sequence[YearTaught]:
    taught = records.get(UPG_TEACHING)
    return taught.years if isinstance(taught, TeachingRecord) else report.years


def year_lines(rows: Sequence[YearTaught], today: date) -> tuple[tuple[YearLine, ...], str]:
    """The table and its sum. School years that have not begun count nothing."""
    begun = school_year_of(today)
    counting = iter(count_years([row for row in rows if row.school_year <= begun]))
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


def _reported(criterion: str, report: EducatorReport) -> Iterator[str]:
    match criterion:
        case "UPG-TEACHING":
            if not report.years:
                yield "No years of teaching"
        case "UPG-PD":
            hours = report.development_quarter_hours
            needed = in_hours(UPGRADE.development_quarter_hours)
            yield "No contact hours" if hours is None else f"{in_hours(hours)} of {needed} contact hours"
            yield from _words(report.development_note)
        case "UPG-MENTORING":
            years = report.mentoring_school_years
            yield "No mentoring" if years is None else f"{years} of {UPGRADE.mentoring_school_years} school years"
            yield from _words(report.mentoring_note)
        case "UPG-BTA":
            on = report.bta_completed_on
            yield "No completed program" if on is None else f"Completed {day_words(on)}"
            yield from _words(report.bta_provider)
        case _:
            yield report.evaluation_note or "Nothing about evaluations"


def _recorded(record: Record | None) -> Iterator[str]:
    match record:
        case None:
            return
        case TeachingRecord():
            yield f"{year_lines(record.years, date.max)[1]} years counted"
        case DevelopmentRecord():
            if record.quarter_hours is not None:
                yield f"{in_hours(record.quarter_hours)} contact hours"
            yield from _answered(record.plan_approved, "Plan approved", "Plan not approved")
            yield from _words(record.checked)
        case MentoringRecord():
            yield from _answered(record.shown, "Yes", "No")
            if record.school_years is not None:
                yield f"{record.school_years} school {'year' if record.school_years == 1 else 'years'}"
            yield from _words(record.checked)
        case AssistanceRecord():
            yield from _answered(record.completed, "Yes", "No")
            if record.completed_on is not None:
                yield f"Completed {day_words(record.completed_on)}"
            yield from _words(record.provider)
            yield from _words(record.checked)
        case EvaluationRecord():
            yield from _answered(record.took_part, "Yes", "No")
            yield from _words(record.checked)
        case _:
            assert_never(record)


def _words(text: str) -> Iterator[str]:
    if text:
        yield text


def _answered(answer: bool | None, yes: str, no: str) -> Iterator[str]:
    if answer is not None:
        yield yes if answer else no


# ── what is left before it can be sent: (field or anchor, what to do)


def left(rulings: Sequence[Ruling], records: Mapping[str, Record]) -> Iterator[tuple[str, str]]:
    """One line for each criterion that is not met, in the order of the page."""
    for ruling in rulings:
        if ruling.verdict is not Verdict.MET:
            yield _left(ruling, records.get(ruling.criterion))


def _left(ruling: Ruling, record: Record | None) -> tuple[str, str]:
    name = criterion_of(ruling.criterion).name
    short = ruling.shortfall or ""
    return_it = "or return the application."
    match ruling.criterion, record:
        case "UPG-TEACHING", None:
            return "teaching", f"{name}: choose “Check these years”, compare them with your records and save them."
        case "UPG-TEACHING", _:
            return "teaching", f"{name}: {short} are counted. Add a year, {return_it}"
        case "UPG-PD", DevelopmentRecord(quarter_hours=None) | None:
            return "development_hours", f"{name}: enter the contact hours you can confirm, and choose Yes or No."
        case "UPG-PD", DevelopmentRecord(quarter_hours=int(have)) if have < UPGRADE.development_quarter_hours:
            more = in_hours(UPGRADE.development_quarter_hours - have)
            return "development_hours", f"{name}: {short} are recorded. Record {more} more, {return_it}"
        case "UPG-PD", DevelopmentRecord(plan_approved=None):
            return "plan_approved", f"{name}: choose Yes or No."
        case "UPG-MENTORING", MentoringRecord(shown=True):
            return "mentoring_years", f"{name}: {short} are recorded. Correct the number, {return_it}"
        case _:
            field = {UPG_PD: "plan_approved", UPG_MENTORING: "mentoring", UPG_BTA: "assistance", UPG_PBTE: "evaluation"}
            return field[ruling.criterion], f"{name}: {_open_or_no(record)}"


def _open_or_no(record: Record | None) -> str:
    match record:
        case (
            DevelopmentRecord(plan_approved=False)
            | MentoringRecord(shown=False)
            | AssistanceRecord(completed=False)
            | EvaluationRecord(took_part=False)
        ):
            return "you recorded No. Change the answer, or return the application."
        case _:
            return "choose Yes or No."


__all__ = [
    "ANCHORS",
    "DISTRICT_CRITERIA",
    "CardView",
    "Cards",
    "YearLine",
    "cards",
    "left",
    "next_anchor",
    "year_lines",
]
