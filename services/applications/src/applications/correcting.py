"""An educator answered what the district asked, and hands the application in again under the same reference."""

from pydantic import AwareDatetime

from applications.application import Application, HandedIn, application
from applications.draft import Asked, AwaitingPayment, Discarded, Draft, NoDraft, Open, Returned, Submitted
from applications.draft_facts import DraftCorrected
from applications.informing import Stale
from applications.tasks import ORDER, asked_for, left
from lectern.contracts.applications import ApplicationCorrected
from lectern.contracts.sealed import District as ForDistrict
from lectern.contracts.sealed import Sealed, State
from lectern.contracts.values import ApplicationId, ConductAnswers, EducatorReport, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command, Entry
from lectern.rules import rule_set


class CorrectApplication(Command):
    application_id: ApplicationId
    educator_id: PersonId
    seen: int
    for_district: Sealed[EducatorReport, ForDistrict]
    for_state: Sealed[ConductAnswers, State]
    answer: Sealed[str, ForDistrict] | None = None
    """To the district's question, in words."""
    now: AwareDatetime


def correct(draft: Draft, handed_in: Application, command: CorrectApplication) -> list[DraftCorrected | Entry]:
    """Each task asked for has to be saved again first. A second click is nothing."""
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
        case Asked():
            raise Refused("DESE asked you something. Answer it on its own page.")
        case Returned():
            return _again(draft, handed_in, command)


def _again(draft: Returned, handed_in: Application, command: CorrectApplication) -> list[DraftCorrected | Entry]:
    if not isinstance(handed_in, HandedIn):
        raise NotFound("no such application")
    if handed_in.withdrawing:
        raise Refused("You withdrew this application, so it can’t be sent again.")
    if command.seen != draft.answers.saves:
        raise Stale
    missing = (asked_for(draft.reasons) - draft.again) | frozenset(left(draft.answers, 0, rule_set(handed_in.rules)))
    if missing:
        raise Refused("Answer what your district asked, then send the application again.", tasks=missing)
    submission = handed_in.submission + 1
    return [
        DraftCorrected(
            application_id=command.application_id,
            reference=draft.reference,
            submission=submission,
            saved_at=command.now,
        ),
        Entry(
            ApplicationCorrected(
                application_id=command.application_id,
                educator_id=command.educator_id,
                submission=submission,
                tasks=tuple(each for each in ORDER if each in draft.again),
                district=handed_in.district,
                for_district=command.for_district,
                for_state=command.for_state,
                answer=command.answer,
                corrected_at=command.now,
            ),
            application(command.application_id),
            claim=f"corrected:{command.application_id}:{submission}",
        ),
    ]
