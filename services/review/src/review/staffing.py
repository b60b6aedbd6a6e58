"""The list of who at DESE is told changes."""

from pydantic import AwareDatetime

from lectern.contracts.review import StaffContactsChanged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import StaffContact
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command
from review.staff import Staff


class ChangeStaff(Command):
    """`was` is the list that `contacts` was made from."""

    was: Sealed[tuple[StaffContact, ...], Contact] | None
    contacts: Sealed[tuple[StaffContact, ...], Contact]
    now: AwareDatetime


def change_staff(state: Staff, command: ChangeStaff) -> list[StaffContactsChanged]:
    if state.contacts != command.was:
        raise Refused("The list was changed by somebody else in the meantime. Do it again.", conflict=True)
    return [StaffContactsChanged(contacts=command.contacts, changed_at=command.now)]


def with_contacts(known: tuple[StaffContact, ...], told: tuple[StaffContact, ...]) -> tuple[StaffContact, ...]:
    """The list after some were added or changed; an email stands in it once, however it is written."""
    by_email = {each.email.casefold(): each for each in (*known, *told)}
    return tuple(by_email.values())
