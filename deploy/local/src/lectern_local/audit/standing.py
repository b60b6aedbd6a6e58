"""Nothing is left lying: no record parked or waiting, no row broken, no effect under way, every follower level."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_BEHIND = """
select m.log, m.name, m.position, h.head from mark m
join (select log, max(position) as head from fact group by log) h on h.log = m.log where m.position <> h.head
"""


def nothing_held(db: Connection) -> Iterator[Violation]:
    kinds = {"waiting": Kind.WAITING, "parked": Kind.PARKED}
    for row in db.execute("select log, reason, what from held order by log"):
        yield Violation(kinds.get(row["reason"], Kind.PARKED), f"{row['log']}: {row['what']}.")


def nothing_broken(db: Connection) -> Iterator[Violation]:
    for row in db.execute("select * from broken order by log, view, key"):
        yield Violation(
            Kind.BROKEN,
            f"{row['log']}: row {row['key']} of {row['view']} since position {row['position']}: {row['error']}.",
        )


def nothing_under_way(db: Connection) -> Iterator[Violation]:
    for row in db.execute("select * from open_effect order by log, intent"):
        yield Violation(Kind.UNSETTLED, f"{row['log']}: the effect of intent {row['intent']} has no outcome yet.")


def all_level(db: Connection) -> Iterator[Violation]:
    """Views, relay and effects have done everything up to the head of their log."""
    for row in db.execute(_BEHIND):
        yield Violation(
            Kind.VIEW_BEHIND, f"{row['log']}: {row['name']} stands at {row['position']}, the log at {row['head']}."
        )
