"""Rule sets are files: what is wrong in one is said by name, and each published one can be had for ever."""

import re
from importlib.resources import files

import pytest

from lectern.contracts.values import Kind, Route, Task
from lectern.rules import RULES
from lectern.rules.judging import RULE_OF
from lectern.rules.rule_sets import Parameters, read, rule_set, rule_sets
from lectern.rules.wording import ATTESTATIONS

TEXT = files("lectern.rules").joinpath("sets", f"{RULES}.toml").read_text(encoding="utf-8")


def test_the_set_in_force_is_the_newest() -> None:
    assert max(rule_sets().values(), key=lambda each: each.effective_on) == rule_set(RULES)


def test_every_number_says_where_it_comes_from() -> None:
    assert set(rule_set(RULES).statuses) == set(Parameters.model_fields)
    for each in rule_sets().values():
        assert set(each.statuses) == set(each.parameters.model_fields_set)


def test_the_first_set_knows_upgrades_only_and_says_the_same_of_them() -> None:
    first, now = rule_set("upgrade-2026-11"), rule_set(RULES)

    assert set(first.kinds) == {Kind.UPGRADE}
    assert first.of(Kind.UPGRADE) == now.of(Kind.UPGRADE)


def test_every_criterion_has_a_rule_and_every_kind_its_wordings() -> None:
    for each in rule_sets().values():
        for kind in each.kinds.values():
            assert {criterion.id for criterion in kind.criteria} <= set(RULE_OF)
            assert kind.attestation in ATTESTATIONS


def test_an_extension_is_not_paid_for() -> None:
    first = rule_set("upgrade-2026-11").of(Kind.UPGRADE).steps

    assert rule_set(RULES).of(Kind.EXTENSION).steps == tuple(each for each in first if each is not Task.PAYMENT)


def test_a_route_has_its_own_steps_and_none_is_paid_for() -> None:
    asks = rule_set(RULES).of(Kind.REACTIVATION)
    course, employment = asks.by(Route.COURSE).steps, asks.by(Route.EMPLOYMENT).steps

    assert set(course) - set(employment) == {Task.COURSE}
    assert set(employment) - set(course) == {Task.DISTRICT}
    assert set(asks.steps) == set(course) & set(employment)
    assert Task.PAYMENT not in {*course, *employment}


def test_a_kind_that_a_set_does_not_have_is_not_found() -> None:
    with pytest.raises(KeyError):
        rule_set("upgrade-2026-11").of(Kind.EXTENSION)


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
    "an extension without its window": (r"late_months = .*\n", "", "late_months"),
    "a reactivation without its years": (r"reactivation_years = .*\n", "", "reactivation_years"),
    "a route nobody takes": (r'routes = \["course"\]', 'routes = ["walk"]', "routes"),
    "a purpose that is no route": (r'(?m)^route = "course"\n', "", "route"),
    "a step nobody knows": (r'"conduct", "purpose"', '"conduct", "wish"', "steps"),
    "no purpose": (r"(?ms)^\[\[kinds.extension.purposes.*?(?=^\[\[kinds.extension.criteria)", "", "purposes"),
    "no TOML": (r"\Z", "[", "Expected|Invalid|declare"),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_wrong_in_a_file_is_named(name: str) -> None:
    where, instead, words = WRONG[name]
    spoiled = re.sub(where, instead, TEXT)
    assert spoiled != TEXT

    with pytest.raises(ValueError, match=words):
        read(spoiled)
