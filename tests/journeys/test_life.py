"""The life of an application under a treacherous wire: facts late, doubled and in any order, people who click anything.

Hypothesis plays the parties and the wire. Whatever it did, once everything has arrived the four services agree.
"""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

import applications_given as educators
import hypothesis.strategies as st
import worklog_commands as officers
import worklog_given as district
from hypothesis import HealthCheck, settings
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from parties import (
    ADA,
    INES,
    PRIYA,
    THEO,
    answer_to_dese,
    approving,
    asking,
    asking_again,
    case_refs,
    closing,
    contacts_of,
    contacts_of_dese,
    correction,
    decision_refs,
    denying,
    holding,
    judging,
    proposal_refs,
    proposing,
    releasing,
    status_confirmation,
    status_proposal,
    status_refs,
)
from simulation import Node, World

from applications.app import service as applications
from applications.application import application
from applications.application_status import Holder
from applications.applying import applying
from applications.at_dese import case as heard_at_educators
from applications.certificate import certificate as held_certificate
from applications.correcting import correct
from applications.district import district as heard_district
from applications.draft import draft
from applications.payment import payment
from applications.reconsidering import ask_reconsideration
from applications.refund import RefundRequested
from applications.submitting import submit
from applications.supplying import supply
from applications.withdrawing import WithdrawApplication, withdraw
from district_worklog.app import service as district_worklog
from district_worklog.application import application as heard_application
from district_worklog.case import case as heard_case
from district_worklog.claiming import claim
from district_worklog.closing import has_closed
from district_worklog.district import district as district_stream
from district_worklog.evidence import evidence
from district_worklog.passing import PassOn, pass_on
from district_worklog.recording import keep, record
from district_worklog.returning import return_to_educator
from district_worklog.verifying import verify
from district_worklog.work_item import work_item
from district_worklog.work_log import End, Stage
from lectern.contracts.applications import (
    ApplicationCorrected,
    ApplicationSubmitted,
    EmployerChanged,
    InformationSupplied,
    ReconsiderationRequested,
    WithdrawalRequested,
)
from lectern.contracts.district_worklog import (
    DistrictAnswered,
    DistrictClosed,
    DistrictDeclined,
    DistrictVerified,
    VerificationReassigned,
    VerificationReopened,
    VerificationRequested,
)
from lectern.contracts.facts import Fact
from lectern.contracts.hearing import HEARS
from lectern.contracts.review import (
    ApplicationApproved,
    ApplicationClosedIncomplete,
    ApplicationDenied,
    ApplicationWithdrawn,
    CertificateStatusChanged,
    CertificateUpgraded,
    InformationRequested,
    ReconsiderationOpened,
    WithdrawalTooLate,
)
from lectern.contracts.values import CertificateStatus, DeclineReason, EmployerChange, Party, ReturnReason
from lectern.eventlog.errors import Unanswered
from lectern.eventlog.streams import Command, Decided, Noun, several
from notifications.app import service as notifications
from notifications.notice import CERTIFICATE_TAKEN, NoticeRequested
from review.app import service as review
from review.approving import approve
from review.closing import close_incomplete
from review.deliberation import DecisionSigned
from review.denying import deny
from review.disciplining import confirm_status, propose_status
from review.holding import place_hold, release_hold
from review.proposing import propose_denial
from review.requesting import request_information

APP = educators.APPLICATION
CERTIFICATE = educators.CERTIFICATE
JORDAN = educators.JORDAN
OURS, THEIRS = educators.DISTRICT, "115-115"
ENDED = {"application_status": "decision", "work_log": "closed_as"}
"""The field that says so, in each view of an application."""
ENDS = (ApplicationApproved, ApplicationDenied, ApplicationWithdrawn, ApplicationClosedIncomplete)
submissions = st.sampled_from([1, 1, 2, 3])
ONCE_A_CYCLE = {"decided", "reconsideration", "application-ready"}
reviewers = st.sampled_from([PRIYA, PRIYA, INES])
districts = st.sampled_from([OURS, OURS, OURS, THEIRS])


