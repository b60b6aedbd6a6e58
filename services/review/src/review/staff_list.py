"""DESE's people by id, sealed: pages show names where facts have ids."""

from dataclasses import dataclass
from pathlib import Path

from lectern.contracts.review import StaffContactsChanged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import StaffContact
from lectern.eventlog.views import View
from review.staff import DESE


@dataclass(frozen=True)
class StaffRow:
    office: str
    contacts: Sealed[tuple[StaffContact, ...], Contact]


def fold(_: StaffRow | None, fact: StaffContactsChanged) -> StaffRow:
    return StaffRow(DESE, fact.contacts)


staff_list = View(
    name="staff_list",
    version=1,
    row=StaffRow,
    key=lambda _: DESE,
    fold=fold,
    facts=(StaffContactsChanged,),
    sql=Path(__file__).with_suffix(".sql"),
)
