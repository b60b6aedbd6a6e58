"""The Extension path, judged: facts in, rulings out, as for an upgrade."""

from collections.abc import Callable, Mapping
from typing import Final

from lectern.contracts.values import CertificateKind, CertificateStatus, Ruling, TeachingNow, Verdict, YearTaught
from lectern.rules.calendar import add_months
from lectern.rules.criteria import EXT_IPC, EXT_TEACHING
from lectern.rules.established import Shown, established
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.rule_sets import Parameters
from lectern.rules.words import day_words
from lectern.rules.years import in_years, school_year_of


def rule_extendable(facts: Facts, parameters: Parameters) -> Ruling:
    """Current on the day it is judged on, or expired no more than the late months before it; the last day counts."""
    match facts.certificate:
        case None:
            return Ruling(criterion=EXT_IPC, verdict=Verdict.UNKNOWN, shortfall="No certificate is on record")
        case CertificateHeld(kind=CertificateKind.CCPC):
            return _not_met("It is a career certificate already")
        case CertificateHeld(status=CertificateStatus.ACTIVE | CertificateStatus.EXPIRED) as held:
            return _in_time(held, facts, parameters)
        case CertificateHeld() as held:
            return _not_met(f"The certificate is {held.status.value}")


def _in_time(held: CertificateHeld, facts: Facts, parameters: Parameters) -> Ruling:
    day, expires = facts.judged_on, day_words(held.expires_on)
    if day < held.issued_on:
        return _not_met(f"Starts {day_words(held.issued_on)}")
    if day > add_months(held.expires_on, parameters.late_months):
        return _not_met(f"Expired {expires}, more than {parameters.late_months} months before")
    if held.expires_on < day:
        words = (f"Expired {expires}, no more than {parameters.late_months} months before",)
        return Ruling(criterion=EXT_IPC, verdict=Verdict.MET, rests_on=(*words, f"Judged on {day_words(day)}"))
    if held.status is CertificateStatus.EXPIRED and held.recorded_on <= held.expires_on:
        shortfall = f"The register says expired, but its last day is {expires}"
        return Ruling(criterion=EXT_IPC, verdict=Verdict.UNKNOWN, shortfall=shortfall)
    return Ruling(
        criterion=EXT_IPC, verdict=Verdict.MET, rests_on=(f"Expires {expires}", f"Judged on {day_words(day)}")
    )


def rule_teaching_now(facts: Facts, _: Parameters) -> Ruling:
    """The district's yes counts with the position, its first day and its FTE; one that is still to begin does not."""
    found = facts.recorded.teaching_now
    told = tuple(each for each in facts.told.years if runs(each, facts))
    shown = Shown(
        recorded=recorded_words(found) if found else (),
        reported="a position this school year" if told else None,
        lacks=f"Begins only {day_words(found.since)}" if found and found.since and found.since > facts.on else None,
        absent=not_recorded(found),
    )
    return established(EXT_TEACHING, shown, facts)


def runs(row: YearTaught, facts: Facts) -> bool:
    """Whether it is a teaching position of the school year that runs on the day judged."""
    return row.teaching and row.school_year == school_year_of(facts.on)


def recorded_words(found: TeachingNow) -> tuple[str, ...]:
    """Counts and days only: rulings stand on the wire in the clear."""
    since = () if found.since is None else (f"Teaching since {day_words(found.since)}",)
    return since if found.fte_hundredths is None else (*since, f"FTE {in_years(found.fte_hundredths)}")


def not_recorded(found: TeachingNow | None) -> str | None:
    """What of a position is not recorded yet, in words."""
    missing = {
        "the position": found is None or not found.position,
        "its first day": found is None or found.since is None,
        "its FTE": found is None or found.fte_hundredths is None,
    }
    names = [name for name, absent in missing.items() if absent]
    if not names:
        return None
    words = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return f"{words[0].upper()}{words[1:]} {'are' if len(names) > 1 else 'is'} not recorded yet"


def _not_met(shortfall: str) -> Ruling:
    return Ruling(criterion=EXT_IPC, verdict=Verdict.NOT_MET, shortfall=shortfall)


EXTENSION_RULES: Final[Mapping[str, Callable[[Facts, Parameters], Ruling]]] = {
    EXT_IPC: rule_extendable,
    EXT_TEACHING: rule_teaching_now,
}
"""The rule of each criterion."""
