"""The auditor's scratch file: everything that was read, in one SQLite database, so that memory stays small.

Instants are kept as the hash chain writes them (UTC, six digits, Z), ids in lower case, `data` as stored: texts that
compare and sort.
"""

import sqlite3
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

_TABLES = """
create table fact (
    log text not null, position integer not null, id text not null, source text not null, stream text not null,
    version integer not null, subject text not null, type text not null, schema integer not null, data text not null,
    claim text, actor text not null, correlation_id text not null, causation_id text, traceparent text,
    occurred_at text not null, recorded_at text not null, rules text, hash blob not null
);
create table record (
    partition integer not null, offset integer not null, id text, source text, stream text, version integer,
    subject text, type text, position integer, data text, problem text
);
create table topic (partition integer not null, first_offset integer not null, end_offset integer not null);
create table mark (log text not null, name text not null, position integer not null);
create table broken (log text not null, view text not null, key text not null, position integer, error text);
create table held (log text not null, reason text not null, what text not null);
create table open_effect (log text not null, intent text not null);
create table live (log text not null, view text not null, key text not null, row text not null);
create table refolded (log text not null, view text not null, key text not null, row text not null);
create table mail (number integer not null, message_id text not null, notice text not null);
create table payment (
    id text not null, key text not null, status text not null, amount_cents integer not null,
    delivered integer not null, refunded_at text
);
create table file (
    owner text not null, about text not null, id text not null, size integer not null, sha256 text not null,
    young integer not null
);
"""
_INDEXES = """
create index if not exists fact_by_position on fact (log, position);
create index if not exists fact_by_id on fact (source, id, log);
create index if not exists fact_by_stream on fact (log, source, stream, version);
create index if not exists fact_by_type on fact (type, log);
create index if not exists fact_by_cause on fact (log, causation_id);
create index if not exists record_by_id on record (source, id);
create index if not exists live_by_key on live (log, view, key);
create index if not exists refolded_by_key on refolded (log, view, key);
create index if not exists mail_by_message on mail (message_id);
create index if not exists payment_by_key on payment (key);
"""
_STEPS = """
create table step as select log, log = source as own, position, type, stream,
    json_extract(data, '$.application_id') as application,
    cast(json_extract(data, '$.submission') as integer) as submission,
    coalesce(cast(json_extract(data, '$.cycle') as integer), 1) as cycle,
    json_extract(data, '$.district') as district, json_extract(data, '$.fee') as fee,
    json_extract(data, '$.kind') as kind, json_extract(data, '$.rules') as rules,
    json_extract(data, '$.payment_id') as payment, json_extract(data, '$.amount') as amount,
    json_extract(data, '$.outcome') as outcome, json_extract(data, '$.certificate_id') as certificate,
    json_extract(data, '$.certificate_ids') as certificates, json_extract(data, '$.notice_id') as notice_id,
    json_extract(data, '$.notice') as notice, json_extract(data, '$.to') as recipient,
    json_extract(data, '$.request_id') as request, json_extract(data, '$.party') as party
from fact where json_valid(data)
    and coalesce(json_extract(data, '$.application_id'), json_extract(data, '$.notice_id')) is not null;
create index step_by_type on step (type, own, log);
create index step_by_application on step (application, type);
"""


@contextmanager
def scratch(folder: Path | None = None) -> Iterator[sqlite3.Connection]:
    """An empty scratch file, gone at the end."""
    with (
        tempfile.TemporaryDirectory(prefix="lectern-audit-", dir=folder) as place,
        closing(sqlite3.connect(Path(place) / "scratch.sqlite", isolation_level=None)) as db,
    ):
        db.row_factory = sqlite3.Row
        db.executescript("pragma journal_mode = off; pragma synchronous = off;" + _TABLES)
        yield db


def index(db: sqlite3.Connection) -> None:
    """Once everything is read. `step` is what facts about applications and notices say, one column each."""
    db.executescript(_INDEXES + _STEPS + "analyze;")


def put(db: sqlite3.Connection, table: str, rows: Iterable[Sequence[Any]]) -> None:
    """Rows in the table's own order of columns."""
    rows = list(rows)
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        db.execute("begin")
        # sql: our own tables' names, and as many question marks as columns
        db.executemany(f"insert into {table} values ({marks})", rows)
        db.execute("commit")


def text(value: Any) -> Any:
    """A column as the hash chain writes it; numbers, texts and bytes as they are."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    return value if value is None or isinstance(value, int | str | bytes) else str(value)
