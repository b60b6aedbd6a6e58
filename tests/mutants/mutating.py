"""Runs the tests of the rules against rules that were changed on purpose: `python tests/mutants/mutating.py` with
mutants as JSON lines on standard input, one verdict as a JSON line for each.

A mutant is a parameter of the rule set in force with another value, or one comparison of a module of rules with its
edge moved: >= for >, and so on. One process loads what no mutant changes; each mutant runs in a copy of it.
"""

import ast
import importlib.abc
import importlib.machinery
import importlib.util
import io
import json
import os
import sys
import tomllib
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any
from unittest import mock

import holidays
import hypothesis
import pytest
import pytest_asyncio.plugin

import lectern.contracts.values

ROOT = Path(__file__).parents[2]
RULES = ROOT / "shared/src/lectern/rules"
AT_ONCE = 2
SWAPPED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
}  # fmt: skip
LOADED = (holidays, hypothesis, pytest_asyncio.plugin, lectern.contracts.values)
"""Loaded once, before any copy is made."""


@dataclass(frozen=True)
class Edge:
    """A comparison in a module of rules."""

    module: str
    at: int
    """Which of the module's comparisons, in the order of its source."""
    text: str


def edges(module: str) -> Iterator[Edge]:
    for at, (compare, index) in enumerate(_compared(ast.parse(_source(module)))):
        operators = "" if len(compare.ops) == 1 else f" [{index + 1}]"
        yield Edge(module, at, f"{ast.unparse(compare)}{operators}")


def _source(module: str) -> str:
    return (RULES / f"{module}.py").read_text("utf-8")


def _compared(tree: ast.Module) -> Iterator[tuple[ast.Compare, int]]:
    """Each operator that has an edge."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield from ((node, index) for index, operator in enumerate(node.ops) if type(operator) in SWAPPED)


def _with_edge_moved(module: str, at: int) -> ast.Module:
    tree = ast.parse(_source(module))
    compare, index = list(_compared(tree))[at]
    compare.ops[index] = SWAPPED[type(compare.ops[index])]()
    return tree


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module of the rules from another tree than its source's."""

    def __init__(self, module: str, tree: ast.Module) -> None:
        self._name, self._tree = f"lectern.rules.{module}", tree
        self._file = str(RULES / f"{module}.py")

    def find_spec(self, fullname: str, *_: Any) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(fullname, self, origin=self._file) if fullname == self._name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._tree, self._file, "exec"), module.__dict__)  # noqa: S102 - our own source, one operator changed


def _move_edge(mutant: dict[str, Any]) -> None:
    sys.meta_path.insert(0, _Changed(mutant["module"], _with_edge_moved(mutant["module"], mutant["at"])))


def _shift(mutant: dict[str, Any]) -> None:
    mock.patch.object(tomllib, "loads", partial(_shifted, tomllib.loads, mutant)).start()


def _shifted(loads: Callable[[str], dict[str, Any]], mutant: dict[str, Any], text: str) -> dict[str, Any]:
    data = loads(text)
    if data.get("version") == mutant["version"]:
        data["parameters"][mutant["parameter"]]["value"] = mutant["value"]
    return data


def failing(mutant: dict[str, Any]) -> bool:
    """Whether the tests that the mutant names notice it; in a process of its own. Without tests named: all of rules."""
    (_shift if "parameter" in mutant else _move_edge)(mutant)
    tests = [str(ROOT / each) for each in mutant.get("tests", ["shared/tests/rules"])]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"  # those the rules do not need take a second to load
    plugins = ["-p", "pytest_asyncio.plugin", "-p", "no:cacheprovider"]
    settings = ["-x", "-q", "--assert=plain", "--rootdir", str(ROOT), *plugins]
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        ended = pytest.main([*settings, *tests])
    if ended not in {pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED}:
        raise RuntimeError(f"pytest ended with {ended!r} for {tests}")
    return ended is pytest.ExitCode.TESTS_FAILED


def _judged(mutant: dict[str, Any]) -> int:
    """The id of the process that judges the mutant: it ends with 0 where the tests notice it, else with 1."""
    child = os.fork()
    if child:
        return child
    code = 2
    try:
        code = 0 if failing(mutant) else 1
    except BaseException as error:
        sys.stderr.write(f"{mutant}: {error!r}\n")
    finally:
        sys.stderr.flush()
        os._exit(code)


def main() -> None:
    waiting = [json.loads(line) for line in sys.stdin]
    running: dict[int, dict[str, Any]] = {}
    while waiting or running:
        while waiting and len(running) < AT_ONCE:
            mutant = waiting.pop()
            running[_judged(mutant)] = mutant
        child, status = os.wait()
        code = os.waitstatus_to_exitcode(status)
        verdict = running.pop(child) | {"noticed": {0: True, 1: False}.get(code)}
        sys.stdout.write(f"{json.dumps(verdict)}\n")


if __name__ == "__main__":
    main()
