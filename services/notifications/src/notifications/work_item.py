"""An application at a district, as this service hears it: who opened it."""

from dataclasses import dataclass

from lectern.contracts.district_worklog import VerificationClaimed
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import Signature
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Unopened: ...


@dataclass(frozen=True)
class Opened:
    by: Sealed[Signature, Contact]
    submission: int


def evolve(_: Unopened | Opened, fact: VerificationClaimed) -> Unopened | Opened:
    return Opened(fact.signature, fact.submission)


work_item: Noun[Unopened | Opened] = Noun(
    "work-item", Unopened(), evolve, facts=(VerificationClaimed,), source="district-worklog"
)
