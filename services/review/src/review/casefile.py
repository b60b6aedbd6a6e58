"""One case as its pages show it: its rows, opened, and judged as the rules would judge it now."""

from dataclasses import dataclass
from datetime import date, datetime

from lectern.contracts.values import (
    ApplicationId,
    ConductAnswers,
    CourseSeen,
    CourseTaken,
    DistrictEvidence,
    EducatorReport,
    InformationReason,
    Inquiry,
    Party,
    Route,
    Ruling,
    Signature,
    Verdict,
)
from lectern.rules import RuleSet, rule_set
from lectern.rules.criteria import REA_BACKGROUND
from lectern.rules.effects import Effect, effect
from lectern.rules.facts import CertificateHeld, Facts, OnFile
from lectern.rules.judging import unmet
from lectern.rules.reactivation import clearance_aged
from lectern.rules.rule_sets import Criterion
from lectern.rules.sight import DESE_AND_EDUCATOR
from lectern.rules.wording import attestation, conduct_question
from lectern.web.words import district as district_words
from review.case_page import CasePageRow, Decision, Outcome, Proposal
from review.office import Colleagues, Office, Particulars
from review.officer import Officer
from review.queries import CaseRows
from review.register_certificates import CertificateRow, Change
from review.review_queue import Stage
from review.standing import judged


@dataclass(frozen=True)
class Judged:
    """A criterion with its ruling."""

    criterion: Criterion
    ruling: Ruling


@dataclass(frozen=True)
class Conduct:
    """One answer about professional conduct, with the question as it was worded."""

    number: int
    name: str
    text: str
    yes: bool
    explanation: str
    question: str = ""
    """Its id."""


@dataclass(frozen=True)
class Said:
    """What somebody at DESE wrote."""

    who: str
    at: datetime
    text: str


@dataclass(frozen=True)
class Asked:
    """What DESE asked, in the clear, and what came back."""

    who: str
    at: datetime
    of: Party
    reasons: tuple[InformationReason, ...]
    note: str
    answer: str | None
    answered_at: datetime | None
    signature: Signature | None
    """Who answered for the district."""


@dataclass(frozen=True)
class Before:
    """A denial that is looked at again, in the clear."""

    decision: Decision
    note: str
    """In plain words, for the educator."""
    asked_at: datetime
    why: str
    """Why the educator asked to have it looked at again."""


