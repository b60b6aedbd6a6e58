"""The rules of the Upgrade path: what an Initial Professional Certificate must show to become a career certificate.

Pure and versioned. A rule set is data (`sets/`, read by `rule_sets`): criteria with their words, and every number
somebody may change; an application keeps the version it was submitted under. `upgrade` evaluates facts to rulings.
"""

from lectern.rules.parameters import RULES, UPGRADE
from lectern.rules.rule_sets import Parameters

__all__ = ["RULES", "UPGRADE", "Parameters"]
