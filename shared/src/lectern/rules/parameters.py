"""The rule set in force, and its numbers under the names that rules and pages use."""

from collections.abc import Mapping
from typing import Final

from lectern.rules.rule_sets import Parameters, rule_set
from lectern.rules.wording import Status

RULES: Final = "missouri-2026-11"
"""The version of the rule set under which applications are submitted now."""

IN_FORCE: Final = rule_set(RULES)
UPGRADE: Final[Parameters] = IN_FORCE.parameters
STATUS: Final[Mapping[str, Status]] = IN_FORCE.statuses
"""Where each parameter comes from: given by the instructions, or unverified until the state confirms it."""
