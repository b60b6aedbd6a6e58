"""What a decision stands on: an open case, the application as last handed in, and the district's word on exactly that.

Every verb of a decision asks here first, so that all of them refuse for the same reasons in the same words.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, assert_never
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict

from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    CourseSeen,
    CourseTaken,
    EstablishedBy,
    Kind,
    OfficerId,
    PersonId,
    Ruling,
    Verdict,
)
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command
from lectern.rules import RuleSet
from lectern.rules.facts import Facts, OnFile
from lectern.rules.judging import evaluate
from lectern.rules.rule_sets import rule_sets
from lectern.rules.words import day_words
from review.case import Case, Closed, Decided, Undecided, Unopened, Withdrawn
from review.certificate import Certificate, Extended, Recorded, Unrecorded, Upgraded
from review.comparison import Compared, Comparison, NotCompared
from review.heard import (
    Application,
    AtDistrict,
    Declined,
    NotRequested,
    NotSubmitted,
    Returned,
    Submitted,
    Verified,
    WorkItem,
)
from review.person import Known, Person, Unknown


class OfficerCommand(Command):
    """Somebody at DESE acts on a case; `submission` is the handing-in that was on the page and was read."""

    application_id: ApplicationId
    submission: int
    officer: OfficerId
    officer_is: PersonId | None
    """The person of the register the officer is, where known: nobody decides on themselves."""
    now: AwareDatetime
    cycle_seen: int | None = None
    """The cycle on the page; None: nobody read a page."""
    question_seen: str | None = None
    """The id of DESE's last question on the page, empty for none. None: nobody read a page."""


class Attested(Protocol):
    """What the district said of its criteria."""

    @property
    def rulings(self) -> tuple[Ruling, ...]: ...


@dataclass(frozen=True)
class Docket:
    """All that a decision looks at. `verified`: None where no district has to verify anything."""

    case: Undecided
    application: Submitted
    verified: Verified | None


@dataclass(frozen=True)
class OnRecord:
    """What stands on record here about the certificates of an application, its educator, and the transcript."""

    certificates: tuple[Certificate, ...]
    person: Person = field(default_factory=Unknown)
    comparison: Comparison = field(default_factory=NotCompared)


def on_record(states: tuple[Any, ...]) -> OnRecord:
    """Of the states of the certificates, then of the person and the comparison."""
    *certificates, person, comparison = states
    return OnRecord(tuple(certificates), person, comparison)


class Opened(BaseModel):
    """What the edge opened for a rule, and of which records: if others came meanwhile, it is asked again."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    clearances: tuple[Sealed[date, State], ...] = ()
    cleared_on: date | None = None
    """The last day of them."""
    comparison_id: UUID | None = None
    seen: CourseSeen | None = None
    course: CourseTaken | None = None


def docket(case: Case, application: Application, item: WorkItem, command: OfficerCommand) -> Docket:
    """Raises NotFound without a case, Refused with the reason why it can't be decided now."""
    opened = open_case(case, command)
    handed_in = submitted(application, command)
    if command.officer_is == handed_in.educator_id:
        raise Refused("This is your own application. Somebody else at DESE decides it.")
    if opened.held:
        raise Refused("This case is on hold. Release it first.", held=True)
    answered(opened, handed_in, item)
    if command.question_seen not in {None, str(opened.question.request_id) if opened.question else ""}:
        raise Refused(
            "DESE asked something about this case since you opened this page, and the answer is here. Read it on the "
            "case, then decide.",
            asked=True,
        )
    if handed_in.district is None:
        return Docket(opened, handed_in, None)
    match item:
        case Verified() if item.submission == handed_in.submission:
            return Docket(opened, handed_in, item)
        case NotRequested() | AtDistrict() | Verified() | Returned() | Declined():
            raise Refused("The district has not verified this application yet. It can be decided after that.")
        case _:
            assert_never(item)


def answered(case: Undecided, application: Submitted, item: WorkItem) -> None:
    """Raises Refused while somebody owes DESE an answer. What is handed in and verified anew answers what was asked."""
    question = case.question
    if question is None or question.submission < application.submission:
        return
    of_district = item.answered if isinstance(item, Verified) else None
    if question.request_id not in {application.supplied, of_district}:
        raise Refused(
            f"DESE asked the {question.party} something. It can be decided when the answer is here.", asked=True
        )


