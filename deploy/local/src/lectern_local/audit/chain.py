"""One log in itself: nothing was changed, moved, removed or slipped in, and time never ran backwards in it."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern.eventlog.chain import ROOT, link_of
from lectern_local.audit.violation import Kind, Violation

_ROWS = "select * from fact where log = ? order by position, rowid"
_VERSIONS = """
select log, source, stream, version, before from (
    select log, source, stream, version,
           lag(version, 1, 0) over (partition by log, source, stream order by version) as before
    from fact)
where version <> before + 1
"""
_SUBJECTS = """
select log, source, stream, count(distinct subject) as n from fact group by log, source, stream having n > 1
"""


def unbroken_chain(db: Connection) -> Iterator[Violation]:
    """Every hash is that of its row and the hash before it. The first break of a log is named: all behind it follow."""
    for log in logs(db):
        previous = ROOT
        for row in db.execute(_ROWS, (log,)):
            if row["hash"] != link_of(previous, row):
                yield Violation(Kind.CHAIN, f"{log}: the hash of position {row['position']} does not fit.")
                break
            previous = row["hash"]


def gapless_positions(db: Connection) -> Iterator[Violation]:
    for log in logs(db):
        last = 0
        for row in db.execute("select position from fact where log = ? order by position", (log,)):
            if row["position"] != last + 1:
                yield Violation(Kind.POSITION, f"{log}: position {row['position']} follows {last}.")
            last = row["position"]


def gapless_versions(db: Connection) -> Iterator[Violation]:
    """1, 2, 3 … in every stream, those of the service and those it heard."""
    for row in db.execute(_VERSIONS):
        yield Violation(
            Kind.VERSION,
            f"{row['log']}: in {row['source']} {row['stream']} version {row['version']} follows {row['before']}.",
        )


def time_goes_on(db: Connection) -> Iterator[Violation]:
    for log in logs(db):
        last = ""
        for row in db.execute("select position, recorded_at from fact where log = ? order by position", (log,)):
            if row["recorded_at"] < last:
                yield Violation(Kind.TIME, f"{log}: position {row['position']} was recorded before the one before it.")
            last = row["recorded_at"]


def one_subject(db: Connection) -> Iterator[Violation]:
    """A stream is about one person or district for its whole life."""
    for row in db.execute(_SUBJECTS):
        yield Violation(Kind.SUBJECT, f"{row['log']}: {row['source']} {row['stream']} has {row['n']} subjects.")


def logs(db: Connection) -> list[str]:
    return [row["log"] for row in db.execute("select distinct log from fact order by log")]
