"""The Reactivation path, judged: facts in, rulings out, for both routes.

The ruling on the background clearance is for DESE and the educator only: whoever sends rulings on asks `sight` first.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Final

from lectern.contracts.values import (
    CertificateStatus,
    CourseSeen,
    Ruling,
    TeachingNow,
    Verdict,
)
from lectern.rules.calendar import add_months
from lectern.rules.criteria import (
    REA_BACKGROUND,
    REA_COURSE,
    REA_COURSE_AGE,
    REA_EMPLOYED,
    REA_EXPIRED,
    REA_PD24,
    REA_TRANSCRIPT,
)
from lectern.rules.established import Shown, established
from lectern.rules.extension import not_recorded, recorded_words, runs
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.rule_sets import Parameters
from lectern.rules.words import day_words, in_hours, in_semester_hours
from lectern.rules.years import in_years


def rule_expired(facts: Facts, _: Parameters) -> Ruling:
    """Each certificate is expired on the day it is judged on; its last day is not over on that day."""
    if facts.certificate is None:
        return Ruling(criterion=REA_EXPIRED, verdict=Verdict.UNKNOWN, shortfall="No certificate is on record")
    held = (facts.certificate, *facts.others)
    found = [_expired(each, facts.judged_on) for each in held]
    worst = next((each for each in found if each.verdict is Verdict.NOT_MET), None)
    worst = worst or next((each for each in found if each.verdict is Verdict.UNKNOWN), None)
    if worst is not None:
        return worst
    days = tuple(dict.fromkeys(f"Expired {day_words(each.expires_on)}" for each in held))
    return Ruling(
        criterion=REA_EXPIRED, verdict=Verdict.MET, rests_on=(*days, f"Judged on {day_words(facts.judged_on)}")
    )


def _expired(held: CertificateHeld, on: date) -> Ruling:
    if held.status not in {CertificateStatus.ACTIVE, CertificateStatus.EXPIRED}:
        return _not_met(REA_EXPIRED, f"The certificate is {held.status.value}")
    if held.expires_on < on:
        return Ruling(criterion=REA_EXPIRED, verdict=Verdict.MET)
    if held.status is CertificateStatus.EXPIRED and held.recorded_on <= held.expires_on:
        shortfall = f"The register says expired, but its last day is {day_words(held.expires_on)}"
        return Ruling(criterion=REA_EXPIRED, verdict=Verdict.UNKNOWN, shortfall=shortfall)
    return _not_met(REA_EXPIRED, f"Not expired: its last day is {day_words(held.expires_on)}")


def rule_course(facts: Facts, parameters: Parameters) -> Ruling:
    """DESE establishes it from the transcript; what the educator reports is not yet known."""
    seen = facts.seen
    if seen is None:
        told = () if facts.course is None else (f"Reported: {_hours(facts.course.semester_hundredths)}",)
        return Ruling(criterion=REA_COURSE, verdict=Verdict.UNKNOWN, rests_on=told)
    if not seen.shown:
        return _not_met(REA_COURSE, "The transcript does not show the course")
    if lacks := _lacks(seen, parameters):
        return _not_met(REA_COURSE, lacks)
    if None in {seen.semester_hundredths, seen.posted, seen.relevant, seen.repeat}:
        return Ruling(criterion=REA_COURSE, verdict=Verdict.UNKNOWN, shortfall="Not everything is compared yet")
    rests_on = (_hours(seen.semester_hundredths or 0), "Posted before applying", "Relevant", "Not a repeat")
    return Ruling(criterion=REA_COURSE, verdict=Verdict.MET, rests_on=rests_on)


def _lacks(seen: CourseSeen, parameters: Parameters) -> str | None:
    least, most = parameters.course_semester_hundredths
    have = seen.semester_hundredths
    if have is not None and not least <= have <= most:
        return f"{_hours(have)}, not {in_semester_hours(least)} to {in_semester_hours(most)}"
    if seen.posted is False:
        return "Not posted on the transcript before applying"
    if seen.relevant is False:
        return "Not relevant to growth as an educator"
    return "A repeat of an earlier course" if seen.repeat else None


def rule_course_age(facts: Facts, parameters: Parameters) -> Ruling:
    """From the educator's day, until DESE has read the transcript's. Too old by either is not met."""
    told = facts.course.completed_on if facts.course else None
    read = facts.seen.completed_on if facts.seen else None
    day = read or told
    if day is None:
        return Ruling(criterion=REA_COURSE_AGE, verdict=Verdict.UNKNOWN)
    if facts.judged_on < day:
        return _not_met(REA_COURSE_AGE, f"Completed only {day_words(day)}")
    if facts.judged_on > add_months(day, parameters.course_months):
        return _not_met(
            REA_COURSE_AGE, f"Completed {day_words(day)}, more than {parameters.course_months} months before"
        )
    words = f"completed {day_words(day)}"
    if read is None:
        return Ruling(criterion=REA_COURSE_AGE, verdict=Verdict.UNKNOWN, rests_on=(f"Reported: {words}",))
    rests_on = (f"Completed {day_words(day)}", f"Judged on {day_words(facts.judged_on)}")
    return Ruling(criterion=REA_COURSE_AGE, verdict=Verdict.MET, rests_on=rests_on)


def rule_transcript(facts: Facts, _: Parameters) -> Ruling:
    """Arrived, and read: one that arrived may be about something else."""
    if facts.on_file is None:
        return Ruling(criterion=REA_TRANSCRIPT, verdict=Verdict.UNKNOWN)
    if not facts.on_file.transcripts:
        shortfall = "No official transcript has reached DESE yet"
        return Ruling(criterion=REA_TRANSCRIPT, verdict=Verdict.UNKNOWN, shortfall=shortfall)
    received = f"Received {day_words(max(facts.on_file.transcripts))}"
    if facts.seen is None:
        shortfall = f"{received}, not read by DESE yet"
        return Ruling(criterion=REA_TRANSCRIPT, verdict=Verdict.UNKNOWN, rests_on=(received,), shortfall=shortfall)
    if not facts.seen.shown:
        return _not_met(REA_TRANSCRIPT, "The transcript does not show the course")
    return Ruling(criterion=REA_TRANSCRIPT, verdict=Verdict.MET, rests_on=(received, "Shows the course"))


def rule_employed(facts: Facts, parameters: Parameters) -> Ruling:
    """The district's yes counts with position, first day and at least half time. The first day may be to come."""
    found = facts.recorded.teaching_now
    told = any(runs(each, facts) for each in facts.told.years)
    shown = Shown(
        recorded=_position(found),
        reported="a position this school year" if told else None,
        lacks=_too_little(found, parameters),
        absent=not_recorded(found),
    )
    return established(REA_EMPLOYED, shown, facts)


