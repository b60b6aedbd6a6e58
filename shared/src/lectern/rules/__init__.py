"""The rules of the Upgrade path: what an Initial Professional Certificate must show to become a career certificate.

Pure and versioned: `RULES` names this set, and an application keeps the version it was submitted under. Start with
`criteria` (the table), `upgrade` (their evaluation to rulings) and `parameters` (every number somebody may change).
"""

from lectern.rules.parameters import RULES, UPGRADE, Parameters

__all__ = ["RULES", "UPGRADE", "Parameters"]
