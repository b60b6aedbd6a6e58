"""The list of who is told is changed as a whole, from what it was."""

import pytest
from review_given import NOW, PRIYA, after, sealed

from lectern.contracts.review import StaffContactsChanged
from lectern.contracts.values import OfficerId, StaffContact
from lectern.eventlog.errors import Refused
from review.staff import staff
from review.staffing import ChangeStaff, change_staff, with_contacts

FIRST, SECOND = (sealed("contact", "StaffContactsChanged.contacts", n) for n in (1, 2))


def contact(email: str, name: str = "Priya Raman") -> StaffContact:
    return StaffContact(officer_id=OfficerId(PRIYA), name=name, email=email, role="reviewer")


def test_the_first_list() -> None:
    changed = StaffContactsChanged(contacts=FIRST, changed_at=NOW)

    assert change_staff(after(staff), ChangeStaff(was=None, contacts=FIRST, now=NOW)) == [changed]


def test_two_changes_at_once_do_not_lose_one() -> None:
    listed = after(staff, StaffContactsChanged(contacts=SECOND, changed_at=NOW))

    with pytest.raises(Refused) as refused:
        change_staff(listed, ChangeStaff(was=FIRST, contacts=FIRST, now=NOW))

    assert refused.value.details["conflict"]


def test_an_email_stands_in_the_list_once() -> None:
    known = (contact("priya@dese.example"),)

    assert with_contacts(known, (contact("Priya@dese.example", "Priya R. Raman"), contact("theo@dese.example"))) == (
        contact("Priya@dese.example", "Priya R. Raman"),
        contact("theo@dese.example"),
    )
