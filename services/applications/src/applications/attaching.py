"""An educator attaches a file to a draft, replaces it or takes it back; once handed in, it stays."""

from typing import Final

from applications.answering import Answer, answerable
from applications.document_facts import DocumentAttached, DocumentRemoved, Ready
from applications.documents import of_page
from applications.draft import Discarded, Draft, NoDraft
from lectern.contracts.documents import DocumentId
from lectern.contracts.values import Task
from lectern.eventlog.errors import NotFound, Refused
from lectern.rules.wording import CONDUCT_QUESTIONS

AT_MOST: Final = 10
"""Files of one page."""
FULL: Final = "There are ten files already. Remove one, or put several pages into one PDF."
GONE_IN: Final = "This file was handed in with your application, so it stays there. You can add another one."
TASKS: Final = frozenset({Task.EDUCATION, Task.CONDUCT})


class AttachDocument(Answer):
    """The bytes are stored already. `seen` is not asked for: adding a file takes nothing from anybody."""

    task: Task
    about: str
    replaces: DocumentId | None
    ready: Ready


def attach(draft: Draft, command: AttachDocument) -> list[DocumentAttached]:
    may_attach(draft, command)
    return [
        DocumentAttached(
            application_id=command.application_id,
            task=command.task,
            about=command.about,
            replaces=command.replaces,
            ready=command.ready,
            saved_at=command.now,
        )
    ]


class MayAttach(Answer):
    """Asked before anything is stored, so that what cannot be attached is not stored either."""

    task: Task
    about: str
    replaces: DocumentId | None


def may_attach(draft: Draft, command: MayAttach | AttachDocument) -> None:
    """Raises NotFound, Refused."""
    if command.task not in TASKS or (command.about in _QUESTIONS) != (command.task is Task.CONDUCT):
        raise NotFound("no such page")
    answers = answerable(draft, command.educator_id, command.task)
    there = dict(of_page(answers.documents, command.task, command.about))
    if command.replaces is not None:
        if command.replaces not in there:
            raise NotFound("no such file")
        if there[command.replaces].submission is not None:
            raise Refused(GONE_IN, field="file")
    elif len(there) >= AT_MOST:
        raise Refused(FULL, field="file")


_QUESTIONS: Final = frozenset(each.id for each in CONDUCT_QUESTIONS)


class RemoveDocument(Answer):
    document_id: DocumentId


def remove(draft: Draft, command: RemoveDocument) -> list[DocumentRemoved]:
    """A second click is nothing."""
    if isinstance(draft, NoDraft | Discarded) or draft.answers.educator_id != command.educator_id:
        raise NotFound("no such draft")
    found = draft.answers.documents.get(command.document_id)
    if found is None:
        return []
    answerable(draft, command.educator_id, found.task)
    if found.submission is not None:
        raise Refused(GONE_IN)
    return [
        DocumentRemoved(
            application_id=command.application_id,
            task=found.task,
            document_id=command.document_id,
            saved_at=command.now,
        )
    ]
