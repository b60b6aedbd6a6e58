"""Links by which somebody without an account sees that an application was filed: made, ended, and over by themselves.

A stream of its own for each application, private. What opens a link stands nowhere: its address is sealed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal, TypeAlias, assert_never
from uuid import UUID

from pydantic import AwareDatetime

from lectern.contracts.facts import PrivateFact
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.streams import Noun


class LetterLinkFact(PrivateFact):
    application_id: ApplicationId
    educator_id: PersonId
    link_id: UUID


class LetterLinked(LetterLinkFact):
    """The educator made a link; `until` is its last Chicago day."""

    type: Literal["LetterLinked"] = "LetterLinked"
    until: date
    linked_at: AwareDatetime


class LetterLinkEnded(LetterLinkFact):
    """The educator ended a link before its day."""

    type: Literal["LetterLinkEnded"] = "LetterLinkEnded"
    ended_at: AwareDatetime


@dataclass(frozen=True)
class Links:
    live: Mapping[UUID, date] = field(default_factory=dict)
    """Those that were not ended, with their last day."""


LetterLinksFact: TypeAlias = LetterLinked | LetterLinkEnded


def evolve(links: Links, fact: LetterLinksFact) -> Links:
    match fact:
        case LetterLinked():
            return replace(links, live={**links.live, fact.link_id: fact.until})
        case LetterLinkEnded():
            return replace(links, live={id_: until for id_, until in links.live.items() if id_ != fact.link_id})
        case _:
            assert_never(fact)


letter_link = Noun[Links]("letter-link", Links(), evolve, facts=(LetterLinked, LetterLinkEnded))
