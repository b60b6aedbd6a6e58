"""A denial is always signed by a supervisor who is not the reviewer."""

from typing import Any

import pytest
from review_given import (
    APPLICATION,
    ATTESTED,
    EDUCATOR,
    HANDED_IN,
    INES,
    NOTHING_PROPOSED,
    NOW,
    ON_RECORD,
    PRIYA,
    PROPOSAL,
    THEO,
    after,
    approval_proposed,
    approved,
    assigned,
    conduct_opened,
    denial_proposed,
    denied,
    opened,
    sealed,
    signed,
    told,
    uid,
)

from lectern.contracts.review import ApplicationDenied
from lectern.contracts.values import DenialReason
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from review.case import case
from review.deliberation import DecisionSigned, deliberation
from review.denying import Deny, deny

MINE = after(case, opened(), assigned())
PROPOSED = after(deliberation, denial_proposed())


def denying(**changed: Any) -> Deny:
    said: dict[str, Any] = {
        "application_id": APPLICATION,
        "submission": 1,
        "officer": THEO,
        "officer_is": None,
        "supervisor": True,
        "proposal_id": PROPOSAL,
        "disclosures": 0,
        "reasons": sealed("state", "ApplicationDenied.reasons"),
        "note": sealed("district", "ApplicationDenied.note"),
        "signed": sealed("state", "ApplicationDenied.signed"),
        "now": NOW,
    }
    return Deny.model_validate(said | changed)


def decide(of: Any = MINE, weighed: Any = PROPOSED, **changed: Any) -> list[Entry]:
    return deny(of, ON_RECORD, weighed, HANDED_IN, ATTESTED, denying(**changed))


def test_ends_the_case_with_reasons_and_both_names() -> None:
    signing, decision = told(decide())

    assert isinstance(signing, DecisionSigned)
    assert (signing.first, signing.second, signing.approved) == (PRIYA, THEO, False)
    assert signing.reasons == (DenialReason.EVIDENCE_NOT_RELIABLE,)
    assert isinstance(decision, ApplicationDenied)
    assert len(decision.rulings) == 6


def test_claims_the_one_decision_of_the_cycle() -> None:
    _, entry = decide()

    assert entry.claim == f"decision:{APPLICATION}:1"


def test_the_certificate_stays_as_it_is() -> None:
    assert {each.to.noun for each in decide() if each.to} == {case, deliberation}


def test_never_by_one_person() -> None:
    with pytest.raises(Refused, match="yourself"):
        decide(officer=PRIYA)
    with pytest.raises(Refused, match="no longer"):
        decide(weighed=NOTHING_PROPOSED)


def test_never_by_a_reviewer() -> None:
    with pytest.raises(NotFound):
        decide(officer=INES, supervisor=False)


def test_never_on_oneself() -> None:
    with pytest.raises(Refused, match="your own"):
        decide(officer_is=EDUCATOR)


def test_signs_exactly_what_was_read() -> None:
    with pytest.raises(Refused, match="no longer"):
        decide(proposal_id=uid(22))
    with pytest.raises(Refused, match="no longer"):
        decide(weighed=after(deliberation, conduct_opened(), approval_proposed()))


def test_the_second_person_has_read_the_explanation() -> None:
    with pytest.raises(Refused, match="explained"):
        decide(disclosures=1)
    read = after(deliberation, denial_proposed(), conduct_opened(PRIYA), conduct_opened(THEO))
    assert decide(weighed=read, disclosures=1)


def test_a_second_click_changes_nothing() -> None:
    by_two = after(deliberation, signed(PRIYA, THEO, approved=False))

    assert decide(after(case, opened(), denied()), weighed=by_two) == []


@pytest.mark.parametrize(
    ("decided", "by"), [(approved(), signed(PRIYA, THEO)), (denied(), signed(INES, uid(14), approved=False))]
)
def test_there_is_one_decision(decided: Any, by: Any) -> None:
    with pytest.raises(Refused, match="already"):
        decide(after(case, opened(), decided), weighed=after(deliberation, by))
