"""Live links to a letter: an educator's own, and for whoever has a link the one it names."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import assert_never
from uuid import UUID

from applications.letter_link import LetterLinked, LetterLinkEnded, LetterLinksFact, letter_link
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.views import View


@dataclass(frozen=True)
class LinkRow:
    link_id: UUID
    application_id: ApplicationId
    educator_id: PersonId
    until: date
    linked_at: datetime


def fold(_: LinkRow | None, fact: LetterLinksFact) -> LinkRow | None:
    match fact:
        case LetterLinked():
            return LinkRow(fact.link_id, fact.application_id, fact.educator_id, fact.until, fact.linked_at)
        case LetterLinkEnded():
            return None
        case _:
            assert_never(fact)


letter_links = View(
    name="letter_links",
    version=1,
    row=LinkRow,
    key=lambda fact: fact.link_id,
    fold=fold,
    facts=letter_link.facts,
    sql=Path(__file__).with_suffix(".sql"),
)
