"""Every view is the fold of its log: folded again from position 0 and compared row by row, a slice at a time."""

import json
from collections.abc import Iterator
from sqlite3 import Connection
from typing import Any
from zlib import crc32

from pydantic import TypeAdapter

from lectern.eventlog.codec import Codec
from lectern.eventlog.folder import mark_of, refold
from lectern.eventlog.views import View
from lectern_local.audit.scratch import put
from lectern_local.audit.violation import Kind, Violation

SLICE = 200_000
"""Facts folded at a time: all facts of a row have one subject, so a slice of the subjects is a slice of the rows."""
_FACTS = (
    "select position, source, subject, type, schema, data from fact where log = ? and position <= ? order by position"
)
_DIFFERENT = """
select key, max(there) as there, max(folded) as folded from (
    select l.key, 1 as there, 0 as folded from live l left join refolded r
        on r.log = l.log and r.view = l.view and r.key = l.key
        where l.log = :log and l.view = :view and r.row is not l.row
    union all
    select r.key, 0, 1 from refolded r left join live l on l.log = r.log and l.view = r.view and l.key = r.key
        where r.log = :log and r.view = :view and r.row is not l.row)
where key not in (select b.key from broken b where b.log = :log and b.view = :view)
group by key order by key
"""


def canonical(view: View[Any], row: Any) -> str:
    """A row as one text, the same for the row that was folded and for the one that went through the table."""
    plain = TypeAdapter(view.row).dump_python(row, mode="json")
    return json.dumps(plain, sort_keys=True, separators=(",", ":"))


def views_are_folds(db: Connection, log: str, codec: Codec, views: tuple[View[Any], ...]) -> Iterator[Violation]:
    """The views of one service. Rows marked broken are judged elsewhere."""
    for view in views:
        mark = db.execute("select position from mark where log = ? and name = ?", (log, mark_of(view))).fetchone()
        if mark is None:
            yield Violation(Kind.VIEW_BEHIND, f"{log}: {view.name} was never folded.")
            continue
        try:
            _fold_again(db, log, codec, view, mark["position"])
        except ValueError as error:  # a fact of another shape than its number says
            yield Violation(Kind.VIEW, f"{log}: {view.name} cannot be folded: {type(error).__name__}.")
            continue
        for row in db.execute(_DIFFERENT, {"log": log, "view": view.name}):
            how = "is not what its facts say" if row["folded"] else "should not be there"
            how = how if row["there"] else "is not in the table"
            yield Violation(Kind.VIEW, f"{log}: row {row['key']} of {view.name} {how}.")


def _fold_again(db: Connection, log: str, codec: Codec, view: View[Any], upto: int) -> None:
    facts = db.execute("select count(*) from fact where log = ? and position <= ?", (log, upto)).fetchone()[0]
    slices = 1 + facts // SLICE
    for slice_ in range(slices):
        rows = db.execute(_FACTS, (log, upto))
        mine = (row for row in rows if slices == 1 or crc32(row["subject"].encode()) % slices == slice_)
        folded = refold(view, codec, mine)
        put(db, "refolded", [(log, view.name, str(key), canonical(view, row)) for key, row in folded.items()])
