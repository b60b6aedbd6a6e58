"""What needs two persons is proposed by one, and sent back or signed by another."""

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
    OPEN,
    PRIYA,
    PROPOSAL,
    THEO,
    after,
    approval_proposed,
    approved,
    assigned,
    conduct_opened,
    denial_proposed,
    names,
    opened,
    requested,
    sealed,
    told,
    uid,
    verified,
)

from lectern.contracts.values import DenialReason
from lectern.eventlog.errors import NotFound, Refused
from review.case import case
from review.deliberation import DenialProposed, deliberation
from review.heard import work_item
from review.proposing import ProposeApproval, ProposeDenial, SendBack, propose_approval, propose_denial, send_back

MINE = after(case, opened(), assigned())
READ = after(deliberation, conduct_opened())
BY_PRIYA: dict[str, Any] = {
    "application_id": APPLICATION,
    "submission": 1,
    "officer": PRIYA,
    "officer_is": None,
    "now": NOW,
    "proposal_id": PROPOSAL,
}


def denial(**changed: Any) -> ProposeDenial:
    said = {
        "reasons": (DenialReason.EVIDENCE_NOT_RELIABLE,),
        "note": sealed("state", "DenialProposed.note"),
        "disclosures": 0,
    }
    return ProposeDenial.model_validate(BY_PRIYA | said | changed)


def approval(**changed: Any) -> ProposeApproval:
    return ProposeApproval.model_validate(BY_PRIYA | {"disclosures": 1} | changed)


def back(**changed: Any) -> SendBack:
    said = {"officer": THEO, "supervisor": True, "why": sealed("state", "ProposalSentBack.why")}
    return SendBack.model_validate(BY_PRIYA | said | changed)


def test_a_denial_waits_for_a_second_person() -> None:
    (proposed,) = told(propose_denial(NOTHING_PROPOSED, MINE, ON_RECORD, HANDED_IN, ATTESTED, denial()))

    assert isinstance(proposed, DenialProposed)
    assert (proposed.by, proposed.reasons) == (PRIYA, (DenialReason.EVIDENCE_NOT_RELIABLE,))


def test_whoever_proposes_has_the_case() -> None:
    assert names(propose_denial(NOTHING_PROPOSED, OPEN, ON_RECORD, HANDED_IN, ATTESTED, denial())) == [
        "ReviewAssigned",
        "DenialProposed",
    ]


def test_a_denial_has_a_reason() -> None:
    with pytest.raises(Refused) as refused:
        propose_denial(NOTHING_PROPOSED, MINE, ON_RECORD, HANDED_IN, ATTESTED, denial(reasons=()))

    assert refused.value.details["field"] == "reasons"


def test_a_second_click_proposes_once() -> None:
    waiting = after(deliberation, denial_proposed())

    assert propose_denial(waiting, MINE, ON_RECORD, HANDED_IN, ATTESTED, denial(proposal_id=uid(22))) == []


def test_two_reviewers_do_not_propose_over_each_other() -> None:
    waiting = after(deliberation, conduct_opened(INES), denial_proposed(INES))

    with pytest.raises(Refused, match="colleague"):
        propose_denial(waiting, MINE, ON_RECORD, HANDED_IN, ATTESTED, denial())
    with pytest.raises(Refused, match="denial"):
        propose_approval(waiting, MINE, ON_RECORD, HANDED_IN, ATTESTED, approval())


def test_an_approval_waits_for_a_second_person_only_with_a_new_disclosure() -> None:
    assert names(propose_approval(READ, MINE, ON_RECORD, HANDED_IN, ATTESTED, approval())) == ["ApprovalProposed"]
    with pytest.raises(Refused, match="yourself"):
        propose_approval(READ, MINE, ON_RECORD, HANDED_IN, ATTESTED, approval(disclosures=0))


def test_an_approval_is_proposed_only_with_every_criterion_met() -> None:
    item = after(work_item, requested(), verified(but=("UPG-PD",)))

    with pytest.raises(Refused, match="Professional development"):
        propose_approval(READ, MINE, ON_RECORD, HANDED_IN, item, approval())


@pytest.mark.parametrize("readers", [[], [conduct_opened(INES)], [conduct_opened(PRIYA, submission=2)]])
def test_nobody_proposes_past_a_disclosure_they_have_not_opened(readers: list[Any]) -> None:
    unread = after(deliberation, *readers)

    with pytest.raises(Refused, match="explained"):
        propose_approval(unread, MINE, ON_RECORD, HANDED_IN, ATTESTED, approval())
    with pytest.raises(Refused, match="explained"):
        propose_denial(unread, MINE, ON_RECORD, HANDED_IN, ATTESTED, denial(disclosures=2))


def test_nobody_proposes_about_themselves() -> None:
    with pytest.raises(Refused, match="your own"):
        propose_denial(NOTHING_PROPOSED, MINE, ON_RECORD, HANDED_IN, ATTESTED, denial(officer_is=EDUCATOR))


def test_nothing_is_proposed_about_a_decided_case() -> None:
    with pytest.raises(Refused, match="already"):
        propose_denial(NOTHING_PROPOSED, after(case, opened(), approved()), ON_RECORD, HANDED_IN, ATTESTED, denial())


@pytest.mark.parametrize("proposed", [denial_proposed(), approval_proposed()])
def test_a_supervisor_sends_a_proposal_back(proposed: Any) -> None:
    waiting = after(deliberation, conduct_opened(), proposed)

    assert names(send_back(waiting, MINE, back())) == ["ProposalSentBack"]


def test_a_proposal_sent_back_can_be_made_again() -> None:
    sent_back = after(deliberation, denial_proposed(), *send_back(after(deliberation, denial_proposed()), MINE, back()))

    assert names(propose_denial(sent_back, MINE, ON_RECORD, HANDED_IN, ATTESTED, denial())) == ["DenialProposed"]


def test_only_another_supervisor_sends_it_back() -> None:
    waiting = after(deliberation, denial_proposed())

    with pytest.raises(NotFound):
        send_back(waiting, MINE, back(officer=INES, supervisor=False))
    with pytest.raises(Refused, match="yourself"):
        send_back(waiting, MINE, back(officer=PRIYA))


def test_a_proposal_that_is_no_longer_open_is_not_sent_back() -> None:
    with pytest.raises(Refused, match="no longer"):
        send_back(after(deliberation, denial_proposed()), MINE, back(proposal_id=uid(22)))
    with pytest.raises(Refused, match="no longer"):
        send_back(NOTHING_PROPOSED, MINE, back())
