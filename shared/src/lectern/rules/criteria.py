"""The criteria of the rule set in force: what is asked, in which words, by whom it is established, where it comes from.

The source is the instructions for applicants that a university publishes about the state's system. It is not the law,
and pages never call it that: they show `citation`.
"""

from typing import Final

from lectern.contracts.values import EstablishedBy
from lectern.rules.parameters import IN_FORCE
from lectern.rules.rule_sets import Criterion

UPG_ACTIVE: Final = "UPG-ACTIVE"
UPG_TEACHING: Final = "UPG-TEACHING"
UPG_PD: Final = "UPG-PD"
UPG_MENTORING: Final = "UPG-MENTORING"
UPG_BTA: Final = "UPG-BTA"
UPG_PBTE: Final = "UPG-PBTE"

CRITERIA: Final[tuple[Criterion, ...]] = IN_FORCE.criteria
BY_ID: Final[dict[str, Criterion]] = {each.id: each for each in CRITERIA}
DISTRICT_CRITERIA: Final[tuple[str, ...]] = tuple(
    each.id for each in CRITERIA if each.established_by is EstablishedBy.DISTRICT
)
"""The five a district establishes, in the order pages show them."""


def criterion(id_: str) -> Criterion:
    """Raises KeyError for an id this rule set does not have."""
    return BY_ID[id_]
