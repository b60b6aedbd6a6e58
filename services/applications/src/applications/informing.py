"""An educator changes name, email or phone."""

from typing import Final

from pydantic import AwareDatetime

from applications.educator import Educator, Registered, Unregistered
from lectern.contracts.applications import PersonalInformationChanged
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ContactDetails, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command

CHANGED_ELSEWHERE: Final = (
    "This page was changed in another window after you opened it. What is saved now stands below, beside what you "
    "entered. Save again to replace it."
)


class Stale(Refused):
    """The form was made from an older state than the one that is saved now."""

    def __init__(self) -> None:
        super().__init__(CHANGED_ELSEWHERE)


class ChangePersonalInformation(Command):
    educator_id: PersonId
    contact: Sealed[ContactDetails, Contact]
    seen: int | None
    """The revision the form was made from; None: whatever it is."""
    now: AwareDatetime


def change_personal(educator: Educator, command: ChangePersonalInformation) -> list[PersonalInformationChanged]:
    match educator:
        case Unregistered():
            raise NotFound("no such educator")
        case Registered():
            if command.seen not in (None, educator.revision):
                raise Stale
            return [
                PersonalInformationChanged(
                    educator_id=command.educator_id, contact=command.contact, changed_at=command.now
                )
            ]
