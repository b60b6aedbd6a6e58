"""An application judged by a rule set: its own, the one it was submitted under; a draft by the one in force."""

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from lectern.contracts.values import EstablishedBy, Kind, Route, Ruling, Verdict
from lectern.rules.extension import EXTENSION_RULES
from lectern.rules.facts import Facts
from lectern.rules.reactivation import REACTIVATION_RULES
from lectern.rules.rule_sets import Parameters, RuleSet
from lectern.rules.upgrade import UPGRADE_RULES

RULE_OF: Final[Mapping[str, Callable[[Facts, Parameters], Ruling]]] = {
    **UPGRADE_RULES,
    **EXTENSION_RULES,
    **REACTIVATION_RULES,
}
"""Of every criterion that any rule set names."""


def evaluate(rules: RuleSet, kind: Kind, facts: Facts, by: EstablishedBy | None = None) -> tuple[Ruling, ...]:
    """One ruling for each criterion of the kind and route, in its order; `by`: only for those they establish.

    Raises KeyError for a kind that the set does not have.
    """
    return tuple(
        RULE_OF[each.id](facts, rules.parameters)
        for each in rules.of(kind, facts.route).criteria
        if by is None or each.established_by is by
    )


def unmet(rules: RuleSet, kind: Kind, rulings: Iterable[Ruling], route: Route | None = None) -> tuple[str, ...]:
    """The criteria of the kind and route that are not met by these rulings; a missing ruling is not met."""
    met = {each.criterion for each in rulings if each.verdict is Verdict.MET}
    return tuple(each.id for each in rules.of(kind, route).criteria if each.id not in met)


def unmet_by(
    rules: RuleSet, kind: Kind, rulings: Iterable[Ruling], by: EstablishedBy, route: Route | None = None
) -> tuple[str, ...]:
    """Those of them that `by` establishes."""
    theirs = rules.of(kind, route).established(by)
    return tuple(each for each in unmet(rules, kind, rulings, route) if each in theirs)


def first_unmet(rulings: Iterable[Ruling]) -> Ruling | None:
    """The first ruling that is not met."""
    return next((each for each in rulings if each.verdict is not Verdict.MET), None)
