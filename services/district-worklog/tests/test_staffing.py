from datetime import date
from uuid import UUID

import pytest
from worklog_given import NOW, OURS, given, sealed

from district_worklog.district import Contacts, district
from district_worklog.staffing import ChangeContacts, change_contacts, with_contacts
from lectern.contracts.district_worklog import DistrictClosed, DistrictContactsChanged, DistrictListed
from lectern.contracts.values import OfficerId, StaffContact
from lectern.eventlog.errors import Refused

LISTED = DistrictListed(district=OURS, name="INDEPENDENCE 30", county="Jackson", listed_at=NOW)
CLOSED = DistrictClosed(district=OURS, closed_on=date(2026, 12, 31), closed_at=NOW)


def contacts(what: str = "AAAA") -> Contacts:
    return sealed("DistrictContactsChanged.contacts", subject=OURS, what=what)


CHANGED = DistrictContactsChanged(district=OURS, contacts=contacts(), changed_at=NOW)


def changing(was: Contacts | None = None) -> ChangeContacts:
    return ChangeContacts(district=OURS, was=was, contacts=contacts(), now=NOW)


def test_says_who_is_told() -> None:
    assert change_contacts(given(district, LISTED), changing()) == [CHANGED]


def test_does_not_lose_a_change_in_between() -> None:
    with pytest.raises(Refused, match="changed by somebody else"):
        change_contacts(given(district, LISTED, CHANGED), changing())

    assert change_contacts(given(district, LISTED, CHANGED), changing(was=contacts()))


def test_an_unknown_district_has_no_staff() -> None:
    with pytest.raises(Refused, match="No district has the code 048-077"):
        change_contacts(given(district), changing())


def test_a_closed_district_gets_no_staff() -> None:
    with pytest.raises(Refused, match="is closed"):
        change_contacts(given(district, LISTED, CLOSED), changing())


def test_an_email_stands_in_the_list_once() -> None:
    dana = StaffContact(officer_id=OfficerId(UUID(int=1)), name="Dana", email="dana@i30.test", role="verifier")
    later = dana.model_copy(update={"name": "Dana Whitfield", "email": "Dana@I30.test"})
    luis = StaffContact(officer_id=OfficerId(UUID(int=2)), name="Luis", email="luis@i30.test", role="verifier")

    assert with_contacts([dana], [luis, later]) == (later, luis)
    assert with_contacts([], []) == ()