@dataclass(frozen=True)
class CaseFile:
    rows: CaseRows
    officer: Officer
    colleagues: Colleagues
    person: Particulars
    judged: tuple[Judged, ...]
    conduct: tuple[Conduct, ...] | None
    """None: erased."""
    attested: str | None
    signature: Signature | None
    evidence: DistrictEvidence | None
    report: EducatorReport | None
    notes: tuple[Said, ...]
    asked: tuple[Asked, ...]
    """Oldest first."""
    sent_back: Said | None
    closed_note: str | None
    held: Said | None
    """Why it is on hold."""
    proposal_note: str | None
    decision_note: str | None
    today: date
    course: CourseTaken | None = None
    """As the educator reports it; of a reactivation by a course."""
    seen: CourseSeen | None = None
    """As DESE read it in the transcript."""
    before: tuple[Before, ...] = ()
    """Of the cycles that are over; oldest first."""

    @property
    def certificates(self) -> tuple[CertificateRow, ...]:
        """Those the application is about."""
        wanted = self.rows.page.certificate_ids
        return tuple(each for each in self.rows.certificates if each.certificate_id in wanted)

    @property
    def last_question(self) -> str:
        """The id of what DESE asked last; empty where it asked nothing."""
        return str(self.rows.page.asked[-1].request_id) if self.rows.page.asked else ""

    @property
    def by_course(self) -> bool:
        return self.rows.page.route is Route.COURSE

    @property
    def clearance_aged(self) -> bool:
        """Whether the clearance counted on the day of submission and has come of age since."""
        met = any(each.criterion.id == REA_BACKGROUND and each.ruling.verdict is Verdict.MET for each in self.judged)
        return met and not self.decision and clearance_aged(self.person.cleared_on, self.today, self.rules.parameters)

    @property
    def certificate(self) -> CertificateRow | None:
        """The one the application is about."""
        wanted = self.rows.queue.certificate_id
        return next((each for each in self.rows.certificates if each.certificate_id == wanted), None)

    @property
    def place(self) -> str:
        """The district's name, else its code; DESE where no district has a part."""
        row = self.rows.district
        return district_words(row.name) if row else self.rows.queue.district or "DESE"

    @property
    def disclosures(self) -> tuple[Conduct, ...]:
        return tuple(each for each in self.conduct or () if each.yes)

    @property
    def conduct_read(self) -> bool:
        """By this officer."""
        return self.officer.id in self.rows.page.conduct_read

    @property
    def unmet(self) -> tuple[Judged, ...]:
        page = self.rows.page
        missing = unmet(self.rules, self.rows.queue.kind, (each.ruling for each in self.judged), page.route)
        return tuple(each for each in self.judged if each.criterion.id in missing)

    @property
    def taken(self) -> CertificateRow | None:
        """A certificate it is about that DESE suspended, revoked or took back since: nothing is approved on it."""
        return next((each for each in self.certificates if each.taken), None)

    @property
    def ready(self) -> bool:
        """Whether the district's word on this submission is here and nothing ended the case."""
        return self.rows.queue.stage is Stage.READY

    @property
    def decidable(self) -> bool:
        """Whether the decision panel is open for this officer: ready, and no disclosure unread."""
        return self.ready and not self.own and not self.decided_before and (not self.disclosures or self.conduct_read)

    @property
    def askable(self) -> bool:
        """Whether this officer may ask the educator something now."""
        return self.ready and not self.own

    @property
    def may_put_back(self) -> bool:
        """Whether this officer may give the case up for whoever takes it next."""
        open_ = self.decision is None and self.rows.queue.decided_at is None
        return open_ and self.rows.queue.reviewer is not None and (self.mine or self.officer.supervisor)

    @property
    def may_close(self) -> bool:
        """Whether the educator owes an answer, to the district or to DESE."""
        return self.rows.queue.stage in {Stage.RETURNED, Stage.DECLINED, Stage.ASKED} and not self.own

    @property
    def decided_before(self) -> bool:
        """Whether this officer signed the decision that is looked at again."""
        return self.decision is None and self.officer.id in self.rows.queue.decided_by

    @property
    def own(self) -> bool:
        """Whether it is the officer's own application."""
        return self.officer.person == self.rows.queue.educator_id

    @property
    def mine(self) -> bool:
        return self.rows.queue.reviewer == self.officer.id

    @property
    def proposal(self) -> Proposal | None:
        return self.rows.page.proposal

    @property
    def decision(self) -> Decision | None:
        return self.rows.page.decision

    @property
    def may_sign(self) -> bool:
        """Whether this officer can be the second person of what is proposed."""
        proposal = self.proposal
        mine = bool(proposal and proposal.by == self.officer.id) or self.own or self.decided_before
        return bool(proposal and self.officer.supervisor and not mine)

    @property
    def rules(self) -> RuleSet:
        """Those it was submitted under. Raises KeyError where this service does not know them."""
        return rule_set(self.rows.page.rules)

    @property
    def effect(self) -> Effect | None:
        """What an approval today would make of the certificate; None where there is none."""
        held = self.certificate
        if held is None:
            return None
        return effect(self.rules, self.rows.queue.kind, expires_on=held.expires_on, approved_on=self.today)

    @property
    def change(self) -> Change | None:
        """What the approval of this application made of the certificate."""
        return self.certificate.change_by(self.rows.queue.application_id) if self.certificate else None

    @property
    def days(self) -> int:
        """How many working days whoever has it has had it."""
        return self.rows.queue.days(self.today)

    @property
    def proposes_approval(self) -> bool:
        return self.proposal is not None and self.proposal.outcome is Outcome.APPROVAL


async def case_file(office: Office, officer: Officer, application_id: ApplicationId) -> CaseFile:
    """Raises NotFound, Updating."""
    rows = await office.case(officer, application_id)
    page, keys = rows.page, office.running.keys
    colleagues = await office.colleagues(officer, rows.staff)
    person = await office.particulars(rows.person)
    then = person.at(page.attestation.at) if page.attestation else person
    said = [*page.notes, *(each for each in (page.held, page.sent_back) if each)]
    texts = await keys.open_all([each.text for each in said], str)
    spoken = tuple(
        Said(colleagues.name(each.by), each.at, text or "Erased") for each, text in zip(said, texts, strict=True)
    )
    attested = page.attestation
    signature = await keys.open(attested.signature, Signature) if attested else None
    course = await keys.open(page.course, CourseTaken)
    seen = await keys.open(page.comparison.seen, CourseSeen) if page.comparison else None
    return CaseFile(
        rows=rows,
        officer=officer,
        colleagues=colleagues,
        person=person.at(rows.queue.decided_at),
        judged=_judged(rows, person, course, seen),
        conduct=_conduct(await keys.open(page.conduct, ConductAnswers)),
        attested=_attested(rows, then),
        signature=signature,
        evidence=await keys.open(attested.evidence, DistrictEvidence) if attested else None,
        report=await keys.open(page.report, EducatorReport),
        notes=spoken[: len(page.notes)],
        asked=await _asked(office, colleagues, page),
        sent_back=spoken[-1] if page.sent_back else None,
        closed_note=await keys.open(page.closed.why, str) if page.closed else None,
        held=spoken[len(page.notes)] if page.held else None,
        proposal_note=await keys.open(page.proposal.note, str) if page.proposal else None,
        decision_note=await keys.open(page.decision.note, str) if page.decision else None,
        today=office.today(),
        course=course,
        seen=seen,
        before=await _before(office, page),
    )


