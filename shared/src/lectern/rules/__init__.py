"""What an application must show, and what its approval does.

Pure and versioned. A rule set is data (`sets/`, read by `rule_sets`): for each kind of application its criteria with
their words, its steps and purposes, and every number somebody may change. An application keeps the version it was
submitted under. `judging` evaluates facts to rulings, `effects` says what becomes of the certificate.
"""

from lectern.rules.parameters import IN_FORCE, RULES, UPGRADE
from lectern.rules.rule_sets import Parameters, RuleSet, rule_set

__all__ = ["IN_FORCE", "RULES", "UPGRADE", "Parameters", "RuleSet", "rule_set"]