def _position(found: TeachingNow | None) -> tuple[str, ...]:
    return tuple(each.replace("Teaching since", "First day") for each in recorded_words(found)) if found else ()


def _too_little(found: TeachingNow | None, parameters: Parameters) -> str | None:
    fte = found.fte_hundredths if found else None
    if fte is None or fte >= parameters.half_time_hundredths:
        return None
    return f"FTE {in_years(fte)}, less than {in_years(parameters.half_time_hundredths)}"


def rule_promised(facts: Facts, parameters: Parameters) -> Ruling:
    """The district's yes is the promise; hours already completed stand beside it."""
    said = next((each for each in facts.recorded.established if each.criterion == REA_PD24), None)
    have, needed = facts.recorded.development_quarter_hours, in_hours(parameters.promised_quarter_hours)
    done = () if not have else (f"{in_hours(have)} of {needed} contact hours completed",)
    promised = (f"{needed} contact hours attested",) if said and said.met else ()
    return established(REA_PD24, Shown(recorded=(*promised, *done)), facts)


def rule_background(facts: Facts, parameters: Parameters) -> Ruling:
    """Its age on the day of submission; a clearance that came later is younger."""
    if facts.on_file is None:
        return Ruling(criterion=REA_BACKGROUND, verdict=Verdict.UNKNOWN)
    cleared = facts.on_file.cleared_on
    if cleared is None:
        return _not_met(REA_BACKGROUND, "No background clearance is on file")
    if facts.judged_on > add_months(cleared, parameters.background_months):
        return _not_met(REA_BACKGROUND, f"Cleared {day_words(cleared)}, more than a year before")
    return Ruling(criterion=REA_BACKGROUND, verdict=Verdict.MET, rests_on=(f"Cleared {day_words(cleared)}",))


def clearance_aged(cleared_on: date | None, on: date, parameters: Parameters) -> bool:
    """Whether a clearance that counted on the day of submission has come of age since. A flag; it fails nobody."""
    return cleared_on is not None and on > add_months(cleared_on, parameters.background_months)


def _hours(hundredths: int) -> str:
    return f"{in_semester_hours(hundredths)} semester {'hour' if hundredths == 100 else 'hours'}"


def _not_met(criterion: str, shortfall: str) -> Ruling:
    return Ruling(criterion=criterion, verdict=Verdict.NOT_MET, shortfall=shortfall)


REACTIVATION_RULES: Final[Mapping[str, Callable[[Facts, Parameters], Ruling]]] = {
    REA_EXPIRED: rule_expired,
    REA_COURSE: rule_course,
    REA_COURSE_AGE: rule_course_age,
    REA_TRANSCRIPT: rule_transcript,
    REA_EMPLOYED: rule_employed,
    REA_PD24: rule_promised,
    REA_BACKGROUND: rule_background,
}
"""The rule of each criterion."""
