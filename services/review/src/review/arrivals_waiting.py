"""Arrivals that wait for a person of the register; one row each, until somebody settles it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import assert_never

from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import OfficerId
from lectern.eventlog.views import View
from review.arrival import ArrivalId, ArrivalKept, ArrivalMatched, ArrivalSetAside, ArrivalsFact, Said, What


@dataclass(frozen=True)
class WaitingRow:
    arrival_id: ArrivalId
    what: What
    said: Sealed[Said, State]
    by: OfficerId
    at: datetime


def fold(_: WaitingRow | None, fact: ArrivalsFact) -> WaitingRow | None:
    match fact:
        case ArrivalKept():
            return WaitingRow(fact.arrival_id, fact.what, fact.said, fact.by, fact.at)
        case ArrivalMatched() | ArrivalSetAside():
            return None
        case _:
            assert_never(fact)


arrivals_waiting = View(
    name="arrivals_waiting",
    version=1,
    row=WaitingRow,
    key=lambda fact: fact.arrival_id,
    fold=fold,
    facts=(ArrivalKept, ArrivalMatched, ArrivalSetAside),
    sql=Path(__file__).with_suffix(".sql"),
)