def tell(_: object, facts: tuple[Fact, ...]) -> Decided:
    """What happened before: an import, a registration, pages of a draft."""
    return facts


class Life(RuleBasedStateMachine):
    """One application. People try what they like; the wire does what it likes."""

    def __init__(self) -> None:
        super().__init__()
        self.world = World([applications, district_worklog, review, notifications])
        self.educators, self.district, self.dese, self.notices = self.world.nodes.values()
        self.asked = 0

    @initialize()
    def everybody_is_known(self) -> None:
        self.told(self.dese, "person", JORDAN, educators.recorded_person())
        self.told(self.dese, "certificate", CERTIFICATE, educators.recorded_certificate(), subject=JORDAN)
        self.told(self.dese, "staff", "dese", contacts_of_dese())
        self.told(self.district, "district", OURS, educators.listed_fact(), contacts_of(OURS))
        listed = educators.listed_fact().model_copy(update={"district": THEIRS, "name": "ELSEWHERE R-I"})
        self.told(self.district, "district", THEIRS, listed, contacts_of(THEIRS))
        self.world.settle()
        self.told(self.educators, "educator", JORDAN, *educators.registered_facts())
        self.told(self.educators, "applying", JORDAN, educators.began())
        self.told(self.educators, "draft", APP, *educators.all_answered(), subject=JORDAN)

    # ── the wire

    @rule(node=st.integers(0, 3))
    def a_relay_sends(self, node: int) -> None:
        self.world.relay(list(self.world.nodes.values())[node])

    @rule(node=st.integers(0, 3), data=st.data())
    def some_records_arrive(self, node: int, data: st.DataObject) -> None:
        """Any of all that was ever sent, in any order, again or for the first time."""
        if self.world.wire:
            places = st.lists(st.integers(0, len(self.world.wire) - 1), min_size=1, max_size=12)
            records = [self.world.wire[place] for place in data.draw(places)]
            list(self.world.nodes.values())[node].hear(records)

    @rule()
    def everything_arrives(self) -> None:
        self.world.settle()

    # ── the educator

    @rule()
    def hands_in(self) -> None:
        command = educators.submission(fee=0)
        refs = (
            draft(APP), application(APP, subject=JORDAN), held_certificate(CERTIFICATE), heard_district(OURS),
            payment(command.payment_id, subject=JORDAN),
        )  # fmt: skip
        self.ask(self.educators, refs, several(submit, at=2, count=1), command)

    @rule(stale=st.booleans())
    def answers_again(self, stale: bool) -> None:
        self.told_if(self.educators, "draft", APP, educators.reported())
        seen = getattr(getattr(self.educators.state(draft(APP)), "answers", None), "saves", 0) - stale
        command = correction(seen)
        self.ask(self.educators, (draft(APP), application(APP)), correct, command)

    @rule(looks=st.booleans())
    def answers_dese(self, looks: bool) -> None:
        if looks:
            self.told_if(self.educators, "draft", APP, educators.reported())
        seen = getattr(getattr(self.educators.state(draft(APP)), "answers", None), "saves", 0)
        self.ask(self.educators, (draft(APP), application(APP)), supply, answer_to_dese(seen))

    @rule()
    def withdraws(self) -> None:
        command = WithdrawApplication(application_id=APP, educator_id=JORDAN, now=educators.NOW)
        self.ask(self.educators, (application(APP, subject=JORDAN),), withdraw, command)

    @rule(cycle=st.sampled_from([1, 1, 2]))
    def asks_to_look_again(self, cycle: int) -> None:
        refs = (
            draft(APP), application(APP, subject=JORDAN), heard_at_educators(APP), applying(JORDAN, subject=JORDAN),
        )  # fmt: skip
        self.ask(self.educators, refs, ask_reconsideration, asking_again(cycle))

    # ── the district

    @rule(code=districts, submission=submissions)
    def opens(self, code: str, submission: int) -> None:
        command = officers.claiming(district=code, submission=submission)
        self.at_district((work_item(APP), heard_case(APP)), claim, command)

    @rule(code=districts, submission=submissions)
    def records(self, code: str, submission: int) -> None:
        command = officers.recording(*district.ALL_FIVE, district=code, submission=submission)
        refs = (evidence(APP, subject=JORDAN), work_item(APP), heard_case(APP), heard_application(APP))
        self.at_district(refs, record, command)

    @rule(submission=submissions)
    def keeps_what_it_recorded(self, submission: int) -> None:
        command = officers.keeping(submission=submission)
        self.at_district((evidence(APP, subject=JORDAN), work_item(APP), heard_case(APP)), keep, command)

    @rule(code=districts, submission=submissions)
    def verifies(self, code: str, submission: int) -> None:
        command = officers.answering(district=code, submission=submission)
        refs = (work_item(APP), evidence(APP, subject=JORDAN), heard_case(APP), heard_application(APP))
        self.at_district(refs, verify, command)

    @rule(code=districts, submission=submissions)
    def returns(self, code: str, submission: int) -> None:
        command = officers.returning(ReturnReason.HOURS_MISSING, district=code)
        command = command.model_copy(update={"submission": submission})
        refs = (work_item(APP), heard_case(APP), heard_application(APP))
        self.at_district(refs, return_to_educator, command)

    @rule(submission=submissions)
    def passes_on(self, submission: int) -> None:
        command = PassOn(
            application_id=APP,
            district=OURS,
            submission=submission,
            officer=district.DANA,
            now=educators.NOW,
            to=THEIRS,
            signature=district.sealed("VerificationReassigned.signature"),
            today=date(2026, 11, 25),
        )
        self.at_district((work_item(APP), heard_case(APP), district_stream(THEIRS)), pass_on, command)

    @rule()
    def closes_down(self) -> None:
        """The district itself, for ever."""
        shut = DistrictClosed(district=OURS, closed_on=date(2026, 11, 25), closed_at=educators.NOW)
        if not self.district.facts(DistrictClosed):
            self.told(self.district, "district", OURS, shut)

    @rule()
    def what_waits_at_a_closed_district_goes_back(self) -> None:
        """What its deadline asks for."""
        row = self.district.fold()["verifications_due"].get(APP)
        if row is not None and row.waits and not row.ended:
            asking = has_closed.command(row, educators.NOW + timedelta(days=8))
            self.ask(self.district, asking.refs, asking.decide, asking.command)

    # ── DESE

    @rule(submission=submissions, twice=st.booleans(), officer=reviewers)
    def approves(self, submission: int, twice: bool, officer: UUID = PRIYA) -> None:
        for _ in range(1 + twice):
            self.ask(self.dese, decision_refs(CERTIFICATE), judging(approve, 1), approving(submission, officer))

    @rule(submission=submissions, party=st.sampled_from(Party))
    def asks(self, submission: int, party: Party) -> None:
        of_case, of_deliberation, *heard = case_refs()
        command = asking(submission, UUID(int=1000 + self.asked), party)
        self.ask(self.dese, (of_deliberation, of_case, *heard), request_information, command)

    @rule(submission=submissions, release=st.booleans())
    def holds_or_releases(self, submission: int, release: bool) -> None:
        of_case, of_deliberation, of_application, item = case_refs()
        if release:
            self.ask(self.dese, (of_case, of_application), release_hold, releasing(submission))
        else:
            self.ask(self.dese, (of_case, of_deliberation, of_application, item), place_hold, holding(submission))

    @rule(submission=submissions)
    def closes(self, submission: int) -> None:
        of_case, _, of_application, item = case_refs()
        self.ask(self.dese, (of_case, of_application, item), close_incomplete, closing(submission))

    @rule(submission=submissions, officer=reviewers)
    def proposes_to_deny(self, submission: int, officer: UUID = PRIYA) -> None:
        self.ask(self.dese, proposal_refs(CERTIFICATE), judging(propose_denial, 2), proposing(submission, officer))

    @rule(submission=submissions, officer=st.sampled_from([PRIYA, THEO, ADA]))
    def signs_a_denial(self, submission: int, officer: UUID) -> None:
        self.ask(self.dese, decision_refs(CERTIFICATE), judging(deny, 1), denying(submission, officer))

    @rule(status=st.sampled_from([CertificateStatus.SUSPENDED, CertificateStatus.REVOKED, CertificateStatus.ACTIVE]))
    def changes_the_certificates_status(self, status: CertificateStatus) -> None:
        """Proposed by one and confirmed by the other, whatever is under way."""
        refs, change = status_refs(CERTIFICATE), UUID(int=9000 + self.asked)
        self.ask(self.dese, refs, propose_status, status_proposal(CERTIFICATE, change, status))
        self.ask(self.dese, refs, confirm_status, status_confirmation(CERTIFICATE, change))

    # ── what must hold, once everything has arrived

    def teardown(self) -> None:
        self.world.settle()
        self.everything_arrived_once()
        self.nothing_happened_twice()
        self.nothing_was_given_on_what_was_taken()
        self.all_agree_on_the_end()

    def everything_arrived_once(self) -> None:
        published = self.world.published()
        for name, node in self.world.nodes.items():
            assert node.held == [], [case.verdict for case in node.held]
            for kind in HEARS[name]:
                rows = [
                    row for row in node.rows if row["source"] == kind[0] and row["stream"].startswith(f"{kind[1]}/")
                ]
                told = {row["id"]: (row["stream"], row["version"], row["data"]) for row in published[kind]}
                assert len(rows) == len(told), kind
                assert {row["id"]: (row["stream"], row["version"], row["data"]) for row in rows} == told
                for stream in {row["stream"] for row in rows}:
                    versions = [row["version"] for row in rows if row["stream"] == stream]
                    assert versions == list(range(1, len(versions) + 1))

    def nothing_happened_twice(self) -> None:
        handed_in = self.educators.facts(ApplicationSubmitted, ApplicationCorrected, EmployerChanged)
        items = self.district.facts(VerificationRequested)
        assert Counter(each.submission for each in items) == Counter(each.submission for each in handed_in)
        attested = Counter(each.submission for each in self.district.facts(DistrictVerified))
        attested.subtract(each.submission for each in self.district.facts(VerificationReopened))
        assert max(attested.values(), default=0) <= 1
        ends = self.dese.facts(*ENDS)
        opened_again = self.dese.facts(ReconsiderationOpened)
        assert [each.cycle for each in ends] == list(range(1, len(ends) + 1))
        assert len(ends) <= 1 + len(opened_again)
        assert all(isinstance(each, ApplicationDenied) for each in ends[: len(opened_again)])
        assert len(opened_again) == len(self.educators.facts(ReconsiderationRequested))
        self.others_decide_anew()
        decisions = [each for each in ends if not isinstance(each, ApplicationWithdrawn | ApplicationClosedIncomplete)]
        answers = self.dese.facts(ApplicationWithdrawn, WithdrawalTooLate)
        assert len(answers) == len(self.educators.facts(WithdrawalRequested)) <= 1
        assert self.educators.facts(RefundRequested) == []  # nothing was paid in this world
        approved = [each for each in decisions if isinstance(each, ApplicationApproved)]
        assert len(approved) <= 1
        assert len(self.dese.facts(CertificateUpgraded)) == len(approved)
        passed = Counter(each.submission for each in self.district.facts(VerificationReassigned))
        assert max(passed.values(), default=0) <= 1
        assert {each.submission - 1 for each in self.educators.facts(EmployerChanged)} <= {*passed}
        verified = {each.submission for each in self.district.facts(DistrictVerified)}
        assert {each.submission for each in decisions} <= verified
        questions = {each.request_id for each in self.dese.facts(InformationRequested)}
        answered = [each.request_id for each in self.educators.facts(InformationSupplied)]
        answered += [each.request_id for each in self.district.facts(DistrictAnswered)]
        assert len(questions) - 1 <= len(answered) <= len(questions)
        assert set(answered) <= questions
        assert len(set(answered)) == len(answered)
        asked_for = self.notices.facts(NoticeRequested)
        of_status = [each for each in asked_for if each.notice == CERTIFICATE_TAKEN.name]
        assert len(of_status) <= len(self.dese.facts(CertificateStatusChanged))
        notices = [each for each in asked_for if each not in of_status]
        wanted = Counter(
            (each.notice, each.to, each.submission) for each in notices if each.notice != "information-requested"
        )
        for (notice, _, _), times in wanted.items():
            assert times <= 1 + (len(opened_again) if notice in ONCE_A_CYCLE else 0), notice
        told = Counter(each.notice for each in notices)
        assert (told["decided"], told["reconsideration"]) == (len(decisions), len(opened_again))
        assert len(notices) - wanted.total() == len(questions)

    def nothing_was_given_on_what_was_taken(self) -> None:
        status = CertificateStatus.ACTIVE
        for fact in self.dese.facts(CertificateUpgraded, CertificateStatusChanged):
            if isinstance(fact, CertificateStatusChanged):
                status = fact.status
            else:
                assert not status.taken
        for name, view in (("applications", "certificates"), ("district-worklog", "certificates")):
            rows = self.world.nodes[name].fold().get(view, {})
            assert [each.status for each in rows.values()] == [status], name

    def others_decide_anew(self) -> None:
        signed = [{each.first, each.second} - {None} for each in self.dese.facts(DecisionSigned)]
        for before, anew in pairwise(signed):
            assert not before & anew

    def all_agree_on_the_end(self) -> None:
        views = {name: node.fold() for name, node in self.world.nodes.items()}
        ended = len(self.dese.facts(*ENDS)) > len(self.dese.facts(ReconsiderationOpened))
        submitted = bool(self.educators.facts(ApplicationSubmitted))
        for name, view in (("applications", "application_status"), ("district-worklog", "work_log")):
            rows = list(views[name].get(view, {}).values())
            assert len(rows) == submitted, (name, view)
            if rows:
                end = getattr(rows[0], ENDED[view])
                assert (end is not None and end not in {End.DECLINED, End.LEFT}) == ended, (name, rows[0])

    # ── how it is asked

    def ask(self, node: Node, refs: tuple[Any, ...], decide: Any, command: Command) -> None:
        """A refusal is an answer like any other; anything else that is raised is a mistake."""
        self.asked += 1
        try:
            node.ask(refs, decide, command, key=f"{self.asked}")
        except Unanswered:
            return
        node.ask(refs, decide, command, key=f"{self.asked}")  # the answer was lost: the same key again

    def at_district(self, refs: tuple[Any, ...], decide: Any, command: Any) -> None:
        later = educators.NOW + timedelta(days=8)
        self.ask(self.district, refs, decide, command.model_copy(update={"application_id": APP, "now": later}))

    def told(self, node: Node, kind: str, id_: object, *facts: Fact, subject: object | None = None) -> None:
        self.asked += 1
        stream = own(node, kind)(id_, subject=subject or id_)
        node.ask((stream,), tell, facts, key=f"{self.asked}")

    def told_if(self, node: Node, kind: str, id_: object, *facts: Fact) -> None:
        if type(node.state(own(node, kind)(id_))).__name__ in {"Returned", "Asked"}:
            self.told(node, kind, id_, *facts, subject=JORDAN)


