"""The Upgrade path, judged: facts in, rulings out. A ruling names what it rests on, and what is missing.

Rulings stand on the wire in the clear, so they name counts and days, never an employer, a person or somebody's words.
What an educator only reports is "not yet known" until the district establishes it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lectern.contracts.values import (
    CertificateKind,
    CertificateStatus,
    DistrictEvidence,
    EducatorReport,
    Establishment,
    Ruling,
    Verdict,
    YearTaught,
)
from lectern.rules.criteria import (
    CRITERIA,
    DISTRICT_CRITERIA,
    UPG_ACTIVE,
    UPG_BTA,
    UPG_MENTORING,
    UPG_PBTE,
    UPG_PD,
    UPG_TEACHING,
)
from lectern.rules.parameters import UPGRADE
from lectern.rules.rule_sets import Parameters
from lectern.rules.years import counted_years, in_years, school_year_of


@dataclass(frozen=True)
class CertificateHeld:
    """A certificate as the register has it; all are Chicago days, and the last one counts."""

    kind: CertificateKind
    status: CertificateStatus
    issued_on: date
    expires_on: date
    recorded_on: date
    """The day this status was recorded."""


@dataclass(frozen=True)
class UpgradeFacts:
    """What is known. `judged_on` is the day of submission, or today while there is none."""

    judged_on: date
    certificate: CertificateHeld | None
    evidence: DistrictEvidence | None = None
    """What the district recorded so far."""
    evidence_on: date | None = None
    """The day it is recorded; school years that begin later do not count. Without one: judged_on."""
    reported: EducatorReport | None = None


def evaluate_upgrade(facts: UpgradeFacts, parameters: Parameters = UPGRADE) -> tuple[Ruling, ...]:
    """One ruling for each criterion, in the order of the table."""
    return (rule_active(facts.certificate, facts.judged_on), *rule_district(facts, parameters))


def unmet(rulings: Iterable[Ruling]) -> tuple[str, ...]:
    """The criteria of the rule set that are not met by these rulings; a missing ruling is not met."""
    met = {each.criterion for each in rulings if each.verdict is Verdict.MET}
    return tuple(each.id for each in CRITERIA if each.id not in met)


def unmet_by_district(rulings: Iterable[Ruling]) -> tuple[str, ...]:
    """The district's criteria that are not met by these rulings."""
    return tuple(each for each in unmet(rulings) if each in DISTRICT_CRITERIA)


def rule_active(certificate: CertificateHeld | None, judged_on: date) -> Ruling:
    """A certificate that ran out after the day it is judged on was active on it; any other stop holds for good."""
    match certificate:
        case None:
            return Ruling(criterion=UPG_ACTIVE, verdict=Verdict.UNKNOWN, shortfall="No certificate is on record")
        case CertificateHeld(kind=CertificateKind.CCPC):
            return _not_active("It is a career certificate already")
        case CertificateHeld(status=CertificateStatus.ACTIVE) if judged_on < certificate.issued_on:
            return _not_active(f"Starts {day_words(certificate.issued_on)}")
        case CertificateHeld(status=CertificateStatus.ACTIVE | CertificateStatus.EXPIRED) if (
            certificate.expires_on < judged_on
        ):
            return _not_active(f"Expired {day_words(certificate.expires_on)}")
        case CertificateHeld(status=CertificateStatus.EXPIRED) if certificate.recorded_on <= certificate.expires_on:
            words = f"The register says expired, but its last day is {day_words(certificate.expires_on)}"
            return Ruling(criterion=UPG_ACTIVE, verdict=Verdict.UNKNOWN, shortfall=words)
        case CertificateHeld(status=CertificateStatus.ACTIVE | CertificateStatus.EXPIRED):
            rests_on = (f"Expires {day_words(certificate.expires_on)}", f"Judged on {day_words(judged_on)}")
            return Ruling(criterion=UPG_ACTIVE, verdict=Verdict.MET, rests_on=rests_on)
        case CertificateHeld():
            return _not_active(f"The certificate is {certificate.status.value}")


def rule_district(facts: UpgradeFacts, parameters: Parameters = UPGRADE) -> tuple[Ruling, ...]:
    """The five rulings that are the district's. Its yes alone does not make a count that is too small "met"."""
    evidence = facts.evidence or DistrictEvidence()
    said = {each.criterion: each for each in evidence.established}
    shown = _shown(evidence, facts.reported or EducatorReport(), facts.evidence_on or facts.judged_on, parameters)
    return tuple(_district_ruling(each, shown[each], said.get(each)) for each in DISTRICT_CRITERIA)


@dataclass(frozen=True)
class _Shown:
    """What a criterion rests on: as recorded by the district or only as reported, and what it lacks, in words."""

    recorded: tuple[str, ...] = ()
    reported: str | None = None
    lacks: str | None = None
    """Recorded, and too little."""
    absent: str | None = None
    """Not recorded yet, and needed besides the district's yes."""


