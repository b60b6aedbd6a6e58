"""What a run plays: for each application which one it is, and how it goes. Pure."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain, cycle, islice
from typing import Final, Literal, TypeAlias

from lectern.contracts.values import Kind, Route
from lectern_local.demo.job import OF_UPGRADES, WAYS, Way, with_dese, with_district

Sort: TypeAlias = Literal["upgrade", "extension", "reactivation-course", "reactivation-employment"]
SORTS: Final[dict[Sort, tuple[Kind, Route | None]]] = {
    "upgrade": (Kind.UPGRADE, None),
    "extension": (Kind.EXTENSION, None),
    "reactivation-course": (Kind.REACTIVATION, Route.COURSE),
    "reactivation-employment": (Kind.REACTIVATION, Route.EMPLOYMENT),
}
BY_DISTRICT: Final = frozenset(
    {"returned", "declined-rerouted", "passed-on", "requested-of-district", "closed-incomplete"}
)
"""Ways that need a district; a reactivation by a course has none."""
ENDS: Final = {"denied": "denied", "withdrawn": "withdrawn", "closed-incomplete": "closed"}
"""How a way ends, where it is not approved at last."""


@dataclass(frozen=True)
class Planned:
    sort: Sort
    name: str
    """What its way is called."""
    way: Way

    @property
    def kind(self) -> Kind:
        return SORTS[self.sort][0]

    @property
    def route(self) -> Route | None:
        """Of a reactivation."""
        return SORTS[self.sort][1]

    @property
    def by_district(self) -> bool:
        return self.route is not Route.COURSE


def possible(sort: Sort, name: str) -> bool:
    """Whether an application of this sort can go this way."""
    kind, route = SORTS[sort]
    return not (route is Route.COURSE and name in BY_DISTRICT) and (kind is Kind.UPGRADE or name not in OF_UPGRADES)


def same(sort: Sort, name: str, count: int, leave: int = 0) -> tuple[Planned, ...]:
    """`count` that go one way; `leave` more stay with the district, where there is one, and as many with DESE."""
    planned = Planned(sort, name, WAYS[name])
    at_district = Planned(sort, "with_district", with_district)
    at_dese = Planned(sort, "with_dese", with_dese)
    left = (at_district if planned.by_district else at_dese, at_dese)
    return (*(planned,) * count, *left * leave)


def mixed(count: int) -> tuple[Planned, ...]:
    """Every sort in every way it can go, over and over: with 60 each way several times."""
    every = [Planned(sort, name, way) for name, way in WAYS.items() for sort in SORTS if possible(sort, name)]
    return tuple(islice(cycle(every), count))


def expected(plan: Iterable[Planned]) -> Counter[str]:
    """How many end how, if all goes as planned."""
    return Counter(chain(ENDS.get(each.name, "approved") for each in plan if each.name in WAYS))
