"""What was recorded, put before the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
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
from lectern.contracts.values import (
    DistrictEvidence,
    EducatorReport,
    EstablishedBy,
    Establishment,
    Kind,
    Route,
    Ruling,
    Verdict,
    YearTaught,
)
from lectern.rules import RuleSet
from lectern.rules.facts import Facts
from lectern.rules.judging import evaluate
from lectern.rules.years import counted_years, school_year_of, school_year_words


@dataclass(frozen=True)
class Terms:
    """What a handed-in application is judged by: its own rule set and kind, and the day it was submitted."""

    rules: RuleSet
    kind: Kind
    submitted_on: date
    route: Route | None = None

    @property
    def criteria(self) -> tuple[str, ...]:
        """Those a district establishes, in the order pages show them."""
        return self.rules.of(self.kind, self.route).established(EstablishedBy.DISTRICT)


def evidence_of(records: Iterable[Record], on: date, terms: Terms) -> DistrictEvidence:
    """The records as DESE gets them; `on` is the day they are judged on."""
    known = {each.criterion: each for each in records}
    said = tuple(each for each in (_establishment(record, on, terms) for record in known.values()) if each is not None)
    evidence = DistrictEvidence(established=said)
    for record in known.values():
        evidence = _with(evidence, record)
    return evidence


def rulings_of(
    evidence: DistrictEvidence, terms: Terms, on: date, reported: EducatorReport | None = None
) -> tuple[Ruling, ...]:
    """The rulings that are the district's, in the order pages show them."""
    facts = Facts(
        judged_on=terms.submitted_on,
        certificate=None,
        evidence=evidence,
        evidence_on=on,
        reported=reported,
        route=terms.route,
    )
    return evaluate(terms.rules, terms.kind, facts, by=EstablishedBy.DISTRICT)


def verdict_of(record: Record, terms: Terms, on: date) -> Verdict:
    """The verdict on the record's own criterion."""
    found = {each.criterion: each.verdict for each in rulings_of(evidence_of([record], on, terms), terms, on)}
    return found[record.criterion]


def _with(evidence: DistrictEvidence, record: Record) -> DistrictEvidence:
    match record:
        case TeachingRecord():
            years = tuple(
                YearTaught.model_validate(each.model_dump(exclude={"checked_against"})) for each in record.years
            )
            return evidence.model_copy(update={"years": years})
        case DevelopmentRecord():
            return evidence.model_copy(
                update={"development_quarter_hours": record.quarter_hours, "plan_approved": record.plan_approved}
            )
        case MentoringRecord():
            return evidence.model_copy(update={"mentoring_school_years": record.school_years})
        case AssistanceRecord():
            return evidence.model_copy(
                update={"bta_completed_on": record.completed_on, "bta_provider": record.provider}
            )
        case EvaluationRecord():
            return evidence
        case TeachingNowRecord() | EmployedRecord():
            return evidence.model_copy(update={"teaching_now": record.position_held})
        case PromiseRecord():
            return evidence.model_copy(update={"development_quarter_hours": record.quarter_hours})
        case _:
            assert_never(record)


def _establishment(record: Record, on: date, terms: Terms) -> Establishment | None:
    """A yes or no; None while the question is open."""
    match record:
        case TeachingRecord():
            return _taught(record, on, terms)
        case DevelopmentRecord():
            answer = record.plan_approved
        case MentoringRecord():
            answer = record.shown
        case AssistanceRecord():
            answer = record.completed
        case EvaluationRecord():
            answer = record.took_part
        case TeachingNowRecord():
            answer = record.teaching_now
        case EmployedRecord():
            answer = record.hired
        case PromiseRecord():
            answer = record.promised
        case _:
            assert_never(record)
    return None if answer is None else Establishment(criterion=record.criterion, met=answer, checked=record.checked)


def _taught(record: TeachingRecord, on: date, terms: Terms) -> Establishment | None:
    """The sum answers. What each row was checked against goes along, in words."""
    if not record.years:
        return None
    counting = [each for each in record.years if each.school_year <= school_year_of(on)]
    checked = "; ".join(
        f"{school_year_words(each.school_year)}: {each.checked_against}"
        for each in record.years
        if each.checked_against
    )
    numbers = terms.rules.parameters
    enough = counted_years(counting, numbers) >= numbers.teaching_hundredths
    return Establishment(criterion=record.criterion, met=enough, checked=checked[:4000])


def _taught_year(row: CheckedYear) -> YearTaught:
    return YearTaught.model_validate(row.model_dump(exclude={"checked_against"}))
