"""No number and no comparison of the rules can be off by one without a test noticing."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mutating
import rule_table
from mutating import RULES, Edge, edges
from rule_table import CRITERIA, NUMBERS, ROOT, whole

from lectern.rules import IN_FORCE
from lectern.rules.judging import RULE_OF

TESTS_OF = {
    "upgrade": ("test_upgrade.py",),
    "extension": ("test_extension.py",),
    "reactivation": ("test_reactivation.py",),
    "years": ("test_years.py",),
    "calendar": ("test_calendar.py", "test_reactivation.py"),
    "established": ("test_upgrade.py",),
    "effects": ("test_extension.py", "test_reactivation.py"),
    "clocks": ("test_clocks.py",),
    "working_days": ("test_working_days.py",),
}
"""The modules of rules that compare, and the tests that notice an edge moved."""
WITHOUT_RULES = {"references", "rule_sets", "wording", "words"}
"""Modules that compare too, and judge nobody: each has tests of its own."""


def test_every_criterion_and_every_number_has_its_line() -> None:
    criteria = {each.id for kind in IN_FORCE.kinds.values() for each in kind.criteria}
    numbers = {name for name in IN_FORCE.statuses if _shifted(getattr(IN_FORCE.parameters, name)) and _is_read(name)}

    assert set(CRITERIA) == criteria == set(RULE_OF)
    assert set(NUMBERS) == numbers


def test_what_the_table_names_is_there() -> None:
    named = [whole(each) for judged in CRITERIA.values() for each in judged.tests]
    named += [whole(each) for tests in NUMBERS.values() for each in tests]

    assert [each for each in named if not _defines(*each.split("::"))] == []
    assert [each.where for each in CRITERIA.values() if not _defines(*_source_of(each.where))] == []


def test_the_document_says_what_the_table_says() -> None:
    assert (ROOT / "docs/rules.md").read_text("utf-8") == rule_table.described(), "run make docs"


def test_every_module_that_compares_is_mutated() -> None:
    comparing = {each.stem for each in RULES.glob("*.py") if list(edges(each.stem))}

    assert comparing - WITHOUT_RULES <= set(TESTS_OF)


def test_no_mutant_survives() -> None:
    mutants = [*_numbers(), *_edges()]
    judged = _judged(mutants, within=600)

    assert len(judged) == len(mutants) >= 80
    assert [each for each in judged if each["noticed"] is not True] == []


def test_a_mutant_that_changes_nothing_survives() -> None:
    """So that a green run means something: the same set, unchanged, is noticed by nobody."""
    same = _number("teaching_hundredths", IN_FORCE.parameters.teaching_hundredths)
    [judged] = _judged([same], within=120)

    assert judged["noticed"] is False


def _judged(mutants: list[dict[str, Any]], *, within: float) -> list[dict[str, Any]]:
    """In seconds."""
    given = "\n".join(json.dumps(each) for each in mutants)
    ran = subprocess.run(
        [sys.executable, mutating.__file__],
        input=given, capture_output=True, text=True, timeout=within, cwd=ROOT, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr
    return [json.loads(line) for line in ran.stdout.splitlines()]


def _numbers() -> Iterator[dict[str, Any]]:
    for name in NUMBERS:
        for value in _shifted(getattr(IN_FORCE.parameters, name)):
            yield _number(name, value)


def _number(name: str, value: object) -> dict[str, Any]:
    tests = [whole(each) for each in NUMBERS[name]]
    return {"version": IN_FORCE.version, "parameter": name, "value": value, "tests": tests}


def _shifted(value: object) -> list[object]:
    """One unit more and one less; of several numbers, one of them at a time."""
    match value:
        case int():
            return [value - 1, value + 1]
        case tuple():
            return [
                [*value[:at], changed, *value[at + 1 :]] for at, each in enumerate(value) for changed in _shifted(each)
            ]
        case _:
            return []


def _edges() -> Iterator[dict[str, Any]]:
    for module, tests in TESTS_OF.items():
        for edge in edges(module):
            yield _edge(edge, tests)


def _edge(edge: Edge, tests: tuple[str, ...]) -> dict[str, Any]:
    return {"module": edge.module, "at": edge.at, "text": edge.text, "tests": [whole(each) for each in tests]}


def _is_read(name: str) -> bool:
    """Whether any code rests on a number of the set; one that stands there for later has nothing to be wrong."""
    sources = (*ROOT.glob("shared/src/**/*.py"), *ROOT.glob("services/*/src/**/*.py"))
    return any(re.search(rf"\.{name}\b", file.read_text("utf-8")) for file in sources)


def _source_of(where: str) -> tuple[str, str]:
    module, _, name = where.partition(".")
    return str(RULES / f"{module}.py"), name


def _defines(file: str, name: str) -> bool:
    tree = ast.parse((ROOT / Path(file)).read_text("utf-8"))
    return any(isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name == name for node in tree.body)
