"""The files of a draft as its state holds them. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias, assert_never

from applications.document_facts import DocumentAttached, DocumentChecked, DocumentRemoved, DocumentsFact
from lectern.contracts.applications import DocumentProvided, StateDocumentProvided
from lectern.contracts.documents import RELEASED, Checked, DocumentId
from lectern.contracts.values import Task
from lectern.eventlog.streams import Noun


@dataclass(frozen=True)
class Attached:
    ready: DocumentProvided | StateDocumentProvided
    task: Task
    about: str
    checked: Checked | None = None
    """None: it waits for its scan."""
    submission: int | None = None
    """The handing-in it went with; until then it may be replaced and removed."""

    @property
    def released(self) -> bool:
        """Whether anybody may have its bytes."""
        return self.checked in RELEASED


Documents: TypeAlias = Mapping[DocumentId, Attached]
"""In the order they were attached."""
NO_DOCUMENTS: Documents = MappingProxyType({})


def with_document(documents: Documents, fact: DocumentsFact) -> Documents:
    match fact:
        case DocumentAttached():
            kept = {id_: each for id_, each in documents.items() if id_ != fact.replaces}
            return {**kept, fact.ready.document_id: Attached(fact.ready, fact.task, fact.about)}
        case DocumentRemoved():
            return {id_: each for id_, each in documents.items() if id_ != fact.document_id}
        case DocumentChecked():
            if (found := documents.get(fact.document_id)) is None:
                return documents
            return {**documents, fact.document_id: replace(found, checked=fact.checked)}
        case _:
            assert_never(fact)


def handed_in(documents: Documents, submission: int) -> Documents:
    """Those that were not handed in before went with this one."""
    return {id_: each if each.submission else replace(each, submission=submission) for id_, each in documents.items()}


def of_page(documents: Documents, task: Task, about: str = "") -> Iterator[tuple[DocumentId, Attached]]:
    return ((id_, each) for id_, each in documents.items() if (each.task, each.about) == (task, about))


def of_task(documents: Documents, task: Task) -> dict[DocumentId, Attached]:
    return {id_: each for id_, each in documents.items() if each.task is task}


# ── what others were told: two public streams, one of them for DESE only


@dataclass(frozen=True)
class Provided:
    ids: frozenset[DocumentId] = frozenset()


def evolve(provided: Provided, fact: DocumentProvided | StateDocumentProvided) -> Provided:
    return Provided(provided.ids | {fact.document_id})


document = Noun[Provided]("document", Provided(), evolve, facts=(DocumentProvided,))
state_document = Noun[Provided]("state-document", Provided(), evolve, facts=(StateDocumentProvided,))
