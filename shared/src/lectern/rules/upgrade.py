"""The Upgrade path, judged: facts in, rulings out. A ruling names what it rests on, and what is missing.

Rulings stand on the wire in the clear, so they name counts and days, never an employer, a person or somebody's words.
What an educator only reports is "not yet known" until the district establishes it.
"""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Final

from lectern.contracts.values import CertificateKind, CertificateStatus, Ruling, Verdict, YearTaught
from lectern.rules.criteria import UPG_ACTIVE, UPG_BTA, UPG_MENTORING, UPG_PBTE, UPG_PD, UPG_TEACHING
from lectern.rules.established import Shown, established
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.rule_sets import Parameters
from lectern.rules.words import day_words, in_hours
from lectern.rules.years import counted_years, in_years, school_year_of


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


def _teaching(facts: Facts, parameters: Parameters) -> Shown:
    evidence, reported = facts.recorded, facts.told
    needed, begun = parameters.teaching_hundredths, school_year_of(facts.on)

    def sum_of(rows: Iterable[YearTaught]) -> int:
        return counted_years([row for row in rows if row.school_year <= begun], parameters)

    told = f"{in_years(sum_of(reported.years))} years" if reported.years else None
    if not evidence.years:
        return Shown(reported=told, absent="The years taught are not recorded yet")
    counted = sum_of(evidence.years)
    return Shown(
        (f"{in_years(counted)} years counted",),
        told,
        lacks=f"{in_years(counted)} of {in_years(needed)} years" if counted < needed else None,
    )


def _development(facts: Facts, parameters: Parameters) -> Shown:
    evidence, told = facts.recorded, facts.told.development_quarter_hours
    needed, have = parameters.development_quarter_hours, evidence.development_quarter_hours
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
    return Shown(recorded, None if told is None else f"{in_hours(told)} contact hours", lacks, absent)


def _mentoring(facts: Facts, parameters: Parameters) -> Shown:
    needed, have = parameters.mentoring_school_years, facts.recorded.mentoring_school_years
    told = facts.told.mentoring_school_years
    return Shown(
        () if have is None else (_school_years(have),),
        None if told is None else _school_years(told),
        lacks=f"{have} of {needed} school years" if have is not None and have < needed else None,
    )


def _beginning(facts: Facts, _: Parameters) -> Shown:
    have, told = facts.recorded.bta_completed_on, facts.told.bta_completed_on
    return Shown(
        () if have is None else (f"Completed {day_words(have)}",),
        None if told is None else f"completed {day_words(told)}",
        lacks=f"Completed only {day_words(have)}" if have is not None and have > facts.on else None,
    )


def _evaluation(facts: Facts, _: Parameters) -> Shown:
    return Shown(reported="taken part" if facts.told.evaluation_note else None)


def _school_years(count: int) -> str:
    return f"{count} school {'year' if count == 1 else 'years'}"


def _not_active(shortfall: str) -> Ruling:
    return Ruling(criterion=UPG_ACTIVE, verdict=Verdict.NOT_MET, shortfall=shortfall)


def _of_district(criterion: str, shown: Callable[[Facts, Parameters], Shown]) -> Callable[[Facts, Parameters], Ruling]:
    return lambda facts, parameters: established(criterion, shown(facts, parameters), facts)


UPGRADE_RULES: Final[Mapping[str, Callable[[Facts, Parameters], Ruling]]] = {
    UPG_ACTIVE: lambda facts, _: rule_active(facts.certificate, facts.judged_on),
    UPG_TEACHING: _of_district(UPG_TEACHING, _teaching),
    UPG_PD: _of_district(UPG_PD, _development),
    UPG_MENTORING: _of_district(UPG_MENTORING, _mentoring),
    UPG_BTA: _of_district(UPG_BTA, _beginning),
    UPG_PBTE: _of_district(UPG_PBTE, _evaluation),
}
"""The rule of each criterion."""