async def _before(office: Office, page: CasePageRow) -> tuple[Before, ...]:
    keys = office.running.keys
    notes = await keys.open_all([each.decision.note for each in page.earlier], str)
    reasons = await keys.open_all([each.why for each in page.earlier], str)
    return tuple(
        Before(each.decision, note or "Erased", each.asked_at, why or "Erased")
        for each, note, why in zip(page.earlier, notes, reasons, strict=True)
    )


async def _asked(office: Office, colleagues: Colleagues, page: CasePageRow) -> tuple[Asked, ...]:
    keys = office.running.keys
    inquiries = await keys.open_all([each.of_educator or each.of_district for each in page.asked], Inquiry)
    said = [each.answered for each in page.asked]
    answers = await keys.open_all([(each.by_educator or each.by_district) if each else None for each in said], str)
    signatures = await keys.open_all([each.signature if each else None for each in said], Signature)
    return tuple(
        Asked(
            colleagues.name(each.by),
            each.at,
            Party.DISTRICT if each.of_district else Party.EDUCATOR,
            inquiry.reasons if inquiry else (),
            inquiry.note if inquiry else "Erased",
            (answer or "Erased") if each.answered else None,
            each.answered.at if each.answered else None,
            signature,
        )
        for each, inquiry, answer, signature in zip(page.asked, inquiries, answers, signatures, strict=True)
    )


def _judged(
    rows: CaseRows, person: Particulars, course: CourseTaken | None, seen: CourseSeen | None
) -> tuple[Judged, ...]:
    """As decided, else as it stands: register and file on the day of submission, the rest as the district attested.

    A ruling that is not told to districts is not kept with the decision: an approval says that it was met.
    """
    page, kind, rules = rows.page, rows.queue.kind, rule_set(rows.page.rules)
    held = _held(rows)
    facts = Facts(
        judged_on=page.submitted_on,
        certificate=held[0] if held else None,
        others=held[1:],
        route=page.route,
        course=course,
        seen=seen,
        on_file=OnFile(tuple(each for each, _ in person.transcripts), person.cleared_on),
    )
    found = {each.criterion: each for each in judged(rules, kind, facts, page.attestation)}
    if page.decision is not None:
        kept = {each.criterion: each for each in page.decision.rulings}
        approved = page.decision.outcome is Outcome.APPROVAL
        met = {
            name: Ruling(criterion=name, verdict=Verdict.MET, rests_on=("When it was approved",))
            for name in DESE_AND_EDUCATOR
        }
        found = (met if approved else {}) | kept
    return tuple(
        Judged(each, found.get(each.id, Ruling(criterion=each.id, verdict=Verdict.UNKNOWN)))
        for each in rules.of(kind, page.route).criteria
    )


def _held(rows: CaseRows) -> tuple[CertificateHeld, ...]:
    return tuple(
        CertificateHeld(each.kind, each.judged_as or each.status, each.issued_on, each.expires_on, each.recorded_on)
        for each in rows.certificates
        if each.certificate_id in rows.page.certificate_ids
    )


def _attested(rows: CaseRows, person: Particulars) -> str | None:
    """The text that was signed, with its names; None while nothing is, or for a wording that is not known here."""
    if rows.page.attestation is None:
        return None
    place = district_words(rows.district.name) if rows.district else rows.page.attestation.district
    try:
        return attestation(rows.page.attestation.wording, district=place, educator=person.name)
    except KeyError:
        return None


def _conduct(answers: ConductAnswers | None) -> tuple[Conduct, ...] | None:
    if answers is None:
        return None
    return tuple(
        _answer(answers.wording, number, each.question, yes=each.yes, explanation=each.explanation)
        for number, each in enumerate(answers.answers, 1)
    )


def _answer(wording: str, number: int, question: str, *, yes: bool, explanation: str) -> Conduct:
    try:
        asked = conduct_question(wording, question)
    except KeyError:
        return Conduct(number, question, question, yes, explanation, question)
    return Conduct(number, asked.name, asked.text, yes, explanation, question)
