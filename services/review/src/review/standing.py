"""What a decision stands on: an open case, the application as last handed in, and the district's word on exactly that.

Every verb of a decision asks here first, so that all of them refuse for the same reasons in the same words.
"""

from dataclasses import dataclass
from datetime import date
from typing import Protocol, assert_never

from pydantic import AwareDatetime

from lectern.contracts.values import ApplicationId, EstablishedBy, Kind, OfficerId, PersonId, Ruling, Verdict
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command
from lectern.rules import RuleSet
from lectern.rules.facts import CertificateHeld, Facts
from lectern.rules.judging import evaluate
from lectern.rules.rule_sets import rule_sets
from review.case import Case, Decided, Undecided, Unopened, Withdrawn
from review.certificate import Certificate, Extended, Recorded, Unrecorded, Upgraded
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


class OfficerCommand(Command):
    """Somebody at DESE acts on a case; `submission` is the handing-in that was on the page and was read."""

    application_id: ApplicationId
    submission: int
    officer: OfficerId
    officer_is: PersonId | None
    """The person of the register the officer is, where known: nobody decides on themselves."""
    now: AwareDatetime


class Attested(Protocol):
    """What the district said of its criteria."""

    @property
    def rulings(self) -> tuple[Ruling, ...]: ...


@dataclass(frozen=True)
class Docket:
    """All that a decision looks at."""

    case: Undecided
    application: Submitted
    verified: Verified


def docket(case: Case, application: Application, item: WorkItem, command: OfficerCommand) -> Docket:
    """Raises NotFound without a case, Refused with the reason why it can't be decided now."""
    opened = open_case(case)
    handed_in = submitted(application, command)
    if command.officer_is == handed_in.educator_id:
        raise Refused("This is your own application. Somebody else at DESE decides it.")
    if opened.held:
        raise Refused("This case is on hold. Release it first.", held=True)
    answered(opened, handed_in, item)
    match item:
        case Verified() if item.submission == handed_in.submission:
            return Docket(opened, handed_in, item)
        case NotRequested() | AtDistrict() | Verified() | Returned() | Declined():
            raise Refused("The district has not verified this application yet. It can be decided after that.")
        case _:
            assert_never(item)


def answered(case: Undecided, application: Submitted, item: WorkItem) -> None:
    """Raises Refused while somebody owes DESE an answer."""
    question = case.question
    if question is None:
        return
    of_district = item.answered if isinstance(item, Verified) else None
    if question.request_id not in {application.supplied, of_district}:
        raise Refused(
            f"DESE asked the {question.party} something. It can be decided when the answer is here.", asked=True
        )


def open_case(case: Case) -> Undecided:
    match case:
        case Undecided():
            return case
        case Decided():
            raise Refused(f"This application was {'approved' if case.approved else 'denied'} already.", decided=True)
        case Withdrawn():
            raise Refused("The educator withdrew this application. Nothing more is needed.", decided=True)
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


def changeable(certificate: Certificate, docket: Docket) -> Recorded | Extended:
    """The certificate the application is about. Raises Refused where there is none, or it is for good already."""
    match certificate:
        case Recorded() | Extended() if certificate.certificate_id in docket.application.certificate_ids:
            return certificate
        case Upgraded():
            raise Refused("This certificate was upgraded by another decision already.")
        case Recorded() | Extended() | Unrecorded():
            raise Refused("The application names a certificate that is not in the register.")
        case _:
            assert_never(certificate)


def rulings(docket: Docket, certificate: Certificate) -> tuple[Ruling, ...]:
    """All criteria in order: the certificate judged on the day of submission, the rest as the district attested."""
    held = certificate.held if isinstance(certificate, Recorded | Extended) else None
    return judged(own_rules(docket), docket.application.kind, docket.application.submitted_on, held, docket.verified)


def own_rules(docket: Docket) -> RuleSet:
    """Those the application was submitted under. Raises Refused where this service does not know them."""
    said = docket.application
    rules = rule_sets().get(said.rules)
    if rules is None:
        raise Refused(f"It was submitted under rule set {said.rules}, which is not in use here.")
    if said.kind not in rules.kinds:
        raise Refused(f"Rule set {said.rules} says nothing of this kind of application.")
    return rules


def judged(
    rules: RuleSet, kind: Kind, submitted_on: date, held: CertificateHeld | None, attested: Attested | None
) -> tuple[Ruling, ...]:
    """All criteria of the kind in order, as they stand while nothing is decided."""
    found = {each.criterion: each for each in attested.rulings} if attested else {}
    facts = Facts(judged_on=submitted_on, certificate=held)
    found |= {each.criterion: each for each in evaluate(rules, kind, facts, by=EstablishedBy.SYSTEM)}
    return tuple(
        found.get(each.id, Ruling(criterion=each.id, verdict=Verdict.UNKNOWN)) for each in rules.of(kind).criteria
    )


def named(criteria: tuple[str, ...], rules: RuleSet) -> str:
    """Criteria as people say them: Mentoring and Evaluation."""
    names = [rules.criterion(each).name for each in criteria]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