def own(node: Node, kind: str) -> Noun[Any]:
    return next(noun for noun in node.service.nouns if noun.kind == kind and noun.source is None)


def test_an_answer_in_the_moment_of_the_end_comes_too_late() -> None:
    """It is kept, and everybody sees that the application has ended."""
    for first in ("answer", "end"):
        life = Life()
        life.everybody_is_known()
        life.hands_in()
        life.everything_arrives()
        life.returns(OURS, 1)
        life.everything_arrives()
        if first == "answer":
            life.answers_again(stale=False)
        life.closes(1)
        if first == "end":
            life.answers_again(stale=False)

        life.teardown()
        assert life.dese.facts(ApplicationClosedIncomplete)
        assert life.educators.facts(ApplicationCorrected)
        (news,) = life.notices.fold()["district_news"].values()
        assert news.waiting_since is None


def test_of_an_approval_and_a_suspension_the_second_is_judged_on_the_first() -> None:
    for first in ("approval", "suspension"):
        life = Life()
        life.everybody_is_known()
        life.hands_in()
        life.everything_arrives()
        life.records(OURS, 1)
        life.verifies(OURS, 1)
        life.everything_arrives()
        if first == "approval":
            life.approves(1, twice=False)
        life.changes_the_certificates_status(CertificateStatus.SUSPENDED)
        life.approves(1, twice=False)
        assert len(life.dese.facts(ApplicationApproved)) == (first == "approval")
        life.changes_the_certificates_status(CertificateStatus.ACTIVE)
        life.approves(1, twice=False)

        life.teardown()
        assert len(life.dese.facts(ApplicationApproved)) == 1
        assert len(life.dese.facts(CertificateStatusChanged)) == 2


