"""An educator lets somebody see that an application was filed, for so many days, and takes it back."""

from datetime import date, timedelta
from typing import Final, assert_never
from uuid import UUID

from pydantic import AwareDatetime

from applications.application import Application, HandedIn, NotSubmitted
from applications.letter_link import LetterLinked, LetterLinkEnded, Links
from lectern.contracts.values import ApplicationId, PersonId
from lectern.eventlog.errors import NotFound, Refused
from lectern.eventlog.streams import Command

DAYS: Final = 30
"""How long a link is good. Our choice."""
AT_MOST: Final = 5
FULL: Final = "There are five links already. End one of them first."


class ShareLetter(Command):
    application_id: ApplicationId
    educator_id: PersonId
    link_id: UUID
    today: date
    now: AwareDatetime


def share(links: Links, handed_in: Application, command: ShareLetter) -> list[LetterLinked]:
    """Raises NotFound for what is not submitted, or another educator's."""
    _own(handed_in, command.educator_id)
    if sum(until >= command.today for until in links.live.values()) >= AT_MOST:
        raise Refused(FULL)
    return [
        LetterLinked(
            application_id=command.application_id,
            educator_id=command.educator_id,
            link_id=command.link_id,
            until=command.today + timedelta(days=DAYS),
            linked_at=command.now,
        )
    ]


class EndLink(Command):
    application_id: ApplicationId
    educator_id: PersonId
    link_id: UUID
    now: AwareDatetime


def end_link(links: Links, handed_in: Application, command: EndLink) -> list[LetterLinkEnded]:
    """A second click is nothing."""
    _own(handed_in, command.educator_id)
    if command.link_id not in links.live:
        return []
    return [
        LetterLinkEnded(
            application_id=command.application_id,
            educator_id=command.educator_id,
            link_id=command.link_id,
            ended_at=command.now,
        )
    ]


def _own(handed_in: Application, educator_id: PersonId) -> None:
    match handed_in:
        case NotSubmitted():
            raise NotFound("no such application")
        case HandedIn():
            if handed_in.educator_id != educator_id:
                raise NotFound("no such application")
        case _:
            assert_never(handed_in)
