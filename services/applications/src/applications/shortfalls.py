"""What an application lacks as its educator reports it: the district's own rules, on the report, not on its records.

It warns before a fee is paid and never keeps anybody from applying: the district may know better. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lectern.contracts.values import (
    DistrictEvidence,
    EducatorReport,
    EstablishedBy,
    Establishment,
    Kind,
    Ruling,
    TeachingNow,
    Verdict,
    YearTaught,
)
from lectern.rules import IN_FORCE, RuleSet
from lectern.rules.criteria import EXT_TEACHING, UPG_BTA, UPG_MENTORING, UPG_PBTE, UPG_PD, UPG_TEACHING
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.judging import evaluate
from lectern.rules.years import school_year_of


@dataclass(frozen=True)
class Shortfall:
    """A criterion that is not met, and what is missing: 5 of 30 contact hours."""

    criterion: str
    name: str
    words: str
    entered: bool
    """Whether anything was reported about it."""


def shortfalls(
    kind: Kind, report: EducatorReport, today: date, certificate: CertificateHeld | None, rules: RuleSet = IN_FORCE
) -> Sequence[Shortfall]:
    """In the order of the criteria. Without a certificate only the criteria of the district are looked at."""
    facts = Facts(judged_on=today, certificate=certificate, evidence=_as_if_recorded(report, today))
    judged = evaluate(rules, kind, facts, by=None if certificate else EstablishedBy.DISTRICT)
    return [
        Shortfall(
            each.criterion,
            rules.criterion(each.criterion).name,
            _words(each, report, today),
            _entered(report, today).get(each.criterion, False),
        )
        for each in judged
        if each.verdict is not Verdict.MET
    ]


def _as_if_recorded(report: EducatorReport, today: date) -> DistrictEvidence:
    """Had the district found in its records what is reported. Educators are not asked whether it approved the plan."""
    entered = _entered(report, today)
    now = _now(report, today)
    return DistrictEvidence(
        years=report.years,
        development_quarter_hours=report.development_quarter_hours,
        plan_approved=True,
        mentoring_school_years=report.mentoring_school_years,
        bta_completed_on=report.bta_completed_on,
        teaching_now=TeachingNow(
            since=date(now.school_year, 7, 1), position=now.position, fte_hundredths=now.fte_hundredths
        )
        if now
        else None,
        established=tuple(Establishment(criterion=name, met=met) for name, met in entered.items()),
    )


def _now(report: EducatorReport, today: date) -> YearTaught | None:
    """A teaching position of the school year that runs."""
    return next((each for each in report.years if each.teaching and each.school_year == school_year_of(today)), None)


def _entered(report: EducatorReport, today: date) -> dict[str, bool]:
    """Whether there is anything to judge."""
    return {
        UPG_TEACHING: bool(report.years),
        UPG_PD: report.development_quarter_hours is not None,
        UPG_MENTORING: report.mentoring_school_years is not None,
        UPG_BTA: report.bta_completed_on is not None,
        UPG_PBTE: bool(report.evaluation_note),
        EXT_TEACHING: _now(report, today) is not None,
    }


def _words(ruling: Ruling, report: EducatorReport, today: date) -> str:
    if not _entered(report, today).get(ruling.criterion, True) or not ruling.shortfall:
        return "nothing entered"
    return ruling.shortfall