def test_what_is_passed_on_is_verified_where_it_went() -> None:
    life = Life()
    life.everybody_is_known()
    life.hands_in()
    life.everything_arrives()
    life.passes_on(1)
    life.passes_on(1)
    life.everything_arrives()

    (changed,) = life.educators.facts(EmployerChanged)
    (status,) = life.educators.fold()["application_status"].values()
    (item,) = life.district.fold()["work_log"].values()
    (left,) = life.district.fold()["left_items"].values()
    assert (changed.why, changed.before, changed.district) == (EmployerChange.PASSED_ON, OURS, THEIRS)
    assert (status.holder, status.district, status.submission) == (Holder.DISTRICT, THEIRS, 2)
    assert (item.district, item.stage, item.submission) == (THEIRS, Stage.TO_VERIFY, 2)
    assert (left.district, left.moved_to) == (OURS, THEIRS)
    told = {(each.notice, each.to, each.submission) for each in life.notices.facts(NoticeRequested)}
    assert {("moved", "educator", 2), ("new-item", "district", 2)} <= told
    life.withdraws()
    life.teardown()


def test_what_is_asked_back_while_it_is_passed_on_stays_where_it_is() -> None:
    life = Life()
    life.everybody_is_known()
    life.hands_in()
    life.everything_arrives()
    life.withdraws()
    life.passes_on(1)
    life.teardown()

    assert life.district.facts(VerificationReassigned)
    assert life.educators.facts(EmployerChanged) == []
    assert life.dese.facts(ApplicationWithdrawn)


