"""The two services of the throughput measurement: one records and publishes, the other hears and folds.

Everything in them is the kit's own; only the rule is as small as a rule can be.
"""

from dataclasses import dataclass, replace
from pathlib import Path
from uuid import UUID

from lectern.contracts.applications import EducatorLinked
from lectern.eventlog.streams import Command, Noun
from lectern.eventlog.views import View
from lectern.runtime.service import Service


@dataclass(frozen=True)
class Linked:
    times: int = 0


def _evolve(state: Linked, _: EducatorLinked) -> Linked:
    return Linked(state.times + 1)


educator: Noun[Linked] = Noun("educator", Linked(), _evolve, facts=(EducatorLinked,))


class Link(Command):
    fact: EducatorLinked


def link(_: Linked, command: Link) -> list[EducatorLinked]:
    return [command.fact]


@dataclass(frozen=True)
class Seen:
    educator_id: UUID
    times: int


def _fold(row: Seen | None, fact: EducatorLinked) -> Seen:
    return replace(row, times=row.times + 1) if row else Seen(fact.educator_id, 1)


seen: View[Seen] = View(
    name="seen",
    version=1,
    row=Seen,
    key=lambda fact: fact.educator_id,
    fold=_fold,
    facts=(EducatorLinked,),
    sql=Path(__file__).with_name("seen.sql"),
)
_NONE = Path(__file__).with_name("none")
first = Service("applications", facts=(EducatorLinked,), nouns=(educator,), views=(), migrations=_NONE)
second = Service("notifications", facts=(), nouns=(), views=(seen,), migrations=_NONE)
