"""Who at DESE is told about applications: one list, `staff/dese`. Public stream, its contents sealed."""

from dataclasses import dataclass
from typing import Final

from lectern.contracts.review import StaffContactsChanged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import StaffContact
from lectern.eventlog.streams import Noun

DESE: Final = "dese"


@dataclass(frozen=True)
class Staff:
    contacts: Sealed[tuple[StaffContact, ...], Contact] | None = None


def evolve(_: Staff, fact: StaffContactsChanged) -> Staff:
    return Staff(fact.contacts)


staff = Noun[Staff]("staff", Staff(), evolve, facts=(StaffContactsChanged,))
