"""DESE asked something: the draft is open again for it, and what the educator answers goes back to DESE."""

from typing import assert_never
from uuid import UUID

from pydantic import AwareDatetime

from applications.application import Application, HandedIn, application
from applications.draft import Asked, AwaitingPayment, Discarded, Draft, NoDraft, Open, Returned, Submitted, draft
from applications.draft_facts import DraftAnswered, DraftAsked
from applications.informing import Stale
from applications.tasks import ORDER
from lectern.contracts.applications import InformationSupplied
from lectern.contracts.review import InformationRequested
from lectern.contracts.sealed import District as ForDistrict
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import ApplicationId, EducatorReport, Party, PersonId, Task, Text
from lectern.eventlog.errors import NotFound, NotYet, Refused
from lectern.eventlog.streams import Command, Entry, Reacting


class OpenForAnswer(Command):
    application_id: ApplicationId
    submission: int
    request_id: UUID
    tasks: tuple[Task, ...]
    now: AwareDatetime


def open_for_answer(asked: Draft, command: OpenForAnswer) -> list[DraftAsked]:
    """About an older submission, or about a draft that is open already, it changes nothing."""
    if isinstance(asked, NoDraft):
        raise NotYet("the application is not here")
    if not (isinstance(asked, Submitted) and asked.submission == command.submission):
        return []
    return [
        DraftAsked(
            application_id=command.application_id,
            submission=command.submission,
            request_id=command.request_id,
            tasks=command.tasks,
            saved_at=command.now,
        )
    ]


def when_asked(fact: InformationRequested) -> list[Reacting]:
    if fact.party is not Party.EDUCATOR:
        return []
    command = OpenForAnswer(
        application_id=fact.application_id,
        submission=fact.submission,
        request_id=fact.request_id,
        tasks=fact.tasks,
        now=fact.requested_at,
    )
    return [Reacting((draft(fact.application_id, subject=fact.educator_id),), open_for_answer, command)]


class SupplyInformation(Command):
    application_id: ApplicationId
    educator_id: PersonId
    request_id: UUID | None
    """The question that was read; None: the one that is open."""
    seen: int
    """How often the draft had been saved when its report was sealed."""
    answer: Text
    """Plain for the rule; `sealed` for the fact."""
    sealed: Sealed[str, State]
    for_district: Sealed[EducatorReport, ForDistrict]
    now: AwareDatetime


def supply(draft: Draft, handed_in: Application, command: SupplyInformation) -> list[DraftAnswered | Entry]:
    """Each task asked about has to be looked at again first. A second click is nothing."""
    match draft:
        case NoDraft() | Discarded():
            raise NotFound("no such application")
        case Open() | AwaitingPayment() | Submitted() | Returned() | Asked() if (
            draft.answers.educator_id != command.educator_id
        ):
            raise NotFound("no such application")
        case Open() | AwaitingPayment():
            raise Refused("This application is not submitted yet.")
        case Submitted():
            return []
        case Returned():
            raise Refused("Your district asked you something. Answer it, then send the application again.")
        case Asked():
            return _supplied(draft, handed_in, command)
        case _:
            assert_never(draft)


def _supplied(draft: Asked, handed_in: Application, command: SupplyInformation) -> list[DraftAnswered | Entry]:
    if not isinstance(handed_in, HandedIn):
        raise NotFound("no such application")
    if handed_in.withdrawing:
        raise Refused("You withdrew this application, so nothing has to be answered.")
    if command.request_id not in (None, draft.request_id):
        raise Refused("DESE has asked you something else since. Read it, then answer.")
    if command.seen != draft.answers.saves:
        raise Stale
    if missing := draft.tasks - draft.again:
        raise Refused("Look again at each part DESE asked about, then send your answer.", tasks=missing)
    if not command.answer:
        raise Refused("Write your answer to DESE", field="answer")
    return [
        DraftAnswered(application_id=command.application_id, request_id=draft.request_id, saved_at=command.now),
        Entry(
            InformationSupplied(
                application_id=command.application_id,
                educator_id=command.educator_id,
                submission=draft.submission,
                request_id=draft.request_id,
                tasks=tuple(each for each in ORDER if each in draft.again),
                for_district=command.for_district,
                answer=command.sealed,
                supplied_at=command.now,
            ),
            application(command.application_id),
            claim=f"supplied:{draft.request_id}",
        ),
    ]
