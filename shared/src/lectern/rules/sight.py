"""Who may see which ruling and which part of an application. Conduct and background results go to DESE only."""

from collections.abc import Iterable
from typing import Final, Literal, TypeAlias

from lectern.contracts.values import Ruling
from lectern.rules.criteria import REA_BACKGROUND

Viewer: TypeAlias = Literal["educator", "district", "dese", "support"]

DESE_AND_EDUCATOR: Final[frozenset[str]] = frozenset({REA_BACKGROUND})
"""Criteria whose rulings a district never sees; everything else may be seen by every party of the application."""

MAY_READ_CONDUCT: Final[frozenset[Viewer]] = frozenset({"dese"})
"""Conduct answers and explanations, background results and birth dates."""


def visible(rulings: Iterable[Ruling], viewer: Viewer) -> tuple[Ruling, ...]:
    """The rulings this viewer may see, in their order."""
    hidden = DESE_AND_EDUCATOR if viewer in {"district", "support"} else frozenset[str]()
    return tuple(each for each in rulings if each.criterion not in hidden)
