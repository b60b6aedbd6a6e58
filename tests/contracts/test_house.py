import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest


def _house() -> ModuleType:
    spec = importlib.util.spec_from_file_location("house", Path(__file__).with_name("house.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["house"] = module
    spec.loader.exec_module(module)
    return module


house = _house()
VERB = "from lectern.eventlog.streams import Command\n"


def broken(source: str, where: str = "services/review/src/review/approving.py") -> list[str]:
    return [each.rule for each in house.module(source, where)]


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("import asyncpg", "pure: imports asyncpg"),
        ("from fastapi.responses import Response", "pure: imports fastapi.responses"),
        ("from lectern.web import render", "pure: imports lectern.web"),
        ("at = datetime.now(UTC)", "pure: calls datetime.now"),
        ("on = date.today()", "pure: calls date.today"),
        ("case = CaseId(new_id())", "pure: calls new_id"),
        ("text = open('file').read()", "pure: calls open"),
    ],
)
def test_a_verb_does_no_io_and_asks_no_clock(line: str, rule: str) -> None:
    assert broken(VERB + line) == [rule]


def test_an_edge_may() -> None:
    assert broken("import asyncpg\nat = datetime.now(UTC)") == []


@pytest.mark.parametrize("module", ["streams import Noun", "views import View", "streams import Command, Noun"])
def test_nouns_and_views_are_pure_too(module: str) -> None:
    assert broken(f"from lectern.eventlog.{module}\nimport httpx") == ["pure: imports httpx"]


@pytest.mark.parametrize(
    ("line", "value"),
    [
        ('q = f"select * from {table}"', "table"),
        ('q = f"  UPDATE users SET name = {form.name}"', "form.name"),
        ('q = "delete from log where id = " + id', "id"),
        ('q = "insert into log values (%s)" % value', "value"),
        ('q = "drop table {}".format(name)', "name"),
        ('q = f"alter table {names[0]} add x int"', "names[0]"),
    ],
)
def test_values_stay_out_of_sql(line: str, value: str) -> None:
    assert broken(line) == [f"sql: puts {value} into SQL text"]


@pytest.mark.parametrize(
    "line",
    [
        'q = "select * from log where id = $1"',
        'q = f"select {COLUMNS} from {self.TABLE}"',
        'q = f"create role {quoted(name)} password {_literal(secret)}"',
        'q = f"select * from {view.name}"  # sql: the name of a view in our own code',
        '# sql: a number of ours\nq = f"select * from log limit {len(rows)}"',
        "q = f\"select {', '.join(COLUMNS)} from log limit {len(rows)}\"",
        'q = f"Update your {name}, please"',
        'q = f"With {name} since {day(since)}"',
        'q = f"{name} was updated"',
    ],
)
def test_what_is_not_sql_or_is_safe_may_stand(line: str) -> None:
    assert broken(line) == []


@pytest.mark.parametrize(
    "place", ["https://registry." + "npmjs" + ".org/x", "/wo" + "rk/x", "files.python" + "hosted.org"]
)
def test_no_file_names_a_place_outside(place: str) -> None:
    assert [each.line for each in house.text(f"first\nsecond {place}\n", "lock")] == [2]


def test_the_repository_keeps_the_rules() -> None:
    assert [str(each) for each in house.house()] == []
