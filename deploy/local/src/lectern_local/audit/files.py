"""What facts say of a file and what stands in the store agree; nobody was told of one that no scan let through."""

from collections.abc import Iterator
from sqlite3 import Connection

from lectern_local.audit.violation import Kind, Violation

_NAMED = """
with named as (
    select source as owner, json_extract(data, '$.application_id') as about,
        json_extract(data, '$.ready.document_id') as id, json_extract(data, '$.ready.stored.size') as size,
        json_extract(data, '$.ready.stored.sha256') as sha256
    from fact where log = source and type in ('DocumentAttached', 'ExhibitAttached')
), gone as (
    select json_extract(data, '$.document_id') as id from fact
    where log = source and type in ('DocumentRemoved', 'ExhibitRemoved')
    union all select json_extract(data, '$.replaces') from fact where log = source and type = 'DocumentAttached'
    union all select json_extract(data, '$.document_id') from fact
    where log = source and type in ('DocumentChecked', 'ExhibitChecked')
        and json_extract(data, '$.checked') in ('infected', 'lost')
    union all select n.id from named n join fact d on d.log = 'applications' and d.type = 'DraftDiscarded'
        and json_extract(d.data, '$.application_id') = n.about
)
"""
_APART = (
    _NAMED
    + """
select n.owner, n.about, n.id, f.size as stands, f.sha256 <> n.sha256 as other from named n
left join file f on f.owner = n.owner and f.about = n.about and f.id = n.id
where n.id not in (select id from gone where id is not null)
    and (f.id is null or f.size <> n.size or f.sha256 <> n.sha256)
"""
)
_UNNAMED = (
    _NAMED
    + """
select f.owner, f.about, f.id from file f where not f.young
    and not exists (select 1 from named n where n.owner = f.owner and n.about = f.about and n.id = f.id)
"""
)
_UNSCANNED = """
select p.source, p.type, json_extract(p.data, '$.document_id') as id from fact p
where p.log = p.source and p.type in ('DocumentProvided', 'StateDocumentProvided', 'EvidenceProvided')
    and not exists (
        select 1 from fact c where c.log = p.log and c.position < p.position
            and c.type in ('DocumentChecked', 'ExhibitChecked')
            and json_extract(c.data, '$.document_id') = json_extract(p.data, '$.document_id')
            and json_extract(c.data, '$.checked')
                = case json_extract(p.data, '$.scanned') when 1 then 'clean' else 'not-scanned' end
    )
"""


def files_agree(db: Connection) -> Iterator[Violation]:
    """Each file that a fact names stands there, byte for byte; none stands there for over an hour without one."""
    for row in db.execute(_APART):
        how = "is not there" if row["stands"] is None else "is not the one that was stored"
        yield Violation(Kind.FILE, f"{row['owner']}: file {row['id']} of {row['about']} {how}.")
    for row in db.execute(_UNNAMED):
        yield Violation(Kind.FILE, f"{row['owner']}: no fact names the file {row['id']} of {row['about']}.")


def told_after_the_scan(db: Connection) -> Iterator[Violation]:
    for row in db.execute(_UNSCANNED):
        yield Violation(Kind.UNSCANNED, f"{row['source']}: {row['type']} of {row['id']}, which no scan let through.")