def test_a_district_that_closes_keeps_nobody_waiting() -> None:
    """Not with what it was asked first, nor with what DESE asked it about."""
    for asked in (False, True):
        life = Life()
        life.everybody_is_known()
        life.hands_in()
        life.everything_arrives()
        if asked:
            life.records(OURS, 1)
            life.verifies(OURS, 1)
            life.everything_arrives()
            life.asks(1, Party.DISTRICT)
            life.everything_arrives()
        life.closes_down()
        for _ in range(2):
            life.what_waits_at_a_closed_district_goes_back()
            life.everything_arrives()

        (status,) = life.educators.fold()["application_status"].values()
        (declined,) = life.district.facts(DistrictDeclined)
        assert (declined.reason, declined.declined_by) == (DeclineReason.DISTRICT_CLOSED, None)
        assert (status.holder, status.sent_on, status.district_asked) == (Holder.EDUCATOR, None, False)
        life.withdraws()
        life.teardown()
        assert life.dese.facts(ApplicationWithdrawn)


TestLife = Life.TestCase
TestLife.settings = settings(
    max_examples=60, stateful_step_count=40, deadline=None, suppress_health_check=list(HealthCheck)
)


def test_every_end_can_be_reached_in_this_world() -> None:
    """The machine above would also pass if nothing were ever decided."""
    ends = []
    for end in ENDS:
        life = Life()
        life.everybody_is_known()
        life.hands_in()
        life.everything_arrives()
        life.returns(OURS, 1)
        life.everything_arrives()
        life.answers_again(stale=False)
        life.everything_arrives()
        life.records(OURS, 2)
        life.verifies(OURS, 2)
        life.everything_arrives()
        life.asks(2, Party.DISTRICT)
        life.everything_arrives()
        life.verifies(OURS, 2)
        life.everything_arrives()
        life.asks(2, Party.EDUCATOR)
        life.everything_arrives()
        life.answers_dese(looks=True)
        life.everything_arrives()
        assert life.educators.facts(InformationSupplied)
        assert life.district.facts(DistrictAnswered)
        life.holds_or_releases(2, release=False)
        life.approves(2, twice=False)
        assert not life.dese.facts(*ENDS)
        life.holds_or_releases(2, release=True)
        if end is ApplicationApproved:
            life.approves(2, twice=True)
        elif end is ApplicationDenied:
            life.proposes_to_deny(2)
            life.signs_a_denial(2, THEO)
        elif end is ApplicationClosedIncomplete:
            life.asks(2, Party.EDUCATOR)
            life.closes(2)
        life.withdraws()
        life.teardown()
        ends += [type(each) for each in life.dese.facts(*ENDS)]

    assert ends == [*ENDS]


