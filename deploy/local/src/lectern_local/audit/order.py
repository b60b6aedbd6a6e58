"""On Kafka, the first occurrences of a stream's facts stand in their order, all in one partition."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_FIRST = """
with first as (
    select source, stream, version, subject, min(offset) as offset, partition from record
    where problem is null group by source, stream, version, partition)
select source, stream, version, offset,
       lag(offset, 1, -1) over (partition by source, stream order by version) as before
from first
"""
_PARTITIONS = """
select subject, count(distinct partition) as n from record where problem is null group by subject having n > 1
"""


def in_order(db: Connection) -> Iterator[Violation]:
    """A repeat may come late; a first occurrence may not come before that of an earlier version."""
    for row in db.execute(_PARTITIONS):
        yield Violation(Kind.ORDER, f"Records about {row['subject']} stand in {row['n']} partitions.")
    for row in db.execute(f"select * from ({_FIRST}) where offset < before"):
        yield Violation(
            Kind.ORDER,
            f"{row['source']} {row['stream']}: version {row['version']} came first at offset {row['offset']}, "
            f"the one before it at {row['before']}.",
        )
