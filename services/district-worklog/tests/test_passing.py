"""A district knows which other one employs the educator, and passes the application on."""

from datetime import timedelta
from typing import Any

import pytest
from worklog_commands import claiming
from worklog_given import (
    APPLICATION,
    DANA,
    NOW,
    OURS,
    THEIRS,
    TODAY,
    approved,
    case_after,
    declined,
    employer_changed,
    given,
    heard,
    item_after,
    passed_on,
    reopened,
    requested,
    returned,
    sealed,
    submitted,
    verified,
    withdrawn,
)

from district_worklog.case_page import case_page
from district_worklog.claiming import claim
from district_worklog.district import district
from district_worklog.leaving import Here, ItemLeft, move, when_employer_changed
from district_worklog.passing import PassOn, pass_on
from district_worklog.verifications_due import verifications_due
from district_worklog.work_item import Waiting
from district_worklog.work_log import End, Stage, work_log
from lectern.contracts.district_worklog import DistrictClosed, DistrictListed
from lectern.contracts.facts import Fact
from lectern.contracts.values import EmployerChange
from lectern.eventlog.errors import NotFound, Refused

LISTED = DistrictListed(district=THEIRS, name="KANSAS CITY 33", county="JACKSON", listed_at=NOW)


def passing(*item: Fact, case: Any = None, place: tuple[Fact, ...] = (LISTED,), **said: Any) -> list[Any]:
    about: dict[str, Any] = {
        "application_id": APPLICATION, "district": OURS, "submission": 1, "officer": DANA, "now": NOW, "to": THEIRS,
    }  # fmt: skip
    command = PassOn(**{**about, **said}, today=TODAY, signature=sealed("VerificationReassigned.signature"))
    return pass_on(item_after(*item), case or case_after(), given(district, *place), command)


def test_goes_to_the_district_that_is_named() -> None:
    assert passing(requested()) == [passed_on()]


def test_not_to_itself_nor_to_one_that_verifies_nothing() -> None:
    shut = DistrictClosed(district=THEIRS, closed_on=TODAY, closed_at=NOW)
    later = shut.model_copy(update={"closed_on": TODAY + timedelta(days=1)})
    for place, to, words in (
        ((LISTED,), OURS, "with your district already"),
        ((), THEIRS, "isn’t on the state’s list"),
        ((LISTED, shut), THEIRS, "isn’t on the state’s list"),
    ):
        with pytest.raises(Refused, match=words) as refused:
            passing(requested(), place=place, to=to)
        assert refused.value.details["field"] == "district"
    assert passing(requested(), place=(LISTED, later)) == [passed_on()]


def test_what_dese_asked_about_is_answered() -> None:
    with pytest.raises(Refused, match="Answer that"):
        passing(requested(), verified(), reopened())


@pytest.mark.parametrize(
    ("item", "case", "words"),
    [
        ((requested(), returned()), case_after(), "returned this application"),
        ((requested(), verified()), case_after(), "already sent to DESE"),
        ((requested(), declined()), case_after(), "declined this application"),
        ((requested(), passed_on()), case_after(), "passed this application on"),
        ((requested(),), case_after(approved()), "DESE has decided"),
        ((requested(),), case_after(withdrawn()), "withdrew this application"),
    ],
)
def test_what_is_elsewhere_is_not_passed_on(item: tuple[Fact, ...], case: Any, words: str) -> None:
    with pytest.raises(Refused, match=words) as refused:
        passing(*item, case=case)
    assert "conflict" in refused.value.details


def test_another_districts_item_looks_like_none_at_all() -> None:
    with pytest.raises(NotFound):
        passing(requested(), district=THEIRS, to=OURS)


def test_nobody_works_on_what_was_passed_on() -> None:
    with pytest.raises(Refused, match="passed this application on") as refused:
        claim(item_after(requested(), passed_on()), case_after(), claiming())
    assert refused.value.details["conflict"] == "passed-on"


def test_the_next_one_has_it_and_the_first_one_keeps_where_it_went() -> None:
    moved = employer_changed(why=EmployerChange.PASSED_ON)
    (asking,) = when_employer_changed(moved)
    item = item_after(requested(), passed_on())

    facts = [each.fact for each in move(item, heard(), given(district, LISTED), Here(), asking.command)]

    left = facts[-1]
    assert isinstance(left, ItemLeft)
    assert (left.district, left.to, left.why, left.declined) == (OURS, THEIRS, EmployerChange.PASSED_ON, None)
    after = item_after(requested(), passed_on(), facts[0])
    assert isinstance(after, Waiting)
    assert (after.district, after.submission) == (THEIRS, 2)


def test_its_views_say_that_it_left() -> None:
    rows: dict[str, Any] = {}
    for view in (work_log, case_page, verifications_due):
        for fact in (submitted(), requested(), passed_on()):
            if isinstance(fact, view.facts):
                rows[view.name] = view.fold(rows.get(view.name), fact)

    assert (rows["work_log"].stage, rows["work_log"].closed_as) == (Stage.CLOSED, End.LEFT)
    assert rows["case_page"].history[-1].what == "passed-on"
    assert not rows["verifications_due"].waits
