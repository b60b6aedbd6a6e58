from datetime import date

import pytest
from worklog_given import NOW, OURS, given, sealed

from district_worklog.district import Listed, district
from district_worklog.listing import CloseDistrict, ListDistrict, close_district, list_district
from lectern.contracts.district_worklog import DistrictChanged, DistrictClosed, DistrictContactsChanged, DistrictListed
from lectern.eventlog.errors import NotFound, Refused

LISTED = DistrictListed(district=OURS, name="INDEPENDENCE 30", county="Jackson", listed_at=NOW)
RENAMED = DistrictChanged(district=OURS, name="INDEPENDENCE 31", county="Jackson", changed_at=NOW)
CLOSED = DistrictClosed(district=OURS, closed_on=date(2026, 12, 31), closed_at=NOW)
CONTACTS = DistrictContactsChanged(
    district=OURS, contacts=sealed("DistrictContactsChanged.contacts", subject=OURS), changed_at=NOW
)


def row(name: str = "INDEPENDENCE 30", county: str = "Jackson") -> ListDistrict:
    return ListDistrict(district=OURS, name=name, county=county, now=NOW)


def test_lists_a_new_district() -> None:
    assert list_district(given(district), row()) == [LISTED]


def test_the_same_row_again_changes_nothing() -> None:
    assert list_district(given(district, LISTED), row()) == []


def test_another_name_or_county_is_a_change() -> None:
    assert list_district(given(district, LISTED), row(name="INDEPENDENCE 31")) == [RENAMED]
    assert list_district(given(district, LISTED, RENAMED), row(name=" INDEPENDENCE 31 ")) == []


def test_a_closed_district_is_not_listed_again_by_a_row() -> None:
    with pytest.raises(Refused, match="closed from 2026-12-31"):
        list_district(given(district, LISTED, CLOSED), row())


def test_closes_a_district() -> None:
    when = CloseDistrict(district=OURS, closed_on=date(2026, 12, 31), now=NOW)

    assert close_district(given(district, LISTED), when) == [CLOSED]
    assert close_district(given(district, LISTED, CLOSED), when) == []
    with pytest.raises(NotFound):
        close_district(given(district), when)


def test_a_change_of_name_keeps_the_contacts() -> None:
    after = given(district, LISTED, CONTACTS, RENAMED)

    assert after == Listed("INDEPENDENCE 31", "Jackson", CONTACTS.contacts)
