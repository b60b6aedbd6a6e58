"""A district's email of a working day: one in the morning with all that is new since the last, none where nothing is.

Each piece of news is told once. What is heard late, on a day that had its email already, is told in the next one; after
a stop, too, nothing is sent at night or on a holiday.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import uuid5

from pydantic import AwareDatetime

from lectern.contracts.days import chicago_day
from lectern.contracts.values import ApplicationId, DistrictCode, Kind, NoticeId, PersonId, Reference, Value
from lectern.eventlog.deadlines import SharedDeadline
from lectern.eventlog.errors import Refused
from lectern.eventlog.streams import Command, Entry, Reacting, StreamRef
from lectern.rules.clocks import by_day
from notifications.digest import DigestMade, Digests, DistrictTold, ToldNews, digests, told_news
from notifications.district_news import News, NewsRow, What, district_news
from notifications.notice import DIGEST, Digest, DigestLine, NoticeRequested, notice_request
from notifications.requesting import NOTICE_IDS

MOST = 100
"""So many applications at most are told of in one email; the others in the next."""


class Piece(Value):
    """Something new of an application."""

    what: What
    of: str
    on: date


class Item(Value):
    application_id: ApplicationId
    educator_id: PersonId
    reference: Reference
    kind: Kind
    pieces: tuple[Piece, ...]


class MakeDigest(Command):
    district: DistrictCode
    notice_id: NoticeId
    items: tuple[Item, ...]
    waiting: int
    oldest_on: date | None
    now: AwareDatetime


def make_digest(made: Digests, *rest: Any) -> list[Entry]:
    """`rest`: what was told of each item, the request, the command. Raises Refused when it is not the time."""
    command: MakeDigest = rest[-1]
    told: Sequence[ToldNews] = rest[: len(command.items)]
    today = chicago_day(command.now)
    if made.last is not None and made.last >= today:
        raise Refused("This district had its email today.")
    if not by_day(command.now):
        raise Refused("It waits for the daytime of a working day.")
    items = [each for item, known in zip(command.items, told, strict=True) if (each := _untold(item, known)).pieces]
    if not items:
        return []
    fact = DigestMade(district=command.district, day=today, notice_id=command.notice_id, made_at=command.now)
    request = notice_request(command.notice_id, subject=command.district)
    return [Entry(fact), *(_told(each, command) for each in items), Entry(_requested(items, command), to=request)]


def _untold(item: Item, known: ToldNews) -> Item:
    return item.model_copy(update={"pieces": tuple(each for each in item.pieces if each.of not in known.given)})


def _told(item: Item, command: MakeDigest) -> Entry:
    fact = DistrictTold(
        application_id=item.application_id,
        educator_id=item.educator_id,
        district=command.district,
        news=tuple(each.of for each in item.pieces),
        told_at=command.now,
    )
    return Entry(fact, to=told_news(item.application_id, subject=item.educator_id))


def _requested(items: Sequence[Item], command: MakeDigest) -> NoticeRequested:
    def lines(*whats: What) -> tuple[DigestLine, ...]:
        ends = {
            What.APPROVED: "approved",
            What.DENIED: "not approved",
            What.WITHDRAWN: "withdrawn by the educator",
            What.INCOMPLETE: "closed, because the educator did not answer",
        }
        return tuple(
            DigestLine(reference=item.reference, kind=item.kind, on=each.on, end=ends.get(each.what, ""))
            for item in items
            for each in item.pieces
            if each.what in whats
        )

    return NoticeRequested(
        notice_id=command.notice_id,
        notice=DIGEST.name,
        to=DIGEST.to,
        template=DIGEST.template,
        application_id=None,
        educator_id=None,
        reference=None,
        kind=None,
        submission=0,
        district=command.district,
        digest=Digest(
            new=lines(What.NEW),
            overdue=lines(What.OVERDUE),
            returned=lines(What.RETURNED),
            decided=lines(What.APPROVED, What.DENIED, What.WITHDRAWN, What.INCOMPLETE),
            waiting=command.waiting,
            oldest_on=command.oldest_on,
        ),
        happened_at=command.now,
    )


def _make(rows: Sequence[NewsRow], now: datetime) -> Reacting:
    """`rows`: of one district, those with news that is due, and those that wait for it."""
    due = sorted((each for each in rows if each.due_at and each.due_at <= now), key=lambda each: each.reference)[:MOST]
    district = due[0].district or ""
    waiting = [each.waiting_since for each in rows if each.waiting_since]
    notice_id = NoticeId(uuid5(NOTICE_IDS, f"{DIGEST.name}|{district}|{chicago_day(now)}"))
    refs: tuple[StreamRef[Any], ...] = (
        digests(district, subject=district),
        *(told_news(each.application_id, subject=each.educator_id) for each in due),
        notice_request(notice_id, subject=district),
    )
    command = MakeDigest(
        district=district,
        notice_id=notice_id,
        items=tuple(_item(each) for each in due),
        waiting=len(waiting),
        oldest_on=min(waiting, default=None),
        now=now,
    )
    return Reacting(refs, make_digest, command)


def _item(row: NewsRow) -> Item:
    return Item(
        application_id=row.application_id,
        educator_id=row.educator_id,
        reference=row.reference,
        kind=row.kind,
        pieces=tuple(_piece(each) for each in row.news),
    )


def _piece(news: News) -> Piece:
    return Piece(what=news.what, of=news.of, on=chicago_day(news.at))


morning = SharedDeadline(view=district_news, column="district", command=_make, beside="waiting_since is not null")
