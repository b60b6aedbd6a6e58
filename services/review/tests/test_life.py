"""The life of a case under anything people might try, in any order: what must hold whatever happens."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from review_given import (
    APPLICATION,
    CERTIFICATE,
    EDUCATOR,
    INES,
    NOW,
    PRIYA,
    THEO,
    TODAY,
    after,
    corrected,
    on,
    recorded,
    requested,
    returned,
    sealed,
    submitted,
    uid,
    verified,
)

from lectern.contracts.facts import Fact
from lectern.contracts.review import ApplicationApproved, ApplicationDenied, CertificateUpgraded
from lectern.contracts.values import DenialReason
from lectern.eventlog.errors import Unanswered
from lectern.eventlog.streams import Entry, Noun
from review.approving import Approve, approve
from review.assigning import StartReview, start_review
from review.case import case
from review.certificate import certificate
from review.deliberation import ConductOpened, DecisionSigned, deliberation
from review.denying import Deny, deny
from review.heard import application, work_item
from review.noting import OpenConduct, open_conduct
from review.opening import open_case, open_review
from review.proposing import ProposeApproval, ProposeDenial, SendBack, propose_approval, propose_denial, send_back

ADA = uid(14)
SUPERVISORS = {THEO, ADA}
officers = st.sampled_from([PRIYA, INES, THEO, ADA])
oneself = st.sampled_from([None, None, None, EDUCATOR])
NOUNS: dict[str, Noun[Any]] = {"case": case, "certificate": certificate, "deliberation": deliberation}


class Life(RuleBasedStateMachine):
    """One application: educator and district do what they do; DESE's people try everything at any time."""

    def __init__(self) -> None:
        super().__init__()
        self.facts: dict[str, list[Fact]] = {
            kind: [] for kind in ("case", "certificate", "deliberation", "app", "item")
        }
        self.claims: list[str] = []
        self.proposals = 0

    @initialize(disclosures=st.integers(0, 2))
    def submitted(self, disclosures: int) -> None:
        self.disclosures = disclosures
        self.submission = 1
        self.facts["certificate"].append(recorded())
        self.facts["app"].append(submitted())
        (reaction,) = open_case(submitted())
        self.facts["case"] += open_review(after(case), reaction.command)
        self.facts["item"].append(requested())

    # ── the others

    @rule()
    def district_verifies(self) -> None:
        if self.waits_at_district():
            self.facts["item"].append(verified(self.submission))

    @rule()
    def district_verifies_too_late(self) -> None:
        self.facts["item"].append(verified(self.submission - 1 or 1))

    @rule(disclosures=st.integers(0, 2))
    def district_returns_and_the_educator_corrects(self, disclosures: int) -> None:
        if self.waits_at_district():
            self.facts["item"].append(returned(self.submission))
            self.submission += 1
            self.disclosures = disclosures
            self.facts["app"].append(corrected(self.submission))
            self.facts["item"].append(requested(self.submission))

    # ── DESE

    @rule(officer=officers, officer_is=oneself, over=st.booleans())
    def start(self, officer: UUID, officer_is: UUID | None, over: bool) -> None:
        command = StartReview(**self.who(officer, officer_is), instead_of_colleague=over)
        self.ask(start_review, "case", "app", "item", command=command)

    @rule(officer=officers, officer_is=oneself)
    def read_conduct(self, officer: UUID, officer_is: UUID | None) -> None:
        self.ask(open_conduct, "deliberation", "case", "app", command=OpenConduct(**self.who(officer, officer_is)))

    @rule(officer=officers, officer_is=oneself)
    def propose_to_approve(self, officer: UUID, officer_is: UUID | None) -> None:
        command = ProposeApproval(
            **self.who(officer, officer_is), proposal_id=self.next_proposal(), disclosures=self.disclosures
        )
        self.ask(propose_approval, "deliberation", "case", "certificate", "app", "item", command=command)

    @rule(officer=officers, officer_is=oneself)
    def propose_to_deny(self, officer: UUID, officer_is: UUID | None) -> None:
        command = ProposeDenial(
            **self.who(officer, officer_is),
            proposal_id=self.next_proposal(),
            disclosures=self.disclosures,
            reasons=(DenialReason.OTHER,),
            note=sealed("state", "DenialProposed.note"),
        )
        self.ask(propose_denial, "deliberation", "case", "certificate", "app", "item", command=command)

    @rule(officer=officers, officer_is=oneself, signing=st.booleans(), old=st.booleans())
    def approve(self, officer: UUID, officer_is: UUID | None, signing: bool, old: bool) -> None:
        command = Approve(
            **self.who(officer, officer_is),
            supervisor=officer in SUPERVISORS,
            disclosures=self.disclosures,
            proposal_id=self.a_proposal(old) if signing else None,
            signed=sealed("state", "ApplicationApproved.signed"),
            approved_on=TODAY,
        )
        self.ask(approve, "case", "certificate", "deliberation", "app", "item", command=command)

    @rule(officer=officers, officer_is=oneself, old=st.booleans())
    def deny(self, officer: UUID, officer_is: UUID | None, old: bool) -> None:
        command = Deny(
            **self.who(officer, officer_is),
            supervisor=officer in SUPERVISORS,
            proposal_id=self.a_proposal(old),
            disclosures=self.disclosures,
            reasons=sealed("state", "ApplicationDenied.reasons"),
            note=sealed("district", "ApplicationDenied.note"),
            signed=sealed("state", "ApplicationDenied.signed"),
        )
        self.ask(deny, "case", "certificate", "deliberation", "app", "item", command=command)

    @rule(officer=officers)
    def send_back(self, officer: UUID) -> None:
        command = SendBack(
            **self.who(officer, None),
            supervisor=officer in SUPERVISORS,
            proposal_id=self.a_proposal(False),
            why=sealed("state", "ProposalSentBack.why"),
        )
        self.ask(send_back, "deliberation", "case", command=command)

    # ── what must hold

    @invariant()
    def there_is_at_most_one_decision(self) -> None:
        assert len(self.decisions()) == len(self.signings()) <= 1
        assert len(self.claims) == len(set(self.claims)) == len(self.decisions())

    @invariant()
    def a_certificate_changes_exactly_with_an_approval(self) -> None:
        approvals = [each for each in self.decisions() if isinstance(each, ApplicationApproved)]
        changes = [each for each in self.facts["certificate"] if isinstance(each, CertificateUpgraded)]
        assert len(approvals) == len(changes)

    @invariant()
    def two_sign_a_denial_and_a_new_disclosure(self) -> None:
        for each in self.signings():
            if not each.approved or self.disclosures:
                assert each.second in SUPERVISORS
                assert each.second != each.first
                readers = {
                    fact.by
                    for fact in self.facts["deliberation"]
                    if isinstance(fact, ConductOpened) and fact.submission == each.submission
                }
                assert not self.disclosures or {each.first, each.second} <= readers

    @invariant()
    def the_district_verified_what_was_decided(self) -> None:
        for each in self.decisions():
            assert each.submission == self.submission
            assert verified(self.submission) in self.facts["item"]

    # ── how it is asked

    def who(self, officer: UUID, officer_is: UUID | None) -> dict[str, Any]:
        return {
            "application_id": APPLICATION,
            "submission": self.submission,
            "officer": officer,
            "officer_is": officer_is,
            "now": NOW,
        }

    def state(self, kind: str) -> Any:
        noun = {**NOUNS, "app": application, "item": work_item}[kind]
        state = after(noun, *self.facts[kind])
        return on(state) if kind == "certificate" else state

    def ask(self, decide: Callable[..., Any], *kinds: str, command: Any) -> None:
        try:
            decided = decide(*(self.state(kind) for kind in kinds), command)
        except Unanswered:
            return
        assert command.officer_is != EDUCATOR or not decided
        for item in decided:
            entry = item if isinstance(item, Entry) else Entry(item)
            kind = entry.to.noun.kind if entry.to else kinds[0]
            assert type(entry.fact) in NOUNS[kind].facts
            self.facts[kind].append(entry.fact)
            if entry.claim:
                self.claims.append(entry.claim)

    def decisions(self) -> list[Any]:
        return [each for each in self.facts["case"] if isinstance(each, ApplicationApproved | ApplicationDenied)]

    def signings(self) -> list[DecisionSigned]:
        return [each for each in self.facts["deliberation"] if isinstance(each, DecisionSigned)]

    def waits_at_district(self) -> bool:
        """Nobody at a district returns what it sent to DESE already."""
        return verified(self.submission) not in self.facts["item"]

    def next_proposal(self) -> UUID:
        self.proposals += 1
        return uid(1000 + self.proposals)

    def a_proposal(self, old: bool) -> UUID:
        waiting = getattr(self.state("deliberation"), "proposal_id", uid(999))
        return uid(1001) if old else waiting


TestLife = Life.TestCase
TestLife.settings = settings(max_examples=100, stateful_step_count=30, deadline=None)


def test_a_decision_can_be_reached_in_this_world() -> None:
    """The machine above would also pass if nothing were ever decided."""
    life = Life()
    life.submitted(1)
    life.district_verifies()
    life.read_conduct(PRIYA, None)
    life.read_conduct(THEO, None)
    life.propose_to_approve(PRIYA, None)
    life.approve(THEO, None, True, False)
    assert [type(each) for each in life.decisions()] == [ApplicationApproved]
    assert life.facts["certificate"][-1].certificate_id == CERTIFICATE  # type: ignore[attr-defined]
