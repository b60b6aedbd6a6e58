"""A denial is looked at again because its educator asks for it: a new cycle, decided once, by others than before."""

from typing import Any

import pytest
from review_given import (
    APPLICATION,
    ATTESTED,
    EDUCATOR,
    HANDED_IN,
    INES,
    NOW,
    ON_RECORD,
    OPEN,
    PRIYA,
    PROPOSAL,
    THEO,
    TODAY,
    after,
    approved,
    asked,
    closed,
    denial_proposed,
    denied,
    opened,
    sealed,
    signed,
    submitted,
    told,
    uid,
)

from lectern.contracts.applications import ReconsiderationRequested
from lectern.contracts.review import ApplicationApproved, ApplicationDenied, ReconsiderationOpened
from lectern.contracts.values import DenialReason
from lectern.eventlog.errors import NotYet, Refused
from lectern.eventlog.streams import Entry
from review.answers_due import answers_due
from review.approving import Approve, approve
from review.assigning import StartReview, start_review
from review.case import Case, Undecided, case
from review.case_history import What, case_history
from review.case_page import Outcome, case_page
from review.deliberation import DecisionSigned, deliberation
from review.denying import Deny, deny
from review.heard import application
from review.proposing import ProposeDenial, SendBack, propose_denial, send_back
from review.reconsidering import OpenReconsideration, open_reconsideration, when_requested
from review.review_queue import Stage, review_queue

ADA = uid(14)
ASKED_AGAIN = ReconsiderationRequested(
    application_id=APPLICATION,
    educator_id=EDUCATOR,
    submission=1,
    cycle=1,
    why=sealed("state", "ReconsiderationRequested.why"),
    requested_at=NOW,
)


def opening(**changed: Any) -> OpenReconsideration:
    (reaction,) = when_requested(ASKED_AGAIN)
    assert isinstance(reaction.command, OpenReconsideration)
    return reaction.command.model_copy(update=changed)


def opened_again(cycle: int = 2) -> ReconsiderationOpened:
    return ReconsiderationOpened(
        application_id=APPLICATION,
        educator_id=EDUCATOR,
        submission=1,
        cycle=cycle,
        kind=submitted().kind,
        district=submitted().district,
        opened_at=NOW,
    )


DENIED = after(case, opened(), denied())
AGAIN = after(case, opened(), denied(), opened_again())
BEFORE = after(deliberation, denial_proposed(), signed(PRIYA, THEO, approved=False))
WHO: dict[str, Any] = {"application_id": APPLICATION, "submission": 1, "officer_is": None, "now": NOW}


def proposing(officer: Any = INES, **more: Any) -> ProposeDenial:
    said = {
        **WHO, "officer": officer, "proposal_id": PROPOSAL, "disclosures": 0, "reasons": (DenialReason.OTHER,),
        "note": sealed("state", "DenialProposed.note"),
    }  # fmt: skip
    return ProposeDenial.model_validate(said | more)


def approving(officer: Any = INES, **more: Any) -> Approve:
    said = {
        **WHO, "officer": officer, "supervisor": False, "disclosures": 0, "approved_on": TODAY,
        "signed": sealed("state", "ApplicationApproved.signed"),
    }  # fmt: skip
    return Approve.model_validate(said | more)


def denying(officer: Any = ADA, **more: Any) -> Deny:
    said = {
        **WHO, "officer": officer, "supervisor": True, "proposal_id": PROPOSAL, "disclosures": 0,
        "reasons": sealed("state", "ApplicationDenied.reasons"),
        "note": sealed("district", "ApplicationDenied.note"), "signed": sealed("state", "ApplicationDenied.signed"),
    }  # fmt: skip
    return Deny.model_validate(said | more)


def test_a_denial_is_opened_again_in_the_next_cycle() -> None:
    (entry,) = open_reconsideration(DENIED, HANDED_IN, opening())

    assert entry == Entry(opened_again(), claim=f"reconsideration:{APPLICATION}:1")
    assert isinstance(AGAIN, Undecided)
    assert (AGAIN.cycle, AGAIN.reviewer, AGAIN.district) == (2, None, "048-077")


@pytest.mark.parametrize(
    "state",
    [OPEN, AGAIN, after(case, opened(), approved()), after(case, opened(), closed())],
    ids=lambda s: repr(s)[:9],
)
def test_nothing_else_is_opened_by_it(state: Case) -> None:
    assert open_reconsideration(state, HANDED_IN, opening()) == []


def test_a_request_about_an_older_denial_opens_nothing() -> None:
    denied_again = denied().model_copy(update={"cycle": 2})

    assert (
        open_reconsideration(after(case, opened(), denied(), opened_again(), denied_again), HANDED_IN, opening()) == []
    )


def test_it_waits_for_the_case_and_the_application() -> None:
    with pytest.raises(NotYet):
        open_reconsideration(after(case), HANDED_IN, opening())
    with pytest.raises(NotYet):
        open_reconsideration(DENIED, after(application), opening())


def test_somebody_else_approves_and_claims_the_decision_of_this_cycle() -> None:
    entries = approve(AGAIN, ON_RECORD, BEFORE, HANDED_IN, ATTESTED, approving())

    decision = next(each for each in entries if isinstance(each.fact, ApplicationApproved))
    assert decision.claim == f"decision:{APPLICATION}:2"
    assert decision.fact.cycle == 2  # type: ignore[attr-defined]
    changed = next(each.fact for each in entries if each.fact.type == "CertificateUpgraded")
    assert changed.cycle == 2  # type: ignore[attr-defined]


