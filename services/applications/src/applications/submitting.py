"""An educator hands the application in: Submit, or Submit & Pay where something is owed."""

from collections.abc import Sequence
from datetime import date

from pydantic import AwareDatetime

from applications.application import Application, HandedIn, application
from applications.certificate import Certificate, Held
from applications.district import District, may_verify
from applications.draft import Answers, Asked, AwaitingPayment, Discarded, Draft, NoDraft, Open, Returned, Submitted
from applications.draft_facts import DraftSubmitted, PaymentAwaited
from applications.informing import Stale
from applications.payment import Payment, PaymentRequested, payment
from applications.starting_point import hindered, hindrance, too_old
from applications.tasks import left
from applications.wording import NOT_TODAY
from lectern.contracts.applications import ApplicationSubmitted
from lectern.contracts.sealed import District as ForDistrict
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    Cents,
    ConductAnswers,
    CourseTaken,
    EducatorReport,
    PaymentId,
    PersonId,
    Reference,
    Task,
)
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules import rule_set


class SubmitApplication(Command):
    application_id: ApplicationId
    educator_id: PersonId
    seen: int
    """How often the draft had been saved when its answers were sealed for their readers."""
    reference: Reference
    """Used where the draft has none yet."""
    payment_id: PaymentId
    fee: Cents
    for_district: Sealed[EducatorReport, ForDistrict]
    for_state: Sealed[ConductAnswers, State]
    course: Sealed[CourseTaken, State] | None = None
    said_of_course: CourseTaken | None = None
    """The same in the clear: its age is judged."""
    rules: str
    today: date
    """The Chicago day of Submit or Submit & Pay: the certificate is judged on it, also when a payment clears later."""
    now: AwareDatetime


def submit(
    draft: Draft,
    handed_in: Application,
    certificates: Sequence[Certificate],
    district: District,
    _: Payment,
    command: SubmitApplication,
) -> list[Entry | DraftSubmitted | PaymentAwaited]:
    """With a fee, what is told to the others waits in the draft until money came. A second click is nothing."""
    match draft:
        case NoDraft() | Discarded():
            raise NotFound("no such draft")
        case Open() | AwaitingPayment() | Submitted() | Returned() | Asked() if (
            draft.answers.educator_id != command.educator_id
        ):
            raise NotFound("no such draft")
        case AwaitingPayment() | Submitted():
            return []
        case Returned():
            raise Refused("Your district asked you something. Answer it, then send the application again.")
        case Asked():
            raise Refused("DESE asked you something. Answer it on its own page.")
        case Open(answers=answers):
            _complete(answers, command)
            _allowed(answers, certificates, district, command)
            if isinstance(handed_in, HandedIn):
                raise Refused("This application is submitted already.")
            ready = _ready(answers, draft.reference or command.reference, command)
            return _paying(answers, ready, command) if command.fee else _free(ready, command)


def _complete(answers: Answers, command: SubmitApplication) -> None:
    if command.seen != answers.saves:
        raise Stale
    if missing := left(answers, command.fee, rule_set(command.rules)):
        raise Refused("Some tasks are not completed yet. Complete them, then submit.", tasks=missing)


def _allowed(
    answers: Answers, certificates: Sequence[Certificate], district: District, command: SubmitApplication
) -> None:
    kind, rules = answers.kind, rule_set(command.rules)
    for certificate in certificates:
        if not isinstance(certificate, Held):
            raise NotFound("no such certificate")
        if hindering := hindrance(kind, certificate.as_recorded, command.today, rules):
            raise Refused(f"{NOT_TODAY[kind]} {hindered(hindering, certificate.as_recorded)}")
    steps = rules.of(kind, answers.route).steps
    if Task.COURSE in steps and (hindering := too_old(command.said_of_course, command.today, rules)):
        raise Refused(f"The course can’t reactivate a certificate today. {hindering.shortfall}.")
    if Task.DISTRICT in steps and not may_verify(district, command.today):
        raise Refused("The district you chose is closed. Choose the one that employs you now.")


def _ready(answers: Answers, reference: Reference, command: SubmitApplication) -> ApplicationSubmitted:
    steps = rule_set(command.rules).of(answers.kind, answers.route).steps
    return ApplicationSubmitted(
        application_id=command.application_id,
        educator_id=command.educator_id,
        submission=1,
        reference=reference,
        kind=answers.kind,
        purpose=answers.purpose or "",
        route=answers.route,
        certificate_ids=answers.about,
        district=answers.district if Task.DISTRICT in steps else None,
        release=answers.release or "",
        for_district=command.for_district,
        for_state=command.for_state,
        course=command.course if Task.COURSE in steps else None,
        fee=command.fee,
        rules=command.rules,
        submitted_on=command.today,
        submitted_at=command.now,
    )


def _free(ready: ApplicationSubmitted, command: SubmitApplication) -> list[Entry | DraftSubmitted | PaymentAwaited]:
    return [handing_in(ready), submitted(ready, command.now)]


def _paying(
    answers: Answers, ready: ApplicationSubmitted, command: SubmitApplication
) -> list[Entry | DraftSubmitted | PaymentAwaited]:
    if answers.method is None:
        raise Refused("Choose a payment method first.")
    return [
        PaymentAwaited(
            application_id=command.application_id, payment_id=command.payment_id, ready=ready, saved_at=command.now
        ),
        Entry(
            PaymentRequested(
                payment_id=command.payment_id,
                application_id=command.application_id,
                educator_id=command.educator_id,
                amount=command.fee,
                method=answers.method,
                reference=ready.reference,
                requested_at=command.now,
            ),
            payment(command.payment_id, subject=command.educator_id),
        ),
    ]


def handing_in(ready: ApplicationSubmitted) -> Entry:
    """Told to everybody, once for each application."""
    to = application(ready.application_id, subject=ready.educator_id)
    return Entry(ready, to, claim=f"submitted:{ready.application_id}")


def submitted(ready: ApplicationSubmitted, now: AwareDatetime) -> DraftSubmitted:
    return DraftSubmitted(
        application_id=ready.application_id, reference=ready.reference, submission=ready.submission, saved_at=now
    )
