import pytest
from worklog_commands import returning
from worklog_given import (
    THEIRS,
    case_after,
    denied,
    heard,
    item_after,
    requested,
    returned,
    submitted,
    verified,
)

from district_worklog.returning import REASONS, return_to_educator
from lectern.contracts.values import Kind, ReturnReason
from lectern.eventlog.errors import NotFound, Refused


def test_goes_back_to_the_educator_with_its_reasons() -> None:
    given = item_after(requested())

    when = returning(ReturnReason.HOURS_MISSING)

    assert return_to_educator(given, case_after(), heard(), when) == [returned()]


def test_reasons_stand_once_and_in_one_order() -> None:
    when = returning(ReturnReason.BTA_UNCLEAR, ReturnReason.YEARS_UNCLEAR, ReturnReason.BTA_UNCLEAR)

    (told,) = return_to_educator(item_after(requested()), case_after(), heard(), when)

    assert told.reasons == (ReturnReason.YEARS_UNCLEAR, ReturnReason.BTA_UNCLEAR)


def test_needs_a_reason() -> None:
    with pytest.raises(Refused, match="at least one reason") as refused:
        return_to_educator(item_after(requested()), case_after(), heard(), returning())
    assert refused.value.details["field"] == "reasons"


def test_something_else_is_said_in_words() -> None:
    when = returning(ReturnReason.OTHER, note="")

    with pytest.raises(Refused, match="Say in the note") as refused:
        return_to_educator(item_after(requested()), case_after(), heard(), when)
    assert refused.value.details["field"] == "note"


def test_whoever_returns_it_second_is_told() -> None:
    given = item_after(requested(), returned())

    with pytest.raises(Refused, match="Your district returned") as refused:
        return_to_educator(given, case_after(), heard(), returning(ReturnReason.YEARS_UNCLEAR))
    assert refused.value.details["conflict"] == "returned"


def test_another_districts_item_looks_like_none_at_all() -> None:
    when = returning(ReturnReason.HOURS_MISSING, district=THEIRS)

    with pytest.raises(NotFound):
        return_to_educator(item_after(requested()), case_after(), heard(), when)


def test_what_was_sent_to_dese_does_not_come_back() -> None:
    with pytest.raises(Refused, match="already sent to DESE"):
        return_to_educator(
            item_after(requested(), verified()), case_after(), heard(), returning(ReturnReason.HOURS_MISSING)
        )


def test_what_dese_has_ended_does_not_come_back() -> None:
    with pytest.raises(Refused, match="DESE has decided"):
        return_to_educator(
            item_after(requested()), case_after(denied()), heard(), returning(ReturnReason.HOURS_MISSING)
        )


def test_every_reason_has_its_words() -> None:
    assert {*REASONS} == {*ReturnReason}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(Kind.EXTENSION, ReturnReason.HOURS_MISSING), (Kind.UPGRADE, ReturnReason.EMPLOYMENT_UNCLEAR)],
)
def test_only_for_what_its_kind_is_asked_about(kind: Kind, reason: ReturnReason) -> None:
    with pytest.raises(Refused, match="can be returned for") as refused:
        return_to_educator(item_after(requested()), case_after(), heard(submitted(kind=kind)), returning(reason))
    assert refused.value.details["field"] == "reasons"


def test_an_extension_goes_back_about_the_position() -> None:
    when = returning(ReturnReason.EMPLOYMENT_UNCLEAR)

    (told,) = return_to_educator(item_after(requested()), case_after(), heard(submitted(kind=Kind.EXTENSION)), when)

    assert told.reasons == (ReturnReason.EMPLOYMENT_UNCLEAR,)