@pytest.mark.parametrize("officer", [PRIYA, THEO])
def test_who_signed_the_denial_neither_approves_nor_proposes_nor_signs(officer: Any) -> None:
    waits = after(deliberation, denial_proposed(), signed(PRIYA, THEO, approved=False), denial_proposed(by=INES))

    with pytest.raises(Refused, match="decided on this application before"):
        approve(AGAIN, ON_RECORD, BEFORE, HANDED_IN, ATTESTED, approving(officer))
    with pytest.raises(Refused, match="decided on this application before"):
        propose_denial(BEFORE, AGAIN, ON_RECORD, HANDED_IN, ATTESTED, proposing(officer))
    with pytest.raises(Refused, match="decided on this application before"):
        deny(AGAIN, ON_RECORD, waits, HANDED_IN, ATTESTED, denying(officer))
    with pytest.raises(Refused, match="decided on this application before"):
        send_back(
            waits,
            AGAIN,
            SendBack(
                **WHO,
                officer=officer,
                supervisor=True,
                proposal_id=PROPOSAL,
                why=sealed("state", "ProposalSentBack.why"),
            ),
        )


def test_a_denial_again_needs_two_others() -> None:
    proposed = propose_denial(BEFORE, AGAIN, ON_RECORD, HANDED_IN, ATTESTED, proposing())
    waits = after(deliberation, denial_proposed(), signed(PRIYA, THEO, approved=False), told(proposed)[-1])

    with pytest.raises(Refused, match="proposed this yourself"):
        deny(AGAIN, ON_RECORD, waits, HANDED_IN, ATTESTED, denying(INES))
    signing, decision = deny(AGAIN, ON_RECORD, waits, HANDED_IN, ATTESTED, denying())
    assert isinstance(signing.fact, DecisionSigned)
    assert (signing.fact.first, signing.fact.second) == (INES, ADA)
    assert isinstance(decision.fact, ApplicationDenied)
    assert decision.claim == f"decision:{APPLICATION}:2"


def test_a_proposal_sent_back_does_not_forget_who_decided_before() -> None:
    facts = (denial_proposed(), signed(PRIYA, THEO, approved=False), denial_proposed(by=INES))
    back = send_back(
        after(deliberation, *facts),
        AGAIN,
        SendBack(
            **WHO, officer=ADA, supervisor=True, proposal_id=PROPOSAL, why=sealed("state", "ProposalSentBack.why")
        ),
    )

    with pytest.raises(Refused, match="decided on this application before"):
        approve(AGAIN, ON_RECORD, after(deliberation, *facts, *back), HANDED_IN, ATTESTED, approving(PRIYA))


def test_only_those_of_the_last_decision_are_kept_out() -> None:
    facts = (signed(PRIYA, THEO, approved=False), signed(INES, ADA, approved=False))
    third = after(case, opened(), denied(), opened_again(), denied().model_copy(update={"cycle": 2}), opened_again(3))

    assert approve(third, ON_RECORD, after(deliberation, *facts), HANDED_IN, ATTESTED, approving(PRIYA))


def test_a_page_of_the_cycle_before_is_refused() -> None:
    stale, fresh = StartReview(**WHO, officer=INES, cycle_seen=1), StartReview(**WHO, officer=INES, cycle_seen=2)

    with pytest.raises(Refused, match="since you opened this page"):
        start_review(AGAIN, HANDED_IN, ATTESTED, stale)
    assert start_review(AGAIN, HANDED_IN, ATTESTED, fresh)[0].cycle == 2


def test_a_second_click_on_the_old_denial_is_no_second_click_any_more() -> None:
    with pytest.raises(Refused):
        deny(AGAIN, ON_RECORD, BEFORE, HANDED_IN, ATTESTED, denying(THEO))


def test_the_queue_shows_it_as_ready_and_taken_by_nobody() -> None:
    row = None
    for fact in (submitted(), signed(PRIYA, THEO, approved=False), denied(), opened_again()):
        row = review_queue.fold(row, fact)

    assert row is not None
    assert (row.stage, row.cycle, row.reviewer, row.decided_at) == (Stage.READY, 2, None, None)
    assert row.decided_by == (PRIYA, THEO)


def test_the_page_keeps_the_denial_and_what_the_educator_wrote() -> None:
    row = None
    for fact in (submitted(), signed(PRIYA, THEO, approved=False), denied(), ASKED_AGAIN, opened_again()):
        row = case_page.fold(row, fact)

    assert row is not None
    assert (row.cycle, row.decision) == (2, None)
    (before,) = row.earlier
    assert (before.decision.outcome, before.decision.by, before.why) == (Outcome.DENIAL, PRIYA, ASKED_AGAIN.why)


def test_the_history_tells_both() -> None:
    row = None
    for fact in (submitted(), signed(PRIYA, THEO, approved=False), ASKED_AGAIN, opened_again()):
        row = case_history.fold(row, fact)

    assert row is not None
    assert [each.what for each in row.entries] == [
        What.SUBMITTED, What.DENIED, What.RECONSIDERATION_REQUESTED, What.OPENED_AGAIN,
    ]  # fmt: skip
    assert row.entries[2].why == ASKED_AGAIN.why


def test_what_is_asked_while_it_is_looked_at_again_is_due_as_ever() -> None:
    row = None
    for fact in (submitted(), denied(), asked()):
        row = answers_due.fold(row, fact)
    assert row is not None
    assert row.due_at is None

    row = answers_due.fold(answers_due.fold(row, opened_again()), asked())
    assert row is not None
    assert row.due_at is not None
