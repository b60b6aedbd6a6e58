"""How often somebody tried to claim an Educator ID and did not match, whichever account they used. Private.

Without it many accounts together could try out birth dates and digits. The Educator ID itself is not kept: only its
keyed token, as in the register.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.eventlog.streams import Noun

MOST = 20
WINDOW = timedelta(hours=1)
"""More misses for one Educator ID than MOST within WINDOW have to wait."""


class ClaimTried(PrivateFact):
    """A claim of this Educator ID matched no record that is free."""

    type: Literal["ClaimTried"] = "ClaimTried"
    number: str
    """The token of the Educator ID that was entered."""
    tried_at: AwareDatetime


@dataclass(frozen=True)
class Tries:
    at: tuple[datetime, ...] = ()

    def must_wait(self, now: datetime) -> bool:
        return sum(each > now - WINDOW for each in self.at) >= MOST


def evolve(tries: Tries, fact: ClaimTried) -> Tries:
    return Tries((*tries.at, fact.tried_at)[-MOST:])


claim_tries = Noun[Tries]("claim-tries", Tries(), evolve, facts=(ClaimTried,))
