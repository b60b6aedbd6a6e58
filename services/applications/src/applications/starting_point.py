"""Whether an application of a kind can start from a certificate: what the register alone says about its criteria."""

from datetime import date

from lectern.contracts.values import EstablishedBy, Kind, Ruling
from lectern.rules import IN_FORCE, RuleSet
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.judging import evaluate, first_unmet


def hindrance(kind: Kind, held: CertificateHeld | None, on: date, rules: RuleSet = IN_FORCE) -> Ruling | None:
    """The first criterion of the register that is not met on that day; None where nothing stands in the way."""
    return first_unmet(evaluate(rules, kind, Facts(judged_on=on, certificate=held), by=EstablishedBy.SYSTEM))
