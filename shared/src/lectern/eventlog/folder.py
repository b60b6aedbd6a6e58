"""The folder: keeps all views of a service level with its log, by the folds that a rebuild, a test or an audit runs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeVar

import structlog
from pydantic import TypeAdapter

from lectern.contracts.facts import Fact
from lectern.eventlog.codec import Codec
from lectern.eventlog.followers import Follower, Rows
from lectern.eventlog.signal import Signal
from lectern.eventlog.views import View

log = structlog.get_logger(__name__)
R = TypeVar("R")


def mark_of(view: View[Any]) -> str:
    """The name of a view's mark: a new version is a new follower from position 0."""
    return f"view:{view.name}:{view.version}"


class Table(Generic[R]):
    """A view's table: its statements, made from the row's fields, and the way rows travel (as one JSON text)."""

    def __init__(self, view: View[R], key_type: str) -> None:
        name, key, columns = view.name, view.columns[0], ", ".join(view.columns)
        others = ", ".join(f"{c} = excluded.{c}" for c in view.columns[1:])
        self.rows: TypeAdapter[list[R]] = TypeAdapter(list[view.row])  # type: ignore[name-defined]
        # sql: in all three, names of the view and of its row's fields, in our own code
        self.load = f"select coalesce(json_agg(v), '[]')::text from {name} v where v.{key} = any($1::{key_type}[])"
        self.upsert = (  # sql: as above
            f"insert into {name} ({columns}) select {columns} from json_populate_recordset(null::{name}, $1::json) "
            f"on conflict ({key}) do " + (f"update set {others}" if others else "nothing")
        )
        self.delete = f"delete from {name} where {key} = any($1::{key_type}[])"  # sql: as above


class Folder(Follower):
    """Folds the log into views: each row loaded, folded over the batch, written once, all views in one transaction."""

    def __init__(self, dsn: str, codec: Codec, views: Sequence[View[Any]], signal: Signal) -> None:
        super().__init__(dsn, "views", signal, marks=[mark_of(view) for view in views])
        self.views = {mark_of(view): view for view in views}
        self.broken: dict[str, set[str]] = defaultdict(set)
        self._codec = codec
        self._tables: dict[str, Table[Any]] = {}
        self._wanted: dict[type[Fact], list[View[Any]]] = defaultdict(list)
        for view in views:
            for fact in view.facts:
                self._wanted[fact].append(view)

    async def started(self, db: Any) -> None:
        for view in self.views.values():
            key_type = await db.fetchval(
                "select format_type(atttypid, atttypmod) from pg_attribute "
                "where attrelid = $1::text::regclass and attname = $2",
                view.name,
                view.columns[0],
            )
            self._tables[view.name] = Table(view, key_type)
        self.broken.clear()
        for row in await db.fetch("select view, key from broken"):
            self.broken[row["view"]].add(row["key"])

    async def write(self, db: Any, rows: Rows, marks: Sequence[str]) -> None:
        names = {self.views[mark].name for mark in marks}
        by_view: dict[str, list[tuple[int, Any, Fact]]] = defaultdict(list)
        for row in rows:
            known = self._codec.knows(row["source"], row["type"])
            views = [v for v in self._wanted.get(known, ()) if v.name in names] if known else ()
            if not views or (fact := self._codec.decode(row)) is None:
                continue
            for view in views:
                if (key := view.key(fact)) is not None:
                    by_view[view.name].append((row["position"], key, fact))
        for view in self.views.values():
            if (touched := by_view.get(view.name)) is not None:
                await self._fold(db, view, touched)

    async def _fold(self, db: Any, view: View[Any], touched: list[tuple[int, Any, Fact]]) -> None:
        table = self._tables[view.name]
        keys = list({key for _, key, _ in touched})
        text = await db.fetchval(table.load, keys)
        before = {getattr(row, view.columns[0]): row for row in table.rows.validate_json(text)}
        after = dict(before)
        breaks = fold_into(view, after, touched, self.broken[view.name])
        for key, position, error in breaks:
            log.error("a fold raised", view=view.name, key=key, position=position, error=error)
            await db.execute(
                "insert into broken values ($1, $2, $3, $4) on conflict (view, key) do nothing",
                view.name, key, position, error,
            )  # fmt: skip
        gone = [key for key in before if key not in after]
        if gone:
            await db.execute(table.delete, gone)
        changed = [row for key, row in after.items() if before.get(key) != row]
        if changed:
            await db.execute(table.upsert, table.rows.dump_json(changed).decode())


def fold_into(
    view: View[R],
    rows: dict[Any, R],
    facts: Iterable[tuple[int, Any, Fact]],
    broken: set[str],
) -> list[tuple[str, int, str]]:
    """Folds (position, key, fact) into rows. A key whose fold raises stays as it was, and is skipped from there on."""
    breaks: list[tuple[str, int, str]] = []
    for position, key, fact in facts:
        if broken and str(key) in broken:
            continue
        try:
            row = view.fold(rows.get(key), fact)
        except Exception as error:
            broken.add(str(key))
            breaks.append((str(key), position, repr(error)))
            continue
        if row is None:
            rows.pop(key, None)
        else:
            rows[key] = row
    return breaks


def refold(view: View[R], codec: Codec, log_rows: Iterable[Mapping[str, Any]]) -> dict[Any, R]:
    """The view folded from the rows of a whole log, in memory: what the live table must equal."""
    rows: dict[Any, R] = {}
    broken: set[str] = set()
    for row in log_rows:
        known = codec.knows(row["source"], row["type"])
        if known is None or known not in view.facts or (fact := codec.decode(row)) is None:
            continue
        if (key := view.key(fact)) is not None:
            fold_into(view, rows, [(row["position"], key, fact)], broken)
    return rows