def _district_ruling(criterion: str, shown: _Shown, said: Establishment | None) -> Ruling:
    verdict: Verdict
    shortfall: str | None
    if said is not None and not said.met:
        verdict, shortfall = Verdict.NOT_MET, shown.lacks or "The district’s records do not show it"
    elif shown.lacks:
        verdict, shortfall = Verdict.NOT_MET, shown.lacks
    elif said is None or shown.absent:
        verdict, shortfall = Verdict.UNKNOWN, shown.absent
    else:
        verdict, shortfall = Verdict.MET, None
    rests_on = shown.recorded
    if not rests_on and said is None and shown.reported:
        rests_on = (f"Reported: {shown.reported}",)
    elif not rests_on and said is not None and said.met:
        rests_on = ("Confirmed by the district",)
    return Ruling(criterion=criterion, verdict=verdict, rests_on=rests_on, shortfall=shortfall)


def _shown(evidence: DistrictEvidence, reported: EducatorReport, on: date, parameters: Parameters) -> dict[str, _Shown]:
    return {
        UPG_TEACHING: _teaching(evidence, reported, on, parameters),
        UPG_PD: _development(evidence, reported, parameters),
        UPG_MENTORING: _mentoring(evidence, reported, parameters),
        UPG_BTA: _beginning(evidence, reported, on),
        UPG_PBTE: _Shown(reported="taken part" if reported.evaluation_note else None),
    }


def _teaching(evidence: DistrictEvidence, reported: EducatorReport, on: date, parameters: Parameters) -> _Shown:
    needed, begun = parameters.teaching_hundredths, school_year_of(on)

    def sum_of(rows: Iterable[YearTaught]) -> int:
        return counted_years([row for row in rows if row.school_year <= begun], parameters)

    told = f"{in_years(sum_of(reported.years))} years" if reported.years else None
    if not evidence.years:
        return _Shown(reported=told, absent="The years taught are not recorded yet")
    counted = sum_of(evidence.years)
    return _Shown(
        (f"{in_years(counted)} years counted",),
        told,
        lacks=f"{in_years(counted)} of {in_years(needed)} years" if counted < needed else None,
    )


def _development(evidence: DistrictEvidence, reported: EducatorReport, parameters: Parameters) -> _Shown:
    needed, have = parameters.development_quarter_hours, evidence.development_quarter_hours
    told = reported.development_quarter_hours
    lacks, absent = None, None
    if have is None:
        absent = "The contact hours are not recorded yet"
    elif have < needed:
        lacks = f"{in_hours(have)} of {in_hours(needed)} contact hours"
    elif evidence.plan_approved is False:
        lacks = "The plan was not approved by the district"
    elif evidence.plan_approved is None:
        absent = "The approval of the plan is not recorded yet"
    recorded = () if have is None else (f"{in_hours(have)} contact hours",)
    if have is not None and evidence.plan_approved:
        recorded = (*recorded, "Plan approved by the district")
    return _Shown(recorded, None if told is None else f"{in_hours(told)} contact hours", lacks, absent)


def _mentoring(evidence: DistrictEvidence, reported: EducatorReport, parameters: Parameters) -> _Shown:
    needed, have = parameters.mentoring_school_years, evidence.mentoring_school_years
    told = reported.mentoring_school_years
    return _Shown(
        () if have is None else (_school_years(have),),
        None if told is None else _school_years(told),
        lacks=f"{have} of {needed} school years" if have is not None and have < needed else None,
    )


def _beginning(evidence: DistrictEvidence, reported: EducatorReport, on: date) -> _Shown:
    have, told = evidence.bta_completed_on, reported.bta_completed_on
    return _Shown(
        () if have is None else (f"Completed {day_words(have)}",),
        None if told is None else f"completed {day_words(told)}",
        lacks=f"Completed only {day_words(have)}" if have is not None and have > on else None,
    )


def in_hours(quarter_hours: int) -> str:
    """Quarter hours as people write hours: 120 as "30", 118 as "29.5", 119 as "29.75"."""
    hours, quarters = divmod(quarter_hours, 4)
    return f"{hours}{('', '.25', '.5', '.75')[quarters]}"


def quarter_hours(hours: Decimal) -> int:
    """Hours as people write them, exactly. Raises ValueError for anything that is not whole quarters of an hour."""
    quarters = hours * 4
    if quarters != quarters.to_integral_value() or quarters < 0:
        raise ValueError("contact hours go in quarters of an hour, such as 26 or 26.25")
    return int(quarters)


def day_words(day: date) -> str:
    """January 15, 2027."""
    return f"{day:%B} {day.day}, {day.year}"


def _school_years(count: int) -> str:
    return f"{count} school {'year' if count == 1 else 'years'}"


def _not_active(shortfall: str) -> Ruling:
    return Ruling(criterion=UPG_ACTIVE, verdict=Verdict.NOT_MET, shortfall=shortfall)
