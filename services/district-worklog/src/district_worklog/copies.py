"""The files that came with an application and may be looked at, for its page. One row for each application."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import assert_never

from lectern.contracts.applications import DocumentProvided
from lectern.contracts.documents import Document, DocumentId
from lectern.contracts.sealed import District, Sealed
from lectern.contracts.values import ApplicationId
from lectern.eventlog.views import View


@dataclass(frozen=True)
class Copy:
    document_id: DocumentId
    submission: int
    document: Sealed[Document, District]
    scanned: bool
    at: datetime


@dataclass(frozen=True)
class CopiesRow:
    application_id: ApplicationId
    copies: tuple[Copy, ...] = ()
    """In the order in which they were heard of."""


def fold(row: CopiesRow | None, fact: DocumentProvided) -> CopiesRow:
    row = row or CopiesRow(fact.application_id)
    match fact:
        case DocumentProvided():
            copy = Copy(fact.document_id, fact.submission, fact.document, fact.scanned, fact.provided_at)
            return replace(row, copies=(*row.copies, copy))
        case _:
            assert_never(fact)


copies: View[CopiesRow] = View(
    name="copies",
    version=1,
    row=CopiesRow,
    key=lambda fact: fact.application_id,
    fold=fold,
    facts=(DocumentProvided,),
    sql=Path(__file__).with_suffix(".sql"),
)
