"""Personal information can be changed at any time, and not from a stale page."""

import pytest
from applications_given import JORDAN, NOW, after, registered, registered_facts, sealed, told

from applications.educator import Unregistered, educator
from applications.informing import ChangePersonalInformation, Stale, change_personal
from lectern.eventlog.errors import NotFound


def change(seen: int | None) -> ChangePersonalInformation:
    contact = sealed("PersonalInformationChanged.contact")
    return ChangePersonalInformation(educator_id=JORDAN, contact=contact, seen=seen, now=NOW)


def test_a_change_is_told_to_everybody() -> None:
    assert told(change_personal(registered(), change(seen=1))) == ["PersonalInformationChanged"]


def test_a_change_made_elsewhere_is_noticed() -> None:
    given = after(educator, *registered_facts(), *change_personal(registered(), change(seen=1)))

    with pytest.raises(Stale):
        change_personal(given, change(seen=1))


def test_without_a_claimed_record_there_is_nothing_to_change() -> None:
    with pytest.raises(NotFound):
        change_personal(Unregistered(), change(seen=None))
