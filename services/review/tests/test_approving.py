"""Approval: once, by whoever may, with every criterion met as of the day of submission."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from review_given import (
    ACTIVE,
    APPLICATION,
    ATTESTED,
    CERTIFICATE,
    EDUCATOR,
    HANDED_IN,
    INES,
    NOTHING_PROPOSED,
    NOW,
    OPEN,
    PRIYA,
    PROPOSAL,
    THEO,
    TODAY,
    after,
    approval_proposed,
    approved,
    assigned,
    conduct_opened,
    denial_proposed,
    denied,
    names,
    on,
    opened,
    recorded,
    requested,
    sealed,
    signed,
    submitted,
    told,
    uid,
    upgraded,
    verified,
)

from lectern.contracts.review import ApplicationApproved, CertificateUpgraded
from lectern.contracts.values import CertificateKind, CertificateStatus, Verdict
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Entry
from review.approving import Approve, approve
from review.case import case
from review.certificate import certificate
from review.deliberation import deliberation
from review.heard import application, work_item

SEALED = sealed("state", "ApplicationApproved.signed")
MINE = after(case, opened(), assigned())
PROPOSED = after(deliberation, conduct_opened(PRIYA), conduct_opened(THEO), approval_proposed())


def approving(**changed: Any) -> Approve:
    said: dict[str, Any] = {
        "application_id": APPLICATION,
        "submission": 1,
        "officer": PRIYA,
        "officer_is": None,
        "supervisor": False,
        "disclosures": 0,
        "signed": SEALED,
        "approved_on": TODAY,
        "now": NOW,
    }
    return Approve.model_validate(said | changed)


def decide(
    of: Any = MINE,
    held: Any = ACTIVE,
    weighed: Any = NOTHING_PROPOSED,
    handed_in: Any = HANDED_IN,
    item: Any = ATTESTED,
    **changed: Any,
) -> list[Entry]:
    return approve(of, on(held), weighed, handed_in, item, approving(**changed))


def test_the_certificate_becomes_a_career_certificate_on_the_day_of_approval_for_99_years() -> None:
    signing, decision, change = told(decide())

    assert signing == signed(PRIYA)
    assert isinstance(decision, ApplicationApproved)
    assert (decision.signed, decision.submission, decision.cycle) == (SEALED, 1, 1)
    assert all(each.verdict is Verdict.MET for each in decision.rulings)
    assert isinstance(change, CertificateUpgraded)
    assert (change.certificate_id, change.effective_on, change.expires_on) == (CERTIFICATE, TODAY, date(2126, 1, 5))


def test_a_leap_day_ends_on_the_28th() -> None:
    change = told(decide(approved_on=date(2028, 2, 29)))[2]

    assert isinstance(change, CertificateUpgraded)
    assert change.expires_on == date(2127, 2, 28)


def test_claims_the_one_decision_of_the_cycle() -> None:
    _, decision, change = decide()

    assert decision.claim == f"decision:{APPLICATION}:1"
    assert [each.to.stream for each in (decision, change) if each.to] == [
        f"case/{APPLICATION}",
        f"certificate/{CERTIFICATE}",
    ]


def test_whoever_approves_without_having_started_has_the_case() -> None:
    assert names(decide(OPEN)) == ["ReviewAssigned", "DecisionSigned", "ApplicationApproved", "CertificateUpgraded"]


def test_a_second_click_changes_nothing() -> None:
    decided = after(case, opened(), approved())

    assert decide(decided, weighed=after(deliberation, signed(PRIYA))) == []
    by_two = after(deliberation, signed(PRIYA, THEO))
    assert decide(decided, weighed=by_two, officer=THEO, supervisor=True) == []


@pytest.mark.parametrize(
    ("decided", "by"), [(approved(), signed(INES)), (denied(), signed(PRIYA, THEO, approved=False))]
)
def test_there_is_one_decision(decided: Any, by: Any) -> None:
    with pytest.raises(Refused, match="already"):
        decide(after(case, opened(), decided), weighed=after(deliberation, by))


@pytest.mark.parametrize("but", ["UPG-TEACHING", "UPG-PD", "UPG-MENTORING", "UPG-BTA", "UPG-PBTE"])
def test_every_criterion_is_met(but: str) -> None:
    with pytest.raises(Refused, match="criterion") as refused:
        decide(item=after(work_item, requested(), verified(but=(but,))))

    assert refused.value.details["criteria"] == (but,)


@pytest.mark.parametrize(
    "held",
    [
        {"expires_on": date(2026, 11, 23)},
        {"status": CertificateStatus.SUSPENDED},
        {"status": CertificateStatus.REVOKED},
        {"status": CertificateStatus.SURRENDERED},
        {"kind": CertificateKind.CCPC},
    ],
)
def test_the_certificate_was_active_on_the_day_of_submission(held: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="Active certificate"):
        decide(held=after(certificate, recorded(**held)))


@pytest.mark.parametrize(
    "held",
    [
        {"expires_on": date(2026, 11, 24)},
        {
            "expires_on": date(2026, 12, 1),
            "status": CertificateStatus.EXPIRED,
            "recorded_at": datetime(2026, 12, 5, tzinfo=UTC),
        },
    ],
)
def test_a_certificate_that_ran_out_while_we_worked_does_not_fail_it(held: dict[str, Any]) -> None:
    assert names(decide(held=after(certificate, recorded(**held)))) == [
        "DecisionSigned",
        "ApplicationApproved",
        "CertificateUpgraded",
    ]


def test_a_certificate_is_upgraded_once() -> None:
    with pytest.raises(Refused, match="another decision"):
        decide(held=after(certificate, recorded(), upgraded()))


@pytest.mark.parametrize("held", [after(certificate), after(certificate, recorded(certificate_id=uid(77)))])
def test_only_the_certificate_of_the_application(held: Any) -> None:
    with pytest.raises(Refused, match="not in the register"):
        decide(held=held)


def test_nobody_decides_on_themselves() -> None:
    with pytest.raises(Refused, match="your own"):
        decide(officer_is=EDUCATOR)


def test_waits_for_the_district() -> None:
    with pytest.raises(Refused, match="district"):
        decide(item=after(work_item, requested()))


def test_an_application_keeps_the_rules_it_was_submitted_under() -> None:
    before = after(application, submitted(rules="upgrade-2026-11"))

    _, decision, change = told(decide(handed_in=before))

    assert isinstance(decision, ApplicationApproved)
    assert isinstance(change, CertificateUpgraded)
    assert (decision.rules, change.rules) == ("upgrade-2026-11", "upgrade-2026-11")
    with pytest.raises(Refused, match="rule set"):
        decide(handed_in=after(application, submitted(rules="upgrade-2099-01")))


def test_a_new_disclosure_is_not_approved_by_one_person() -> None:
    with pytest.raises(Refused, match="second person"):
        decide(disclosures=1)
    with pytest.raises(Refused, match="second person"):
        decide(disclosures=1, officer=THEO, supervisor=True)


def test_a_new_disclosure_is_approved_by_a_supervisor_after_a_reviewer() -> None:
    signing = told(decide(weighed=PROPOSED, proposal_id=PROPOSAL, disclosures=1, officer=THEO, supervisor=True))[0]

    assert signing == signed(PRIYA, THEO)


def test_the_second_person_is_a_supervisor() -> None:
    with pytest.raises(NotFound):
        decide(weighed=PROPOSED, proposal_id=PROPOSAL, disclosures=1, officer=INES)


def test_the_second_person_is_another_person() -> None:
    own = after(deliberation, conduct_opened(THEO), approval_proposed(THEO))

    with pytest.raises(Refused, match="yourself"):
        decide(weighed=own, proposal_id=PROPOSAL, disclosures=1, officer=THEO, supervisor=True)


def test_the_second_person_has_read_the_explanation() -> None:
    unread = after(deliberation, conduct_opened(PRIYA), approval_proposed())

    with pytest.raises(Refused, match="explained"):
        decide(weighed=unread, proposal_id=PROPOSAL, disclosures=1, officer=THEO, supervisor=True)


def test_a_proposal_about_an_older_submission_counts_for_nothing() -> None:
    older = after(deliberation, conduct_opened(), approval_proposed(submission=0))

    with pytest.raises(Refused, match="second person"):
        decide(weighed=older, disclosures=1, officer=THEO, supervisor=True)


@pytest.mark.parametrize("weighed", [PROPOSED, NOTHING_PROPOSED, after(deliberation, conduct_opened(THEO))])
def test_the_second_person_signs_exactly_what_was_read(weighed: Any) -> None:
    with pytest.raises(Refused, match="no longer"):
        decide(weighed=weighed, proposal_id=uid(22), disclosures=1, officer=THEO, supervisor=True)


def test_a_waiting_denial_is_sent_back_first() -> None:
    with pytest.raises(Refused, match="denial"):
        decide(weighed=after(deliberation, denial_proposed()))
