"""An educator answers a page of the draft; each page is saved by itself, and can be changed until it is handed in."""

from datetime import date
from typing import assert_never

from pydantic import AwareDatetime

from applications.district import District, may_verify
from applications.draft import Answers, Asked, AwaitingPayment, Discarded, Draft, NoDraft, Open, Returned, Submitted
from applications.draft_facts import (
    ConductAnswered,
    DistrictChosen,
    PaymentMethodChosen,
    PersonalReviewed,
    PurposeStated,
    ReleaseAccepted,
)
from applications.educator import Educator, Registered, educator
from applications.informing import Stale
from applications.tasks import asked_for
from lectern.contracts.applications import PersonalInformationChanged
from lectern.contracts.sealed import Contact, Sealed, State
from lectern.contracts.values import (
    ApplicationId,
    ConductAnswer,
    ContactDetails,
    DistrictCode,
    PaymentMethod,
    PersonId,
    Task,
)
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules import IN_FORCE
from lectern.rules.wording import CONDUCT_QUESTIONS, CONDUCT_WORDING, RELEASE

MOST_BYTES = 8_000
"""Of an explanation: what is submitted has to fit into one record on the wire, 256 KiB with everything in it."""


class Answer(Command):
    """`seen` is the revision of the page the form was made from; None: whatever it is."""

    application_id: ApplicationId
    educator_id: PersonId
    seen: int | None
    now: AwareDatetime


def answerable(draft: Draft, educator_id: PersonId, task: Task) -> Answers:
    """The answers, if this educator may change this task now. Somebody else's draft looks like none at all."""
    match draft:
        case NoDraft() | Discarded():
            raise NotFound("no such draft")
        case Open() | Returned() | Asked() | AwaitingPayment() | Submitted() if (
            draft.answers.educator_id != educator_id
        ):
            raise NotFound("no such draft")
        case Open():
            return draft.answers
        case Returned():
            if task not in asked_for(draft.reasons):
                raise Refused("Your district didn’t ask about this part, so it can’t be changed now.")
            return draft.answers
        case Asked():
            if task not in draft.tasks:
                raise Refused("DESE didn’t ask about this part, so it can’t be changed now.")
            return draft.answers
        case AwaitingPayment():
            raise Refused("Your payment is on its way. Finish it, or cancel it on the payment page, then change this.")
        case Submitted():
            raise Refused("This application is submitted already. You can follow it under Application status.")
        case _:
            assert_never(draft)


def page(draft: Draft, answer: Answer, task: Task, name: str = "") -> Answers:
    """The answers, if its form was made from the page as it is now. Raises Stale."""
    answers = answerable(draft, answer.educator_id, task)
    if answer.seen not in (None, answers.revision(name or task.value)):
        raise Stale
    return answers


class ReviewPersonal(Answer):
    """`seen` is the revision of the personal information. `contact` is given where something was changed."""

    contact: Sealed[ContactDetails, Contact] | None


def review_personal(draft: Draft, registered: Educator, command: ReviewPersonal) -> list[PersonalReviewed | Entry]:
    answerable(draft, command.educator_id, Task.PERSONAL)
    if not isinstance(registered, Registered):
        raise NotFound("no such educator")
    if command.seen not in (None, registered.revision):
        raise Stale
    reviewed = PersonalReviewed(application_id=command.application_id, saved_at=command.now)
    if command.contact is None:
        return [reviewed]
    changed = PersonalInformationChanged(
        educator_id=command.educator_id, contact=command.contact, changed_at=command.now
    )
    return [reviewed, Entry(changed, educator(command.educator_id))]


class AnswerConduct(Answer):
    wording: str
    answer: ConductAnswer
    sealed: Sealed[ConductAnswer, State]


def answer_conduct(draft: Draft, command: AnswerConduct) -> list[ConductAnswered]:
    question = command.answer.question
    if question not in {each.id for each in CONDUCT_QUESTIONS}:
        raise NotFound("no such question")
    page(draft, command, Task.CONDUCT, f"{Task.CONDUCT.value}/{question}")
    if command.wording != CONDUCT_WORDING:
        raise Refused("The wording of this question has changed. Read it again, then answer.")
    if len(command.answer.explanation.encode()) > MOST_BYTES:
        raise Refused("This explanation is too long. Shorten it.", field="explanation")
    if command.answer.yes and not command.answer.explanation:
        raise Refused("Explain your answer, so that DESE can judge it.", field="explanation")
    if command.answer.explanation and not command.answer.yes:
        raise Refused(
            "You chose No and explained something. Choose Yes, or remove what you wrote.", field="explanation"
        )
    return [
        ConductAnswered(
            application_id=command.application_id,
            wording=command.wording,
            question=question,
            answer=command.sealed,
            saved_at=command.now,
        )
    ]


class StatePurpose(Answer):
    purpose: str


def state_purpose(draft: Draft, command: StatePurpose) -> list[PurposeStated]:
    answers = page(draft, command, Task.PURPOSE)
    asks = IN_FORCE.of(answers.kind)
    if command.purpose not in {each.text for each in asks.purposes}:
        raise Refused("Choose the purpose of this application.", field="purpose")
    route = asks.route_of(command.purpose)
    return [
        PurposeStated(application_id=command.application_id, purpose=command.purpose, route=route, saved_at=command.now)
    ]


class ChooseMethod(Answer):
    method: PaymentMethod


def choose_method(draft: Draft, command: ChooseMethod) -> list[PaymentMethodChosen]:
    answers = page(draft, command, Task.PAYMENT)
    if Task.PAYMENT not in IN_FORCE.of(answers.kind).steps:
        raise Refused("Nothing has to be paid for this application.")
    return [PaymentMethodChosen(application_id=command.application_id, method=command.method, saved_at=command.now)]


class AcceptRelease(Answer):
    release: str


def accept_release(draft: Draft, command: AcceptRelease) -> list[ReleaseAccepted]:
    page(draft, command, Task.RELEASE)
    if command.release != RELEASE.version:
        raise Refused("The text of the release has changed. Read it again, then choose “I Accept”.")
    return [ReleaseAccepted(application_id=command.application_id, release=command.release, saved_at=command.now)]


class ChooseDistrict(Answer):
    district: DistrictCode
    today: date


def choose_district(draft: Draft, district: District, command: ChooseDistrict) -> list[DistrictChosen]:
    page(draft, command, Task.DISTRICT)
    if not may_verify(district, command.today):
        raise Refused(
            "That district isn’t on the state’s list, or is closed. Search for the district that employs you now.",
            field="district",
        )
    return [DistrictChosen(application_id=command.application_id, district=command.district, saved_at=command.now)]
