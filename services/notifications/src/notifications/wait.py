"""Who was reminded that an application waits for them. Private."""

from dataclasses import dataclass
from typing import Literal

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, NoticeId, PersonId
from lectern.eventlog.streams import Noun


class WaitReminded(PrivateFact):
    """Somebody who has an application was reminded of it."""

    type: Literal["WaitReminded"] = "WaitReminded"
    application_id: ApplicationId
    educator_id: PersonId
    occasion: str
    """Which reminder, of whom: each comes once."""
    notice_id: NoticeId
    reminded_at: AwareDatetime


@dataclass(frozen=True)
class Reminders:
    given: frozenset[str] = frozenset()


def evolve(state: Reminders, fact: WaitReminded) -> Reminders:
    return Reminders(state.given | {fact.occasion})


wait: Noun[Reminders] = Noun("wait", Reminders(), evolve, facts=(WaitReminded,))
"""`wait/<application>`"""
