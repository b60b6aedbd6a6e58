"""A criterion that a district establishes: its yes or no, beside what it recorded and what is only reported."""

from dataclasses import dataclass

from lectern.contracts.values import Ruling, Verdict
from lectern.rules.facts import Facts


@dataclass(frozen=True)
class Shown:
    """What a criterion rests on: as recorded by the district or only as reported, and what it lacks, in words."""

    recorded: tuple[str, ...] = ()
    reported: str | None = None
    lacks: str | None = None
    """Recorded, and too little."""
    absent: str | None = None
    """Not recorded yet, and needed besides the district's yes."""


def established(criterion: str, shown: Shown, facts: Facts) -> Ruling:
    """The district's yes alone does not make a count that is too small "met"."""
    said = next((each for each in facts.recorded.established if each.criterion == criterion), None)
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