def open_case(case: Case, command: OfficerCommand) -> Undecided:
    """The case, if nothing has ended the cycle that was on the page."""
    match case:
        case Undecided() if command.cycle_seen not in {None, case.cycle}:
            raise Refused(
                "This application was decided since you opened this page, and the educator asked to have it looked at "
                "again. Read the case as it is now, then go on.",
                again=True,
            )
        case Undecided():
            return case
        case Decided():
            raise Refused(f"This application was {'approved' if case.approved else 'denied'} already.", decided=True)
        case Withdrawn():
            raise Refused("The educator withdrew this application. Nothing more is needed.", decided=True)
        case Closed():
            raise Refused("This application was closed as incomplete. Nothing more is needed.", decided=True)
        case Unopened():
            raise NotFound("no such case")
        case _:
            assert_never(case)


def submitted(application: Application, command: OfficerCommand) -> Submitted:
    match application:
        case NotSubmitted():
            raise NotFound("no such application")
        case Submitted() if application.submission != command.submission:
            raise Refused("The educator has handed the application in again. Look at what changed, then go on.")
        case Submitted():
            return application
        case _:
            assert_never(application)


def changeable(record: OnRecord, docket: Docket) -> tuple[Recorded | Extended, ...]:
    """Those the application is about. Raises Refused where one is not there, taken away, or for good already."""
    if len(docket.application.certificate_ids) != 1 and docket.application.kind is not Kind.REACTIVATION:
        raise Refused("This application names more than one certificate, or none.")
    return tuple(_changeable(each, docket) for each in record.certificates)


def _changeable(certificate: Certificate, docket: Docket) -> Recorded | Extended:
    ruled = None if isinstance(certificate, Unrecorded) else certificate.ruled
    if ruled is not None and ruled.status.taken:
        raise Refused(
            f"The certificate is {ruled.status.value} since {day_words(ruled.since)}. Nothing is approved on it until "
            "it is reinstated.",
            taken=True,
        )
    match certificate:
        case Recorded() | Extended() if certificate.certificate_id in docket.application.certificate_ids:
            return certificate
        case Upgraded():
            raise Refused("This certificate was upgraded by another decision already.")
        case Recorded() | Extended() | Unrecorded():
            raise Refused("The application names a certificate that is not in the register.")
        case _:
            assert_never(certificate)


def rulings(docket: Docket, record: OnRecord, opened: Opened) -> tuple[Ruling, ...]:
    """All criteria in order: the register and DESE's file judged on the day of submission, the rest as attested."""
    said = docket.application
    held = tuple(each.held for each in record.certificates if isinstance(each, Recorded | Extended))
    known = record.person if isinstance(record.person, Known) else Known("")
    compared = record.comparison.comparison_id if isinstance(record.comparison, Compared) else None
    if said.route is not None and (known.clearances, compared) != (opened.clearances, opened.comparison_id):
        raise Refused("Something reached DESE’s file since you opened the case. Look at it again.")
    facts = Facts(
        judged_on=said.submitted_on,
        certificate=held[0] if held else None,
        others=held[1:],
        route=said.route,
        course=opened.course,
        seen=opened.seen,
        on_file=OnFile(known.transcripts, opened.cleared_on),
    )
    return judged(own_rules(docket), said.kind, facts, docket.verified)


def own_rules(docket: Docket) -> RuleSet:
    """Those the application was submitted under. Raises Refused where this service does not know them."""
    said = docket.application
    rules = rule_sets().get(said.rules)
    if rules is None:
        raise Refused(f"It was submitted under rule set {said.rules}, which is not in use here.")
    if said.kind not in rules.kinds:
        raise Refused(f"Rule set {said.rules} says nothing of this kind of application.")
    return rules


def judged(rules: RuleSet, kind: Kind, facts: Facts, attested: Attested | None) -> tuple[Ruling, ...]:
    """All criteria of the kind and route in order, as they stand while nothing is decided."""
    found = {each.criterion: each for each in attested.rulings} if attested else {}
    for by in (EstablishedBy.SYSTEM, EstablishedBy.DESE):
        found |= {each.criterion: each for each in evaluate(rules, kind, facts, by=by)}
    asked = rules.of(kind, facts.route).criteria
    return tuple(found.get(each.id, Ruling(criterion=each.id, verdict=Verdict.UNKNOWN)) for each in asked)


def named(criteria: tuple[str, ...], rules: RuleSet) -> str:
    """Criteria as people say them: Mentoring and Evaluation."""
    names = [rules.criterion(each).name for each in criteria]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
