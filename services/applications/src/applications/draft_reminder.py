"""What an educator was told of a draft that lies: until when it is kept. Public stream, for the notices alone."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from lectern.contracts.applications import DraftExpiring
from lectern.eventlog.streams import Noun
from lectern.rules import RULES
from lectern.rules.clocks import clock_parameters

SAID: Final = clock_parameters(RULES)
"""Of the set in force. A set with other numbers is another version of the view of drafts that lie."""


@dataclass(frozen=True)
class Told:
    """The last day it is kept, as its educator was told last."""

    expires_on: date | None = None


def evolve(_: Told, fact: DraftExpiring) -> Told:
    return Told(fact.expires_on)


draft_reminder: Noun[Told] = Noun("draft-reminder", Told(), evolve, facts=(DraftExpiring,))
"""`draft-reminder/<application>`"""


def kept_until(saved_on: date) -> date:
    """The last day a draft is kept that was saved then and not since. Its educator is told in time before."""
    return saved_on + timedelta(days=SAID.draft_days)
