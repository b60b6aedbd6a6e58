"""Whether an application of a kind can start from a certificate: what the register alone says about its criteria."""

from datetime import date

from applications.wording import ASK_DESE
from lectern.contracts.values import CourseTaken, EstablishedBy, Kind, Ruling, Verdict
from lectern.rules import IN_FORCE, RuleSet
from lectern.rules.criteria import REA_COURSE_AGE
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.judging import RULE_OF, evaluate, first_unmet


def hindrance(kind: Kind, held: CertificateHeld | None, on: date, rules: RuleSet = IN_FORCE) -> Ruling | None:
    """The first criterion of the register that is not met on that day; None where nothing stands in the way."""
    return first_unmet(evaluate(rules, kind, Facts(judged_on=on, certificate=held), by=EstablishedBy.SYSTEM))


def hindered(hindering: Ruling, held: CertificateHeld) -> str:
    """What stands in the way, and whom to ask where only DESE can take it away."""
    return f"{hindering.shortfall}." + (f" {ASK_DESE}" if held.status.taken else "")


def too_old(course: CourseTaken | None, on: date, rules: RuleSet = IN_FORCE) -> Ruling | None:
    """Why a course can't be submitted on that day, as its educator reports it; None where it can."""
    if course is None:
        return None
    ruling = RULE_OF[REA_COURSE_AGE](Facts(judged_on=on, certificate=None, course=course), rules.parameters)
    return ruling if ruling.verdict is Verdict.NOT_MET else None
