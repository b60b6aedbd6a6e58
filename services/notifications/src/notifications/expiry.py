"""The reminders of a person's certificates that come to an end: which were given, and which is the next. Private."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final, Literal, TypeAlias

from pydantic import AwareDatetime

from lectern.contracts.days import end_of
from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import CertificateId, NoticeId, PersonId
from lectern.eventlog.streams import Noun

STEPS: Final = (180, 90, 60, 30)
"""So many days before the last one an educator is told. Our default until the state confirms it: unverified.

They stand in code because the rows that fall due are folded by them: other steps are a new version of that view.
"""
Ending: TypeAlias = tuple[CertificateId, date]
"""A certificate and a last day it has or had."""


class ExpiryReminded(PrivateFact):
    """A step before a certificate's last day has come. Steps before it that were not given are not made up for."""

    type: Literal["ExpiryReminded"] = "ExpiryReminded"
    person_id: PersonId
    certificate_id: CertificateId
    expires_on: date
    days: int
    """Which step; 0 where the last day was over already."""
    notice_id: NoticeId | None
    """None: there was nothing left to remind of."""
    reminded_at: AwareDatetime


@dataclass(frozen=True)
class Reminders:
    """The last step given of each ending."""

    given: Mapping[Ending, int] = field(default_factory=dict)


def evolve(state: Reminders, fact: ExpiryReminded) -> Reminders:
    return Reminders({**state.given, (fact.certificate_id, fact.expires_on): fact.days})


expiry: Noun[Reminders] = Noun("expiry", Reminders(), evolve, facts=(ExpiryReminded,))
"""`expiry/<person>`"""


def next_step(expires_on: date, given: int | None) -> datetime | None:
    """The instant of the next step after the one that was given: its day begins. None after the last step."""
    for days in STEPS:
        if given is None or days < given:
            return end_of(expires_on - timedelta(days=days + 1))
    return None


def step_on(expires_on: date, today: date) -> int | None:
    """The step nearest to the last day that has come by `today`; 0 when that day is over, None before the first."""
    left = (expires_on - today).days
    return 0 if left < 0 else min((days for days in STEPS if left <= days), default=None)
