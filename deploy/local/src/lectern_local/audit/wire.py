"""Between the logs: each public fact is in Kafka, and once in the log of everybody who hears its kind; nothing else is.

A fact is public where it stands in the publisher's own log, in a stream of a public kind.
"""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern.contracts.hearing import HEARS, PUBLIC_FACTS
from lectern_local.audit.violation import Kind, Violation

PUBLIC_KINDS = frozenset((fact.publisher, fact.stream) for fact in PUBLIC_FACTS)

_PREPARE = """
create temp table if not exists public_kind (source text, kind text);
create temp table if not exists hears (log text, source text, kind text);
drop view if exists published;
create temp view published as
    select f.* from fact f join public_kind k on k.source = f.source
    and k.kind = substr(f.stream, 1, instr(f.stream, '/') - 1) where f.log = f.source;
"""
_NOT_IN_KAFKA = """
select log, position, type, id from published p
where not exists (select 1 from record r where r.source = p.source and r.id = p.id) order by log, position
"""
_ON_TOPIC = """
select r.partition, r.offset, r.source, r.type, r.problem, r.data as sent, r.stream as sent_stream,
       r.version as sent_version, r.subject as sent_subject, r.type as sent_type,
       f.id as known, p.id as public, p.data, p.stream, p.version, p.subject, p.type as type_there
from record r left join fact f on f.source = r.source and f.id = r.id and f.log = r.source
left join published p on p.source = r.source and p.id = r.id
"""
_NOT_HEARD = """
select h.log as listener, p.log, p.position, p.type, p.id from published p
join hears h on h.source = p.source and h.kind = substr(p.stream, 1, instr(p.stream, '/') - 1)
where not exists (select 1 from fact f where f.source = p.source and f.id = p.id and f.log = h.log)
order by listener, p.log, p.position
"""
_HEARD = """
select f.log, f.position, f.source, f.type, p.id as public,
       h.log as asked,
       f.data is not p.data or f.stream is not p.stream or f.version is not p.version or f.subject is not p.subject
       or f.type is not p.type or f.schema is not p.schema or f.causation_id is not p.causation_id
       or f.correlation_id is not p.correlation_id as altered
from fact f left join published p on p.source = f.source and p.id = f.id
left join hears h on h.log = f.log and h.source = f.source and h.kind = substr(f.stream, 1, instr(f.stream, '/') - 1)
where f.log <> f.source
"""
_TWICE = "select log, source, id, count(*) as n from fact group by source, id, log having n > 1"


def in_kafka(db: Connection) -> Iterator[Violation]:
    """At least once; nothing that no log committed, nothing private, nothing with other content."""
    _prepare(db)
    for row in db.execute("select * from topic where first_offset > 0"):
        yield Violation(
            Kind.TRUNCATED,
            f"Partition {row['partition']} begins at offset {row['first_offset']}: what was before it is not judged.",
        )
    for row in db.execute(_NOT_IN_KAFKA):
        yield Violation(Kind.NOT_IN_KAFKA, f"{row['type']} {row['id']}, {row['log']} position {row['position']}.")
    for row in db.execute(_ON_TOPIC):
        where = f"Partition {row['partition']} offset {row['offset']}"
        what = ("stream", "version", "subject", "type")
        if row["problem"] is not None:
            yield Violation(Kind.PHANTOM, f"{where} is no fact: {row['problem']}.")
        elif row["known"] is None:
            yield Violation(Kind.PHANTOM, f"{where}: no log of {row['source']} holds this {row['type']}.")
        elif row["public"] is None:
            yield Violation(Kind.LEAKED, f"{where}: {row['type']} is private to {row['source']}.")
        elif row["sent"] != row["data"] or any(row[f"sent_{each}"] != row[_there(each)] for each in what):
            yield Violation(Kind.ALTERED, f"{where}: {row['type']} is not as {row['source']} recorded it.")


def heard_once(db: Connection) -> Iterator[Violation]:
    """Exactly once by everybody who hears its kind, byte for byte, and by nobody else."""
    _prepare(db)
    for row in db.execute(_NOT_HEARD):
        yield Violation(
            Kind.NOT_HEARD,
            f"{row['listener']} lacks {row['type']} {row['id']}, {row['log']} position {row['position']}.",
        )
    for row in db.execute(_TWICE):
        yield Violation(Kind.HEARD_TWICE, f"{row['log']} holds {row['id']} of {row['source']} {row['n']} times.")
    for row in db.execute(_HEARD):
        where = f"{row['log']} position {row['position']}"
        if row["asked"] is None:
            yield Violation(Kind.HEARD_UNASKED, f"{where}: {row['type']} is of a kind it does not hear.")
        if row["public"] is None:
            yield Violation(Kind.PHANTOM, f"{where}: no log of {row['source']} holds this {row['type']}.")
        elif row["altered"]:
            yield Violation(Kind.ALTERED, f"{where}: {row['type']} is not as {row['source']} recorded it.")


def _there(name: str) -> str:
    return "type_there" if name == "type" else name


def _prepare(db: Connection) -> None:
    db.executescript(_PREPARE)
    db.execute("delete from public_kind")
    db.execute("delete from hears")
    db.executemany("insert into public_kind values (?, ?)", sorted(PUBLIC_KINDS))
    db.executemany(
        "insert into hears values (?, ?, ?)",
        [(log, source, kind) for log, kinds in HEARS.items() for source, kind in sorted(kinds)],
    )
