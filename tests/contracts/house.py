"""Our own rules, where no linter has them: `python tests/contracts/house.py` prints each place that breaks one.

pure   A service's module that defines a noun, a verb or a view does no I/O, asks no clock and makes no id.
sql    SQL text holds no values: an f-string that is SQL puts in only names in capitals, len(...) or quoted(...);
       anything else needs `# sql: why it is safe` on or just above it.
place  No file names a registry's host, a machine's path or what lies beside the repository.
"""

import ast
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("shared/src", "services", "deploy/local/src")
PURE_IF_IT_IMPORTS = {
    ("lectern.eventlog.streams", "Command"),
    ("lectern.eventlog.streams", "Noun"),
    ("lectern.eventlog.views", "View"),
}
OUTSIDE: tuple[str, ...] = (
    "aiokafka",
    "aiosmtplib",
    "asyncpg",
    "fastapi",
    "faststream",
    "httpx",
    "random",
    "secrets",
    "smtplib",
)
OUTSIDE += ("socket", "starlette", "structlog", "subprocess", "time", "urllib.request", "uvicorn")
OUTSIDE += ("lectern.eventlog.database", "lectern.eventlog.log", "lectern.runtime.running", "lectern.web")
ASKS = {"datetime.now", "datetime.utcnow", "date.today", "new_id", "uuid4", "uuid1", "uuid7", "uuid.uuid4", "open"}
VERBS = r"select|insert into|update|delete from|create|alter|drop|grant|revoke|with|copy|truncate|lock"
SQL = re.compile(rf"\s*({VERBS}|{VERBS.upper()})\s")  # a sentence begins with one capital
PLACES = re.compile(
    r"registry\.npmjs|npmjs\.org|pypi\.org|pythonhosted|maven\.org|repo1\.maven|/var/tmp/|/work/|\.\./shared/"
)
UNREAD = {".png", ".pdf", ".woff2", ".ico", ".jar"}


@dataclass(frozen=True)
class Broken:
    where: str
    line: int
    rule: str

    def __str__(self) -> str:
        return f"{self.where}:{self.line}: {self.rule}"


def module(source: str, where: str) -> list[Broken]:
    """What a Python module breaks."""
    tree = ast.parse(source)
    found = [Broken(where, line, rule) for line, rule in _sql(tree, source.splitlines())]
    if where.startswith("services/") and PURE_IF_IT_IMPORTS & set(_imported(tree)):
        found += [Broken(where, line, rule) for line, rule in _impure(tree)]
    return found


def text(content: str, where: str) -> list[Broken]:
    """What any file breaks."""
    return [
        Broken(where, number, f"place: names {found[0]}")
        for number, line in enumerate(content.splitlines(), 1)
        if (found := PLACES.search(line))
    ]


def _imported(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom):
            yield from ((node.module or "", each.name) for each in node.names)


def _impure(tree: ast.Module) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        for name in _modules(node):
            if any(name == each or name.startswith(f"{each}.") for each in OUTSIDE):
                yield node.lineno, f"pure: imports {name}"  # type: ignore[attr-defined]
        if isinstance(node, ast.Call) and ast.unparse(node.func) in ASKS:
            yield node.lineno, f"pure: calls {ast.unparse(node.func)}"


def _modules(node: ast.AST) -> Iterable[str]:
    match node:
        case ast.Import():
            return [each.name for each in node.names]
        case ast.ImportFrom(module=str(name)):
            return [name]
        case _:
            return []


def _sql(tree: ast.Module, lines: list[str]) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if not _is_sql(node):
            continue
        first, last = node.lineno, node.end_lineno or node.lineno  # type: ignore[attr-defined]
        if any("# sql:" in line for line in lines[max(first - 3, 0) : last + 1]):
            continue
        for value in _put_in(node):
            if not _safe(value):
                yield first, f"sql: puts {ast.unparse(value)} into SQL text"


def _is_sql(node: ast.AST) -> bool:
    match node:
        case ast.JoinedStr(values=[ast.Constant(value=str(begins)), *_]):
            return bool(SQL.match(begins))
        case ast.BinOp(left=ast.Constant(value=str(begins)), op=ast.Add() | ast.Mod()):
            return bool(SQL.match(begins))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(begins)), attr="format")):
            return bool(SQL.match(begins))
        case _:
            return False


def _put_in(node: ast.AST) -> Iterator[ast.expr]:
    match node:
        case ast.JoinedStr():
            yield from (each.value for each in node.values if isinstance(each, ast.FormattedValue))
        case ast.BinOp():
            yield node.right
        case ast.Call():
            yield from (*node.args, *(each.value for each in node.keywords))
        case _:
            return


def _safe(value: ast.expr) -> bool:
    match value:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.strip("_").isupper()
        case ast.Call(func=ast.Name(id=name)):
            return name.strip("_") in {"quoted", "literal", "len"}
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.expr() as joined]):
            return _safe(joined)
        case _:
            return False


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in listed.stdout.decode().split("\0") if name]


def house() -> list[Broken]:
    """Everything in the repository that breaks a rule."""
    found: list[Broken] = []
    for file in tracked():
        where = str(file.relative_to(ROOT))
        if not file.is_file() or file.suffix in UNREAD or file == Path(__file__).resolve():
            continue
        content = file.read_text(encoding="utf-8", errors="replace")
        found += text(content, where)
        if file.suffix == ".py" and where.startswith(SOURCES) and "/tests/" not in where:
            found += module(content, where)
    return found


if __name__ == "__main__":
    broken = house()
    for each in broken:
        sys.stdout.write(f"{each}\n")
    sys.exit(bool(broken))
