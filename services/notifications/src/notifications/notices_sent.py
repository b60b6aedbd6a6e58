"""Every notice: whom it is for, and what became of it."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeAlias, assert_never

from lectern.contracts.notifications import NoticeFailed, NoticeSent, NoticeUncertain
from lectern.contracts.sealed import Contact, Sealed
from lectern.contracts.values import ApplicationId, CertificateId, NoticeId, PersonId, Reference
from lectern.eventlog.views import View
from notifications.notice import Letter, NoticeKept, NoticeRepeated, NoticeRequested


class State(StrEnum):
    REQUESTED = "requested"
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True)
class NoticeRow:
    notice_id: NoticeId
    notice: str
    recipient: str
    """Who it is for: educator, district or dese; without a name or an address."""
    template: str
    application_id: ApplicationId | None
    """None: it is about a certificate."""
    educator_id: PersonId | None
    reference: Reference | None
    submission: int
    district: str | None
    state: State
    happened_at: datetime
    certificate_id: CertificateId | None = None
    settled_at: datetime | None = None
    reason: str | None = None
    unreached: tuple[str, ...] = ()
    letter: Sealed[Letter, Contact] | None = None
    repeats: int = 0
    """How often a person had it sent again."""


NoticeViewFact: TypeAlias = NoticeRequested | NoticeRepeated | NoticeKept | NoticeSent | NoticeFailed | NoticeUncertain


def fold(row: NoticeRow | None, fact: NoticeViewFact) -> NoticeRow | None:
    match fact:
        case NoticeRequested():
            return _requested(fact)
        case NoticeRepeated():
            return row and replace(row, state=State.REQUESTED, settled_at=None, reason=None, repeats=row.repeats + 1)
        case NoticeKept():
            return row and replace(row, letter=fact.letter, unreached=fact.unreached)
        case NoticeSent():
            return row and replace(row, state=State.SENT, settled_at=fact.sent_at, reason=None)
        case NoticeFailed():
            return row and replace(row, state=State.FAILED, settled_at=fact.failed_at, reason=fact.reason)
        case NoticeUncertain():
            return row and replace(row, state=State.UNCERTAIN, settled_at=fact.noticed_at)
        case _:
            assert_never(fact)


def _requested(fact: NoticeRequested) -> NoticeRow:
    return NoticeRow(
        notice_id=fact.notice_id,
        notice=fact.notice,
        recipient=fact.to,
        template=fact.template,
        application_id=fact.application_id,
        educator_id=fact.educator_id,
        reference=fact.reference,
        submission=fact.submission,
        district=fact.district,
        state=State.REQUESTED,
        happened_at=fact.happened_at,
        certificate_id=fact.certificate_id,
    )


notices_sent = View(
    name="notices_sent",
    version=3,
    row=NoticeRow,
    key=lambda fact: fact.notice_id,
    fold=fold,
    facts=(NoticeRequested, NoticeRepeated, NoticeKept, NoticeSent, NoticeFailed, NoticeUncertain),
    sql=Path(__file__).with_suffix(".sql"),
)
