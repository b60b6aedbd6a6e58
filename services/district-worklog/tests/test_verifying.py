from typing import Any

import pytest
from worklog_commands import verifying
from worklog_given import (
    ALL_FIVE,
    EXTENSION,
    TEACHES_NOW,
    TERMS,
    THEIRS,
    approved,
    case_after,
    denied,
    evidence_after,
    heard,
    item_after,
    recorded,
    requested,
    returned,
    submitted,
    verified,
)

from district_worklog.evidence import DevelopmentRecord, Record
from district_worklog.verifying import verify
from lectern.contracts.district_worklog import DistrictVerified
from lectern.contracts.facts import Fact
from lectern.contracts.values import Kind, Verdict
from lectern.eventlog.errors import NotFound, Refused

WAITING = item_after(requested())
GATHERED = evidence_after(*(recorded(each) for each in ALL_FIVE))


def test_sends_it_to_dese_once_every_criterion_is_met() -> None:
    (told,) = verify(WAITING, GATHERED, case_after(), heard(), verifying())

    assert isinstance(told, DistrictVerified)
    assert told.model_copy(update={"rulings": ()}) == verified()
    assert [each.criterion for each in told.rulings] == [*TERMS.criteria]
    assert {each.verdict for each in told.rulings} == {Verdict.MET}


@pytest.mark.parametrize("missing", ALL_FIVE, ids=lambda each: each.criterion)
def test_does_not_send_while_a_criterion_is_open(missing: Record) -> None:
    records = tuple(each for each in ALL_FIVE if each != missing)
    given = evidence_after(*(recorded(each) for each in records))

    when = verifying(records)

    with pytest.raises(Refused) as refused:
        verify(WAITING, given, case_after(), heard(), when)
    assert refused.value.details["criteria"] == (missing.criterion,)


def test_does_not_send_while_hours_are_missing() -> None:
    records = (
        *(each for each in ALL_FIVE if each.criterion != "UPG-PD"),
        DevelopmentRecord(quarter_hours=119, plan_approved=True),
    )
    given = evidence_after(*(recorded(each) for each in records))

    when = verifying(records)

    with pytest.raises(Refused) as refused:
        verify(WAITING, given, case_after(), heard(), when)
    assert refused.value.details["criteria"] == ("UPG-PD",)


def test_needs_the_signature() -> None:
    with pytest.raises(Refused, match="Tick the box") as refused:
        verify(WAITING, GATHERED, case_after(), heard(), verifying(attested=False))
    assert refused.value.details["field"] == "attest"


def test_signs_only_what_the_officer_has_seen() -> None:
    given = evidence_after(*(recorded(each) for each in ALL_FIVE), recorded(DevelopmentRecord(quarter_hours=80)))

    with pytest.raises(Refused, match="while you were writing"):
        verify(WAITING, given, case_after(), heard(), verifying())


def test_a_second_click_changes_nothing() -> None:
    given = item_after(requested(), verified())

    assert verify(given, GATHERED, case_after(), heard(), verifying()) == []
    assert verify(given, GATHERED, case_after(approved()), heard(), verifying()) == []


@pytest.mark.parametrize("facts", [(), (requested(),), (requested(), verified())])
def test_another_districts_item_looks_like_none_at_all(facts: tuple[Fact, ...]) -> None:
    with pytest.raises(NotFound):
        verify(item_after(*facts), GATHERED, case_after(), heard(), verifying(district=THEIRS))


def test_what_was_returned_is_not_sent() -> None:
    with pytest.raises(Refused, match="Your district returned this application"):
        verify(item_after(requested(), returned()), GATHERED, case_after(), heard(), verifying())


def test_what_dese_has_ended_is_not_sent() -> None:
    with pytest.raises(Refused, match="DESE has decided"):
        verify(WAITING, GATHERED, case_after(denied()), heard(), verifying())


def test_evidence_for_the_handing_in_before_does_not_count() -> None:
    given = item_after(requested(), returned(), requested(submission=2))

    with pytest.raises(Refused, match="while you were writing"):
        verify(given, GATHERED, case_after(), heard(), verifying(submission=2))


def test_an_answer_to_an_older_handing_in_changes_nothing() -> None:
    given = item_after(requested(), returned(), requested(submission=2))

    assert item_after(requested(), returned(), requested(submission=2), verified(submission=1)) == given
    assert item_after(requested(), returned(), requested(submission=2), returned(submission=1)) == given


def test_an_extension_is_sent_with_one_criterion_and_its_own_attestation() -> None:
    given = evidence_after(recorded(TEACHES_NOW, terms=EXTENSION))

    (told,) = verify(
        WAITING, given, case_after(), heard(submitted(kind=Kind.EXTENSION)), verifying((TEACHES_NOW,), terms=EXTENSION)
    )

    assert isinstance(told, DistrictVerified)
    assert [(each.criterion, each.verdict) for each in told.rulings] == [("EXT-TEACHING", Verdict.MET)]
    assert told.attestation == "attestation-extension-1"


@pytest.mark.parametrize("changed", [{"since": None}, {"position": ""}, {"fte_hundredths": None}])
def test_an_extension_is_not_sent_while_the_position_is_not_complete(changed: dict[str, Any]) -> None:
    record = TEACHES_NOW.model_copy(update=changed)
    given = evidence_after(recorded(record, terms=EXTENSION))

    with pytest.raises(Refused) as refused:
        verify(
            WAITING, given, case_after(), heard(submitted(kind=Kind.EXTENSION)), verifying((record,), terms=EXTENSION)
        )

    assert refused.value.details["criteria"] == ("EXT-TEACHING",)
