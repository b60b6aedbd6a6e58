"""A file that was handed in and may be looked at is told to those it is for: once, whichever of the two came last."""

from datetime import datetime
from typing import Any

from pydantic import AwareDatetime

from applications.application import Application
from applications.document_facts import DocumentChecked
from applications.documents import Attached, Documents, Provided, document, handed_in, state_document
from applications.draft import Asked, Discarded, Draft, NoDraft, draft
from applications.draft_facts import DraftAnswered
from applications.supplying import SupplyInformation, supply
from lectern.contracts.applications import DocumentProvided
from lectern.contracts.district_worklog import VerificationRequested
from lectern.contracts.documents import RELEASED, Checked, DocumentId
from lectern.contracts.review import ReviewOpened
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.streams import Command, Entry, Reacting, StreamRef


class CheckDocument(Command):
    application_id: ApplicationId
    document_id: DocumentId
    checked: Checked
    found: str
    now: AwareDatetime


def check(draft: Draft, _: Provided, __: Provided, command: CheckDocument) -> list[DocumentChecked | Entry]:
    """What the scanner said. Of a file that is not there any more, or was looked at before, it is nothing."""
    if isinstance(draft, NoDraft | Discarded):
        return []
    attached = draft.answers.documents.get(command.document_id)
    if attached is None or attached.checked is not None:
        return []
    said = DocumentChecked(
        application_id=command.application_id,
        document_id=command.document_id,
        checked=command.checked,
        found=command.found,
        saved_at=command.now,
    )
    if attached.submission is None or command.checked not in RELEASED:
        return [said]
    return [said, _told(attached, command.checked, command.now)]


class ProvideDocuments(Command):
    application_id: ApplicationId
    now: AwareDatetime


def provide(draft: Draft, told: Provided, told_state: Provided, command: ProvideDocuments) -> list[Entry]:
    """Everything that was handed in, may be looked at and was not told yet."""
    if isinstance(draft, NoDraft | Discarded):
        return []
    return _new(draft.answers.documents, told, told_state, command.now)


def supply_with_files(
    asked: Draft, application: Application, told: Provided, told_state: Provided, command: SupplyInformation
) -> list[DraftAnswered | Entry]:
    """What DESE is answered, and the files that were added for it: nobody else is asked, so this tells them."""
    decided = supply(asked, application, command)
    if not decided or not isinstance(asked, Asked):
        return decided
    documents = handed_in(asked.answers.documents, asked.submission)
    return [*decided, *_new(documents, told, told_state, command.now)]


def _new(documents: Documents, told: Provided, told_state: Provided, now: datetime) -> list[Entry]:
    known = told.ids | told_state.ids
    return [
        _told(each, each.checked, now)
        for id_, each in documents.items()
        if each.submission is not None and each.checked in RELEASED and id_ not in known
    ]


def _told(attached: Attached, checked: Checked | None, now: datetime) -> Entry:
    said = attached.ready.model_copy(
        update={"submission": attached.submission, "scanned": checked is Checked.CLEAN, "provided_at": now}
    )
    noun = document if isinstance(said, DocumentProvided) else state_document
    return Entry(said, noun(said.application_id, subject=said.educator_id), claim=f"document:{said.document_id}")


def streams_of(application_id: ApplicationId, educator_id: PersonId) -> tuple[StreamRef[Any], ...]:
    """The draft, and what was told of its files."""
    return (
        draft(application_id, subject=educator_id),
        document(application_id, subject=educator_id),
        state_document(application_id, subject=educator_id),
    )


def when_verifying(fact: VerificationRequested) -> list[Reacting]:
    """The district has it in its work log."""
    return [_providing(fact.application_id, fact.educator_id, fact.requested_at)]


def when_opened(fact: ReviewOpened) -> list[Reacting]:
    """DESE has a case of it: where no district is asked, this is the first that is heard of a handing-in."""
    return [_providing(fact.application_id, fact.educator_id, fact.opened_at)]


def _providing(application_id: ApplicationId, educator_id: PersonId, now: datetime) -> Reacting:
    command = ProvideDocuments(application_id=application_id, now=now)
    return Reacting(streams_of(application_id, educator_id), provide, command)
