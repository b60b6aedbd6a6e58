"""Views: pure folds of a log into rows. No SQL, no clock, no other view in a fold.

Beside the fold stands a .sql file with the table (named like the view, its first column the key), its indexes, row
security and grants. The same fold runs live, in a rebuild, in time travel and in a test.
"""

from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any, Generic, TypeVar

from lectern.contracts.facts import Fact

R = TypeVar("R")


@dataclass(frozen=True)
class View(Generic[R]):
    """`key(fact)` names a fact's row (None: no row), `fold(row, fact)` gives the row after it (None: none).

    All facts of a key have one subject. `row` is a frozen dataclass; its fields are the table's columns, the key first.
    `version` changes whenever fold or table do; a test compares it with a digest of both.
    """

    name: str
    version: int
    row: type[R]
    key: Callable[[Any], object | None]
    fold: Callable[[Any, Any], R | None]
    facts: tuple[type[Fact], ...]
    sql: Path

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(f.name for f in fields(self.row))  # type: ignore[arg-type]
