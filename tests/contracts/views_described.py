"""What each view's table is made by: `python tests/contracts/views_described.py` writes views.json beside this file.

A digest is taken of the module a fold stands in, comments and words of documentation left out, and of its .sql.
"""

import ast
import hashlib
import inspect
import json
from importlib import import_module
from pathlib import Path
from typing import Any

from lectern.eventlog.views import View
from lectern.runtime.running import views_of
from lectern.runtime.service import Service
from lectern.runtime.settings import SERVICES, name_in_sql

KEPT = Path(__file__).with_name("views.json")


def services() -> list[Service]:
    found: list[Service] = [import_module(f"{name_in_sql(each)}.app").service for each in SERVICES]
    return found


def described() -> dict[str, dict[str, Any]]:
    """By service and view: its version, and the digest of its fold and table."""
    return {
        f"{service.name}/{view.name}": {"version": view.version, "digest": digest(view)}
        for service in services()
        for view in views_of(service)
    }


def digest(view: View[Any]) -> str:
    sources = {inspect.getsourcefile(each) for each in (view.fold, view.row, inspect.unwrap(view.key))}
    parts = [_code(Path(each)) for each in sorted(filter(None, sources))]
    parts.append("\n".join(line.partition("--")[0].rstrip() for line in view.sql.read_text("utf-8").splitlines()))
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _code(file: Path) -> str:
    """What a module does, whatever it says about it."""
    tree = ast.parse(file.read_text("utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [each for each in body if not _words(each)] or [ast.Pass()]  # type: ignore[attr-defined]
    return ast.dump(tree)


def _words(node: ast.stmt) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


if __name__ == "__main__":
    KEPT.write_text(json.dumps(described(), indent=1) + "\n", encoding="utf-8")
