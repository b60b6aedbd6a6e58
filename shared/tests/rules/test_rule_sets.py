"""Rule sets are files: what is wrong in one is said by name, and each published one can be had for ever."""

import re
from importlib.resources import files

import pytest

from lectern.rules import RULES
from lectern.rules.rule_sets import read, rule_set, rule_sets

TEXT = files("lectern.rules").joinpath("sets", f"{RULES}.toml").read_text(encoding="utf-8")


def test_the_set_in_force_is_the_newest() -> None:
    assert max(rule_sets().values(), key=lambda each: each.effective_on) == rule_set(RULES)


def test_every_number_says_where_it_comes_from() -> None:
    for each in rule_sets().values():
        assert set(each.statuses) == set(type(each.parameters).model_fields)


def test_a_version_never_published_is_not_found() -> None:
    with pytest.raises(KeyError):
        rule_set("upgrade-1999-01")


WRONG = {
    "a number is missing": (r"fee_cents = .*\n", "", "fee_cents"),
    "a number nobody knows": (r"fee_cents =", "fee_cent =", "fee_cent"),
    "a number without its status": (r"value = 2500, status = .*", "value = 2500 }", "fee_cents"),
    "a negative fee": (r"value = 2500", "value = -1", "fee_cents"),
    "a criterion twice": (r'id = "UPG-PD"', 'id = "UPG-BTA"', "twice"),
    "nobody establishes it": (r'established_by = "system"', 'established_by = "nobody"', "established_by"),
    "help is missing": (r"(?m)^bring = .*\n", "", "bring"),
    "a field nobody knows": (r"effective_on", "effective", "effective"),
    "no TOML": (r"\Z", "[", "Expected|Invalid|declare"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_file_is_named(name: str) -> None:
    where, instead, words = WRONG[name]
    spoiled = re.sub(where, instead, TEXT)
    assert spoiled != TEXT

    with pytest.raises(ValueError, match=words):
        read(spoiled)