def denied_once() -> Life:
    life = Life()
    life.everybody_is_known()
    life.hands_in()
    life.everything_arrives()
    life.records(OURS, 1)
    life.verifies(OURS, 1)
    life.everything_arrives()
    life.proposes_to_deny(1)
    life.signs_a_denial(1, THEO)
    life.everything_arrives()
    life.asks_to_look_again(1)
    return life


def test_what_is_looked_at_again_is_decided_by_others_in_this_world() -> None:
    life = denied_once()
    life.everything_arrives()
    life.asks_to_look_again(1)
    life.approves(1, twice=False, officer=PRIYA)
    assert [type(each) for each in life.dese.facts(*ENDS)] == [ApplicationDenied]
    life.asks(1, Party.DISTRICT)
    life.everything_arrives()
    life.verifies(OURS, 1)
    life.everything_arrives()
    life.approves(1, twice=True, officer=INES)

    life.teardown()

    assert [(type(each), each.cycle) for each in life.dese.facts(*ENDS)] == [
        (ApplicationDenied, 1), (ApplicationApproved, 2),
    ]  # fmt: skip
    assert life.district.facts(DistrictAnswered)


def test_a_second_denial_by_two_others_can_be_looked_at_again_too() -> None:
    life = denied_once()
    life.everything_arrives()
    life.proposes_to_deny(1, INES)
    life.signs_a_denial(1, THEO)
    assert len(life.dese.facts(ApplicationDenied)) == 1
    life.signs_a_denial(1, ADA)
    life.everything_arrives()
    life.asks_to_look_again(1)
    assert len(life.educators.facts(ReconsiderationRequested)) == 1
    life.asks_to_look_again(2)
    life.everything_arrives()
    life.approves(1, twice=False, officer=PRIYA)

    life.teardown()

    assert [each.cycle for each in life.dese.facts(*ENDS)] == [1, 2, 3]
