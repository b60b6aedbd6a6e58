"""Who is told about certification at a district. The list is sealed, so what it becomes is worked out at the edge."""

from collections.abc import Iterable
from typing import assert_never

from pydantic import AwareDatetime

from district_worklog.district import Closed, Contacts, District, DistrictFact, Listed, Unlisted
from lectern.contracts.district_worklog import DistrictContactsChanged
from lectern.contracts.values import DistrictCode, StaffContact
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command


class ChangeContacts(Command):
    """`was` is the list that the new one was made from; with another one in between, nothing is lost silently."""

    district: DistrictCode
    was: Contacts | None
    contacts: Contacts
    now: AwareDatetime


def change_contacts(state: District, command: ChangeContacts) -> list[DistrictFact]:
    match state:
        case Unlisted():
            raise Refused(f"No district has the code {command.district}.", field="district_code")
        case Closed():
            raise Refused(f"The district {command.district} is closed.", field="district_code")
        case Listed(contacts=was) if was != command.was:
            raise Refused("The contacts were changed by somebody else in the meantime. Do it again.", conflict=True)
        case Listed():
            return [
                DistrictContactsChanged(district=command.district, contacts=command.contacts, changed_at=command.now)
            ]
        case _:
            assert_never(state)


def with_contacts(known: Iterable[StaffContact], told: Iterable[StaffContact]) -> tuple[StaffContact, ...]:
    """The list after some were added or changed; an email stands in it once, whoever wrote it in capitals."""
    by_email = {each.email.casefold(): each for each in known}
    by_email |= {each.email.casefold(): each for each in told}
    return tuple(by_email.values())
