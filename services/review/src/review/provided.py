"""The files that came with an application and may be looked at, for its case. One row for each application."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.applications import DocumentProvided, StateDocumentProvided
from lectern.contracts.district_worklog import EvidenceProvided
from lectern.contracts.documents import Document, DocumentId
from lectern.contracts.sealed import District, Sealed, State
from lectern.contracts.values import ApplicationId
from lectern.eventlog.views import View


@dataclass(frozen=True)
class File:
    document_id: DocumentId
    submission: int
    document: Sealed[Document, District]
    scanned: bool
    at: datetime


@dataclass(frozen=True)
class ClosedFile:
    document_id: DocumentId
    submission: int
    document: Sealed[Document, State]
    scanned: bool
    at: datetime


@dataclass(frozen=True)
class ProvidedRow:
    """Each in the order in which they were heard of."""

    application_id: ApplicationId
    copies: tuple[File, ...] = ()
    """What the educator attached to education and experience."""
    conduct: tuple[ClosedFile, ...] = ()
    """What explains answers about conduct: as closed as the explanations."""
    evidence: tuple[File, ...] = ()
    """What the district attested by."""


ProvidedFact: TypeAlias = DocumentProvided | StateDocumentProvided | EvidenceProvided


def fold(row: ProvidedRow | None, fact: ProvidedFact) -> ProvidedRow:
    row = row or ProvidedRow(fact.application_id)
    match fact:
        case DocumentProvided():
            copy = File(fact.document_id, fact.submission, fact.document, fact.scanned, fact.provided_at)
            return replace(row, copies=(*row.copies, copy))
        case StateDocumentProvided():
            closed = ClosedFile(fact.document_id, fact.submission, fact.document, fact.scanned, fact.provided_at)
            return replace(row, conduct=(*row.conduct, closed))
        case EvidenceProvided():
            shown = File(fact.document_id, fact.submission, fact.document, fact.scanned, fact.provided_at)
            return replace(row, evidence=(*row.evidence, shown))
        case _:
            assert_never(fact)


provided: View[ProvidedRow] = View(
    name="provided",
    version=1,
    row=ProvidedRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(DocumentProvided, StateDocumentProvided, EvidenceProvided),
    sql=Path(__file__).with_suffix(".sql"),
)
