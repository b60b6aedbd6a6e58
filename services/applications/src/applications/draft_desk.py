"""What an educator does with a draft, on its way to the log: sealed here for its readers. Pages and API share it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from applications import answering
from applications.account import account
from applications.application import HandedIn, application
from applications.applying import applying
from applications.at_dese import case
from applications.at_district import work_item
from applications.certificate import certificate
from applications.changing_employer import ChangeEmployer, change_employer
from applications.clearance import clearance_word
from applications.clearance_told import stream_of, telling
from applications.correcting import CorrectApplication, correct
from applications.district import district
from applications.draft import Answers, Discarded, Draft, NoDraft, draft
from applications.educator import educator
from applications.ending import EndApplying, discard
from applications.payment import payment
from applications.providing import streams_of, supply_with_files
from applications.reactivating import ChooseCertificates, ReportCourse, choose_certificates, report_course
from applications.reconsidering import AskReconsideration, ask_reconsideration
from applications.reporting import ReportEducation, report_education
from applications.starting import StartApplication, start
from applications.submitting import SubmitApplication, submit
from applications.supplying import SupplyInformation
from applications.tasks import owed
from applications.turning import TurnIntoExtension, taking_the_place, turn_into_extension
from applications.withdrawing import WithdrawApplication, withdraw
from lectern.contracts.days import chicago_day
from lectern.contracts.sealed import District, Sealed, State
from lectern.contracts.values import (
    AccountId,
    ApplicationId,
    CertificateId,
    ConductAnswer,
    ConductAnswers,
    ContactDetails,
    CourseTaken,
    DistrictCode,
    EducatorReport,
    Kind,
    PaymentId,
    PaymentMethod,
    PersonId,
)
from lectern.eventlog.errors import NotFound
from lectern.eventlog.keys import Plain
from lectern.eventlog.streams import Answer, Call, StreamRef, several
from lectern.rules import IN_FORCE, RULES, RuleSet, rule_set
from lectern.rules.references import make_reference
from lectern.rules.wording import CONDUCT_QUESTIONS, CONDUCT_WORDING
from lectern.runtime.ids import new_id
from lectern.runtime.running import Running

_NEXT = "select nextval('reference_number')"


@dataclass(frozen=True)
class By:
    """Who saves a page of which draft, made from which revision of it (None: whatever it is)."""

    educator_id: PersonId
    application_id: ApplicationId
    seen: int | None = None


@dataclass(frozen=True)
class OpenedAnswers:
    """What was entered, in the clear."""

    report: EducatorReport
    conduct: Mapping[str, ConductAnswer]


@dataclass(frozen=True)
class DraftDesk:
    running: Running

    async def draft(self, educator_id: PersonId | None, application_id: ApplicationId) -> Draft:
        """The educator's own; somebody else's is not there. Raises NotFound."""
        state = await self.running.log.state(draft(application_id))
        if isinstance(state, NoDraft | Discarded) or state.answers.educator_id != educator_id:
            raise NotFound("no such draft")
        return state

    async def answers(self, educator_id: PersonId | None, application_id: ApplicationId) -> Answers:
        """Raises NotFound."""
        state = await self.draft(educator_id, application_id)
        assert not isinstance(state, NoDraft | Discarded)  # noqa: S101 - draft() raised
        return state.answers

    async def opened(self, answers: Answers) -> OpenedAnswers:
        keys = self.running.keys
        report = await keys.open(answers.education, EducatorReport)
        conduct = await keys.open_all(answers.conduct.values(), ConductAnswer)
        return OpenedAnswers(report or EducatorReport(), {each.question: each for each in conduct if each})

    async def course(self, answers: Answers) -> CourseTaken | None:
        """The course a reactivation rests on, in the clear; None where none is reported, or it was erased."""
        return await self.running.keys.open(answers.course, CourseTaken)

    async def rules(self, application_id: ApplicationId) -> RuleSet:
        """Those it was submitted under; those in force while it is not."""
        state = await self.running.log.state(application(application_id))
        return rule_set(state.rules) if isinstance(state, HandedIn) else IN_FORCE

    # ── a draft's life

    async def start(
        self, account_id: AccountId, educator_id: PersonId, kind: Kind, certificate_id: CertificateId, call: Call
    ) -> Answer:
        """`result["application_id"]` is the draft's id. Raises Refused with `application_id` where one is live."""
        application_id, now = ApplicationId(new_id()), self.running.now()
        command = StartApplication(
            kind=kind,
            application_id=application_id,
            account_id=account_id,
            educator_id=educator_id,
            certificate_id=certificate_id,
            today=chicago_day(now),
            now=now,
        )
        refs = (
            draft(application_id, subject=educator_id),
            applying(educator_id, subject=educator_id),
            account(account_id),
            certificate(certificate_id),
        )
        return await self.running.log.handle(refs, start, command, call.about(application_id=application_id))

    async def turn_into_extension(self, educator_id: PersonId, instead_of: ApplicationId, call: Call) -> Answer:
        """`result["application_id"]` is the new draft's id. Raises NotFound, or Refused: with `application_id` where
        it was turned already."""
        answers = await self.answers(educator_id, instead_of)
        application_id, now = ApplicationId(new_id()), self.running.now()
        command = TurnIntoExtension(
            application_id=application_id,
            instead_of=instead_of,
            educator_id=educator_id,
            today=chicago_day(now),
            now=now,
        )
        refs = (
            draft(application_id, subject=educator_id),
            draft(instead_of),
            application(instead_of, subject=educator_id),
            applying(educator_id, subject=educator_id),
            work_item(instead_of),
            certificate(answers.certificate_id),
        )
        call = call.about(application_id=application_id)
        return await self.running.log.handle(refs, turn_into_extension, command, call)

    async def discard(self, educator_id: PersonId, application_id: ApplicationId, call: Call) -> Answer:
        command = EndApplying(application_id=application_id, educator_id=educator_id, now=self.running.now())
        refs = (draft(application_id), applying(educator_id, subject=educator_id))
        return await self.running.log.handle(refs, discard, command, call)

    # ── its pages

    async def review_personal(self, by: By, details: ContactDetails | None, call: Call) -> Answer:
        """`details` only where something is changed."""
        contact = details and await self.running.keys.seal(
            details, subject=by.educator_id, audience="contact", origin="PersonalInformationChanged.contact"
        )
        command = answering.ReviewPersonal(**self._by(by), contact=contact)
        refs = (draft(by.application_id), educator(by.educator_id))
        return await self.running.log.handle(refs, answering.review_personal, command, call)

    async def report_education(self, by: By, report: EducatorReport, call: Call) -> Answer:
        sealed = await self.running.keys.seal(
            report, subject=by.educator_id, audience="district", origin="EducationReported.report"
        )
        command = ReportEducation(**self._by(by), report=report, sealed=sealed, today=self.today())
        return await self.running.log.handle(draft(by.application_id), report_education, command, call)

    async def answer_conduct(self, by: By, answer: ConductAnswer, wording: str, call: Call) -> Answer:
        sealed = await self.running.keys.seal(
            answer, subject=by.educator_id, audience="state", origin="ConductAnswered.answer"
        )
        command = answering.AnswerConduct(**self._by(by), wording=wording, answer=answer, sealed=sealed)
        return await self.running.log.handle(draft(by.application_id), answering.answer_conduct, command, call)

    async def state_purpose(self, by: By, purpose: str, call: Call) -> Answer:
        command = answering.StatePurpose(**self._by(by), purpose=purpose)
        return await self.running.log.handle(draft(by.application_id), answering.state_purpose, command, call)

    async def choose_certificates(self, by: By, certificates: Sequence[CertificateId], call: Call) -> Answer:
        chosen = tuple(dict.fromkeys(certificates))
        command = ChooseCertificates(**self._by(by), certificate_ids=chosen, today=self.today())
        refs: tuple[StreamRef[Any], ...] = (
            draft(by.application_id),
            applying(by.educator_id, subject=by.educator_id),
            *(certificate(each) for each in chosen),
        )
        decide = several(choose_certificates, at=2, count=len(chosen))
        return await self.running.log.handle(refs, decide, command, call)

    async def report_course(self, by: By, course: CourseTaken, call: Call) -> Answer:
        sealed = await self.running.keys.seal(
            course, subject=by.educator_id, audience="state", origin="CourseReported.course"
        )
        command = ReportCourse(**self._by(by), course=course, sealed=sealed, today=self.today())
        return await self.running.log.handle(draft(by.application_id), report_course, command, call)

    async def choose_method(self, by: By, method: PaymentMethod, call: Call) -> Answer:
        command = answering.ChooseMethod(**self._by(by), method=method)
        return await self.running.log.handle(draft(by.application_id), answering.choose_method, command, call)

    async def accept_release(self, by: By, release: str, call: Call) -> Answer:
        command = answering.AcceptRelease(**self._by(by), release=release)
        return await self.running.log.handle(draft(by.application_id), answering.accept_release, command, call)

    async def choose_district(self, by: By, code: DistrictCode, call: Call) -> Answer:
        command = answering.ChooseDistrict(**self._by(by), district=code, today=self.today())
        refs = (draft(by.application_id), district(code))
        return await self.running.log.handle(refs, answering.choose_district, command, call)

    # ── handing it in

    async def submit(
        self, educator_id: PersonId, application_id: ApplicationId, call: Call, *, seen: int | None = None
    ) -> Answer:
        """Seals what was answered for its readers, allots a reference, and hands in or asks for the payment.

        `seen`: how often the draft was saved when somebody read it (None: as it is). Raises Stale.
        """
        answers = await self.answers(educator_id, application_id)
        for_district, for_state = await self._for_readers(answers, "ApplicationSubmitted")
        payment_id, now = PaymentId(new_id()), self.running.now()
        command = SubmitApplication(
            application_id=application_id,
            educator_id=educator_id,
            seen=answers.saves if seen is None else seen,
            reference=make_reference(self.today().year, await self.running.web.fetchval(_NEXT)),
            payment_id=payment_id,
            fee=owed(answers.kind, self.running.settings.fee_cents),
            for_district=for_district,
            for_state=for_state,
            course=await self._course_for_state(answers),
            said_of_course=await self.course(answers),
            rules=RULES,
            today=chicago_day(now),
            now=now,
        )
        refs: tuple[StreamRef[Any], ...] = (
            draft(application_id),
            application(application_id, subject=educator_id),
            *(certificate(each) for each in answers.about),
            district(answers.district or ""),
            payment(payment_id, subject=educator_id),
        )
        decide = several(submit, at=2, count=len(answers.about))
        if answers.kind is Kind.REACTIVATION:
            refs = (*refs, stream_of(application_id, educator_id))
            decide = telling(decide, await clearance_word(self.running, educator_id, command.today))
        if answers.instead_of is not None:
            refs = (*refs, application(answers.instead_of))
            decide = taking_the_place(decide, answers.instead_of)
        return await self.running.log.handle(refs, decide, command, call)

    async def correct(
        self,
        educator_id: PersonId,
        application_id: ApplicationId,
        call: Call,
        *,
        seen: int | None = None,
        words: str = "",
    ) -> Answer:
        """Hands it in again; `words`: what the educator says to the district's question. `seen` as for submit."""
        answers = await self.answers(educator_id, application_id)
        for_district, for_state = await self._for_readers(answers, "ApplicationCorrected")
        command = CorrectApplication(
            application_id=application_id,
            educator_id=educator_id,
            seen=answers.saves if seen is None else seen,
            for_district=for_district,
            for_state=for_state,
            answer=await self._said(educator_id, words),
            now=self.running.now(),
        )
        refs = (draft(application_id), application(application_id))
        return await self.running.log.handle(refs, correct, command, call)

    async def _said(self, educator_id: PersonId, words: str) -> Sealed[str, District] | None:
        if not words:
            return None
        plain = Plain(words, str(educator_id), "district", "ApplicationCorrected.answer")
        [sealed] = await self.running.keys.seal_all([plain])
        return sealed

    async def supply(
        self,
        educator_id: PersonId,
        application_id: ApplicationId,
        answer: str,
        call: Call,
        *,
        request_id: UUID | None = None,
    ) -> Answer:
        """Answers what DESE asked. Raises Stale where something was saved in the meantime."""
        answers = await self.answers(educator_id, application_id)
        plain, subject = await self.opened(answers), str(educator_id)
        sealed, report = await self.running.keys.seal_all(
            [
                Plain(answer, subject, "state", "InformationSupplied.answer"),
                Plain(plain.report, subject, "district", "InformationSupplied.for_district"),
            ]
        )
        command = SupplyInformation(
            application_id=application_id,
            educator_id=educator_id,
            request_id=request_id,
            seen=answers.saves,
            answer=answer,
            sealed=sealed,
            for_district=report,
            now=self.running.now(),
        )
        of_draft, *told = streams_of(application_id, educator_id)
        refs = (of_draft, application(application_id), *told)
        return await self.running.log.handle(refs, supply_with_files, command, call)

    async def withdraw(self, educator_id: PersonId, application_id: ApplicationId, call: Call) -> Answer:
        """Asks review to end it. Raises NotFound."""
        command = WithdrawApplication(application_id=application_id, educator_id=educator_id, now=self.running.now())
        refs = application(application_id, subject=educator_id)
        return await self.running.log.handle(refs, withdraw, command, call)

    async def ask_reconsideration(
        self, educator_id: PersonId, application_id: ApplicationId, why: str, call: Call, *, cycle: int | None = None
    ) -> Answer:
        """Asks DESE to look at its denial again. `cycle`: the one on the page. Raises NotFound."""
        sealed = await self.running.keys.seal(
            why, subject=educator_id, audience="state", origin="ReconsiderationRequested.why"
        )
        command = AskReconsideration(
            application_id=application_id,
            educator_id=educator_id,
            cycle=cycle,
            why=why,
            sealed=sealed,
            today=self.today(),
            now=self.running.now(),
        )
        id_ = application_id
        refs = (
            draft(id_, subject=educator_id),
            application(id_, subject=educator_id),
            case(id_),
            applying(educator_id, subject=educator_id),
        )
        return await self.running.log.handle(refs, ask_reconsideration, command, call)

    async def change_employer(
        self,
        educator_id: PersonId,
        application_id: ApplicationId,
        code: DistrictCode,
        call: Call,
        *,
        seen: int | None = None,
    ) -> Answer:
        """Names another district for what is handed in. `seen`: the submission on the page. Raises NotFound."""
        command = ChangeEmployer(
            application_id=application_id,
            educator_id=educator_id,
            district=code,
            seen=seen,
            today=self.today(),
            now=self.running.now(),
        )
        refs = (
            draft(application_id),
            application(application_id, subject=educator_id),
            applying(educator_id, subject=educator_id),
            work_item(application_id),
            district(code),
        )
        return await self.running.log.handle(refs, change_employer, command, call)

    async def _for_readers(self, answers: Answers, fact: str) -> list[Any]:
        """The report for the district, the conduct answers for the state, sealed for their places in that fact."""
        plain = await self.opened(answers)
        conduct = tuple(plain.conduct[each.id] for each in CONDUCT_QUESTIONS if each.id in plain.conduct)
        subject = str(answers.educator_id)
        return await self.running.keys.seal_all(
            [
                Plain(plain.report, subject, "district", f"{fact}.for_district"),
                Plain(ConductAnswers(wording=CONDUCT_WORDING, answers=conduct), subject, "state", f"{fact}.for_state"),
            ]
        )

    async def _course_for_state(self, answers: Answers) -> Sealed[CourseTaken, State] | None:
        course = await self.course(answers)
        if course is None:
            return None
        return await self.running.keys.seal(
            course, subject=answers.educator_id, audience="state", origin="ApplicationSubmitted.course"
        )

    def today(self) -> date:
        """The Chicago day it is now."""
        return chicago_day(self.running.now())

    def _by(self, by: By) -> dict[str, Any]:
        return {
            "application_id": by.application_id,
            "educator_id": by.educator_id,
            "seen": by.seen,
            "now": self.running.now(),
        }
