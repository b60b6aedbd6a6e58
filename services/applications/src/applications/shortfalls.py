"""What an upgrade lacks as its educator reports it: the district's own rules, on the report instead of its records.

It warns before a fee is paid and never keeps anybody from applying: the district may know better. Pure.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lectern.contracts.values import DistrictEvidence, EducatorReport, Establishment, Ruling, Verdict
from lectern.rules.criteria import (
    BY_ID,
    DISTRICT_CRITERIA,
    UPG_ACTIVE,
    UPG_BTA,
    UPG_MENTORING,
    UPG_PBTE,
    UPG_PD,
    UPG_TEACHING,
)
from lectern.rules.upgrade import CertificateHeld, UpgradeFacts, evaluate_upgrade


@dataclass(frozen=True)
class Shortfall:
    """A criterion that is not met, and what is missing: 5 of 30 contact hours."""

    name: str
    words: str


def shortfalls(report: EducatorReport, today: date, certificate: CertificateHeld | None) -> Sequence[Shortfall]:
    """In the order of the criteria. Without a certificate only the criteria of the district are looked at."""
    facts = UpgradeFacts(judged_on=today, certificate=certificate, evidence=_as_if_recorded(report))
    return [
        Shortfall(BY_ID[each.criterion].name, _words(each, report))
        for each in evaluate_upgrade(facts)
        if each.verdict is not Verdict.MET and not (certificate is None and each.criterion == UPG_ACTIVE)
    ]


def _as_if_recorded(report: EducatorReport) -> DistrictEvidence:
    """Had the district found in its records what is reported. Educators are not asked whether it approved the plan."""
    entered = _entered(report)
    return DistrictEvidence(
        years=report.years,
        development_quarter_hours=report.development_quarter_hours,
        plan_approved=True,
        mentoring_school_years=report.mentoring_school_years,
        bta_completed_on=report.bta_completed_on,
        established=tuple(Establishment(criterion=each, met=entered[each]) for each in DISTRICT_CRITERIA),
    )


def _entered(report: EducatorReport) -> dict[str, bool]:
    """Whether there is anything to judge."""
    return {
        UPG_TEACHING: bool(report.years),
        UPG_PD: report.development_quarter_hours is not None,
        UPG_MENTORING: report.mentoring_school_years is not None,
        UPG_BTA: report.bta_completed_on is not None,
        UPG_PBTE: bool(report.evaluation_note),
    }


def _words(ruling: Ruling, report: EducatorReport) -> str:
    if not _entered(report).get(ruling.criterion, True) or not ruling.shortfall:
        return "nothing entered"
    return ruling.shortfall
