"""The folder: keeps all views of a service level with its log, by the folds that a rebuild, a test or an audit runs."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Generic, TypeAlias, TypeVar

import structlog
from pydantic import TypeAdapter

from lectern.contracts.facts import Fact
from lectern.eventlog.codec import Codec
from lectern.eventlog.followers import Follower, Kept, Rows
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
        self.load = f"select coalesce(json_agg(v), '[]')::text from {name} v where v.{key} = any(${{0}}::{key_type}[])"
        self.upsert = (  # sql: as above
            f"insert into {name} ({columns}) select {columns} from json_populate_recordset(null::{name}, $1::json) "
            f"on conflict ({key}) do " + (f"update set {others}" if others else "nothing")
        )
        self.delete = f"delete from {name} where {key} = any($1::{key_type}[])"  # sql: as above


Touched: TypeAlias = list[tuple[int, Any, Fact]]
"""Position, the row's key, the fact."""


class Folder(Follower):
    """Folds the log into views: each row loaded, folded over the batch, written once, all views in one statement."""

    def __init__(self, dsn: str, codec: Codec, views: Sequence[View[Any]], signal: Signal) -> None:
        super().__init__(dsn, "views", signal, marks=[mark_of(view) for view in views])
        self.broken: dict[str, set[str]] = defaultdict(set)
        self._codec = codec
        self._tables: dict[str, Table[Any]] = {}
        self._views = views
        self._wanted: dict[type[Fact], list[View[Any]]] = defaultdict(list)
        for view in views:
            for fact in view.facts:
                self._wanted[fact].append(view)

    async def started(self, db: Any) -> None:
        for view in self._views:
            key_type = await db.fetchval(
                "select format_type(atttypid, atttypmod) from pg_attribute "
                "where attrelid = $1::text::regclass and attname = $2",
                view.name,
                view.columns[0],
            )
            self._tables[view.name] = Table(view, key_type)

    async def look(self, db: Any) -> None:
        """What is broken, also where the other process found it."""
        rows = await db.fetch("select view, key from broken")
        self.broken.clear()
        for row in rows:
            self.broken[row["view"]].add(row["key"])

    async def follow(self, db: Any, rows: Rows, marks: Sequence[str]) -> Kept | None:
        touched = self._touched(rows, frozenset(marks))
        if not touched:
            return None
        before = await self._load(db, touched)
        kept = Kept()
        for view in self._views:
            if view.name in touched:
                self._fold(view, before[view.name], touched[view.name], kept)
        return kept

    def _touched(self, rows: Rows, marks: frozenset[str]) -> dict[str, Touched]:
        touched: dict[str, Touched] = defaultdict(list)
        for row in rows:
            known = self._codec.knows(row["source"], row["type"])
            views = [view for view in self._wanted.get(known, ()) if mark_of(view) in marks] if known else ()
            if not views or (fact := self._codec.decode(row)) is None:
                continue
            for view in views:
                if (key := view.key(fact)) is not None:
                    touched[view.name].append((row["position"], key, fact))
        return touched

    async def _load(self, db: Any, touched: Mapping[str, Touched]) -> dict[str, dict[Any, Any]]:
        """The rows in question of all views, by key."""
        names = sorted(touched)
        loads = ", ".join(f"({self._tables[name].load.format(at)})" for at, name in enumerate(names, 1))
        keys = [list({key for _, key, _ in touched[name]}) for name in names]
        texts = await db.fetchrow(f"select {loads}", *keys)  # sql: the loads of our tables
        found: dict[str, dict[Any, Any]] = {}
        for view in self._views:
            if view.name in touched:
                rows = self._tables[view.name].rows.validate_json(texts[names.index(view.name)])
                found[view.name] = {getattr(row, view.columns[0]): row for row in rows}
        return found

    def _fold(self, view: View[R], before: dict[Any, R], touched: Touched, kept: Kept) -> None:
        table: Table[R] = self._tables[view.name]
        after = dict(before)
        for key, position, error in fold_into(view, after, touched, self.broken[view.name]):
            log.error("a fold raised", view=view.name, key=key, position=position, error=error)
            kept.add(
                "insert into broken values ($1::text, $2::text, $3::bigint, $4::text) "
                "on conflict (view, key) do nothing",
                view.name, key, position, error,
            )  # fmt: skip
        if gone := [key for key in before if key not in after]:
            kept.add(table.delete, gone)
        if changed := [row for key, row in after.items() if before.get(key) != row]:
            kept.add(table.upsert, table.rows.dump_json(changed).decode())


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
